//! Opens the socket that the server listens on.
//!
//! Knows nothing of the connections that come.

use std::io::Result;
use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpSocket};

/// How many connections may wait to be taken. The system takes less where it is set so (`net.core.somaxconn` on Linux).
/// Whoever finds no room tries again after a second, and then after two more: a caller would hear that.
const BACKLOG: u32 = 4_096;

/// Listens on `address`, also where connections of an earlier run have not quite ended.
///
/// # Errors
///
/// When the port is taken, or the address is none of this machine's.
pub(super) fn listen(address: SocketAddr) -> Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // Elsewhere this would let two processes listen on one port.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr, TcpStream};
    use std::time::Duration;

    use super::*;

    /// How long a connection may take that has to be tried again.
    const NEVER: Duration = Duration::from_secs(30);

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_burst_of_connections_waits_to_be_taken_and_none_of_it_has_to_come_again() {
        let most = std::fs::read_to_string("/proc/sys/net/core/somaxconn").unwrap().trim().parse().unwrap();
        let listener = listen((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        let address = listener.local_addr().unwrap();
        // Nobody takes any of them.
        let mut waiting = Vec::new();
        for n in 0..300.min(most) {
            waiting.push(TcpStream::connect_timeout(&address, NEVER).unwrap_or_else(|error| panic!("{n}: {error}")));
        }
    }

    #[tokio::test]
    async fn it_listens_on_addresses_of_both_kinds_and_a_port_that_is_taken_is_an_error() {
        let first = listen((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        assert!(listen(first.local_addr().unwrap()).is_err());
        // Some machines have no address of this kind.
        if std::net::TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok() {
            assert!(listen((Ipv6Addr::LOCALHOST, 0).into()).unwrap().local_addr().unwrap().is_ipv6());
        }
    }
}
