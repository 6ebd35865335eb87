//! A scratch copy of the checkout in which the commands of a document run, so that they never touch the real one.
//!
//! Knows which folders are made rather than written, and what a reader fills in, nothing of the commands.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::env_file::Variables;
use crate::project::Project;

/// Folders that builds and tools make, wherever they lie.
const MADE: [&str; 6] = [".git", ".local", "build", "dist", "node_modules", "target"];
/// The files of settings that a reader copies from an example and fills in.
const SETTINGS: [&str; 3] = [".env", ".env.stage", ".env.prod"];

/// A copy of the sources, removed when it is dropped.
#[derive(Debug)]
pub(crate) struct Scratch {
    /// The root of the copy.
    pub(crate) root: PathBuf,
    /// Programs that stand before the system's on the PATH.
    pub(crate) programs: PathBuf,
}

impl Scratch {
    /// Copies the sources of `project`. `cargo xtask` in the copy is the xtask that is built already: a second
    /// checkout would have to compile its own.
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
            "#!/bin/sh\nif [ \"$1\" = xtask ]; then shift; exec '{}' \"$@\"; fi\nPATH=\"${{PATH#*:}}\" exec cargo \"$@\"\n",
            project.xtask.display()
        );
        program(&scratch.programs.join("cargo"), &cargo)?;
        let server = format!("#!/bin/sh\nexec '{}' \"$@\"\n", project.binary("agent-extensions").display());
        program(&scratch.programs.join("agent-extensions"), &server)?;
        Ok(scratch)
    }

    /// Does what a reader is told to do with a copy of `.env.example`: gives every variable that `variables` has
    /// its value.
    ///
    /// # Errors
    ///
    /// When a file cannot be written.
    pub(crate) fn fill_in(&self, variables: &Variables) -> Result<()> {
        for file in SETTINGS.map(|name| self.root.join(name)).iter().filter(|file| file.is_file()) {
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
        let is_made = name.to_str().is_some_and(|name| MADE.contains(&name) || SETTINGS.contains(&name));
        if kind.is_dir() && !is_made {
            copy(&entry.path(), &to.join(&name))?;
        } else if kind.is_file() && !is_made {
            // A file may go away while it is looked at: other tools work in the same checkout.
            let _ = fs::copy(entry.path(), to.join(&name));
        }
    }
    Ok(())
}

fn program(file: &Path, text: &str) -> Result<()> {
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
