//! A copy of the sources that is kept and brought up to date: what did not change is not compiled again.
//!
//! Knows nothing of what becomes of it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Folders that builds and tools make, wherever they lie.
const BUILT_FOLDERS: [&str; 6] = [".git", ".local", "build", "dist", "node_modules", "target"];

/// Makes `to` the same as `from`, without what builds make and without settings.
///
/// # Errors
///
/// When it can not be read or written.
pub(super) fn mirror(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("{} can not be made", to.display()))?;
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        if !from.join(entry.file_name()).exists() {
            remove(&entry.path())?;
        }
    }
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (name, kind) = (entry.file_name(), entry.file_type()?);
        let is_left_out = name.to_str().is_some_and(|name| BUILT_FOLDERS.contains(&name) || name == ".env");
        if is_left_out {
            continue;
        }
        if kind.is_dir() {
            mirror(&entry.path(), &to.join(&name))?;
        } else if kind.is_file() {
            write_changed(&to.join(&name), &fs::read(entry.path())?)?;
        }
    }
    Ok(())
}

/// Writes a file unless it holds this already, so that its date tells Cargo whether it changed.
///
/// # Errors
///
/// When it can not be written.
pub(super) fn write_changed(file: &Path, content: &[u8]) -> Result<()> {
    if fs::read(file).is_ok_and(|there| there == content) {
        return Ok(());
    }
    fs::write(file, content).with_context(|| format!("{} can not be written", file.display()))
}

fn remove(path: &Path) -> Result<()> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    removed.with_context(|| format!("{} can not be removed", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_copy_becomes_what_the_sources_are_and_leaves_alone_what_did_not_change() {
        let folder = tempfile::tempdir().expect("there is room");
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        for (file, text) in [("src/kept", "1"), ("src/gone", "1"), ("target/built", "1")] {
            let file = from.join(file);
            fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("there is room");
            fs::write(file, text).expect("there is room");
        }
        mirror(&from, &to).expect("it can be written");
        let date = |file: &str| fs::metadata(to.join(file)).and_then(|file| file.modified()).ok();
        let kept = date("src/kept");
        fs::remove_file(from.join("src/gone")).expect("it is there");
        mirror(&from, &to).expect("it can be written");
        assert!(kept.is_some() && date("src/kept") == kept);
        assert!(!to.join("src/gone").exists() && !to.join("target").exists());
    }
}
