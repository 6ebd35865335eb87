//! Runs one shell block as a reader would, and compares what it prints with what the document shows.
//!
//! Knows bash and the form of a dialogue (`$ command`, then its output), not where the block comes from.

use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use super::blocks::{Block, Mark};
use super::scratch::Scratch;
use super::world::World;
use crate::tools::path_with;

/// How long a block may take.
const TIMEOUT: Duration = Duration::from_secs(120);

/// Where blocks run and what they find in their environment.
pub(crate) struct Runner<'a> {
    /// The copy of the checkout; every block begins in its root.
    pub(crate) scratch: &'a Scratch,
    /// The account, and the way to Twilio.
    pub(crate) world: &'a World,
}

impl Runner<'_> {
    /// Runs `block` to its end, and then fills in the settings that it copied from an example.
    ///
    /// # Errors
    ///
    /// When a command fails, takes too long or prints something else than the document shows.
    pub(crate) async fn run(&self, block: &Block) -> Result<()> {
        self.run_or_compare(block).await?;
        self.scratch.fill_in(&self.world.settings)
    }

    async fn run_or_compare(&self, block: &Block) -> Result<()> {
        if block.mark == Mark::UntilStopped {
            return self.start_and_stop(&block.text).await;
        }
        if !block.is_dialogue {
            return self.output_of(&block.text).await.map(drop);
        }
        for Exchange { command, shown } in exchanges(&block.text) {
            let printed = self.output_of(command).await?;
            if !fits(&shown, &printed.lines().collect::<Vec<_>>()) {
                bail!("`{command}` does not print what the document shows, but:\n{printed}");
            }
        }
        Ok(())
    }

    async fn output_of(&self, script: &str) -> Result<String> {
        let mut command = self.bash(script);
        let output = timeout(TIMEOUT, command.stderr(Stdio::piped()).output()).await;
        let output = output.with_context(|| format!("took longer than {} s", TIMEOUT.as_secs()))??;
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() {
            return Ok(printed);
        }
        bail!("failed ({}):\n{printed}{}", output.status, String::from_utf8_lossy(&output.stderr))
    }

    /// Starts something that runs until it is stopped: it must say where it answers (`server: http://...`) first.
    async fn start_and_stop(&self, script: &str) -> Result<()> {
        let mut command = self.bash(script);
        // What the script starts is stopped with it.
        #[cfg(unix)]
        command.process_group(0);
        let mut child = command.stderr(Stdio::piped()).spawn()?;
        let answers = timeout(TIMEOUT, prints_a_url(&mut child)).await;
        if let Some(id) = child.id() {
            Command::new("kill").args(["-TERM", "--", &format!("-{id}")]).status().await?;
        }
        let ended = timeout(TIMEOUT, child.wait_with_output()).await.context("does not stop at SIGTERM")??;
        match answers {
            Ok(Ok(true)) => Ok(()),
            Ok(outcome) => bail!("ended by itself ({outcome:?}):\n{}", String::from_utf8_lossy(&ended.stderr)),
            Err(_) => bail!("did not say where it answers in {} s", TIMEOUT.as_secs()),
        }
    }

    fn bash(&self, script: &str) -> Command {
        let mut command = Command::new("bash");
        command.args(["-euo", "pipefail", "-c", script]).current_dir(&self.scratch.root).envs(&self.world.variables);
        // A failure is read by a person: the sentence is enough.
        command.env("NO_COLOR", "1").env_remove("RUST_BACKTRACE");
        if let Ok(path) = path_with(&[self.scratch.programs.join("cargo")]) {
            command.env("PATH", path);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
        command
    }
}

async fn prints_a_url(child: &mut Child) -> Result<bool> {
    let mut lines = BufReader::new(child.stdout.as_mut().context("it has no output")?).lines();
    while let Some(line) = lines.next_line().await? {
        if line.contains(": http") {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A command of a dialogue, and the lines that the document shows below it.
#[derive(Debug, PartialEq, Eq)]
struct Exchange<'a> {
    command: &'a str,
    shown: Vec<&'a str>,
}

fn exchanges(text: &str) -> Vec<Exchange<'_>> {
    let mut exchanges: Vec<Exchange<'_>> = Vec::new();
    for line in text.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            exchanges.push(Exchange { command, shown: Vec::new() });
        } else if let Some(last) = exchanges.last_mut() {
            last.shown.push(line);
        }
    }
    exchanges
}

/// Whether what was printed fits what is shown: `…` in a line stands for any text, alone for any lines.
fn fits(shown: &[&str], printed: &[&str]) -> bool {
    match shown {
        [] => printed.is_empty(),
        ["…", rest @ ..] => (0..=printed.len()).any(|skipped| fits(rest, &printed[skipped..])),
        [line, rest @ ..] => printed.first().is_some_and(|found| line_fits(line, found)) && fits(rest, &printed[1..]),
    }
}

fn line_fits(shown: &str, printed: &str) -> bool {
    let mut parts = shown.split('…');
    let Some(mut left) = printed.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return left.ends_with(part);
        }
        let Some((_, after)) = left.split_once(part) else { return false };
        left = after;
    }
    left.is_empty()
}

#[cfg(test)]
mod tests {
    use super::{Exchange, exchanges, fits};

    #[test]
    fn a_dialogue_is_read_as_commands_with_what_they_print() {
        let expected = [Exchange { command: "a", shown: vec!["1", "2"] }, Exchange { command: "b", shown: vec![] }];
        assert_eq!(exchanges("$ a\n1\n2\n$ b\n"), expected);
    }

    #[test]
    fn an_ellipsis_stands_for_any_text_or_any_lines() {
        assert!(fits(&["sid WK… of …", "…", "end"], &["sid WK12 of me", "x", "y", "end"]));
        assert!(fits(&["…"], &[]));
        assert!(!fits(&["sid WK…"], &["sid ZS12"]));
        assert!(!fits(&["a"], &["a", "b"]));
        assert!(!fits(&["a"], &["ab"]));
    }
}
