//! Writing a file whole or not at all.
//!
//! Knows nothing of what is in it.

use std::io::Write;
use std::path::Path;

use anyhow::Context;

use super::strings;

/// Writes `content` beside the file and puts it in its place with one rename, so that whoever reads the file sees the
/// old content or the new one. A file that holds secrets can be read by its owner only.
///
/// # Errors
///
/// When the folder is not there or can not be written; the file is as it was then.
pub(super) fn replace(file: &Path, content: &[u8], secret: bool) -> anyhow::Result<()> {
    let name = file.file_name().with_context(|| format!("{} is not the name of a file", file.display()))?;
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(".new");
    let draft = file.with_file_name(beside);
    let written = write(&draft, content, secret).and_then(|()| std::fs::rename(&draft, file));
    if written.is_err() {
        // Nothing else can be done about a leftover.
        let _ = std::fs::remove_file(&draft);
    }
    written.with_context(|| strings::unwritten(file))
}

fn write(file: &Path, content: &[u8], secret: bool) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    if secret {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = secret;
    let mut file = options.open(file)?;
    file.write_all(content)?;
    file.sync_all()
}
