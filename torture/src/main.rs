//! The torture as a program: real processes over real sockets under every kind of trouble, and a table of what came of it.
//!
//! Knows which arguments there are, nothing of any kind.

mod assets;
mod bench;
mod callers;
mod calls;
mod history;
mod kills;
mod kind;
mod ledger;
mod load;
mod outages;
mod pages;
mod races;
mod recovery;
mod report;
mod schedule;
mod strangers;
mod supervisor;
mod told;
mod world;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use bench::Bench;
use clap::{Parser, ValueEnum};
use kind::{Form, Kind};
use tokio::task::LocalSet;

/// Runs the real server under every kind of trouble; what it tells people and callers must be so.
#[derive(Debug, Parser)]
#[command(about)]
struct Arguments {
    /// One kind only.
    #[arg(long, value_name = "KIND")]
    only: Option<Kind>,
    /// One case of that kind only, by its seed.
    #[arg(long, requires = "only")]
    seed: Option<u64>,
    /// A sample of the cases that takes less than three minutes.
    #[arg(long)]
    short: bool,
    /// The server's program.
    #[arg(long)]
    server: PathBuf,
    /// The Serverless Toolkit project with the server in it.
    #[arg(long)]
    functions: PathBuf,
    /// Where the files of each case lie while it runs, and stay if it is lost.
    #[arg(long)]
    files: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    // A second provider cannot be installed, and there is only this one call.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let Arguments { only, seed, short, server, functions, files } = Arguments::parse();
    let form = match (seed, short) {
        (Some(seed), _) => Form::One(seed),
        (None, true) => Form::Short,
        (None, false) => Form::Long,
    };
    let bench = Arc::new(Bench::new(server, functions, files));
    let kinds = Kind::value_variants().iter().copied().filter(|kind| only.is_none_or(|only| only == *kind));
    let (cases, stopped) = (LocalSet::new(), stop_signal());
    // Whoever is stopped stops the servers, too.
    tokio::select! {
        report = cases.run_until(schedule::run(&bench, kinds, form)) => {
            report.print();
            if report.lost() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        () = stopped => ExitCode::FAILURE,
    }
}

/// Ctrl-C, or SIGTERM where there is one.
async fn stop_signal() {
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    // Without signals there is nothing to wait for but the end.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
