//! `agent-extensions pull`: the live directory into a file.
//!
//! Knows nothing of where the directory comes from.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use server::App;
use server::commands::pull::{Source, pull};

use super::written::replace;

/// What it can be told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Which directory to write: what callers are answered from, or the draft with its unpublished edits.
    #[arg(long, value_enum, default_value_t = From::Published)]
    from: From,
    /// The file to write; it keeps its old content unless the whole directory was read.
    #[arg(long, value_name = "FILE", default_value = "server/functions/assets/extensions.private.json")]
    out: PathBuf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum From {
    Published,
    Draft,
}

/// Reads first, writes last.
pub(super) async fn run(app: &App, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let source = match arguments.from {
        From::Published => Source::Published,
        From::Draft => Source::Draft,
    };
    let pulled = pull(app, source).await?;
    for note in &pulled.notes {
        eprintln!("note: {note}");
    }
    replace(&arguments.out, &pulled.content, false)?;
    println!("pulled {} extensions ({}) to {}", pulled.rows, pulled.source, arguments.out.display());
    Ok(ExitCode::SUCCESS)
}
