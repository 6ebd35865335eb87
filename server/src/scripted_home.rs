//! A home for tests: its network answers as a test says, its clock stands still until it is moved, and its timers
//! end one after another without anybody waiting, move the clock on by as much, and are recorded.

use std::collections::BTreeSet;
use std::pin::Pin;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use jiff::Timestamp;

use crate::config::Config;
use crate::home::{BoxFuture, Home, SendError};

/// What the network does with a request.
pub(crate) enum Answer {
    /// A status, perhaps `Retry-After`, and a body.
    Status(u16, Option<u64>, String),
    /// 200 with an entity tag and a body.
    Tagged(String, String),
    /// No connection.
    Refused,
    /// Nothing, for ever.
    Silence,
}

/// Answers with JSON.
pub(crate) fn ok(body: &serde_json::Value) -> Answer {
    Answer::Status(200, None, body.to_string())
}

type Script = Box<dyn FnMut(&Request<Bytes>) -> Answer + Send>;

pub(crate) struct ScriptedHome {
    script: Mutex<Script>,
    now: Mutex<Timestamp>,
    pub(crate) sent: Mutex<Vec<String>>,
    pub(crate) slept: Mutex<Vec<Duration>>,
    /// When each wait ends, and a number that tells those of one instant apart.
    timers: Mutex<BTreeSet<(Timestamp, usize)>>,
    pub(crate) disk: Mutex<Option<Bytes>>,
    /// What every random number is: at first the middle of the range, so that a test can tell how long a pause is.
    pub(crate) random: AtomicU64,
    /// Whether work that keeps its thread busy has to wait.
    pub(crate) is_busy: AtomicBool,
    /// Whether it reads the directory behind the callers' backs.
    pub(crate) refreshes_unseen: AtomicBool,
    /// The private asset in the same Build; with it, the home is a Twilio Function.
    pub(crate) private_asset: Mutex<Option<Bytes>>,
}

impl ScriptedHome {
    pub(crate) fn new(script: impl FnMut(&Request<Bytes>) -> Answer + Send + 'static) -> Self {
        Self {
            script: Mutex::new(Box::new(script)),
            now: Mutex::new(Timestamp::UNIX_EPOCH),
            sent: Mutex::default(),
            slept: Mutex::default(),
            timers: Mutex::default(),
            disk: Mutex::default(),
            random: AtomicU64::new(u64::MAX / 2),
            is_busy: AtomicBool::new(false),
            refreshes_unseen: AtomicBool::new(false),
            private_asset: Mutex::default(),
        }
    }

    /// From now on the network answers like this.
    pub(crate) fn answer_with(&self, script: impl FnMut(&Request<Bytes>) -> Answer + Send + 'static) {
        *self.script.lock().unwrap() = Box::new(script);
    }

    pub(crate) fn pass(&self, seconds: u64) {
        *self.now.lock().unwrap() += Duration::from_secs(seconds);
    }

    /// How many requests were sent since the last time this was asked.
    pub(crate) fn count_sent(&self) -> usize {
        std::mem::take(&mut *self.sent.lock().unwrap()).len()
    }
}

impl Home for ScriptedHome {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, SendError>> {
        self.sent.lock().unwrap().push(format!("{} {}", request.method(), request.uri().path()));
        let answer = (self.script.lock().unwrap())(&request);
        Box::pin(async move {
            let (status, retry_after, tag, body) = match answer {
                Answer::Status(status, retry_after, body) => (status, retry_after, None, body),
                Answer::Tagged(tag, body) => (200, None, Some(tag), body),
                Answer::Refused => return Err(SendError("connection refused".into())),
                Answer::Silence => std::future::pending().await,
            };
            let mut response = Response::builder().status(status);
            if let Some(seconds) = retry_after {
                response = response.header("retry-after", seconds);
            }
            if let Some(tag) = tag {
                response = response.header("etag", tag);
            }
            Ok(response.body(Bytes::from(body)).unwrap())
        })
    }

    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }

    fn random(&self) -> u64 {
        self.random.load(Ordering::Relaxed)
    }

    fn longest_request(&self) -> Duration {
        Duration::from_secs(90)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        let mut timers = self.timers.lock().unwrap();
        let end = (self.now() + duration, timers.iter().map(|(_, number)| number + 1).max().unwrap_or(0));
        timers.insert(end);
        Box::pin(Timer { home: self, end, duration, is_second: false })
    }

    fn run_blocking(&self, work: Box<dyn FnOnce() + Send>) -> BoxFuture<'_, ()> {
        let mut work = Some(work);
        Box::pin(std::future::poll_fn(move |context| {
            if self.is_busy.load(Ordering::Relaxed) {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            if let Some(work) = work.take() {
                work();
            }
            Poll::Ready(())
        }))
    }

    fn save_last_good(&self, snapshot: Bytes) -> BoxFuture<'_, ()> {
        *self.disk.lock().unwrap() = Some(snapshot);
        Box::pin(std::future::ready(()))
    }

    fn load_last_good(&self) -> BoxFuture<'_, Option<Bytes>> {
        Box::pin(std::future::ready(self.disk.lock().unwrap().clone()))
    }

    fn refreshes_unseen(&self) -> bool {
        self.refreshes_unseen.load(Ordering::Relaxed)
    }

    fn is_twilio_function(&self) -> bool {
        self.private_asset.lock().unwrap().is_some()
    }

    fn private_asset(&self, _: &str) -> Option<Bytes> {
        self.private_asset.lock().unwrap().clone()
    }
}

/// A wait. It ends when it is looked at for the second time and no other one ends before it.
struct Timer<'home> {
    home: &'home ScriptedHome,
    end: (Timestamp, usize),
    duration: Duration,
    is_second: bool,
}

impl Future for Timer<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let is_next = self.home.timers.lock().unwrap().first() == Some(&self.end);
        if std::mem::replace(&mut self.is_second, true) && is_next {
            let mut now = self.home.now.lock().unwrap();
            *now = self.end.0.max(*now);
            self.home.slept.lock().unwrap().push(self.duration);
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Drop for Timer<'_> {
    fn drop(&mut self) {
        self.home.timers.lock().unwrap().remove(&self.end);
    }
}

/// A configuration with made-up SIDs and three repetitions.
pub(crate) fn config() -> Config {
    let sid = |prefix: &str| format!("{prefix}{}", "0123456789abcdef".repeat(2));
    Config::read(&|name| match name {
        "FLEX_APP_FUNCTIONS_BASE" => Some("https://did.example.com".to_owned()),
        "TWILIO_ACCOUNT_SID" => Some(sid("AC")),
        "TWILIO_AUTH_TOKEN" => Some("12345".to_owned()),
        "TWILIO_SERVERLESS_SERVICE_SID" => Some(sid("ZS")),
        "TWILIO_SERVERLESS_ENVIRONMENT_SID" => Some(sid("ZE")),
        "TWILIO_SERVICE_RETRY_LIMIT" => Some("3".to_owned()),
        _ => None,
    })
    .unwrap()
}
