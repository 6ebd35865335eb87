//! The server inside a Twilio Function.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Server;

/// Puts the project together in `folder`, with `directory` in the place of the published asset.
pub(super) fn put_together(folder: &Path, directory: &str) {
    test_world::functions::put_together(&project(), folder, directory).unwrap();
}

/// Starts `twilio-run` in `folder` and waits until it has said what it serves.
pub(super) fn start(folder: &Path, env: &BTreeMap<String, String>, log: &Path) -> Server {
    test_world::functions::start(&project(), folder, env, log).unwrap()
}

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("functions")
}
