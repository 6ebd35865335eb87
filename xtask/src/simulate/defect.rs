//! A defect: a small change of the sources that puts one kind of mistake back, and the rules that must find it.
//!
//! Knows nothing of how the changed sources are built and run.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};

/// Where the defects stand in the checkout.
pub(super) const FOLDER: &str = "simulation/defects";

/// A mistake that is put back.
#[derive(Debug)]
pub(super) struct Defect {
    /// The name of its file.
    pub(super) name: String,
    /// What is wrong with it, in a sentence.
    pub(super) reason: String,
    /// The rules of which one must be found broken.
    pub(super) rules: Vec<String>,
    /// A unified diff for each file that it changes.
    diffs: Vec<String>,
}

/// A file as a defect leaves it.
#[derive(Debug)]
pub(super) struct Changed {
    /// Its path in the checkout.
    pub(super) path: PathBuf,
    /// What stands there without the defect.
    pub(super) before: String,
    /// What stands there with it.
    pub(super) after: String,
}

impl Defect {
    /// All defects of a checkout, by their names.
    ///
    /// # Errors
    ///
    /// When one can not be read.
    pub(super) fn read_all(root: &Path) -> Result<Vec<Self>> {
        let folder = root.join(FOLDER);
        let entries = fs::read_dir(&folder).with_context(|| format!("{} can not be read", folder.display()))?;
        let mut files: Vec<_> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        files.retain(|file| file.extension().is_some_and(|extension| extension == "patch"));
        files.sort();
        files.iter().map(|file| Self::read(file)).collect()
    }

    fn read(file: &Path) -> Result<Self> {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Self::parse(name, &fs::read_to_string(file)?).with_context(|| format!("{} is no defect", file.display()))
    }

    fn parse(name: String, text: &str) -> Result<Self> {
        let mut parts = text.split("\n--- ");
        let head = parts.next().unwrap_or_default();
        let (reason, rules) = head.split_once("\nRules: ").context("its head lacks a line `Rules: `")?;
        let rules: Vec<_> = rules.trim().split(", ").map(str::to_owned).collect();
        let diffs: Vec<_> = parts.map(|part| format!("--- {}\n", part.trim_end_matches('\n'))).collect();
        if reason.trim().is_empty() || diffs.is_empty() {
            bail!("it lacks a line that says what is wrong, or a change");
        }
        Ok(Self { name, reason: reason.trim().to_owned(), rules, diffs })
    }

    /// The files that it changes, as they stand under `root`.
    ///
    /// # Errors
    ///
    /// When the sources are no longer those that it was made for.
    pub(super) fn apply(&self, root: &Path) -> Result<Vec<Changed>> {
        let stale = || format!("{FOLDER}/{}.patch no longer fits the sources: make it anew", self.name);
        self.diffs.iter().map(|diff| apply(root, diff)).collect::<Result<_>>().with_context(stale)
    }
}

fn apply(root: &Path, diff: &str) -> Result<Changed> {
    let patch = diffy::Patch::from_str(diff)?;
    let path = patch.modified().and_then(|path| path.strip_prefix("b/")).context("it names no file")?;
    let before = fs::read_to_string(root.join(path)).with_context(|| format!("{path} can not be read"))?;
    let after = diffy::apply(&before, &patch).map_err(|error| anyhow!("{path}: {error}"))?;
    Ok(Changed { path: path.into(), before, after })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> PathBuf {
        let here = std::env::var_os("CARGO_MANIFEST_DIR").expect("Cargo says which crate it tests");
        Path::new(&here).parent().expect("the crate lies in the checkout").to_path_buf()
    }

    #[test]
    fn every_defect_still_fits_the_sources() {
        let defects = Defect::read_all(&root()).expect("they can be read");
        assert!(defects.len() > 10, "{defects:?}");
        for defect in &defects {
            let changed = defect.apply(&root()).unwrap_or_else(|error| panic!("{error:#}"));
            assert!(changed.iter().all(|file| file.before != file.after), "{}", defect.name);
        }
    }

    #[test]
    fn every_defect_names_rules_that_there_are() {
        let checks = fs::read_to_string(root().join("simulation/src/checks/mod.rs")).expect("the rules stand there");
        for Defect { name, rules, .. } in Defect::read_all(&root()).expect("they can be read") {
            let unknown = rules.iter().find(|rule| !checks.contains(&format!("\n    {rule},\n")));
            assert_eq!(unknown, None, "{name}");
        }
    }

    #[test]
    fn a_defect_says_what_is_wrong_and_which_rules_find_it() {
        let text = "It is wrong.\nRules: NoPanic, Ends\n\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-1\n+2\n";
        let defect = Defect::parse("one".into(), text).expect("it is complete");
        assert_eq!((defect.reason.as_str(), defect.rules.len(), defect.diffs.len()), ("It is wrong.", 2, 1));
        for incomplete in ["It is wrong.\n", "It is wrong.\nRules: Ends\n", "\nRules: Ends\n\n--- a/x\n"] {
            assert!(Defect::parse("one".into(), incomplete).is_err(), "{incomplete}");
        }
    }
}
