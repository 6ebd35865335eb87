//! Runs other programs: with their own output, or quietly, with their progress and, when they fail, their last lines.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};

/// How many of its last lines a failed program shows.
const LAST_LINES: usize = 40;
/// How often a long step prints a line where there is no terminal to draw on.
const PROGRESS_INTERVAL: Duration = Duration::from_secs(30);

/// Runs `command`; what it prints goes where ours goes.
///
/// # Errors
///
/// When it cannot be started or does not succeed.
pub(crate) fn with_output(command: &mut Command) -> Result<()> {
    let name = name_of(command);
    clear_cargo_env(command);
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("`{name}` could not be started"))?;
    if status.success() { Ok(()) } else { bail!("`{name}` failed ({status})") }
}

/// Runs `command`, showing its newest line on a terminal and a line every half minute elsewhere.
///
/// # Errors
///
/// When it cannot be started or does not succeed; then with its last lines.
pub(crate) fn quietly(command: &mut Command) -> Result<()> {
    let name = name_of(command);
    clear_cargo_env(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("`{name}` could not be started"))?;
    let (sender, lines) = channel();
    forward(child.stdout.take(), sender.clone());
    forward(child.stderr.take(), sender);
    let mut last = VecDeque::new();
    let mut progress = Progress::new();
    loop {
        match lines.recv_timeout(PROGRESS_INTERVAL) {
            Ok(line) => {
                progress.show(&line);
                if last.len() == LAST_LINES {
                    last.pop_front();
                }
                last.push_back(line);
            }
            Err(RecvTimeoutError::Timeout) => progress.show(""),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    progress.end();
    let status = child.wait()?;
    if status.success() {
        return Ok(());
    }
    bail!("`{name}` failed ({status}). Its last lines:\n{}", Vec::from(last).join("\n"))
}

/// What `command` prints on stdout, or nothing when it cannot be run.
pub(crate) fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Takes away the variables in which Cargo describes xtask to itself. Build scripts look at them (ring's does): a cargo
/// that xtask starts would compile anew what the cargo that started xtask has compiled, and the other way round the next
/// time.
pub(crate) fn clear_cargo_env(command: &mut Command) {
    let about_xtask = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"];
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| about_xtask.iter().any(|start| name.starts_with(start))) {
            command.env_remove(name);
        }
    }
}

fn name_of(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let program = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    let words = command.get_args().take(4).map(|word| word.to_string_lossy().into_owned());
    std::iter::once(program).chain(words).collect::<Vec<_>>().join(" ")
}

fn forward(stream: Option<impl Read + Send + 'static>, lines: Sender<String>) {
    let Some(stream) = stream else { return };
    std::thread::spawn(move || {
        for line in BufReader::new(stream).split(b'\n').map_while(std::io::Result::ok) {
            // The other side stops listening only when the program has ended.
            let _ = lines.send(String::from_utf8_lossy(&line).trim_end().to_owned());
        }
    });
}

/// The newest line of one program, as a person sees it while it runs.
struct Progress {
    bar: Option<ProgressBar>,
    started: Instant,
    shown: Instant,
    line: String,
}

impl Progress {
    fn new() -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("    {spinner} {elapsed} {wide_msg}");
            let bar = ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        Self { bar, started: Instant::now(), shown: Instant::now(), line: String::new() }
    }

    fn show(&mut self, line: &str) {
        if !line.trim().is_empty() {
            line.trim().clone_into(&mut self.line);
        }
        if let Some(bar) = &self.bar {
            bar.set_message(self.line.clone());
        } else if self.shown.elapsed() >= PROGRESS_INTERVAL {
            eprintln!("    {} s {}", self.started.elapsed().as_secs(), self.line);
            self.shown = Instant::now();
        }
    }

    fn end(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}
