//! Whether a caller can key in every extension that the account has or allows.
//!
//! <https://www.twilio.com/docs/studio/widget-library/gather-input-call>

use shared::{ExtensionNumber, NumberRules, NumbersInUse, PrefixConflict};

use super::LintContext;
use super::finding::Finding;
use super::graph::makes_request;
use crate::definition::{Flow, Widget};
use crate::problem::Problem;

/// The parameter that the lookup reads.
const AGENT_EXT: &str = "agentExt";

pub(super) fn check(flow: &Flow, context: &LintContext) -> Vec<Finding> {
    let asking = asking(flow);
    let mut findings: Vec<Finding> = asking.iter().filter_map(|widget| content_type(widget)).collect();
    let gathers = flow.states.iter().filter(|widget| widget.kind == "gather-input-on-call");
    for gather in gathers.filter(|gather| asking.iter().any(|lookup| is_read(gather, lookup))) {
        let problems = of_gather(&InputEnd::of(gather), context);
        findings.extend(problems.into_iter().map(|problem| Finding::new(&gather.name, problem)));
    }
    findings
}

/// The widgets that ask for an extension: those with the lookup's parameter, or where there are none, all that ask.
fn asking(flow: &Flow) -> Vec<&Widget> {
    let all: Vec<&Widget> = flow.states.iter().filter(|widget| makes_request(widget)).collect();
    let is_ours = |widget: &&Widget| texts(widget).iter().any(|text| text.contains(AGENT_EXT));
    let ours: Vec<&Widget> = all.iter().copied().filter(is_ours).collect();
    if ours.is_empty() { all } else { ours }
}

fn texts(widget: &Widget) -> Vec<&str> {
    let pairs = widget.pairs("parameters").into_iter().flat_map(|(key, value)| [key, value]);
    pairs.chain(["url", "body"].iter().filter_map(|property| widget.text(property))).collect()
}

fn is_read(gather: &Widget, lookup: &Widget) -> bool {
    let digits = format!("widgets.{}.Digits", gather.name);
    texts(lookup).iter().any(|text| text.contains(&digits))
}

fn content_type(widget: &Widget) -> Option<Finding> {
    let content_type = widget.text("content_type").filter(|_| widget.kind == "make-http-request")?;
    let known = ["application/x-www-form-urlencoded", "application/json"];
    let is_known = known.iter().any(|known| content_type.to_ascii_lowercase().starts_with(known));
    let problem = Problem::LookupContentType { content_type: content_type.to_owned() };
    (!is_known).then(|| Finding::new(&widget.name, problem))
}

/// What ends the input of a Gather Input widget.
struct InputEnd<'w> {
    /// So many digits.
    digits: Option<usize>,
    /// This key; Twilio takes `#` where none is given.
    finish_on_key: Option<&'w str>,
    /// A pause of so many seconds; Twilio takes 5 where none is given.
    pause: u64,
}

impl<'w> InputEnd<'w> {
    fn of(gather: &'w Widget) -> Self {
        let digits = gather.number("number_of_digits").and_then(|digits| usize::try_from(digits).ok());
        Self {
            digits: digits.filter(|digits| *digits > 0),
            finish_on_key: Some(gather.text("finish_on_key").unwrap_or("#")).filter(|key| !key.is_empty()),
            pause: gather.number("timeout").unwrap_or(5),
        }
    }
}

fn of_gather(end: &InputEnd<'_>, context: &LintContext) -> Vec<Problem> {
    let mut problems = Vec::new();
    let lengths = context.rules.as_ref().map(NumberRules::lengths);
    let in_use = context.numbers.iter().map(String::len);
    if let Some(digits) = end.digits {
        let (longest_in_use, allowed) = (in_use.clone().max().unwrap_or(0), lengths.map_or(0, |(_, most)| most));
        if longest_in_use.max(allowed) > digits {
            let is_in_use = longest_in_use > digits;
            let longest = if is_in_use { longest_in_use } else { allowed };
            problems.push(Problem::GatherTooShort { digits, longest, in_use: is_in_use });
        }
    }
    if let Some(key) = end.finish_on_key.filter(|key| key.chars().all(|key| key.is_ascii_digit())) {
        problems.push(Problem::GatherEndsOnDigit { key: key.to_owned() });
    }
    if end.finish_on_key.is_none() {
        let shortest = in_use.chain(lengths.map(|(fewest, _)| fewest)).min();
        problems.extend(without_terminator(end, shortest, &context.numbers));
    }
    problems
}

/// No key ends the input, so a pause must; it can not tell a number from the beginning of another.
fn without_terminator(end: &InputEnd<'_>, shortest: Option<usize>, numbers: &[String]) -> Option<Problem> {
    if end.pause == 0 {
        let shortest = shortest.unwrap_or(1);
        let never = end.digits.is_none_or(|digits| shortest < digits);
        return never.then_some(Problem::GatherNeverEnds { digits: end.digits, shortest });
    }
    let mut in_use = NumbersInUse::default();
    let parsed: Vec<ExtensionNumber> =
        numbers.iter().filter_map(|number| ExtensionNumber::parse(number, &NumberRules::ANY).ok()).collect();
    parsed.iter().cloned().for_each(|number| in_use.add(number));
    parsed.iter().find_map(|number| match in_use.prefix_conflict(number.as_str(), None)? {
        PrefixConflict::BeginsWith(shorter) => {
            Some(Problem::GatherByPauseOnly { shorter: shorter.to_string(), longer: number.to_string() })
        }
        PrefixConflict::IsBeginningOf(longer) => {
            Some(Problem::GatherByPauseOnly { shorter: number.to_string(), longer: longer.to_string() })
        }
    })
}
