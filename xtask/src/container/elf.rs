//! Whether a program is static: it names no dynamic loader, so it runs where there is nothing but itself.
//!
//! Knows the program headers of 64-bit little-endian ELF files (elf(5)), nothing of what the program does.

use anyhow::{Result, bail};

/// `PT_INTERP`: the path of the dynamic loader that the program asks for.
const LOADER: u32 = 3;

/// Whether the ELF file with the contents `file` runs without a dynamic loader.
///
/// # Errors
///
/// When it is no 64-bit little-endian ELF file.
pub(crate) fn is_static(file: &[u8]) -> Result<bool> {
    if file.get(..6) != Some(&[0x7f, b'E', b'L', b'F', 2, 1]) {
        bail!("this is no 64-bit little-endian ELF file");
    }
    let table = usize::try_from(read_number(file, 0x20, 8)?)?;
    let (size, count) = (usize::try_from(read_number(file, 0x36, 2)?)?, usize::try_from(read_number(file, 0x38, 2)?)?);
    let mut kinds = (0..count).map(|index| read_number(file, table + index * size, 4));
    kinds.try_fold(true, |is_static, kind| Ok(is_static && kind? != u64::from(LOADER)))
}

fn read_number(file: &[u8], at: usize, bytes: usize) -> Result<u64> {
    let Some(bytes) = file.get(at..at + bytes) else { bail!("the ELF file ends too soon") };
    Ok(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::is_static;

    /// A header with one program header of the kind `kind`.
    fn elf(kind: u8) -> Vec<u8> {
        let mut file = vec![0; 0x80];
        file[..6].copy_from_slice(&[0x7f, b'E', b'L', b'F', 2, 1]);
        (file[0x20], file[0x36], file[0x38], file[0x40]) = (0x40, 0x38, 1, kind);
        file
    }

    #[test]
    fn a_program_that_asks_for_a_loader_is_not_static() {
        assert!(is_static(&elf(1)).unwrap());
        assert!(!is_static(&elf(3)).unwrap());
    }

    #[test]
    fn what_is_no_elf_file_is_refused() {
        assert!(is_static(b"#!/bin/sh").is_err());
        assert!(is_static(&elf(1)[..0x60]).is_ok() && is_static(&elf(1)[..0x40]).is_err());
    }
}
