//! Everything of one run: Twilio, the replicas, what may go wrong, and what is checked.
//!
//! Knows nothing of who asks for what.

use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::sync::Notify;

use crate::beginning;
use crate::checks::Checks;
use crate::executor::{Executor, lock};
use crate::faults::{Fault, Faults};
use crate::history::Deployer;
use crate::oddities::Oddities;
use crate::plan::Plan;
use crate::seed::Choices;
use crate::trace::Trace;
use crate::twilio::Twilio;
use crate::underway::Underway;

/// While something may still change, how long passes until the next look at whether that is over.
const BETWEEN_LOOKS: Duration = Duration::from_secs(2);

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
    /// Woken by each Deployment.
    pub deployed: Notify,
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
        let plan = Plan::draw(seed, &mut choices);
        let clock = beginning::clock();
        let twilio = Twilio::new(beginning::begin(seed, clock.clone(), plan.build_delay, plan.beginning));
        let world = Self(Arc::new(Parts {
            twilio,
            executor: Executor::new(clock),
            trace: Trace::new(is_traced),
            choices: Mutex::new(choices),
            faults: Mutex::new(Faults::new(plan.faults)),
            checks: Mutex::default(),
            oddities: Mutex::default(),
            is_calm: AtomicBool::new(false),
            deploying: Underway::default(),
            late: Underway::default(),
            deployed: Notify::new(),
            quiet_until: Mutex::default(),
            plan,
        }));
        world.went_live(Deployer::Beginning);
        world
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

    /// What comes of a request with this path, because a part of Twilio does not answer now.
    #[must_use]
    pub(crate) fn outage(&self, path: &str) -> Option<Fault> {
        let outage = self.plan.outage.filter(|_| !self.is_calm())?;
        outage.of(path, self.executor.elapsed())
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

    /// Lets time pass. As soon as nothing can change any more, replicas do not read the directory before it is over: they
    /// would find what they found before, thousands of times.
    pub(crate) async fn let_pass(&self, time: Duration) {
        let end = self.executor.elapsed() + time;
        let left = || end.saturating_sub(self.executor.elapsed());
        while !left().is_zero() && (self.late.is_any() || self.old_asset().is_some()) {
            self.executor.sleep(left().min(BETWEEN_LOOKS)).await;
        }
        *lock(&self.quiet_until) = end;
        self.executor.sleep(left()).await;
    }

    /// For how long nothing is going to change.
    #[must_use]
    pub(crate) fn quiet_time(&self) -> Duration {
        lock(&self.quiet_until).saturating_sub(self.executor.elapsed())
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Waker};

    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    /// For how long nothing is going to change once an hour begins to pass.
    fn quiet_time_of_an_hour(world: &World) -> Duration {
        let mut passing = pin!(world.let_pass(HOUR));
        assert!(passing.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        world.quiet_time()
    }

    #[test]
    fn replicas_read_on_while_anything_may_still_change() {
        let world = World::new(1, false);
        let late = world.late.begin();
        assert_eq!(quiet_time_of_an_hour(&world), Duration::ZERO);
        drop(late);
        world.oddities().serve_old_asset(bytes::Bytes::new(), HOUR);
        assert_eq!(quiet_time_of_an_hour(&world), Duration::ZERO);
        world.oddities().serve_old_asset(bytes::Bytes::new(), Duration::ZERO);
        assert_eq!(quiet_time_of_an_hour(&world), HOUR);
    }
}
