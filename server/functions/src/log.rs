//! The log of a Function: the host's console, which Twilio shows and keeps.
//!
//! Knows nothing of what is logged. Twilio adds the time to every line.

use std::io::Write;

use send_wrapper::SendWrapper;
use tracing::{Level, Metadata};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use wasm_bindgen::{JsCast, JsValue};

use crate::host::Host;

/// Writes to the console what `filter` lets through, such as `info` or `server=debug`, and every panic: it ends this
/// instance of the module, so this line is all that is left of it.
///
/// # Errors
///
/// A sentence about `filter`.
pub(crate) fn write_to(host: &Host, filter: &str) -> Result<(), String> {
    let console = || Console(SendWrapper::new(JsValue::from(host).unchecked_into()));
    let panic_log = console();
    std::panic::set_hook(Box::new(move |panic| panic_log.0.log("error", &panic.to_string())));
    let filter: Targets = filter.parse().map_err(|_| "LOG is not usable: expected info or server=debug.".to_owned())?;
    let lines = tracing_subscriber::fmt::layer().without_time().with_ansi(false).with_writer(console());
    tracing_subscriber::registry().with(filter).with(lines).try_init().map_err(|error| error.to_string())
}

struct Console(SendWrapper<Host>);

/// One line, handed over when it is complete.
struct Line<'a> {
    console: &'a Console,
    level: &'static str,
    text: Vec<u8>,
}

impl<'a> MakeWriter<'a> for Console {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Line<'a> {
        Line { console: self, level: "info", text: Vec::new() }
    }

    fn make_writer_for(&'a self, metadata: &Metadata<'_>) -> Line<'a> {
        let level = match *metadata.level() {
            Level::ERROR => "error",
            Level::WARN => "warn",
            Level::INFO => "info",
            _ => "debug",
        };
        Line { console: self, level, text: Vec::new() }
    }
}

impl Write for Line<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Drop for Line<'_> {
    fn drop(&mut self) {
        let text = String::from_utf8_lossy(&self.text);
        self.console.0.log(self.level, text.trim_end());
    }
}
