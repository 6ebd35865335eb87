//! What an account decides about its call flow.
//!
//! Does not know the widgets and filters that are made from it; see `studio` and `workflow`.

use shared::NumberRules;

use crate::strings::Spoken;

/// The most tries a caller gets. Studio ends an execution that runs one widget ten times.
///
/// <https://www.twilio.com/docs/studio/widget-library/http-request#reattempting-an-outbound-request>
const MOST_TRIES: u8 = 3;

/// What a Studio Flow is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What callers hear, and how often they may try.
    pub prompts: Prompts,
    /// How the caller keys in the extension.
    pub gather: Gather,
    /// What is asked for the agent.
    pub lookup: Lookup,
    /// The TaskRouter Workflow (`WW…`) that Send to Flex hands the call to.
    pub workflow_sid: String,
    /// The TaskRouter Task Channel (`TC…`) of calls.
    pub task_channel_sid: String,
}

/// What callers hear, and how often they may try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompts {
    /// The language that is spoken, such as `en-US`.
    pub language: String,
    /// The voice that speaks, such as `Polly.Joanna-Neural`; none leaves it to Twilio.
    pub voice: Option<String>,
    /// What is said.
    pub spoken: Spoken,
    /// How often a caller may try, 1 to 3; see [`Prompts::tries`].
    pub tries: u8,
}

/// How the caller keys in the extension.
///
/// <https://www.twilio.com/docs/studio/widget-library/gather-input-call>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gather {
    /// Every extension has as many digits: the last one ends the input.
    FixedLength {
        /// How many digits.
        digits: usize,
        /// How many seconds the caller may pause, 1 to 30.
        pause_seconds: u8,
    },
    /// Extensions differ in length: the key `#` or a pause ends the input.
    Terminated {
        /// The most digits.
        most_digits: usize,
        /// How many seconds the caller may pause, 1 to 30.
        pause_seconds: u8,
    },
}

/// What is asked for the agent whom an extension leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// A Twilio Function, by the widget Run Function.
    RunFunction {
        /// The Service (`ZS…`).
        service_sid: String,
        /// The Environment (`ZE…`).
        environment_sid: String,
        /// The Function (`ZH…`).
        function_sid: String,
        /// The Function's address, `https://<domain>.twil.io/agentExtensions`.
        url: String,
    },
    /// A server anywhere, by the widget Make HTTP Request with a form.
    MakeHttpRequest {
        /// Its public address, `https://…/agentExtensions`, over which Twilio signs.
        url: String,
    },
}

/// What the filters of a TaskRouter Workflow are made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkflowSettings {
    /// The Task Queue (`WQ…`) that has every agent with an extension in it.
    pub agents_queue: String,
    /// The Task Queue (`WQ…`) for callers whom no agent answered, or who dialled nothing that leads to one.
    pub fallback_queue: String,
    /// For how many seconds the agent is rung, or waited for, before the fallback.
    pub ring_seconds: u32,
    /// Whether a caller goes to the fallback at once when the agent can not be rung right now.
    pub skip_when_unavailable: bool,
}

impl Settings {
    /// Settings for an account that allows numbers by `rules`: English, three tries, everything else as given.
    #[must_use]
    pub fn new(lookup: Lookup, workflow_sid: &str, task_channel_sid: &str, rules: &NumberRules) -> Self {
        Self {
            prompts: Prompts::default(),
            gather: Gather::for_rules(rules),
            lookup,
            workflow_sid: workflow_sid.to_owned(),
            task_channel_sid: task_channel_sid.to_owned(),
        }
    }
}

impl Default for Prompts {
    fn default() -> Self {
        Self { language: "en-US".to_owned(), voice: None, spoken: Spoken::default(), tries: MOST_TRIES }
    }
}

impl Prompts {
    /// How often a caller may try, held within 1 to 3.
    #[must_use]
    pub fn tries(&self) -> u8 {
        self.tries.clamp(1, MOST_TRIES)
    }
}

impl Gather {
    /// A caller's usual pause between two keys.
    const PAUSE_SECONDS: u8 = 5;

    /// Fixed where all numbers have as many digits, otherwise ended by `#` or a pause.
    #[must_use]
    pub fn for_rules(rules: &NumberRules) -> Self {
        let (fewest, most) = rules.lengths();
        let pause_seconds = Self::PAUSE_SECONDS;
        if fewest == most {
            Self::FixedLength { digits: most, pause_seconds }
        } else {
            Self::Terminated { most_digits: most, pause_seconds }
        }
    }
}

impl WorkflowSettings {
    /// Rings the agent for 20 seconds, and goes to the fallback after that.
    #[must_use]
    pub fn new(agents_queue: &str, fallback_queue: &str) -> Self {
        Self {
            agents_queue: agents_queue.to_owned(),
            fallback_queue: fallback_queue.to_owned(),
            ring_seconds: 20,
            skip_when_unavailable: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_one_length_are_gathered_by_their_length_and_others_by_a_terminator() {
        let rules = |min_digits, max_digits| NumberRules { min_digits, max_digits, reserved: Vec::new() };
        assert_eq!(Gather::for_rules(&rules(4, 4)), Gather::FixedLength { digits: 4, pause_seconds: 5 });
        assert_eq!(Gather::for_rules(&rules(2, 10)), Gather::Terminated { most_digits: 10, pause_seconds: 5 });
    }

    #[test]
    fn a_caller_never_gets_more_than_three_tries_nor_none() {
        let tries = |tries| Prompts { tries, ..Prompts::default() }.tries();
        assert_eq!([tries(0), tries(1), tries(3), tries(200)], [1, 1, 3, 3]);
    }
}
