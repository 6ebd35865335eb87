//! A scratch copy of the checkout in which the commands of a document run, so that they never touch the real one.
//!
//! Knows which folders builds make, and what a reader fills in, nothing of the commands.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::env_file::Variables;
use crate::project::Project;

/// Folders that builds and tools make, wherever they lie.
const BUILT_FOLDERS: [&str; 6] = [".git", ".local", "build", "dist", "node_modules", "target"];
/// The files of settings that a reader copies from an example and fills in.
const SETTINGS_FILES: [&str; 3] = [".env", ".env.stage", ".env.prod"];

/// A copy of the sources, removed when it is dropped.
#[derive(Debug)]
pub(crate) struct Scratch {
    /// The root of the copy.
    pub(crate) root: PathBuf,
    /// Programs that stand before the system's on the PATH.
    pub(crate) programs: PathBuf,
}

impl Scratch {
    /// Copies the sources of `project`. `cargo xtask` in the copy is the xtask that is built already, and works in
    /// the real checkout: in the copy everything would have to be compiled anew.
    ///
    /// # Errors
    ///
    /// When the copy cannot be written.
    pub(crate) fn copy_of(project: &Project) -> Result<Self> {
        let folder = project.root.join("target/tmp/docs").join(std::process::id().to_string());
        let scratch = Self { root: folder.join("checkout"), programs: folder.join("programs") };
        copy(&project.root, &scratch.root)?;
        fs::create_dir_all(&scratch.programs)?;
        let cargo = format!(
            "#!/bin/sh\nif [ \"$1\" = xtask ]; then shift; CARGO_MANIFEST_DIR='{}' exec '{}' \"$@\"; fi\nPATH=\"${{PATH#*:}}\" exec cargo \"$@\"\n",
            project.root.join("xtask").display(),
            project.xtask.display()
        );
        write_script(&scratch.programs.join("cargo"), &cargo)?;
        let server = format!("#!/bin/sh\nexec '{}' \"$@\"\n", project.binary("agent-extensions").display());
        write_script(&scratch.programs.join("agent-extensions"), &server)?;
        Ok(scratch)
    }

    /// Does what a reader is told to do with a copy of `.env.example`: gives every variable that `variables` has
    /// its value.
    ///
    /// # Errors
    ///
    /// When a file cannot be written.
    pub(crate) fn fill_in(&self, variables: &Variables) -> Result<()> {
        for file in SETTINGS_FILES.map(|name| self.root.join(name)).iter().filter(|file| file.is_file()) {
            let text = fs::read_to_string(file)?;
            let lines: String = text.lines().map(|line| filled_in(line, variables) + "\n").collect();
            if lines != text {
                fs::write(file, lines)?;
            }
        }
        Ok(())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left behind lies in `target`, where nobody misses it.
        let _ = fs::remove_dir_all(self.root.parent().unwrap_or(&self.root));
    }
}

fn filled_in(line: &str, variables: &Variables) -> String {
    let value = line.split_once('=').and_then(|(name, _)| Some((name, variables.get(name)?)));
    value.map_or_else(|| line.to_owned(), |(name, value)| format!("{name}={value}"))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("{} cannot be made", to.display()))?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (name, kind) = (entry.file_name(), entry.file_type()?);
        let is_left_out =
            name.to_str().is_some_and(|name| BUILT_FOLDERS.contains(&name) || SETTINGS_FILES.contains(&name));
        if kind.is_dir() && !is_left_out {
            copy(&entry.path(), &to.join(&name))?;
        } else if kind.is_file() && !is_left_out {
            // A file may go away while it is looked at: other tools work in the same checkout.
            let _ = fs::copy(entry.path(), to.join(&name));
        }
    }
    Ok(())
}

fn write_script(file: &Path, text: &str) -> Result<()> {
    fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))?;
    #[cfg(unix)]
    fs::set_permissions(file, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::filled_in;

    #[test]
    fn only_settings_that_have_a_value_are_filled_in() {
        let variables = BTreeMap::from([("A".to_owned(), "1".to_owned())]);
        assert_eq!(filled_in("A=ACxxx", &variables), "A=1");
        assert_eq!(filled_in("A=", &variables), "A=1");
        assert_eq!(filled_in("B=2", &variables), "B=2");
        assert_eq!(filled_in("# A=default", &variables), "# A=default");
    }
}
