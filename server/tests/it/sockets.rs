//! Bare connections to the server, for what no client does: stop in the middle.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::world::Server;

/// How long a test waits for what does not happen.
pub(crate) const NEVER: Duration = Duration::from_secs(30);

/// A connection on which `beginning` was sent, and no more.
pub(crate) fn hold(server: &Server, beginning: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server.url.strip_prefix("http://").unwrap()).unwrap();
    stream.set_read_timeout(Some(NEVER)).unwrap();
    stream.write_all(beginning.as_bytes()).unwrap();
    stream
}

/// Whether the server has neither answered nor closed the connection.
pub(crate) fn is_held(stream: &mut TcpStream) -> bool {
    stream.set_nonblocking(true).unwrap();
    let read = stream.read(&mut [0]);
    stream.set_nonblocking(false).unwrap();
    read.is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
}

/// What comes until the server closes the connection, which it must.
pub(crate) fn heard(mut stream: TcpStream) -> String {
    let mut heard = Vec::new();
    match stream.read_to_end(&mut heard) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), ErrorKind::ConnectionReset, "{error}"),
    }
    String::from_utf8(heard).unwrap()
}

/// A request of which half of the head is there.
pub(crate) const HALF_A_HEAD: &str = "GET /agentExtensions?agentExt=77 HTTP/1.1\r\nHost: a\r\n";
/// A whole request.
pub(crate) const WHOLE: &str = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n";
/// A request with its head and half of its body; `Ext=` is the rest.
pub(crate) const HALF_A_BODY: &str = "POST /agentExtensions HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nagent";
