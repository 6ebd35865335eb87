//! Writing a file whole or not at all, also where the machine stops in between.

use std::io::{Error, ErrorKind, Result, Write};
use std::path::Path;

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileReaders {
    /// Whom the system lets.
    Everyone,
    /// Nobody but its owner: it holds secrets.
    OwnerOnly,
}

/// Writes `content` beside the file and puts it in its place with one rename, so that whoever reads the file sees the
/// old content or the new one. Both the content and its name are on the disk when this returns.
///
/// # Errors
///
/// When the folder is not there or can not be written; the file is as it was then.
pub(crate) fn replace_file(file: &Path, content: &[u8], readers: FileReaders) -> Result<()> {
    let name = file.file_name().ok_or_else(|| Error::new(ErrorKind::InvalidInput, "it is not the name of a file"))?;
    let mut new_name = std::ffi::OsString::from(".");
    new_name.push(name);
    new_name.push(".new");
    let new_file = file.with_file_name(new_name);
    let written = write(&new_file, content, readers).and_then(|()| std::fs::rename(&new_file, file));
    match &written {
        Ok(()) => flush_folder(file),
        // Nothing else can be done about a leftover.
        Err(_) => _ = std::fs::remove_file(&new_file),
    }
    written
}

fn write(file: &Path, content: &[u8], readers: FileReaders) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    if readers == FileReaders::OwnerOnly {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = readers;
    let mut file = options.open(file)?;
    file.write_all(content)?;
    file.sync_all()
}

/// A rename is on the disk when its folder is. Where a file system can not do that, the file is in its place all the
/// same, so it is no failure.
fn flush_folder(file: &Path) {
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty());
    #[cfg(unix)]
    if let Ok(folder) = std::fs::File::open(parent.unwrap_or(Path::new("."))) {
        _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = parent;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_content_takes_the_place_of_the_old_one_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("last-good.json");
        for content in ["[1]", "[]"] {
            replace_file(&file, content.as_bytes(), FileReaders::Everyone).unwrap();
            assert_eq!(std::fs::read_to_string(&file).unwrap(), content);
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_can_not_be_put_in_its_place_leaves_everything_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("taken");
        std::fs::create_dir(&taken).unwrap();
        std::fs::write(taken.join("kept"), "").unwrap();
        for file in [taken.clone(), folder.path().join("missing/file"), folder.path().join("..")] {
            assert!(replace_file(&file, b"[]", FileReaders::Everyone).is_err(), "{}", file.display());
        }
        assert!(taken.join("kept").exists());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
