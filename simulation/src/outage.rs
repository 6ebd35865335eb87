//! A part of Twilio that does not answer for a while, whoever asks for whatever: which part, when, and how that looks.
//!
//! Knows nothing of who asks.

use std::time::Duration;

use crate::faults::Fault;
use crate::seed::Choices;

/// What of Twilio does not answer.
#[derive(Clone, Copy, Debug)]
enum Part {
    Everything,
    Sync,
    /// Builds, Deployments, Environments and uploads.
    Serverless,
    /// The domain that serves the deployed asset.
    Domain,
    /// What tells whose token it is.
    Iam,
}

/// A part of Twilio does not answer for a while.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outage {
    part: Part,
    /// How long after the beginning of the run it begins.
    pub begins: Duration,
    ends: Duration,
    /// What comes of each request meanwhile.
    fault: Fault,
}

impl Outage {
    /// The outage of a run. It is drawn apart from all the rest, so that a run is the same without it.
    #[must_use]
    pub(crate) fn draw(seed: u64) -> Self {
        let mut choices = Choices::new(!seed);
        let part = [Part::Everything, Part::Sync, Part::Serverless, Part::Domain, Part::Iam][choices.below(5)];
        let fault = [Fault::Refused, Fault::Lost, Fault::ErrorPage { status: 503, is_done: false }][choices.below(3)];
        let begins = choices.milliseconds(0, 60_000);
        let ends = begins + choices.milliseconds(1_000, 90_000);
        Self { part, begins, ends, fault }
    }

    /// What comes of a request with this path at this time; none if it is answered.
    #[must_use]
    pub(crate) fn of(&self, path: &str, now: Duration) -> Option<Fault> {
        (self.begins..self.ends).contains(&now).then_some(self.fault).filter(|_| self.part.answers(path))
    }
}

impl Part {
    fn answers(self, path: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Sync => path.starts_with("/sync/"),
            Self::Serverless => path.starts_with("/serverless"),
            Self::Domain => path.starts_with("/twil.io/"),
            Self::Iam => path.starts_with("/iam/"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_requests_to_its_part_fail_and_only_while_it_lasts() {
        let second = Duration::from_secs;
        let outage = Outage { part: Part::Sync, begins: second(2), ends: second(5), fault: Fault::Refused };
        for (path, now, fails) in [
            ("/sync/v1/Services", 1, false),
            ("/sync/v1/Services", 2, true),
            ("/sync/v1/Services", 5, false),
            ("/serverless/v1/Services", 3, false),
        ] {
            assert_eq!(outage.of(path, second(now)).is_some(), fails, "{path} at {now}");
        }
    }
}
