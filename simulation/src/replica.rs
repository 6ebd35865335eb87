//! The replicas of the real server: each is started, asked, killed and started again.
//!
//! Knows nothing of what is asked.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use http::{Request, Response};
use serde_json::Value;
use server::{App, Config};
use tokio::sync::oneshot;
use tower::ServiceExt;

use crate::executor::{TaskId, lock};
use crate::faults::Faults;
use crate::home::SimulatedHome;
use crate::twilio::{ADDRESS, BASE_URL, MAP_NAME, Twilio, received};
use crate::world::World;

/// After this time Twilio ends a Function.
/// <https://www.twilio.com/docs/serverless/functions-assets/functions#limitations>
const LIFE_OF_A_FUNCTION: Duration = Duration::from_secs(10);

/// The replicas of the server, and the world in which they run. Clones are the same ones.
#[derive(Clone)]
pub(crate) struct Server {
    /// The world.
    pub world: World,
    replicas: Arc<Vec<Replica>>,
}

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

fn config(twilio: &Twilio, lookup_refresh: u64) -> Config {
    let account = &twilio.app().account;
    Config::read(&|name| match name {
        "FLEX_APP_FUNCTIONS_BASE" => Some(ADDRESS.to_owned()),
        "TWILIO_BASE_URL" => Some(BASE_URL.to_owned()),
        "TWILIO_ACCOUNT_SID" => Some(account.account_sid().to_owned()),
        "TWILIO_AUTH_TOKEN" => Some(account.auth_token().to_owned()),
        "TWILIO_SERVERLESS_SERVICE_SID" => Some(account.sids().serverless_service.clone()),
        "TWILIO_SERVERLESS_ENVIRONMENT_SID" => Some(account.sids().serverless_environment.clone()),
        "FLEX_SYNC_MAP_NAME" => Some(MAP_NAME.to_owned()),
        "LOOKUP_REFRESH_SECONDS" => Some(lookup_refresh.to_string()),
        _ => None,
    })
    .expect("the emulator's settings are usable")
}

impl Server {
    /// As many replicas as the seed decided, all of which start.
    #[must_use]
    pub(crate) fn start(world: &World) -> Self {
        let replicas = (0..world.plan.replicas).map(|_| Replica::default()).collect();
        let server = Self { world: world.clone(), replicas: Arc::new(replicas) };
        (0..server.count()).for_each(|index| server.start_replica(index));
        server
    }

    /// How many replicas there are.
    #[must_use]
    pub(crate) fn count(&self) -> usize {
        self.replicas.len()
    }

    /// One of the replicas.
    #[must_use]
    pub(crate) fn any(&self) -> usize {
        self.world.choose(|choices| choices.below(self.count()))
    }

    /// Starts a replica, in place of the one that runs.
    pub(crate) fn start_replica(&self, index: usize) {
        let replica = &self.replicas[index];
        let world = self.world.clone();
        let (disk, bundled) = match world.plan.is_private {
            // It has the asset of its Build in place of a disk.
            true => (Arc::default(), world.live_asset()),
            false => (replica.disk.clone(), None),
        };
        let home = SimulatedHome { world, replica: index, disk, bundled };
        let config = config(&self.world.twilio, self.world.plan.lookup_refresh);
        let app = Arc::new(App::new(config, Arc::new(home)));
        *lock(&replica.router) = Some(server::router(app.clone()));
        if self.world.plan.is_functions {
            return;
        }
        let world = self.world.clone();
        self.world.executor.spawn(Some(index), async move {
            loop {
                let pause = app.keep_fresh().await;
                world.executor.sleep(pause.max(world.quiet_time())).await;
            }
        });
    }

    /// Kills a replica: whatever it does ends where it is.
    pub(crate) fn kill_replica(&self, index: usize) {
        drop(lock(&self.replicas[index].router).take());
        self.world.executor.end_group(index);
    }

    /// Whether a replica runs.
    #[must_use]
    pub(crate) fn is_running(&self, index: usize) -> bool {
        lock(&self.replicas[index].router).is_some()
    }

    /// Sends a request to a replica and waits for its answer, there and back through the network.
    pub(crate) async fn ask(&self, index: usize, request: Request<Bytes>) -> Heard {
        self.world.pause(1, 30).await;
        let Some(router) = lock(&self.replicas[index].router).clone() else { return Heard::default() };
        let is_admin = request.uri().path().starts_with("/admin/");
        let is_lost = is_admin && self.world.fault(Faults::loses_answer);
        let (answer, answered) = oneshot::channel();
        let server = self.clone();
        self.world.executor.spawn(Some(index), async move {
            let heard = server.handle(index, router, request).await;
            // Whoever asked may be gone.
            let _gone = answer.send(heard);
        });
        let heard = answered.await.unwrap_or_default();
        self.world.pause(1, 30).await;
        if is_lost { Heard::default() } else { heard }
    }

    /// Answers a request on a replica. A Function is ended when its time is over.
    async fn handle(&self, index: usize, router: Router, request: Request<Bytes>) -> Heard {
        let path = request.uri().path().to_owned();
        let deploying = (path == "/admin/publish").then(|| self.world.deploying.begin());
        let answering = async {
            let Ok(response) = router.oneshot(request.map(Body::from)).await;
            received(response).await
        };
        let limit = if self.world.plan.is_functions { LIFE_OF_A_FUNCTION } else { Duration::MAX };
        let response = self.world.executor.timeout(limit, answering).await;
        drop(deploying);
        if let (Some(response), "/agentExtensions") = (&response, path.as_str()) {
            let directory = directory_of(response);
            let status = response.status();
            self.world.checks().answered_caller(self.world.executor.elapsed(), index, directory.as_deref(), status);
        }
        let live = self.world.checks().history.now().map(|live| live.build.sid.clone());
        Heard { response, handler: self.world.executor.current().unwrap_or_default(), live }
    }
}

/// Which directory a lookup was answered from; none if it was not answered.
#[must_use]
pub(crate) fn directory_of(response: &Response<Bytes>) -> Option<String> {
    let body: Value = serde_json::from_slice(response.body()).ok()?;
    Some(body["workerSid"].as_str()?.to_owned())
}
