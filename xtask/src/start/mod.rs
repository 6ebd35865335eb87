//! `cargo xtask start`: emulator, server and host page, connected by base URL.
//!
//! `start` with its `StartOptions` is all that others call.
//!
//! Knows what each of the three must be told, nothing of what they answer to a browser.

mod options;
mod world;

use std::net::TcpListener;
use std::path::Path;

use anyhow::{Context, Result, bail};

use self::world::World;
use crate::process::Process;
use crate::project::Project;
use crate::{page, prepare, shutdown, trunk};

pub(crate) use self::options::StartOptions;

/// Builds what is missing, starts everything and runs until it is told to stop.
///
/// # Errors
///
/// When something cannot be built or started, or ends by itself; each with a next step.
pub(crate) fn start(project: &Project, options: &StartOptions) -> Result<()> {
    let page_listener = claim(options.page_port, "page")?;
    let server_port = claim(options.server_port, "server")?.local_addr()?.port();
    drop(claim(options.emulator_port, "emulator")?);
    if options.no_build {
        prepare::check_built(project, options.plugin_bundle.is_some())?;
    } else {
        prepare::everything(project)?;
    }
    let existed = open_data(options)?;
    let data = options.data.canonicalize()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        // Listened for from the beginning, so that an early Ctrl-C leaves no process behind.
        let stop = shutdown::signal()?;
        tokio::pin!(stop);
        let starting = World::start(project, options, &data, server_port, &page_listener);
        let mut world = tokio::select! { world = starting => world?, () = &mut stop => return Ok(()) };
        let serving = page::serve(page_listener, project, &world.page);
        let watching = watch(project, options, &data)?;
        world.report(&data, existed).await?;
        let outcome = tokio::select! {
            () = &mut stop => Ok(()),
            served = serving => served,
            ended = world.emulator.wait_for_exit() => Err(ended),
            ended = world.server.wait_for_exit() => Err(ended),
        };
        world.stop(watching).await;
        outcome
    })
}

/// Takes a loopback port, to be sure that it is free.
fn claim(port: u16, whose: &str) -> Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port)).with_context(|| {
        format!("Port {port} is taken: stop what uses it, or choose another with --{whose}-port (0 takes a free one).")
    })
}

/// Makes the data folder; with `--reset` it is emptied first, if it is one of ours. Says whether it held a state.
fn open_data(options: &StartOptions) -> Result<bool> {
    let data = &options.data;
    let has_state = data.join("emulator.redb").is_file();
    if options.reset && data.is_dir() {
        let empty = std::fs::read_dir(data)?.next().is_none();
        if !has_state && !empty && !data.join("env").is_file() {
            bail!("{} does not look like a data folder of this project: nothing was removed.", data.display());
        }
        std::fs::remove_dir_all(data).with_context(|| format!("{} could not be removed", data.display()))?;
    }
    std::fs::create_dir_all(data).with_context(|| format!("{} could not be made", data.display()))?;
    Ok(has_state && !options.reset)
}

fn watch(project: &Project, options: &StartOptions, data: &Path) -> Result<Option<Process>> {
    if !options.watch {
        return Ok(None);
    }
    // Trunk refuses to ignore a folder that is not there.
    std::fs::create_dir_all(project.root.join("plugin/src/wasm"))?;
    let command = trunk::watch(project)?;
    Process::start_silent("trunk", command.into(), data).map(Some)
}
