//! A connection to a host that is not Twilio's: bytes are passed on as they are.

use axum::body::Body;
use axum::http::uri::Authority;
use axum::http::{Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use tokio::io::copy_bidirectional;
use tokio::net::TcpStream;

use super::refusal::refusal;

/// Connects to `target`, and answers 200 when that is done: what follows is between the client and it.
pub(super) async fn open(connect: Request<Incoming>, target: &Authority) -> Response<Body> {
    let Some(port) = target.port_u16() else {
        return refusal(StatusCode::BAD_REQUEST, "CONNECT needs a host and a port.");
    };
    // An IPv6 address stands in brackets there.
    let host = target.host().trim_start_matches('[').trim_end_matches(']');
    match TcpStream::connect((host, port)).await {
        Ok(server) => {
            tokio::spawn(pass_on(connect, server));
            Response::default()
        }
        Err(error) => refusal(StatusCode::BAD_GATEWAY, &format!("{target} can not be reached: {error}")),
    }
}

async fn pass_on(connect: Request<Incoming>, mut server: TcpStream) {
    let passed = async {
        let mut client = TokioIo::new(hyper::upgrade::on(connect).await.map_err(std::io::Error::other)?);
        copy_bidirectional(&mut client, &mut server).await
    };
    if let Err(error) = passed.await {
        tracing::debug!(%error, "a tunnel ended");
    }
}
