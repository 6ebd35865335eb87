//! Starts an emulator: opens its state, joins the products in one Router, listens, and removes what expires.
//!
//! Does not know what any single product answers.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Weak};
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::account::Account;
use crate::clock::Clock;
use crate::pages::{OwnNames, PageOrigins};
use crate::proxy::{self, Proxy};
use crate::state::AppState;
use crate::store::{Store, StoreError};
use crate::sync::Sync;
use crate::traffic::Traffic;
use crate::worker_events::WorkerEvents;
use crate::{
    account_api, connections, control, demo, flex, iam, pages, plugin_service, serverless, studio, sync_rest,
    taskrouter, traffic, twilsock,
};

/// The file of the embedded storage in the data folder.
pub const STORE_FILE: &str = "emulator.redb";

/// How long a start waits until another process lets go of the storage.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// How often to look for what has expired when nobody asks for anything.
const SWEEP_PERIOD: Duration = Duration::from_millis(250);

/// How the emulator is to be started.
#[derive(Clone, Debug)]
pub struct StartOptions {
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
    /// The page that hosts the Flex UI; no other page may read logins or give orders.
    pub page_origins: PageOrigins,
}

/// A running emulator. Dropping it stops answering.
#[derive(Debug)]
pub struct Emulator {
    /// The shared state, for tests that look inside.
    pub app: Arc<AppState>,
    data: PathBuf,
    page_origins: PageOrigins,
    serving: JoinHandle<()>,
    sweeping: JoinHandle<()>,
}

impl Emulator {
    /// `http://127.0.0.1:<port>`, without a trailing slash.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.app.base
    }

    /// Starts a proxy for tools that take no base URL, on a loopback port (0 takes a free one).
    ///
    /// # Errors
    ///
    /// When the port is taken or the certificate authority cannot be written into the data folder.
    pub async fn start_proxy(&self, port: u16) -> anyhow::Result<Proxy> {
        proxy::start(router(self.app.clone(), &self.page_origins), self.base(), &self.data, port).await
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.serving.abort();
        self.sweeping.abort();
    }
}

/// Opens the storage, seeds it if it is empty, and starts to answer on loopback.
///
/// # Errors
///
/// When the storage cannot be opened or the port is taken.
pub async fn start(options: StartOptions) -> anyhow::Result<Emulator> {
    let StartOptions { port, data, demo, build_delay, token_lifetime, functions_base, page_origins } = options;
    std::fs::create_dir_all(&data)?;
    let clock = Clock::default();
    let store = open_store(&data.join(STORE_FILE), &clock).await?;
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], port))).await?;
    let port = listener.local_addr()?.port();
    let base = format!("http://127.0.0.1:{port}");
    let traffic = Traffic::from_env(clock.clone())?;
    let app = open(InProcess { base, functions_base, demo, build_delay, token_lifetime, clock, store, traffic })?;
    let own_names = from_fn_with_state(OwnNames::at(port), pages::answer_own_name_only);
    let router = router(app.clone(), &page_origins).layer(own_names);
    let serving = tokio::spawn(connections::serve(listener, router));
    let sweeping = tokio::spawn(sweep(Arc::downgrade(&app), app.clock.clone()));
    Ok(Emulator { app, data, page_origins, serving, sweeping })
}

/// What the state of an emulator is made of: one that listens, or one inside another program that asks its
/// [`rest_router`] itself.
#[derive(Debug)]
pub struct InProcess {
    /// What stands before the path of every address, without a trailing slash.
    pub base: String,
    /// The base URL of the backend, which the plugin reads from the Flex configuration.
    pub functions_base: String,
    /// How many extensions to seed when the storage is empty.
    pub demo: usize,
    /// How long a Build stays `building`.
    pub build_delay: Duration,
    /// How long a Flex token is valid.
    pub token_lifetime: Duration,
    /// What every date, expiry and wait goes by.
    pub clock: Clock,
    /// Where the records are kept.
    pub store: Store,
    /// What is recorded of requests, and what goes wrong with them.
    pub traffic: Traffic,
}

/// Makes the state of an emulator, and seeds its storage if that is empty. What expires in Sync is removed when Sync
/// is next asked for anything.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be read or written.
pub fn open(parts: InProcess) -> Result<Arc<AppState>, StoreError> {
    let InProcess { base, functions_base, demo, build_delay, token_lifetime, clock, store, traffic } = parts;
    let app = Arc::new(AppState {
        base,
        functions_base,
        demo,
        build_delay,
        account: Account::open(&store, token_lifetime, clock.clone())?,
        sync: Sync::open(&store, clock.clone())?,
        traffic: Arc::new(traffic),
        worker_events: WorkerEvents::default(),
        clock,
        store,
    });
    demo::seed_if_empty(&app)?;
    Ok(app)
}

/// A process that was just killed holds the file for a moment longer, so a restart waits for it.
async fn open_store(file: &Path, clock: &Clock) -> anyhow::Result<Store> {
    let deadline = clock.now() + LONGEST_WAIT;
    loop {
        match Store::open(file) {
            Err(error) if error.is_held() && clock.now() < deadline => clock.sleep(LONGEST_WAIT / 100).await,
            Err(error) if error.is_held() => {
                return Err(error)
                    .with_context(|| format!("{} is in use: is another emulator running?", file.display()));
            }
            opened => return Ok(opened?),
        }
    }
}

/// Removes what expires in Sync and tells those who listen, for as long as the state is there.
async fn sweep(app: Weak<AppState>, clock: Clock) {
    while let Some(app) = app.upgrade() {
        // The error was logged where it arose; the next turn tries again.
        drop(app.sync.turn(&app.store));
        drop(app);
        clock.sleep(SWEEP_PERIOD).await;
    }
}

/// Everything that the emulator answers, by path; see the crate's documentation for how hosts become paths.
fn router(app: Arc<AppState>, page_origins: &PageOrigins) -> Router {
    let twilio = products()
        .layer(from_fn_with_state(app.traffic.clone(), traffic::record_and_inject))
        // The middleware bounds what it reads, so the extractors behind it need no bound of their own.
        .layer(DefaultBodyLimit::disable());
    let for_own_page = Router::new()
        .nest("/host", demo::login::router())
        .nest("/control", control::router())
        .merge(twilsock::router())
        .layer(from_fn_with_state(page_origins.clone(), pages::refuse_other_pages));
    let shared = from_fn_with_state(page_origins.clone(), pages::share_with_own_page);
    twilio.merge(for_own_page).layer(shared).with_state(app)
}

/// The REST APIs and the deployed domain alone: nothing is recorded, no fault is injected, no browser is answered.
pub fn rest_router(app: Arc<AppState>) -> Router {
    // Its paths are the same for every emulator, and a simulation makes very many of them.
    static PRODUCTS: LazyLock<Router<Arc<AppState>>> = LazyLock::new(|| products().layer(DefaultBodyLimit::disable()));
    PRODUCTS.clone().with_state(app)
}

fn products() -> Router<Arc<AppState>> {
    Router::new()
        .nest("/sync", sync_rest::router())
        .nest("/serverless", serverless::router())
        .nest("/serverless-upload", serverless::upload_router())
        .nest("/twil.io", serverless::deployed_domain::router())
        .nest("/iam", iam::router())
        .nest("/api", account_api::router())
        .nest("/taskrouter", taskrouter::router())
        .nest("/studio", studio::router())
        .merge(plugin_service::router())
        .merge(flex::router())
}
