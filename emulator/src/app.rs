//! Puts the parts together: the state that all of them share, the Router and the listening socket.
//!
//! Knows nothing of what any single Twilio product answers.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};

use crate::account::Account;
use crate::flex::WorkerEvents;
use crate::store::Store;
use crate::sync::Sync;
use crate::traffic::Traffic;
use crate::{api, control, cors, demo, flex, iam, plugins, serverless, studio, sync, taskrouter, traffic};

/// The file of the embedded storage in the data folder.
pub const STORE_FILE: &str = "emulator.redb";

/// How long a start waits for the storage to be let go of.
const HELD_FOR: Duration = Duration::from_secs(5);

/// How the emulator is to be started.
#[derive(Clone, Debug)]
pub struct Options {
    /// The loopback port to listen on; 0 takes a free one.
    pub port: u16,
    /// The folder that keeps the state.
    pub data: PathBuf,
    /// How many extensions to seed when the folder is empty.
    pub demo: usize,
    /// How long a Build stays `building`.
    pub build_delay: Duration,
    /// How long a Flex token is valid.
    pub token_lifetime: Duration,
    /// The base URL of the backend, which the plugin reads from the Flex configuration.
    pub functions_base: String,
}

/// What every part can reach.
#[derive(Debug)]
pub struct App {
    /// How it was started.
    pub options: Options,
    /// `http://127.0.0.1:<port>`, without a trailing slash.
    pub base: String,
    /// The embedded storage.
    pub store: Store,
    /// The account, its credentials and its people.
    pub account: Account,
    /// The Sync service: Maps, Map Items and who listens to them.
    pub sync: Sync,
    /// The recorded calls and the faults to inject.
    pub traffic: Traffic,
    /// The Flex UIs that listen to their Workers.
    pub worker_events: WorkerEvents,
}

/// A running emulator. Dropping it stops answering.
#[derive(Debug)]
pub struct Emulator {
    /// The shared state, for tests that look inside.
    pub app: Arc<App>,
    task: tokio::task::JoinHandle<()>,
}

impl Emulator {
    /// `http://127.0.0.1:<port>`, without a trailing slash.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.app.base
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Opens the storage, seeds it if it is empty, and starts to answer on loopback.
///
/// # Errors
///
/// When the storage cannot be opened or the port is taken.
pub async fn start(options: Options) -> anyhow::Result<Emulator> {
    std::fs::create_dir_all(&options.data)?;
    let store = open_store(&options.data.join(STORE_FILE)).await?;
    let listener = tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], options.port))).await?;
    let base = format!("http://127.0.0.1:{}", listener.local_addr()?.port());
    let account = Account::open(&store, options.token_lifetime)?;
    let sync = Sync::open(&store)?;
    let app = Arc::new(App {
        options,
        base,
        store,
        account,
        sync,
        traffic: Traffic::default(),
        worker_events: WorkerEvents::default(),
    });
    demo::seed_if_empty(&app)?;
    let router = router(app.clone());
    sync::expiry::sweep_forever(&app);
    let task = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "the emulator stopped answering");
        }
    });
    Ok(Emulator { app, task })
}

/// A process that was just killed holds the file for a moment longer, so a restart waits for it.
async fn open_store(file: &Path) -> anyhow::Result<Store> {
    let deadline = Instant::now() + HELD_FOR;
    loop {
        match Store::open(file) {
            Err(error) if error.is_held() && Instant::now() < deadline => tokio::time::sleep(HELD_FOR / 100).await,
            Err(error) if error.is_held() => {
                return Err(error)
                    .with_context(|| format!("{} is in use: is another emulator running?", file.display()));
            }
            opened => return Ok(opened?),
        }
    }
}

/// Everything that the emulator answers, by path; see the crate's documentation for how hosts become paths.
pub(crate) fn router(app: Arc<App>) -> Router {
    let twilio = Router::new()
        .nest("/sync", sync::rest::router())
        .nest("/serverless", serverless::api::router())
        .nest("/serverless-upload", serverless::upload::router())
        .nest("/twil.io", serverless::domain::router())
        .nest("/iam", iam::router())
        .nest("/api", api::router())
        .nest("/taskrouter", taskrouter::router())
        .nest("/studio", studio::router())
        .merge(plugins::router())
        .merge(flex::router())
        .layer(from_fn_with_state(app.clone(), traffic::record_and_disturb))
        // The middleware bounds what it reads, so the extractors behind it need no bound of their own.
        .layer(DefaultBodyLimit::disable());
    let browser = twilio.nest("/host", demo::login::router()).layer(from_fn(cors::allow_any_origin));
    browser.merge(sync::twilsock::router()).nest("/control", control::router()).with_state(app)
}
