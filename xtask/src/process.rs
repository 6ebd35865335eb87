//! A program that runs beside this one: started, waited for until it says where it answers, stopped.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Error, Result, anyhow, bail};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use tokio::sync::mpsc;
use tokio::time::timeout;

/// How long a process may take until it listens.
const START_TIMEOUT: Duration = Duration::from_secs(60);
/// How long a process may take to stop cleanly before it is killed.
const STOP_TIMEOUT: Duration = Duration::from_secs(5);
/// How many lines of its log are shown when a process dies.
const LAST_LINES: usize = 20;

/// A running program. Dropping it kills it.
#[derive(Debug)]
pub(crate) struct Process {
    name: &'static str,
    log: PathBuf,
    child: Child,
    /// The lines of its stdout. They are read to the end, so that the pipe is open and empty for as long as it prints.
    stdout_lines: Option<mpsc::UnboundedReceiver<String>>,
}

impl Process {
    /// Starts `program`, which will announce its URL; its other output goes to `<data>/<name>.log`.
    ///
    /// # Errors
    ///
    /// When it cannot be started or its log cannot be written.
    pub(crate) fn start(
        name: &'static str,
        program: &Path,
        arguments: &[String],
        environment: &BTreeMap<String, String>,
        data: &Path,
    ) -> Result<Self> {
        let mut command = Command::new(program);
        // A log is read in a file: colours would be noise there (https://no-color.org).
        command.args(arguments).envs(environment).env("NO_COLOR", "1").stdout(Stdio::piped());
        let log = data.join(format!("{name}.log"));
        Self::spawn(name, command, log)
    }

    /// Starts `command`, which announces nothing; all its output goes to `<data>/<name>.log`.
    ///
    /// # Errors
    ///
    /// When it cannot be started or its log cannot be written.
    pub(crate) fn start_silent(name: &'static str, mut command: Command, data: &Path) -> Result<Self> {
        let log = data.join(format!("{name}.log"));
        command.stdout(open_log(&log)?);
        Self::spawn(name, command, log)
    }

    fn spawn(name: &'static str, mut command: Command, log: PathBuf) -> Result<Self> {
        command.stdin(Stdio::null()).stderr(open_log(&log)?).kill_on_drop(true);
        // Ctrl-C in a terminal reaches a whole process group: ours is told, and then stops the others in order.
        #[cfg(unix)]
        command.process_group(0);
        let mut child = command.spawn().with_context(|| format!("the {name} could not be started"))?;
        let stdout_lines = child.stdout.take().map(lines_of);
        Ok(Self { name, log, child, stdout_lines })
    }

    /// The id of the process, for tests that kill it.
    pub(crate) fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Waits until it prints `<name>: <url>` and gives the URL.
    ///
    /// # Errors
    ///
    /// When it ends or stays silent, with the last lines of its log.
    pub(crate) async fn wait_for_url(&mut self) -> Result<String> {
        self.wait_for_url_of(self.name).await
    }

    /// Waits until it prints `<what>: <url>`, after anything it announced before, and gives the URL.
    ///
    /// # Errors
    ///
    /// When it ends or stays silent, with the last lines of its log.
    pub(crate) async fn wait_for_url_of(&mut self, what: &str) -> Result<String> {
        let lines = self.stdout_lines.as_mut().context("nobody listens to what it prints")?;
        let prefix = format!("{what}: ");
        let waiting = async {
            while let Some(line) = lines.recv().await {
                if let Some(url) = line.strip_prefix(&prefix) {
                    return Some(url.trim().to_owned());
                }
            }
            None
        };
        match timeout(START_TIMEOUT, waiting).await {
            Ok(Some(url)) => Ok(url),
            Ok(None) => Err(self.wait_for_exit().await),
            Err(_) => {
                bail!(
                    "The {} did not answer within {} s; see {}.",
                    self.name,
                    START_TIMEOUT.as_secs(),
                    self.log.display()
                )
            }
        }
    }

    /// Waits until it ends, which it should not: the error says so, with the last lines of its log.
    pub(crate) async fn wait_for_exit(&mut self) -> Error {
        let status = self.child.wait().await.map_or_else(|error| error.to_string(), |status| status.to_string());
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<_> = log.lines().collect();
        let last = lines[lines.len().saturating_sub(LAST_LINES)..].join("\n");
        let (name, log) = (self.name, self.log.display());
        anyhow!("The {name} ended by itself ({status}). The last lines of {log}:\n{last}\nMend that, then start again.")
    }

    /// Asks it to stop, and kills it when it does not.
    pub(crate) async fn stop(mut self) {
        if let (true, Some(id)) = (cfg!(unix), self.child.id()) {
            let _ = Command::new("kill").arg("-TERM").arg(id.to_string()).status().await;
            if timeout(STOP_TIMEOUT, self.child.wait()).await.is_ok() {
                return;
            }
        }
        let _ = self.child.kill().await;
    }
}

/// A log starts anew with each process, and whoever writes to it writes at its end.
fn open_log(file: &Path) -> Result<std::fs::File> {
    let cannot = || format!("{} cannot be written", file.display());
    std::fs::write(file, "").with_context(cannot)?;
    std::fs::OpenOptions::new().append(true).open(file).with_context(cannot)
}

/// The lines of a pipe, one by one. It is read to its end even when nobody takes them any more.
fn lines_of(stdout: ChildStdout) -> mpsc::UnboundedReceiver<String> {
    let (sender, receiver) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        let mut lines = BufReader::new(stdout).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            let _ = sender.send(line);
        }
    });
    receiver
}
