//! The network, the clock and the disk of a native process.
//!
//! Knows nothing of what is sent or kept.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::Duration;

use super::Turns;
use super::kept_file::KeptFile;
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

/// How long the disk may take. A caller waits for it after a start, and Studio waits 10 s for the answer.
const DISK_TIMEOUT: Duration = Duration::from_secs(2);

/// A home with sockets and files.
#[derive(Debug)]
pub(crate) struct NativeHome {
    client: reqwest::Client,
    last_good_file: Option<KeptFile>,
    turns: Turns,
}

impl NativeHome {
    /// Prepares the HTTP client. Nothing is sent or written yet.
    ///
    /// # Errors
    ///
    /// When TLS can not be set up, or the system has no thread for the file.
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
        let last_good_file = last_good_file.map(|path| KeptFile::new(path, DISK_TIMEOUT)).transpose()?;
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
            let Some(file) = &self.last_good_file else { return };
            if let Err(error) = file.write(snapshot).await {
                tracing::warn!(%error, "LAST_GOOD_FILE can not be written");
            }
        })
    }

    fn load_last_good(&self) -> BoxFuture<'_, Option<Bytes>> {
        Box::pin(async move {
            match self.last_good_file.as_ref()?.read().await {
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
