//! Twilio is dead or says nothing when the server starts: it starts, says so, answers from the file of the last good
//! directory if there is one, and catches up when Twilio is back.
//!
//! Knows nothing of how the server finds out.

use std::net::TcpListener;

use anyhow::{Context, Result, bail};
use test_world::{Env, Server};
use tokio::net::TcpListener as Listener;
use tokio::task::JoinHandle;

use crate::bench::Case;
use crate::ledger::Ledger;
use crate::recovery::recover;
use crate::supervisor::Supervisor;
use crate::world::{Caller, Home, World, client, get, start_native, wait_until};

/// How many cases there are: dead or silent, with a file or without.
pub(crate) const CASES: u64 = 4;

/// Starts a server without Twilio.
///
/// # Errors
///
/// When the case is lost.
pub(crate) async fn run(case: &Case) -> Result<String> {
    let (is_silent, has_file) = (case.seed & 1 == 1, case.seed & 2 == 2);
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let path = case.folder.join("last-good.json").display().to_string();
    let settings = [("LAST_GOOD_FILE", path.as_str()), ("LOOKUP_REFRESH_SECONDS", "1")];
    let env = before(case, &settings, port, has_file).await.context("before Twilio is gone")?;
    let silence = if is_silent { Some(keep_silent(port).await?) } else { None };
    let server = start_native(case, &env, "server.log").await.context("while Twilio is gone")?;
    while_it_is_gone(&env, &server, has_file).await.context("while Twilio is gone")?;
    if let Some(silence) = silence {
        silence.abort();
        // It ends with an error, because it was aborted; its connections are closed then.
        let _ = silence.await;
    }
    let world = World::open_at(case, Home::Native, &settings, port).await.context("Twilio does not come back")?;
    once_it_is_back(&world, &server).await.context("once Twilio is back")?;
    Ok(String::new())
}

/// What a server is told, and if it `has_file`, what an earlier one has kept. Twilio is gone afterwards.
async fn before(case: &Case, settings: &[(&str, &str)], port: u16, has_file: bool) -> Result<Env> {
    let world = World::open_at(case, Home::Native, settings, port).await?;
    let file = case.folder.join("last-good.json");
    if has_file {
        let server = world.start("server-before.log").await?;
        world.caller(&server.url)?.directory().await?;
        wait_until("the last good directory is kept", async || Ok(file.is_file())).await?;
    }
    Ok(world.env.clone())
}

/// Takes connections and whatever comes, and never answers.
async fn keep_silent(port: u16) -> Result<JoinHandle<()>> {
    let mut listener = None;
    wait_until("the port is free", async || {
        listener = Listener::bind(("127.0.0.1", port)).await.ok();
        Ok(listener.is_some())
    })
    .await?;
    let listener = listener.context("nobody listens")?;
    Ok(tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            held.push(stream);
        }
    }))
}

async fn while_it_is_gone(env: &Env, server: &Server, has_file: bool) -> Result<()> {
    let (http, url) = (client(), &server.url);
    let caller = Caller::of(env, client(), url)?;
    let (status, body) = get(&http, url, "/health/live").await?;
    if status != 200 {
        bail!("/health/live answered {status} {body}");
    }
    if has_file {
        caller.directory().await?;
    } else {
        caller.must_be_refused_in_words().await?;
    }
    let expected = if has_file { 200 } else { 503 };
    wait_until("/health/ready says that something is wrong", async || {
        let (status, body) = get(&http, url, "/health/ready").await?;
        let says_so = body["problem"].is_string() || body["message"].is_string();
        Ok(status == expected && says_so)
    })
    .await?;
    if has_file { caller.directory().await.map(drop) } else { Ok(()) }
}

async fn once_it_is_back(world: &World, server: &Server) -> Result<()> {
    let caller = world.caller(&server.url)?;
    wait_until("callers are answered", async || Ok(caller.directory().await.is_ok())).await?;
    wait_until("/health/ready says that all is well", async || {
        let (status, body) = world.get(&server.url, "/health/ready").await?;
        Ok(status == 200 && body["problem"].is_null())
    })
    .await?;
    let ledger = Ledger::default();
    recover(&Supervisor::at(world, &server.url, "SUPERVISOR", &ledger)?, &caller, false).await
}
