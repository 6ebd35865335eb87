//! What an administrator reads about a problem: what it is, and how to mend it.

use crate::problem::Problem;

/// What was found, and what it does to callers.
pub(crate) fn sentence(place: &str, problem: &Problem) -> String {
    let what = found(problem);
    if place.is_empty() { what } else { format!("{place}: {what}") }
}

fn found(problem: &Problem) -> String {
    match problem {
        Problem::NotAFlow { reason } => format!("This is not a Studio Flow definition: {reason}."),
        Problem::NotAWorkflow { reason } => format!("This is not a TaskRouter Workflow configuration: {reason}."),
        Problem::MissingWidget { event, next } => format!("{event} leads to {next}, and there is no such widget."),
        Problem::DuplicateName => "Two widgets have this name.".into(),
        Problem::DeadEnd { event } => format!("At {event} the call ends, without an agent or the fallback."),
        Problem::EnqueueFailureDropsCaller { event } => {
            format!("{event} leads nowhere: a caller who can not be handed over is dropped.")
        }
        Problem::BrokenLiquid { property, reason } => format!("{property} can not be rendered: {reason}."),
        Problem::AttributeSpelling { set: Some(set), read } => {
            format!("The Flow sets {set}, but the Workflow reads {read}: no agent is ever rung.")
        }
        Problem::AttributeSpelling { set: None, read } => {
            format!("The Workflow reads {read}, which no Send to Flex widget sets: no agent is ever rung.")
        }
        Problem::AttributesTooLong { characters } => {
            format!("The attributes can grow to {characters} characters, and Send to Flex takes 1024.")
        }
        Problem::AttributesNotJson { rendered } => format!("The attributes are not a JSON object: {rendered}"),
        Problem::QuotedNull { attribute } => format!(
            "{attribute} is a text even if no agent was found: TaskRouter looks for a Worker of that name, and the \
             call waits until the step times out."
        ),
        Problem::StaleParsed { lookup } => format!(
            "It trusts what {lookup} answered before: a second try that fails can reach the agent of the first."
        ),
        Problem::UncappedRetry => {
            "Nothing counts the tries of this loop: Studio ends the call when a widget runs for the tenth time.".into()
        }
        _ => gathered_or_routed(problem),
    }
}

fn gathered_or_routed(problem: &Problem) -> String {
    match problem {
        Problem::GatherTooShort { digits, longest, in_use: true } => {
            format!("{digits} digits are gathered, and an extension has {longest}: no caller can key it in.")
        }
        Problem::GatherTooShort { digits, longest, in_use: false } => {
            format!("{digits} digits are gathered, and the account allows extensions of {longest}.")
        }
        Problem::GatherNeverEnds { digits, shortest } => {
            let digits = digits.map_or("a terminator".to_owned(), |digits| format!("{digits} digits"));
            format!("It waits for {digits}, and nothing ends the input of an extension of {shortest}.")
        }
        Problem::GatherByPauseOnly { shorter, longer } => {
            format!("{longer} begins with {shorter}: a caller who pauses there never reaches {longer}.")
        }
        Problem::GatherEndsOnDigit { key } => format!("The digit {key} ends the input, so no extension can have it."),
        Problem::LookupContentType { content_type } => format!("It sends {content_type}, which no lookup reads."),
        Problem::LastStepTimesOut { timeout } => {
            format!("The last step times out after {timeout} seconds, and TaskRouter then cancels the call's Task.")
        }
        Problem::KnownWorkerNotAReference { value } => {
            format!("The known Worker is given as {value}, which TaskRouter does not take for an attribute.")
        }
        Problem::FilterWithTaskPrefix { expression } => {
            format!("The expression {expression} says task., and a filter that does matches nothing.")
        }
        Problem::NoKnownAgentRouting => "No step routes to a known Worker: nobody is rung by extension.".into(),
        Problem::HiddenFilter { behind } => format!("It is never asked, because {behind} before it takes every Task."),
        _ => "A Task that no filter takes is not queued anywhere.".into(),
    }
}

/// How to mend it.
pub(crate) fn advice(problem: &Problem) -> String {
    match problem {
        Problem::NotAFlow { .. } => "Export the Flow from Studio as JSON, and check that file.".into(),
        Problem::NotAWorkflow { .. } => "Take the Workflow's Configuration, a JSON object with task_routing.".into(),
        Problem::MissingWidget { next, .. } => format!("Add {next}, or lead the event to another widget."),
        Problem::DuplicateName => "Give each widget a name of its own.".into(),
        Problem::DeadEnd { event } => format!("Lead {event} to a Send to Flex widget, over a few words if you like."),
        Problem::EnqueueFailureDropsCaller { event } => {
            format!("Lead {event} to a widget that says so, and from there to another Send to Flex widget.")
        }
        Problem::BrokenLiquid { .. } => "Mend the template in Studio.".into(),
        Problem::AttributeSpelling { read, .. } => {
            format!("Set {read} in the attributes of the Send to Flex widget; upper and lower case matter.")
        }
        Problem::AttributesTooLong { .. } => "Leave out what the Task does not need, or shorten it: | truncate.".into(),
        Problem::AttributesNotJson { .. } => {
            "Write each value as {{… | to_json}}, without quotation marks around it.".into()
        }
        Problem::QuotedNull { attribute } => format!(
            "Write \"{attribute}\": {{{{widgets.….parsed.workerSID | to_json}}}}, without quotation marks around it."
        ),
        Problem::StaleParsed { lookup } => format!(
            "Branch on {{{{widgets.{lookup}.parsed.found}}}} being true, or clear what the lookup answered before."
        ),
        Problem::UncappedRetry => "Count the tries with Set Variables, and leave the loop at the third.".into(),
        _ => gathering_or_routing_advice(problem),
    }
}

fn gathering_or_routing_advice(problem: &Problem) -> String {
    match problem {
        Problem::GatherTooShort { longest, .. } => format!("Gather {longest} digits, and let # end shorter ones."),
        Problem::GatherNeverEnds { .. } => "Let # end the input (finish_on_key), or a pause (timeout).".into(),
        Problem::GatherByPauseOnly { shorter, longer } => {
            format!("Let # end the input (finish_on_key), or renumber {shorter} or {longer}.")
        }
        Problem::GatherEndsOnDigit { .. } => "Let # end the input (finish_on_key).".into(),
        Problem::LookupContentType { .. } => {
            "Choose Form URL Encoded or Application/JSON, with agentExt as a parameter.".into()
        }
        Problem::LastStepTimesOut { .. } => "Add a step with the fallback queue and without a timeout.".into(),
        Problem::KnownWorkerNotAReference { .. } => "Write task.workerSID, without quotation marks or braces.".into(),
        Problem::FilterWithTaskPrefix { .. } => "Leave out task., for example: workerSID != null".into(),
        Problem::NoKnownAgentRouting => "Add the filter for agent extensions: agent-extensions setup does.".into(),
        Problem::HiddenFilter { behind } => format!("Move it before {behind}."),
        _ => "Add a default filter with a queue that is always staffed.".into(),
    }
}
