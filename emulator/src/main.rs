//! The emulator as a program: flags, logging, and a clean stop.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use clap::Parser;
use emulator::StartOptions;
use emulator::pages::PageOrigins;
use tracing_subscriber::EnvFilter;

/// A stand-in for Twilio on loopback: Sync, Serverless, IAM, TaskRouter and what the Flex UI asks for.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    /// The loopback port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 4010)]
    port: u16,
    /// The folder that keeps the state.
    #[arg(long, default_value = ".local")]
    data: PathBuf,
    /// How many extensions to seed when the folder is empty.
    #[arg(long, default_value_t = 120)]
    demo: usize,
    /// How long a Build stays `building`, in milliseconds.
    #[arg(long, default_value_t = 1500)]
    build_delay_ms: u64,
    /// How long a Flex token is valid, in seconds.
    #[arg(long, default_value_t = 3600)]
    token_lifetime_s: u64,
    /// The base URL of the backend, which the plugin reads from the Flex configuration.
    #[arg(long, default_value = "http://localhost:8787")]
    functions_base: String,
    /// The origins of the page that hosts the Flex UI, separated by commas: no other page may read logins or give orders.
    #[arg(long, value_delimiter = ',', default_value = "http://localhost:3000,http://127.0.0.1:3000")]
    page_origins: Vec<String>,
    /// The loopback port of a proxy for Twilio's own command-line tools; 0 takes a free one, without it there is none.
    #[arg(long)]
    proxy_port: Option<u16>,
    /// Forget the state first: a new account with new demo data.
    #[arg(long)]
    reset: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let arguments = Arguments::parse();
    if arguments.reset {
        remove_state(&arguments.data)?;
    }
    let emulator = emulator::start(StartOptions {
        port: arguments.port,
        data: arguments.data,
        demo: arguments.demo,
        build_delay: Duration::from_millis(arguments.build_delay_ms),
        token_lifetime: Duration::from_secs(arguments.token_lifetime_s),
        page_origins: PageOrigins::new(arguments.page_origins),
        functions_base: arguments.functions_base.trim_end_matches('/').to_owned(),
    })
    .await?;
    let proxy = match arguments.proxy_port {
        Some(port) => Some(emulator.start_proxy(port).await?),
        None => None,
    };
    let stopped = stop_signal()?;
    announce("emulator", emulator.base())?;
    if let Some(proxy) = &proxy {
        announce("proxy", proxy.url())?;
    }
    stopped.await?;
    tracing::info!("stopping");
    Ok(())
}

/// Whoever started the program reads these lines to learn the ports.
fn announce(what: &str, url: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{what}: {url}")?;
    stdout.flush()
}

fn remove_state(data: &std::path::Path) -> anyhow::Result<()> {
    let file = data.join(emulator::start::STORE_FILE);
    match std::fs::remove_file(&file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("could not remove {}", file.display()))
        }
        _ => Ok(()),
    }
}

/// Listens for Ctrl-C, and from now on for SIGTERM where there is one: whoever has read the ports may send it.
fn stop_signal() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            result = tokio::signal::ctrl_c() => result,
            _ = terminate.recv() => Ok(()),
        }
        #[cfg(not(unix))]
        tokio::signal::ctrl_c().await
    })
}
