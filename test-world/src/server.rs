//! A server that runs, wherever it does, and what it is told.
//!
//! Knows nothing of how it is started.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::Child;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// Environment variables by name.
pub type Env = BTreeMap<String, String>;

/// Settings that make tests quick and show that nothing depends on the lookup's timer. What a test says goes before.
pub(crate) const SETTINGS: [(&str, &str); 7] = [
    ("PORT", "0"),
    ("BIND", "127.0.0.1"),
    ("LOG", "debug"),
    ("LOOKUP_REFRESH_SECONDS", "3600"),
    ("TWILIO_SERVICE_RETRY_LIMIT", "2"),
    ("TWILIO_SERVICE_MIN_BACKOFF", "1"),
    ("TWILIO_SERVICE_MAX_BACKOFF", "2"),
];

/// How long a server may take until it says where it listens.
const START_TIMEOUT: Duration = Duration::from_secs(60);

/// A running server process; dropping it ends it.
#[derive(Debug)]
pub struct Server {
    /// Where it answers, without a trailing slash.
    pub url: String,
    /// The file with what it says.
    pub log: PathBuf,
    /// The process.
    pub process: Child,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    /// Waits until `found` finds something in a line of its output, which is added to its log.
    pub(crate) fn wait_for<T>(&mut self, found: impl Fn(&str) -> Option<T>) -> Result<T> {
        let (sender, lines) = channel();
        let (stdout, stderr) = (self.process.stdout.take(), self.process.stderr.take());
        self.follow(stdout, sender.clone())?;
        self.follow(stderr, sender)?;
        first(&lines, found).with_context(|| {
            let log = std::fs::read_to_string(&self.log).unwrap_or_default();
            format!("the server does not say where it listens; its log:\n{log}")
        })
    }

    /// Copies what the process says into its log, and line by line to `sender` until nobody listens there.
    fn follow(&self, stream: Option<impl Read + Send + 'static>, sender: Sender<String>) -> Result<()> {
        let Some(stream) = stream else { return Ok(()) };
        let mut log = File::options().create(true).append(true).open(&self.log)?;
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                // Nobody listens any more once the server is started, and a test that is over has removed its folder.
                let _ = writeln!(log, "{line}");
                let _ = sender.send(line);
            }
        });
        Ok(())
    }
}

/// The first line in which something is found, if it comes in time.
fn first<T>(lines: &Receiver<String>, found: impl Fn(&str) -> Option<T>) -> Option<T> {
    let end = Instant::now() + START_TIMEOUT;
    loop {
        let line = lines.recv_timeout(end.saturating_duration_since(Instant::now())).ok()?;
        if let Some(found) = found(&line) {
            return Some(found);
        }
    }
}
