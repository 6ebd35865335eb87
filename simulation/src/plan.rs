//! What a seed decides about a run as a whole, before it begins.
//!
//! Knows nothing of what happens then.

use std::time::Duration;

use crate::beginning::Beginning;
use crate::outage::Outage;
use crate::seed::Choices;

/// One seed of so many has an outage.
const EVERY_SO_MANY: u64 = 5;

/// What a seed decides about a run as a whole.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// What is deployed at first.
    pub beginning: Beginning,
    /// How many replicas of the server there are.
    pub replicas: usize,
    /// How many supervisors there are.
    pub supervisors: usize,
    /// How many things each of them does.
    pub actions: u64,
    /// How often a command-line tool deploys meanwhile.
    pub tool_deploys: u64,
    /// How many things go wrong at most.
    pub faults: u64,
    /// How long a Build takes.
    pub build_delay: Duration,
    /// How many seconds a replica answers callers before it looks whether something else is deployed.
    pub lookup_refresh: u64,
    /// Whether the replicas are Twilio Functions, which are ended after 10 s.
    pub is_functions: bool,
    /// Whether the asset is private, so that Functions read the one in their own Build.
    pub is_private: bool,
    /// A part of Twilio that does not answer for a while.
    pub outage: Option<Outage>,
}

impl Plan {
    /// Draws the plan of a run.
    pub(crate) fn draw(seed: u64, choices: &mut Choices) -> Self {
        let supervisors = choices.between(2, 5);
        let is_functions = choices.chance(30);
        let is_private = is_functions && choices.chance(50);
        Self {
            replicas: choices.between(1, 3) as usize,
            supervisors: supervisors as usize,
            actions: choices.between(1, (6 / supervisors).max(2)),
            tool_deploys: choices.weighted(&[(5, 0), (3, 1), (1, 2)]).unwrap_or(0),
            faults: choices.between(0, 6),
            build_delay: choices.milliseconds(500, 6_000),
            lookup_refresh: choices.between(5, 30),
            is_functions,
            is_private,
            beginning: beginning(choices, is_private),
            outage: seed.is_multiple_of(EVERY_SO_MANY).then(|| Outage::draw(seed)),
        }
    }
}

/// Functions with a private asset have been deployed together with it.
fn beginning(choices: &mut Choices, is_private: bool) -> Beginning {
    match choices.below(10) {
        _ if is_private => Beginning::PublishedPrivately,
        0 => Beginning::OtherToolsOnly,
        1 => Beginning::Nothing,
        _ => Beginning::Published,
    }
}
