//! What strangers can do: send very much, send nothing, send slowly, try tokens. Callers are answered all the while, and
//! the process lives.
//!
//! Knows nothing of how the server keeps them off.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::json;
use test_world::Server;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::bench::Case;
use crate::callers::Callers;
use crate::ledger::Ledger;
use crate::supervisor::Supervisor;
use crate::world::{Home, World, memory};

/// How many cases there are, one for each way.
pub(crate) const CASES: u64 = 5;

/// How many send large bodies at once, and how large these are, in bytes.
const LARGE: (usize, usize) = (12, 25_000_000);
/// How many connections are half open, of a process that may have no more than `DESCRIPTORS`.
const HALF_OPEN: usize = 1_100;
const DESCRIPTORS: usize = 1_024;
/// How many send their bodies byte by byte.
const SLOW: usize = 200;
/// How many wrong tokens are tried at once.
const TOKENS: usize = 300;
/// The most memory that the server may ever have taken, in MB.
const MOST_MEMORY: usize = 256;
/// How long callers pause between two questions.
const PAUSE: Duration = Duration::from_millis(20);

const HALF_A_HEAD: &str = "GET /agentExtensions?agentExt=2000 HTTP/1.1\r\nHost: a\r\n";
const HALF_A_BODY: &str = "POST /agentExtensions HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nagent";
const SLOW_BODY: &str =
    "POST /admin/list HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n{";

/// Lets strangers do one of these.
///
/// # Errors
///
/// When the case is lost.
pub(crate) async fn run(case: &Case) -> Result<String> {
    let world = World::open(case, Home::Native, &[("LOOKUP_REFRESH_SECONDS", "1")]).await?;
    let server = world.start_with_descriptors("server.log", DESCRIPTORS).await?;
    let caller = world.caller(&server.url)?.always_anew();
    caller.directory().await?;
    let callers = Callers::start(&world, caller, PAUSE);
    let what = match case.seed {
        0 => send_very_much(&world, &server).await.context("large bodies"),
        1 => hold_connections(&server, HALF_A_HEAD).await.context("half of a head"),
        2 => hold_connections(&server, HALF_A_BODY).await.context("half of a body"),
        3 => send_slowly(&server).await.context("slow bodies"),
        4 => try_tokens(&world, &server).await.context("wrong tokens"),
        seed => bail!("there is no seed {seed}: they go up to {CASES}"),
    }?;
    let answered = callers.end(&world).await.with_context(|| what.clone())?;
    let ledger = Ledger::default();
    let supervisor = Supervisor::at(&world, &server.url, "SUPERVISOR", &ledger)?;
    supervisor.list().await?.must_be_done("the list")?;
    let memory = memory(&server)?;
    if memory > MOST_MEMORY {
        bail!("{what}: the server took {memory} MB, and {MOST_MEMORY} are the most");
    }
    Ok(format!("{what}: {answered} callers, {memory} MB"))
}

async fn send_very_much(world: &World, server: &Server) -> Result<String> {
    let (how_many, size) = LARGE;
    let mut sending = JoinSet::new();
    let body = format!(r#"{{"Token":"garbage","data":[{}[]]}}"#, "[],".repeat(size / 3 - 20));
    for _ in 0..how_many {
        let request =
            world.http.post(format!("{}/admin/update", server.url)).header("content-type", "application/json");
        sending.spawn(request.body(body.clone()).send());
    }
    for sent in sending.join_all().await {
        // Whoever sends so much may find the connection closed before the end.
        let Ok(response) = sent else { continue };
        if !response.status().is_client_error() && response.status() != 503 {
            bail!("a stranger was answered {}", response.status());
        }
    }
    Ok(format!("{how_many} bodies of {size} B"))
}

/// Opens the connections, and holds them until callers were answered meanwhile.
async fn hold_connections(server: &Server, beginning: &str) -> Result<String> {
    let mut held = Vec::new();
    for nth in 0..HALF_OPEN {
        let mut stream = connect(server).await.with_context(|| format!("connection {nth} was not taken"))?;
        // One that was closed again, to make room, has had its turn.
        let _ = stream.write_all(beginning.as_bytes()).await;
        held.push(stream);
    }
    Ok(format!("{HALF_OPEN} half-open connections"))
}

async fn send_slowly(server: &Server) -> Result<String> {
    let mut sending = JoinSet::new();
    for _ in 0..SLOW {
        let mut stream = connect(server).await?;
        sending.spawn(async move {
            stream.write_all(SLOW_BODY.as_bytes()).await?;
            let (mut reader, mut writer) = stream.split();
            let mut heard = String::new();
            let trickle = async {
                while writer.write_all(b" ").await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
            };
            // Whichever the server does first: it answers, or takes no more.
            tokio::select! { _ = reader.read_to_string(&mut heard) => {}, () = trickle => {} }
            std::io::Result::Ok(heard)
        });
    }
    let cut_off = sending.join_all().await.len();
    Ok(format!("{cut_off} slow bodies"))
}

async fn try_tokens(world: &World, server: &Server) -> Result<String> {
    let ledger = Ledger::default();
    let supervisor = Supervisor::at(world, &server.url, "SUPERVISOR", &ledger)?;
    // Who signs in while strangers guess may have to come again.
    supervisor.list().await?.must_be_done("before them, the list")?;
    let (mut trying, before) = (JoinSet::new(), world.count_calls());
    for nth in 0..TOKENS {
        let request = world.http.post(format!("{}/admin/list", server.url));
        // Written as a token is: about anything else nobody asks.
        trying.spawn(request.json(&json!({"Token": format!("guess-{nth}")})).send());
    }
    supervisor.list().await?.must_be_done("meanwhile, the list")?;
    for tried in trying.join_all().await {
        let status = tried.context("a guess was not answered")?.status();
        if !status.is_client_error() && status != 503 {
            bail!("a guess was answered {status}");
        }
    }
    let asked = world.calls_since(before).iter().filter(|call| call.call.path.ends_with("/Tokens/validate")).count();
    if asked == 0 {
        bail!("Twilio was asked about no guess");
    }
    Ok(format!("{TOKENS} wrong tokens, and Twilio was asked about {asked}"))
}

async fn connect(server: &Server) -> Result<TcpStream> {
    let address = server.url.strip_prefix("http://").context("a server has an address")?;
    Ok(TcpStream::connect(address).await?)
}
