//! The network, the clock and the disk of a native process.
//!
//! Knows nothing of what is sent or kept.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{FileReaders, Turns, replace_file};
use anyhow::Context;
use bytes::Bytes;
use jiff::Timestamp;
use server::home::{BoxFuture, Home, SendError};

/// How long to wait for a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// How long a whole request may take; an upload of 25 MB is the longest.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);
/// What an operator reads where there are no certificate authorities, such as in an empty container.
const NO_HTTP_CLIENT: &str = "the HTTP client can not be set up: install the package ca-certificates, \
                         or name a file of certificate authorities with SSL_CERT_FILE";

/// How long a person waits for one answer; the view shows the stage of a publish meanwhile.
const LONGEST_REQUEST: Duration = Duration::from_secs(90);

/// The largest file that is kept, in bytes: an asset of 25 MB and what is known of it.
const LARGEST_KEPT: u64 = 32 * 1024 * 1024;

/// A home with sockets and files.
#[derive(Debug)]
pub(crate) struct NativeHome {
    client: reqwest::Client,
    last_good_file: Option<PathBuf>,
    turns: Turns,
}

impl NativeHome {
    /// Prepares the HTTP client. Nothing is sent or written yet.
    ///
    /// # Errors
    ///
    /// When TLS can not be set up.
    pub(crate) fn open(last_good_file: Option<PathBuf>) -> anyhow::Result<Self> {
        // An error means that another part of the process chose a provider first; any will do.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(REQUEST_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("agent-did-extensions/", env!("CARGO_PKG_VERSION")))
            .build()
            .context(NO_HTTP_CLIENT)?;
        Ok(Self { client, last_good_file, turns: Turns::new() })
    }
}

impl Home for NativeHome {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Bytes>, SendError>> {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request).map_err(send_error)?;
            let response = self.client.execute(request).await.map_err(send_error)?;
            let mut answer = http::Response::new(Bytes::new());
            *answer.status_mut() = response.status();
            *answer.headers_mut() = response.headers().clone();
            *answer.body_mut() = response.bytes().await.map_err(send_error)?;
            Ok(answer)
        })
    }

    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn random(&self) -> u64 {
        fastrand::u64(..)
    }

    fn longest_request(&self) -> Duration {
        LONGEST_REQUEST
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn run_blocking(&self, work: Box<dyn FnOnce() + Send>) -> BoxFuture<'_, ()> {
        Box::pin(self.turns.run(work))
    }

    fn refreshes_unseen(&self) -> bool {
        true
    }

    fn save_last_good(&self, snapshot: Bytes) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let Some(file) = self.last_good_file.clone() else { return };
            let written = tokio::task::spawn_blocking(move || replace_file(&file, &snapshot, FileReaders::Everyone));
            match written.await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::warn!(%error, "LAST_GOOD_FILE can not be written"),
                Err(error) => tracing::warn!(%error, "LAST_GOOD_FILE was not written"),
            }
        })
    }

    fn load_last_good(&self) -> BoxFuture<'_, Option<Bytes>> {
        Box::pin(async move {
            let file = self.last_good_file.clone()?;
            match tokio::task::spawn_blocking(move || read_kept(&file)).await.ok()? {
                Ok(content) => Some(content.into()),
                Err(error) if error.kind() == ErrorKind::NotFound => None,
                Err(error) => {
                    tracing::warn!(%error, "LAST_GOOD_FILE can not be read");
                    None
                }
            }
        })
    }
}

/// Reads what an earlier run kept. Anything else at that place may never end, and callers would wait for it.
fn read_kept(file: &Path) -> std::io::Result<Vec<u8>> {
    let metadata = std::fs::metadata(file)?;
    if !metadata.is_file() || metadata.len() > LARGEST_KEPT {
        return Err(std::io::Error::other("it is no file that a server keeps there"));
    }
    std::fs::read(file)
}

/// The whole chain of causes; the address is left out because it tells nothing that the operation's name does not.
fn send_error(error: reqwest::Error) -> SendError {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    SendError(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_server_keeps_is_not_read_however_long_that_would_take() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("last-good.json");
        assert_eq!(read_kept(&file).unwrap_err().kind(), ErrorKind::NotFound);
        std::fs::write(&file, "[]").unwrap();
        assert_eq!(read_kept(&file).unwrap(), b"[]");
        std::fs::File::create(&file).unwrap().set_len(LARGEST_KEPT + 1).unwrap();
        for other in [file.as_path(), folder.path(), Path::new("/dev/zero")] {
            assert!(read_kept(other).is_err(), "{}", other.display());
        }
    }
}
