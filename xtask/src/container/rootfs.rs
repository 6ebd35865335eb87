//! What the image holds, as a folder: the program, the certificate authorities and a place for the last directory.
//!
//! Knows what the last stage of the Dockerfile copies, and how to start something in the folder as in the image.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::{debian, run};

/// Where TLS looks for the certificate authorities, in the image and on Debian.
const AUTHORITIES: &str = "etc/ssl/certs/ca-certificates.crt";
/// The user and group of the image; they exist nowhere else.
const NOBODY: u32 = 65532;

/// The folder.
#[derive(Debug)]
pub(crate) struct Rootfs {
    root: PathBuf,
    /// The program `chroot`, where this process may use it.
    chroot: Option<PathBuf>,
}

impl Rootfs {
    /// Fills the folder `root` anew with `program`, and with the system's authorities and `authority` beside them.
    ///
    /// # Errors
    ///
    /// When a file cannot be written, or the system has no authorities.
    pub(crate) fn make(root: &Path, program: &Path, authority: &str) -> Result<Self> {
        if root.is_dir() {
            fs::remove_dir_all(root)?;
        }
        let file = root.join(AUTHORITIES);
        fs::create_dir_all(file.parent().unwrap_or(root))?;
        let system = Path::new("/").join(AUTHORITIES);
        if !system.is_file() {
            debian::install("ca-certificates")?;
        }
        let system = fs::read_to_string(system).context("ca-certificates has no authorities")?;
        fs::write(file, system + authority)?;
        fs::copy(program, root.join("agent-extensions"))?;
        fs::create_dir(root.join("state"))?;
        if debian::is_root() {
            give_to_nobody(&root.join("state"))?;
        }
        let mut rootfs = Self { root: root.to_path_buf(), chroot: chroot().filter(|_| debian::is_root()) };
        if !rootfs.can_chroot() {
            rootfs.chroot = None;
        }
        Ok(rootfs)
    }

    /// Whether the program runs alone in the folder, as a user who owns nothing; otherwise it runs as whoever we are.
    pub(crate) fn is_in_chroot(&self) -> bool {
        self.chroot.is_some()
    }

    /// The program and the arguments that run `agent-extensions` with `arguments`, as the image does if we may.
    pub(crate) fn command(&self, arguments: &[&str]) -> (PathBuf, Vec<String>) {
        let arguments = arguments.iter().map(|&argument| argument.to_owned());
        let Some(chroot) = &self.chroot else { return (self.root.join("agent-extensions"), arguments.collect()) };
        let (user, root) = (format!("--userspec={NOBODY}:{NOBODY}"), self.root.display().to_string());
        (chroot.clone(), [user, root, "/agent-extensions".to_owned()].into_iter().chain(arguments).collect())
    }

    /// Not every root may: a container can forbid it.
    fn can_chroot(&self) -> bool {
        let (program, arguments) = self.command(&["--version"]);
        self.is_in_chroot() && run::output_of(Command::new(program).args(arguments)).is_some()
    }

    /// Where the program finds `path` of the image.
    pub(crate) fn path(&self, path: &str) -> String {
        if self.is_in_chroot() { path.to_owned() } else { format!("{}{path}", self.root.display()) }
    }

    /// The size of everything in the folder, in bytes.
    ///
    /// # Errors
    ///
    /// When a file cannot be looked at.
    pub(crate) fn size(&self) -> Result<u64> {
        size_of(&self.root)
    }
}

/// `chroot` lies where only administrators look for programs.
fn chroot() -> Option<PathBuf> {
    let folders = [std::env::var_os("PATH").unwrap_or_default(), OsString::from("/usr/sbin:/sbin")];
    let programs = folders.iter().flat_map(std::env::split_paths).map(|folder| folder.join("chroot"));
    programs.into_iter().find(|file| file.is_file())
}

fn size_of(folder: &Path) -> Result<u64> {
    let mut size = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        size += if entry.file_type()?.is_dir() { size_of(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(size)
}

#[cfg(unix)]
fn give_to_nobody(folder: &Path) -> Result<()> {
    Ok(std::os::unix::fs::chown(folder, Some(NOBODY), Some(NOBODY))?)
}

#[cfg(not(unix))]
fn give_to_nobody(_: &Path) -> Result<()> {
    Ok(())
}
