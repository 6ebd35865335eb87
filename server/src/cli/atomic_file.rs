//! Writing a file whole or not at all.

use std::io::Write;
use std::path::Path;

use anyhow::Context;

use super::strings;

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileReaders {
    /// Whom the system lets.
    Everyone,
    /// Nobody but its owner: it holds secrets.
    OwnerOnly,
}

/// Writes `content` beside the file and puts it in its place with one rename, so that whoever reads the file sees the
/// old content or the new one.
///
/// # Errors
///
/// When the folder is not there or can not be written; the file is as it was then.
pub(super) fn replace(file: &Path, content: &[u8], readers: FileReaders) -> anyhow::Result<()> {
    let name = file.file_name().with_context(|| format!("{} is not the name of a file", file.display()))?;
    let mut new_name = std::ffi::OsString::from(".");
    new_name.push(name);
    new_name.push(".new");
    let new_file = file.with_file_name(new_name);
    let written = write(&new_file, content, readers).and_then(|()| std::fs::rename(&new_file, file));
    if written.is_err() {
        // Nothing else can be done about a leftover.
        let _ = std::fs::remove_file(&new_file);
    }
    written.with_context(|| strings::unwritten(file))
}

fn write(file: &Path, content: &[u8], readers: FileReaders) -> std::io::Result<()> {
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
