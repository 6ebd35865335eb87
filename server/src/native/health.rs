//! Asks the server on this machine whether it can answer callers, for watchers that can only start a program.
//!
//! Knows one request of HTTP/1.1 (RFC 9112), and nothing of TLS: it never leaves the machine.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, bail};
use server::config::Native;
use shared::wire::ErrorBody;

/// How long each of connecting, asking and hearing may take.
const TIMEOUT: Duration = Duration::from_secs(2);
/// How the answer of a server that is well begins.
const STATUS_LINE_OK: &[u8] = b"HTTP/1.1 200 ";

/// Requests `/health/ready` where the settings say that the server listens, and prints the answer. What the environment does
/// not set is taken from `file`.
///
/// # Errors
///
/// When nothing listens there, or it does not answer 200.
pub(crate) fn health(file: &BTreeMap<String, String>) -> anyhow::Result<()> {
    let settings = Native::from_env_or(file)?;
    let address = SocketAddr::from((reachable_at(settings.bind), settings.port));
    let no_answer = || format!("nothing answers on {address}: is the server running, with the same BIND and PORT?");
    let mut stream = TcpStream::connect_timeout(&address, TIMEOUT).with_context(no_answer)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    let request = format!("GET /health/ready HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).with_context(no_answer)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).with_context(no_answer)?;
    let text = String::from_utf8_lossy(&answer);
    let body = text.rsplit("\r\n\r\n").next().unwrap_or_default();
    if !answer.starts_with(STATUS_LINE_OK) {
        let status = text.lines().next().unwrap_or("it said nothing");
        bail!("the server on {address} can not answer callers: {status}. {}", sentence(body));
    }
    println!("{body}");
    Ok(())
}

/// What a refusal says to a person; nothing where it is none of ours.
fn sentence(body: &str) -> String {
    serde_json::from_str(body).map(|refusal: ErrorBody| refusal.message).unwrap_or_default()
}

/// Where this machine reaches a server that listens on `bind`: one that listens everywhere is reached by loopback.
fn reachable_at(bind: IpAddr) -> IpAddr {
    match bind {
        IpAddr::V4(address) if address.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(address) if address.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        other => other,
    }
}
