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
use crate::oddities::{NextBuild, Oddities};
use crate::plan::Plan;
use crate::seed::Choices;
use crate::trace::Trace;
use crate::twilio::{Twilio, beginning};
use crate::underway::Underway;

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
    /// Deployments of the server that are on their way, or may be sent by a handler at any moment.
    pub deploying: Underway,
    /// Requests that arrive after everybody has given them up.
    pub late: Underway,
    /// Until then nothing changes.
    quiet_until: Mutex<Duration>,
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
            deploying: Underway::default(),
            late: Underway::default(),
            quiet_until: Mutex::default(),
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
            if let Some(content) = content {
                self.oddities().serve_old_asset(content.into(), now + late);
            }
        }
        self.trace(|| {
            format!("{} with {} is live, deployed by {by:?}", build.sid, directory.as_deref().unwrap_or("-"))
        });
        self.checks().went_live(now, build, directory, by);
    }

    fn old_asset(&self) -> Option<Bytes> {
        self.oddities().old_asset(self.executor.elapsed())
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

    /// From now on nothing goes wrong, and nobody leaves anything half done.
    pub(crate) fn calm_down(&self) {
        self.is_calm.store(true, Ordering::Relaxed);
        lock(&self.faults).end();
        self.oddities().end();
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

    /// Lets time pass. Where nothing can change meanwhile, replicas do not read the directory before it is over: they
    /// would find what they found before, thousands of times.
    pub(crate) async fn let_pass(&self, time: Duration) {
        if !self.late.is_any() && self.old_asset().is_none() {
            *lock(&self.quiet_until) = self.executor.elapsed() + time;
        }
        self.executor.sleep(time).await;
    }

    /// For how long nothing is going to change.
    #[must_use]
    pub(crate) fn quiet_time(&self) -> Duration {
        lock(&self.quiet_until).saturating_sub(self.executor.elapsed())
    }
}
