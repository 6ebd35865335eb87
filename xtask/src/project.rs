//! Where things are: the folders of the checkout and of what is built in it.
//!
//! Knows which `Cargo.toml` is the workspace's; whether the rest is there is for others to see.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The version of Flex UI that the host page boots, as in `public/flex-ui/package.json`.
pub(crate) const FLEX_UI_VERSION: &str = "2.17.1";

/// The checkout.
#[derive(Clone, Debug)]
pub(crate) struct Project {
    /// The folder that holds the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Cargo's target folder.
    pub(crate) target: PathBuf,
    /// The file of this program. Asked for at the start: a step may build it anew, and then the system names a file
    /// that is gone.
    pub(crate) xtask: PathBuf,
}

impl Project {
    /// The checkout that this program is run in, wherever it was compiled: that of the `cargo` which runs it, otherwise
    /// the one around the current folder.
    ///
    /// # Errors
    ///
    /// When it is run outside any checkout, with where to go.
    pub(crate) fn find() -> Result<Self> {
        let here = std::env::current_dir().context("the current folder is gone: go to the checkout's")?;
        let run_by_cargo = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let starts = run_by_cargo.as_deref().into_iter().chain([here.as_path()]);
        let root = starts.flat_map(Path::ancestors).find(|folder| is_checkout(folder)).with_context(|| {
            format!("{} is in no checkout of this project: go to the folder of one and try again.", here.display())
        })?;
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        let xtask = std::env::current_exe().unwrap_or_else(|_| target.join("debug/xtask"));
        Ok(Self { root: root.to_path_buf(), target, xtask })
    }

    /// The tools of the project, which never go into the user's cargo folder.
    pub(crate) fn tools(&self) -> PathBuf {
        self.root.join("target/tools")
    }

    /// The bundled Flex UI, cached by version.
    pub(crate) fn flex_ui(&self) -> PathBuf {
        self.root.join("target/flex-ui").join(FLEX_UI_VERSION).join("flex-ui.js")
    }

    /// The host page as Trunk built it.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// A binary of the workspace in the dev profile.
    pub(crate) fn binary(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }
}

/// Whether `folder` holds the workspace's `Cargo.toml`. Many projects have an `xtask`; only this one a plugin beside it.
fn is_checkout(folder: &Path) -> bool {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    manifest.contains("[workspace]") && ["\"xtask\"", "\"plugin\""].iter().all(|member| manifest.contains(member))
}
