//! The kinds of problem that a Flow or a Workflow can have, with what is needed to word each.
//!
//! Knows neither the rules that find a problem nor its sentence.

use serde::Serialize;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Some callers do worse than they could.
    Warning,
    /// Some callers are dropped or reach the wrong place.
    Error,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Problem {
    /// The text is no Flow definition.
    NotAFlow {
        /// What the reader said.
        reason: String,
    },
    /// The text is no Workflow configuration.
    NotAWorkflow {
        /// What the reader said.
        reason: String,
    },
    /// An event leads to a widget that is not there.
    MissingWidget {
        /// The event.
        event: String,
        /// The name of the widget that is not there.
        next: String,
    },
    /// Two widgets have this name.
    DuplicateName,
    /// A caller's call ends at this event, without an agent or the fallback.
    DeadEnd {
        /// The event.
        event: String,
    },
    /// Where the call can not be handed over, it ends.
    EnqueueFailureDropsCaller {
        /// The event.
        event: String,
    },
    /// A template is no Liquid that can be rendered.
    BrokenLiquid {
        /// The property it stands in.
        property: String,
        /// What the renderer said.
        reason: String,
    },
    /// The Flow sets another attribute than the Workflow reads.
    AttributeSpelling {
        /// What the Flow sets: the nearest name to the one that is read, or nothing.
        set: Option<String>,
        /// What the Workflow reads.
        read: String,
    },
    /// The attributes can be longer than Send to Flex takes.
    AttributesTooLong {
        /// With the longest values.
        characters: usize,
    },
    /// The attributes are no JSON object once they are rendered.
    AttributesNotJson {
        /// What they are rendered to.
        rendered: String,
    },
    /// The Worker's attribute is an empty or made-up text where no agent was found; it must be null.
    QuotedNull {
        /// The attribute.
        attribute: String,
    },
    /// A caller's second try can reach the agent of the first, because an old reply is still there.
    StaleParsed {
        /// The lookup whose old reply is read.
        lookup: String,
    },
    /// A caller can be led through this widget ten times, which ends the call.
    UncappedRetry,
    /// Fewer digits are gathered than some extensions have.
    GatherTooShort {
        /// How many digits are gathered.
        digits: usize,
        /// How many the longest extension has, or may have.
        longest: usize,
        /// Whether such an extension is in use; otherwise the account only allows it.
        in_use: bool,
    },
    /// Nothing ends the input of an extension that is shorter than what is gathered.
    GatherNeverEnds {
        /// How many digits are waited for.
        digits: Option<usize>,
        /// How many the shortest extension may have.
        shortest: usize,
    },
    /// A pause is all that tells two extensions apart.
    GatherByPauseOnly {
        /// An extension.
        shorter: String,
        /// One that begins with it.
        longer: String,
    },
    /// The key that ends the input is a digit, so no extension with it can be keyed in.
    GatherEndsOnDigit {
        /// The key.
        key: String,
    },
    /// Make HTTP Request sends a content type that no lookup reads.
    LookupContentType {
        /// It.
        content_type: String,
    },
    /// The last step of a filter has a timeout, after which TaskRouter cancels the Task.
    LastStepTimesOut {
        /// The timeout in seconds, as it is written.
        timeout: String,
    },
    /// The known Worker is not given by an attribute of the Task.
    KnownWorkerNotAReference {
        /// What is given instead.
        value: String,
    },
    /// A filter's expression names attributes with `task.`, which only steps may do.
    FilterWithTaskPrefix {
        /// The expression.
        expression: String,
    },
    /// No step routes to a known Worker, so nobody is rung by extension.
    NoKnownAgentRouting,
    /// The filter is behind one that takes every Task.
    HiddenFilter {
        /// That filter.
        behind: String,
    },
    /// A Task that no filter takes is not queued anywhere.
    NoDefaultFilter,
}

impl Problem {
    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::EnqueueFailureDropsCaller { .. }
            | Self::GatherByPauseOnly { .. }
            | Self::GatherTooShort { in_use: false, .. }
            | Self::NoDefaultFilter => Severity::Warning,
            _ => Severity::Error,
        }
    }
}
