//! Everything of one run: Twilio, the replicas, what may go wrong, and what is checked.
//!
//! Knows nothing of who asks for what.

use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use serde_json::Value;

use crate::call::Subject;
use crate::checks::Checks;
use crate::executor::{Executor, lock};
use crate::faults::Faults;
use crate::history::Deployer;
use crate::plan::Plan;
use crate::seed::Choices;
use crate::trace::Trace;
use crate::twilio::{Twilio, beginning};

/// What the next Build will be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NextBuild {
    /// It fails.
    Fails,
    /// It never ends.
    IsEndless,
}

/// What is different about Twilio for now.
#[derive(Debug, Default)]
pub(crate) struct Oddities {
    /// What the next Build will be like.
    pub next_build: Option<NextBuild>,
    /// For how long the domain serves the old asset after the next Deployment.
    pub next_deployment_is_late: Option<Duration>,
    old_asset: Option<OldAsset>,
}

/// The asset of the Build before, which the domain still serves.
#[derive(Debug)]
struct OldAsset {
    until: Duration,
    content: Bytes,
}

/// Everything of one run. Clones are the same one.
#[derive(Clone)]
pub(crate) struct World(Arc<Parts>);

/// The parts of a run.
pub(crate) struct Parts {
    /// What the seed decided at the start.
    pub plan: Plan,
    /// Tasks and time.
    pub executor: Executor,
    /// Twilio.
    pub twilio: Twilio,
    /// What happened.
    pub trace: Trace,
    choices: Mutex<Choices>,
    faults: Mutex<Faults>,
    checks: Mutex<Checks>,
    oddities: Mutex<Oddities>,
    is_calm: AtomicBool,
    /// How many Deployments are on their way, or may be sent by a handler at any moment.
    deploying: Mutex<usize>,
}

impl Deref for World {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl World {
    /// The world in which a run begins.
    #[must_use]
    pub(crate) fn new(seed: u64, is_traced: bool) -> Self {
        let mut choices = Choices::new(seed);
        let plan = Plan::draw(&mut choices);
        let clock = beginning();
        let world = Self(Arc::new(Parts {
            twilio: Twilio::open(seed, clock.clone(), plan.build_delay),
            executor: Executor::new(clock),
            trace: Trace::new(is_traced),
            choices: Mutex::new(choices),
            faults: Mutex::new(Faults::new(plan.faults)),
            checks: Mutex::default(),
            oddities: Mutex::default(),
            is_calm: AtomicBool::new(false),
            deploying: Mutex::new(0),
            plan,
        }));
        world.went_live(Deployer::Beginning);
        world
    }

    /// Delivers a request to Twilio and takes note of what it changed.
    pub(crate) async fn deliver(&self, request: Request<Bytes>) -> Response<Bytes> {
        let subject = Subject::of(&request);
        if subject == Subject::Domain
            && let Some(content) = self.old_asset()
        {
            return Response::new(content);
        }
        let response = self.twilio.answer(request).await;
        if response.status() == StatusCode::CREATED {
            match subject {
                Subject::Deployment => self.went_live(Deployer::Server),
                Subject::NewBuild => self.spoil_build(&response),
                _ => {}
            }
        }
        response
    }

    /// Takes note of the Build that is live by now.
    pub(crate) fn went_live(&self, by: Deployer) {
        let Some(build) = self.twilio.environment().build_sid.and_then(|sid| self.twilio.build(&sid)) else { return };
        let (now, directory) = (self.executor.elapsed(), self.twilio.directory(&build));
        let late = self.oddities().next_deployment_is_late.take();
        if let Some(late) = late {
            let before = self.checks().history.now().map(|live| live.build.clone());
            let content = before.and_then(|build| self.twilio.asset_content(&build));
            self.oddities().old_asset = content.map(|content| OldAsset { until: now + late, content: content.into() });
        }
        self.trace(|| {
            format!("{} with {} is live, deployed by {by:?}", build.sid, directory.as_deref().unwrap_or("-"))
        });
        self.checks().went_live(now, build, directory, by);
    }

    fn old_asset(&self) -> Option<Bytes> {
        let now = self.executor.elapsed();
        self.oddities().old_asset.as_ref().filter(|old| old.until > now).map(|old| old.content.clone())
    }

    fn spoil_build(&self, response: &Response<Bytes>) {
        let Some(next) = self.oddities().next_build.take() else { return };
        let body: Value = serde_json::from_slice(response.body()).unwrap_or_default();
        let Some(mut build) = body["sid"].as_str().and_then(|sid| self.twilio.build(sid)) else { return };
        match next {
            NextBuild::Fails => build.fails = true,
            NextBuild::IsEndless => build.ready = i64::MAX,
        }
        self.twilio.put_build(&build);
        self.trace(|| format!("{} {next:?}", build.sid));
    }

    /// Somebody may deploy until the value is dropped.
    #[must_use]
    pub(crate) fn begin_deploying(&self) -> Deploying {
        *lock(&self.deploying) += 1;
        Deploying(self.clone())
    }

    /// Whether a Deployment of the server may arrive at any moment.
    #[must_use]
    pub(crate) fn is_deploying(&self) -> bool {
        *lock(&self.deploying) > 0
    }

    /// From now on nothing goes wrong, and nobody leaves anything half done.
    pub(crate) fn calm_down(&self) {
        self.is_calm.store(true, Ordering::Relaxed);
        lock(&self.faults).end();
        let mut oddities = self.oddities();
        *oddities = Oddities { old_asset: oddities.old_asset.take(), ..Oddities::default() };
        drop(oddities);
        self.trace(|| "from now on nothing goes wrong".to_owned());
    }

    /// Whether nothing goes wrong any more.
    #[must_use]
    pub(crate) fn is_calm(&self) -> bool {
        self.is_calm.load(Ordering::Relaxed)
    }

    /// Adds a line to the trace.
    pub(crate) fn trace(&self, line: impl FnOnce() -> String) {
        self.trace.add(self.executor.elapsed(), line);
    }

    /// Chooses something.
    pub(crate) fn choose<T>(&self, of: impl FnOnce(&mut Choices) -> T) -> T {
        of(&mut lock(&self.choices))
    }

    /// Lets something go wrong, or not.
    pub(crate) fn fault<T>(&self, of: impl FnOnce(&mut Faults, &mut Choices) -> T) -> T {
        of(&mut lock(&self.faults), &mut lock(&self.choices))
    }

    /// What is checked.
    pub(crate) fn checks(&self) -> MutexGuard<'_, Checks> {
        lock(&self.checks)
    }

    /// What is different about Twilio for now.
    pub(crate) fn oddities(&self) -> MutexGuard<'_, Oddities> {
        lock(&self.oddities)
    }

    /// Goes on with the run by one step.
    ///
    /// # Errors
    ///
    /// What a task panicked with.
    pub(crate) fn step(&self) -> Result<bool, String> {
        self.executor.step(&self.choices)
    }

    /// Waits for some time between two bounds, in milliseconds.
    pub(crate) async fn pause(&self, least: u64, most: u64) {
        let duration = self.choose(|choices| choices.milliseconds(least, most));
        self.executor.sleep(duration).await;
    }
}

/// Somebody may deploy as long as this is there.
pub(crate) struct Deploying(World);

impl Drop for Deploying {
    fn drop(&mut self) {
        *lock(&self.0.deploying) -= 1;
    }
}
