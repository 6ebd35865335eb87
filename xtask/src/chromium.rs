//! Finds a Chromium for the browser tests, or installs one.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::{debian, run};

/// The names under which Linux distributions install it.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Where a browser is: `$CHROMIUM`, an installed one, Debian's package, or the one that Playwright downloads.
/// `None` says that Playwright knows where its own is.
///
/// # Errors
///
/// When there is none and none can be installed, with what to do.
pub(crate) fn find_or_install(e2e: &Path) -> Result<Option<PathBuf>> {
    if let Some(file) = installed() {
        return Ok(Some(file));
    }
    if let (Ok(()), Some(file)) = (debian::install("chromium"), installed()) {
        return Ok(Some(file));
    }
    if run::quietly(Command::new("npx").args(["playwright", "install", "chromium"]).current_dir(e2e)).is_ok() {
        return Ok(None);
    }
    bail!("Chromium is missing: install the package `chromium` or set CHROMIUM to the browser's program file.")
}

fn installed() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from).filter(|file| file.is_file());
    named.or_else(|| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).flat_map(|folder| NAMES.map(|name| folder.join(name))).find(|file| file.is_file())
    })
}
