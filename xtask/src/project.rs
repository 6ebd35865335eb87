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
    /// the one around the current folder. Where these are two, it says which it works in.
    ///
    /// # Errors
    ///
    /// When it is run outside any checkout, with where to go.
    pub(crate) fn find() -> Result<Self> {
        let here = std::env::current_dir().context("the current folder is gone: go to the checkout's")?;
        let cargos = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).filter(|folder| folder.is_absolute());
        let cargos = cargos.as_deref().and_then(checkout_around);
        let around = checkout_around(&here);
        let root = cargos.or(around).with_context(|| {
            format!("{} is in no checkout of this project: go to the folder of one and try again.", here.display())
        })?;
        if around.is_some_and(|around| !is_same_folder(around, root)) {
            eprintln!("Working in {}, where Cargo started xtask.", root.display());
        }
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
        self.binary_in("debug", name)
    }

    /// A binary of the workspace in the `optimized` profile.
    pub(crate) fn optimized_binary(&self, name: &str) -> PathBuf {
        self.binary_in("optimized", name)
    }

    fn binary_in(&self, folder: &str, name: &str) -> PathBuf {
        self.target.join(folder).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }
}

/// The checkout that `folder` is in.
fn checkout_around(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| is_checkout(folder))
}

/// Whether two paths lead to one folder, links followed.
fn is_same_folder(one: &Path, other: &Path) -> bool {
    one == other || matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// Whether `folder` holds the workspace's `Cargo.toml`. Many projects have an `xtask`; only this one a plugin beside it.
fn is_checkout(folder: &Path) -> bool {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    manifest.contains("[workspace]") && ["\"xtask\"", "\"plugin\""].iter().all(|member| manifest.contains(member))
}
