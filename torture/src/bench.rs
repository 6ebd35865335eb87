//! What every case is given: the programs that it runs, and a folder of its own.
//!
//! Knows nothing of what is done with them.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};

/// The programs.
#[derive(Debug)]
pub(crate) struct Bench {
    /// The server's program.
    pub(crate) server: PathBuf,
    /// The Serverless Toolkit project with the server in it.
    pub(crate) functions: PathBuf,
    files: PathBuf,
}

impl Bench {
    pub(crate) fn new(server: PathBuf, functions: PathBuf, files: PathBuf) -> Self {
        Self { server, functions, files }
    }
}

/// One case: what it is called, and where its files lie.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// The programs.
    pub(crate) bench: Arc<Bench>,
    /// What happens in it follows from this.
    pub(crate) seed: u64,
    /// An empty folder.
    pub(crate) folder: PathBuf,
}

impl Case {
    /// A case with a new folder.
    ///
    /// # Errors
    ///
    /// When the folder can not be made.
    pub(crate) fn new(bench: &Arc<Bench>, name: &str, seed: u64) -> Result<Self> {
        let folder = bench.files.join(format!("{name}-{seed}"));
        let cannot = || format!("{} can not be made anew", folder.display());
        if folder.exists() {
            std::fs::remove_dir_all(&folder).with_context(cannot)?;
        }
        std::fs::create_dir_all(&folder).with_context(cannot)?;
        // Programs that run elsewhere are told of it too.
        let folder = folder.canonicalize().with_context(cannot)?;
        Ok(Self { bench: Arc::clone(bench), seed, folder })
    }

    /// The choices of this case.
    pub(crate) fn choices(&self) -> fastrand::Rng {
        fastrand::Rng::with_seed(self.seed)
    }

    /// Takes the files away.
    pub(crate) fn clear(&self) {
        // What stays is taken away by the next run.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
