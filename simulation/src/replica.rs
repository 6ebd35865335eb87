//! The replicas of the real server: each is started, asked, killed and started again.
//!
//! Knows nothing of what is asked.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use http::{Request, Response};
use server::{App, Config};
use tokio::sync::oneshot;
use tower::ServiceExt;

use crate::executor::{TaskId, lock};
use crate::home::SimulatedHome;
use crate::twilio::{BASE_URL, MAP_NAME, Twilio, received};
use crate::world::World;

/// The address under which callers and supervisors reach the server.
pub(crate) const ADDRESS: &str = "https://extensions.example.com";
/// After this time Twilio ends a Function.
/// <https://www.twilio.com/docs/serverless/functions-assets/functions#limitations>
const LIFE_OF_A_FUNCTION: Duration = Duration::from_secs(10);

/// All replicas.
pub(crate) struct Replicas(Vec<Replica>);

#[derive(Default)]
struct Replica {
    /// None while it is down.
    router: Mutex<Option<Router>>,
    /// The directory that was read last; it outlives the process.
    disk: Arc<Mutex<Option<Bytes>>>,
}

/// What came back of a request.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    /// The answer; none when it was lost or nobody answered.
    pub response: Option<Response<Bytes>>,
    /// The task that answered.
    pub handler: TaskId,
    /// The Build that was live when it was answered.
    pub live: Option<String>,
}

impl Replicas {
    /// That many replicas, none of which runs.
    #[must_use]
    pub(crate) fn new(count: usize) -> Self {
        Self((0..count).map(|_| Replica::default()).collect())
    }

    /// How many there are.
    #[must_use]
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// Ends all of them.
    pub(crate) fn end(&self) {
        for replica in &self.0 {
            drop(lock(&replica.router).take());
        }
    }
}

fn config(twilio: &Twilio) -> Config {
    let account = &twilio.app().account;
    Config::read(&|name| match name {
        "FLEX_APP_FUNCTIONS_BASE" => Some(ADDRESS.to_owned()),
        "TWILIO_BASE_URL" => Some(BASE_URL.to_owned()),
        "TWILIO_ACCOUNT_SID" => Some(account.account_sid().to_owned()),
        "TWILIO_AUTH_TOKEN" => Some(account.auth_token().to_owned()),
        "TWILIO_SERVERLESS_SERVICE_SID" => Some(account.sids().serverless_service.clone()),
        "TWILIO_SERVERLESS_ENVIRONMENT_SID" => Some(account.sids().serverless_environment.clone()),
        "FLEX_SYNC_MAP_NAME" => Some(MAP_NAME.to_owned()),
        _ => None,
    })
    .expect("the emulator's settings are usable")
}

impl World {
    /// Starts a replica.
    pub(crate) fn start_replica(&self, index: usize) {
        let replica = &self.replicas.0[index];
        let home = SimulatedHome { world: self.clone(), replica: index, disk: replica.disk.clone() };
        let app = Arc::new(App::new(config(&self.twilio), Arc::new(home)));
        *lock(&replica.router) = Some(server::router(app.clone()));
        self.executor.spawn(Some(index), async move { app.warm_up().await });
    }

    /// Kills a replica: whatever it does ends where it is.
    pub(crate) fn kill_replica(&self, index: usize) {
        drop(lock(&self.replicas.0[index].router).take());
        self.executor.end_group(index);
    }

    /// Whether a replica runs.
    #[must_use]
    pub(crate) fn is_running(&self, index: usize) -> bool {
        lock(&self.replicas.0[index].router).is_some()
    }

    /// Sends a request to a replica and waits for its answer, there and back through the network.
    pub(crate) async fn ask(&self, index: usize, request: Request<Bytes>) -> Heard {
        self.pause(1, 30).await;
        let Some(router) = lock(&self.replicas.0[index].router).clone() else { return Heard::default() };
        let is_admin = request.uri().path().starts_with("/admin/");
        let is_lost = is_admin && self.fault(|faults, choices| faults.loses_answer(choices));
        let (answer, answered) = oneshot::channel();
        let world = self.clone();
        self.executor.spawn(Some(index), async move {
            let heard = world.handle(index, router, request).await;
            // Whoever asked may be gone.
            let _gone = answer.send(heard);
        });
        let heard = answered.await.unwrap_or_default();
        self.pause(1, 30).await;
        if is_lost { Heard::default() } else { heard }
    }

    /// Answers a request on a replica. A Function is ended when its time is over.
    async fn handle(&self, index: usize, router: Router, request: Request<Bytes>) -> Heard {
        let path = request.uri().path().to_owned();
        let deploying = (path == "/admin/publish").then(|| self.begin_deploying());
        let answering = async {
            let Ok(response) = router.oneshot(request.map(Body::from)).await;
            received(response).await
        };
        let limit = if self.plan.is_functions { LIFE_OF_A_FUNCTION } else { Duration::MAX };
        let response = self.executor.timeout(limit, answering).await;
        drop(deploying);
        if let (Some(response), "/agentExtensions") = (&response, path.as_str()) {
            self.check_lookup(index, response);
        }
        let live = self.checks().history.now().map(|live| live.build.sid.clone());
        Heard { response, handler: self.executor.current().unwrap_or_default(), live }
    }
}
