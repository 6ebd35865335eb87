//! `agent-extensions pull`: the live directory into a file.
//!
//! Does not know how the directory is read.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, ValueEnum};
use server::Base;
use server::commands::pull::{Source, pull};

use super::strings;
use crate::native::{FileReaders, replace_file};

/// The options of `pull`.
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

/// Reads the whole directory, then writes it.
pub(super) async fn run(base: &Base, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let source = match arguments.from {
        From::Published => Source::Published,
        From::Draft => Source::Draft,
    };
    let pulled = pull(base, source).await?;
    for note in &pulled.notes {
        eprintln!("note: {note}");
    }
    let unwritten = || strings::unwritten(&arguments.out);
    replace_file(&arguments.out, &pulled.content, FileReaders::Everyone).with_context(unwritten)?;
    println!("pulled {} extensions ({}) to {}", pulled.extensions, pulled.source, arguments.out.display());
    Ok(ExitCode::SUCCESS)
}
