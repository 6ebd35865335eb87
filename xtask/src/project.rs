//! Where things are: the folders of the checkout and of what is built in it.
//!
//! Knows paths only; nothing is read or written here.

use std::path::{Path, PathBuf};

/// The version of Flex UI that the host page boots, as in `public/flex-ui/package.json`.
pub(crate) const FLEX_UI_VERSION: &str = "2.17.1";

/// The checkout.
#[derive(Clone, Debug)]
pub(crate) struct Project {
    /// The folder that holds the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Cargo's target folder.
    pub(crate) target: PathBuf,
    /// The file this program was started from. Asked for at the start: a step may build it anew, and then the system
    /// names a file that is gone.
    pub(crate) xtask: PathBuf,
}

impl Project {
    /// The checkout this program was compiled in.
    pub(crate) fn find() -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = here.parent().unwrap_or(here).to_path_buf();
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        let xtask = std::env::current_exe().unwrap_or_else(|_| target.join("debug/xtask"));
        Self { root, target, xtask }
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
