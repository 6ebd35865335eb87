//! Where the server runs: the one trait through which it reaches the network, the clock and a disk.
//!
//! Knows nothing of Twilio or of HTTP servers. The binary implements it with sockets and files;
//! a Twilio Function implements it with what its host offers.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::mpsc;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;

/// A future that may be kept in a trait object and moved between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Why no response came back: a name that does not resolve, a refused connection, a time-out.
///
/// The text is for the log. It must not hold headers or bodies, because those carry credentials.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SendError(pub String);

/// Everything outside of this crate that the server needs.
pub trait Home: Send + Sync {
    /// Sends one request and reads the whole response.
    ///
    /// # Errors
    ///
    /// [`SendError`] when there is no response; any status is a response.
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Bytes>, SendError>>;

    /// The time of day.
    fn now(&self) -> Timestamp;

    /// A number that nobody can foresee: for the jitter of pauses, and to tell two publishes apart.
    fn random(&self) -> u64;

    /// How long answering one request may take in all, everything that Twilio is asked meanwhile included.
    fn longest_request(&self) -> Duration;

    /// Completes after `duration`.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;

    /// Runs work that keeps its thread busy for long, such as reading a large directory, where no caller waits for that
    /// thread, and completes when it is done. A home that has only one thread does it at once.
    ///
    /// # Panics
    ///
    /// When the work does.
    fn run_blocking(&self, work: Box<dyn FnOnce() + Send>) -> BoxFuture<'_, ()> {
        work();
        Box::pin(std::future::ready(()))
    }

    /// Keeps what the lookup read last for the next start. A home without a disk does nothing;
    /// a home that fails logs it, because nothing depends on it while Twilio answers.
    fn save_last_good(&self, snapshot: Bytes) -> BoxFuture<'_, ()>;

    /// What [`Home::save_last_good`] kept, if anything.
    fn load_last_good(&self) -> BoxFuture<'_, Option<Bytes>>;

    /// Whether `App::keep_fresh` is called all the time while requests are answered, so that nobody who asks has to wait
    /// for Twilio. A home that stands still between two requests can not do that.
    fn refreshes_unseen(&self) -> bool {
        false
    }

    /// Whether this is a Twilio Function. Then Twilio has checked the signature of a request to a protected path
    /// before it gets here, and the code in a Build reads the private assets of that Build.
    fn is_twilio_function(&self) -> bool {
        false
    }

    /// The private asset at `path` of the Build that this process belongs to; none where there is no such thing.
    fn private_asset(&self, path: &str) -> Option<Bytes> {
        let _ = path;
        None
    }
}

/// What comes of work that keeps its thread busy for long; see [`Home::run_blocking`].
pub(crate) async fn blocking<T: Send + 'static>(home: &dyn Home, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = mpsc::sync_channel(1);
    home.run_blocking(Box::new(move || _ = sender.send(work()))).await;
    receiver.recv().expect("a home runs the work before it says that it is done")
}

/// Waits for `work`, but not longer than `limit`; `None` when it took longer. The work is dropped then.
pub(crate) async fn timeout<T>(home: &dyn Home, limit: Duration, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut timer = home.sleep(limit);
    std::future::poll_fn(move |context| match work.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => timer.as_mut().poll(context).map(|()| None),
    })
    .await
}
