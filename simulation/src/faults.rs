//! What goes wrong: how many things in a run, and which.
//!
//! Knows nothing of how a fault is carried out.

use std::time::Duration;

use crate::call::Subject;
use crate::seed::Choices;

/// A fault happens to this many requests of a hundred that write, as long as there are faults left.
const WRITES_THAT_FAIL: u64 = 12;
/// The same of those that read.
const READS_THAT_FAIL: u64 = 2;
/// The same of supervisors' requests whose answer is lost.
const ANSWERS_THAT_ARE_LOST: u64 = 3;

/// The same of supervisors' requests whose token does not count.
const TOKENS_THAT_DO_NOT_COUNT: u64 = 1;

/// After this time at the latest Twilio has done what a request asked for, however long it was on its way.
pub(crate) const LATEST_ARRIVAL: Duration = Duration::from_secs(60);

/// What happens to one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// No connection; nothing was done.
    Refused,
    /// It was done, and then the connection was cut.
    Cut,
    /// It never arrives, and nobody says so.
    Lost,
    /// It was done, and its answer never arrives.
    Silent,
    /// It arrives after everybody has given it up, and is done then.
    Late(Duration),
    /// It was done, and the answer can not be read.
    Malformed,
    /// Something is said to have changed; nothing was done.
    PreconditionFailed,
    /// Too many requests; nothing was done.
    RateLimited {
        /// What `Retry-After` says, in seconds.
        retry_after: u64,
    },
    /// A page of a proxy with this status, before or after the work.
    ErrorPage {
        /// The HTTP status.
        status: u16,
        /// Whether it was done.
        is_done: bool,
    },
}

/// What happens to everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Incident {
    /// A replica is killed and comes back.
    Crash,
    /// Sync removes what has expired later than it could.
    ExpiryIsLate,
    /// The deployed domain serves the old asset for a while after the next Deployment.
    DomainIsLate,
    /// The next Build fails.
    BuildFails,
    /// The next Build never ends.
    BuildIsEndless,
    /// Somebody leaves an item in place of the lock that this server did not write.
    StrangeLock,
}

/// The faults that a run still has.
#[derive(Debug)]
pub(crate) struct Faults {
    left: u64,
}

impl Faults {
    /// A run with that many faults.
    #[must_use]
    pub(crate) fn new(most: u64) -> Self {
        Self { left: most }
    }

    /// From now on nothing goes wrong.
    pub(crate) fn end(&mut self) {
        self.left = 0;
    }

    /// What happens to a request to Twilio; none if it goes well.
    pub(crate) fn draw(&mut self, choices: &mut Choices, subject: Subject, has_condition: bool) -> Option<Fault> {
        let percent = if subject.is_write() { WRITES_THAT_FAIL } else { READS_THAT_FAIL };
        if !self.take(choices, percent) {
            return None;
        }
        let late = choices.milliseconds(8_500, u64::try_from(LATEST_ARRIVAL.as_millis()).unwrap_or(u64::MAX));
        let status = [500, 502, 503, 504][choices.below(4)];
        let is_done = choices.chance(50);
        let retry_after = [1, 2, 30][choices.below(3)];
        choices.weighted(&[
            (2, Fault::Refused),
            (3, Fault::Cut),
            (1, Fault::Lost),
            (2, Fault::Silent),
            (if subject.is_write() { 3 } else { 0 }, Fault::Late(late)),
            (2, Fault::Malformed),
            (if has_condition { 2 } else { 0 }, Fault::PreconditionFailed),
            (1, Fault::RateLimited { retry_after }),
            (2, Fault::ErrorPage { status, is_done }),
        ])
    }

    /// Whether the answer to a supervisor's request is lost.
    pub(crate) fn loses_answer(&mut self, choices: &mut Choices) -> bool {
        self.take(choices, ANSWERS_THAT_ARE_LOST)
    }

    /// Whether a supervisor sends a token that does not count.
    pub(crate) fn spoils_token(&mut self, choices: &mut Choices) -> bool {
        self.take(choices, TOKENS_THAT_DO_NOT_COUNT)
    }

    /// What happens to everybody now.
    pub(crate) fn incident(&mut self, choices: &mut Choices) -> Option<Incident> {
        if !self.take(choices, 50) {
            return None;
        }
        choices.weighted(&[
            (4, Incident::Crash),
            (2, Incident::ExpiryIsLate),
            (2, Incident::DomainIsLate),
            (2, Incident::BuildFails),
            (1, Incident::BuildIsEndless),
            (1, Incident::StrangeLock),
        ])
    }

    fn take(&mut self, choices: &mut Choices, percent: u64) -> bool {
        let happens = self.left > 0 && choices.chance(percent);
        self.left -= u64::from(happens);
        happens
    }
}
