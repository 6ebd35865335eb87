//! What happens after a try that led to nobody: it is counted, and the caller is asked again or goes to the fallback.
//!
//! One counter counts every kind of failed try.

use serde_json::Value;

use super::GATHER;
use super::attributes::OUTCOME;
use super::widgets::{say, set_variables, split};
use crate::settings::Settings;

/// One more than before, and 1 to begin with.
const ONE_MORE: &str = "{% if flow.variables.tries %}{{flow.variables.tries | plus: 1}}{% else %}1{% endif %}";

/// The caller keyed in nothing.
pub(super) fn no_input(settings: &Settings) -> [Value; 3] {
    again(settings, "no_input", "no-input", &settings.prompts.spoken.no_input)
}

/// The extension leads to nobody.
pub(super) fn unknown(settings: &Settings) -> [Value; 3] {
    again(settings, "unknown", "unknown", &settings.prompts.spoken.unknown)
}

fn again(settings: &Settings, name: &str, outcome: &str, sentence: &str) -> [Value; 3] {
    let (count, tries_left, sorry) = (format!("count_{name}"), format!("tries_left_{name}"), format!("say_{name}"));
    let used_up = settings.prompts.tries().to_string();
    [
        set_variables(&count, &[("tries", ONE_MORE), (OUTCOME, outcome)], &tries_left),
        split(&tries_left, "{{flow.variables.tries}}", &used_up, "say_no_more_tries", &sorry),
        say(settings, &sorry, sentence, GATHER),
    ]
}
