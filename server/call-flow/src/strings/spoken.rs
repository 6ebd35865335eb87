//! What a caller hears, sentence by sentence.

use serde::Deserialize;

/// What a caller hears. Each sentence may be replaced, in any language; `{digits}` stands for a number of digits.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Spoken {
    /// When the call is answered.
    pub greeting: String,
    /// Asks for an extension of `{digits}` digits.
    pub ask_by_length: String,
    /// Asks for an extension that the key `#` ends.
    pub ask_by_terminator: String,
    /// Nothing was keyed in; asked again after this.
    pub no_input: String,
    /// The extension leads to nobody; asked again after this.
    pub unknown: String,
    /// The agent was found.
    pub connecting: String,
    /// The tries are used up; the fallback comes next.
    pub no_more_tries: String,
    /// The lookup did not answer; the fallback comes next.
    pub lookup_failed: String,
    /// The call could not be handed over; the fallback comes next.
    pub not_connected: String,
    /// The fallback could not be reached either; it is tried once more after this.
    pub one_moment: String,
    /// Nobody can be reached; the call ends after this.
    pub goodbye: String,
}

impl Default for Spoken {
    fn default() -> Self {
        Self {
            greeting: "Thank you for calling.".into(),
            ask_by_length: "Please enter the {digits} digits of the extension.".into(),
            ask_by_terminator: "Please enter the extension, followed by the pound key.".into(),
            no_input: "We did not receive an extension.".into(),
            unknown: "This extension is not in use.".into(),
            connecting: "One moment, please. We are connecting you.".into(),
            no_more_tries: "We will connect you to the next available agent.".into(),
            lookup_failed: "The extension can not be looked up right now. We will connect you to the next available \
                            agent."
                .into(),
            not_connected: "The extension can not be reached. We will connect you to the next available agent.".into(),
            one_moment: "One moment, please.".into(),
            goodbye: "We are sorry, nobody can be reached right now. Please call again in a few minutes.".into(),
        }
    }
}
