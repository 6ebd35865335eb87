//! Executes a Flow definition for one call, widget by widget, by Studio's rules.
//!
//! Knows nothing of what the Flow is for. What Studio would do with a widget that is not here, nobody asked yet.

use std::collections::BTreeMap;

use call_flow::definition::{Condition, Flow, Widget};
use call_flow::liquid::render;
use serde_json::{Map, Value, json};

use super::caller::{CallerAction, heard};
use super::request::LookupClient;

/// The most characters of attributes that Send to Flex takes.
const MOST_CHARACTERS: usize = 1024;
/// Studio ends an execution that runs a widget this often.
const TOO_OFTEN: usize = 10;

/// How a call ended in Studio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// It is a Task now, with these attributes, in this Workflow.
    Enqueued { workflow: String, attributes: Value },
    /// Nobody has the call: it ended at this widget.
    Dropped { at: String },
}

/// A call in Studio.
pub(crate) struct Execution<'c> {
    flow: &'c Flow,
    client: &'c LookupClient,
    /// What the caller does at each question; nothing when this is used up.
    actions: std::slice::Iter<'c, CallerAction>,
    /// How many times TaskRouter does not take the call.
    refusals: usize,
    values: Map<String, Value>,
    runs: BTreeMap<&'c str, usize>,
    /// What the caller heard.
    pub(crate) heard: Vec<String>,
}

impl<'c> Execution<'c> {
    pub(crate) fn new(flow: &'c Flow, client: &'c LookupClient, actions: &'c [CallerAction], refusals: usize) -> Self {
        let call = json!({"From": "+14155550100", "To": "+14155550199", "CallSid": "CA1"});
        let values = json!({"trigger": {"call": call}, "flow": {"variables": {}}, "widgets": {}});
        let Value::Object(values) = values else { unreachable!("it was just made") };
        Self { flow, client, actions: actions.iter(), refusals, values, runs: BTreeMap::new(), heard: Vec::new() }
    }

    /// Runs to the end.
    pub(crate) async fn run(&mut self) -> End {
        let mut widget = self.flow.widget(&self.flow.initial_state).unwrap();
        loop {
            let runs = self.runs.entry(&widget.name).or_default();
            *runs += 1;
            if *runs >= TOO_OFTEN {
                return End::Dropped { at: widget.name.clone() };
            }
            let event = match self.perform(widget).await {
                Ok(event) => event,
                Err(end) => return end,
            };
            let next = if event.is_empty() { self.split(widget) } else { widget.next(event) };
            match next {
                Some(next) => widget = self.flow.widget(next).unwrap(),
                None => return End::Dropped { at: widget.name.clone() },
            }
        }
    }

    /// What a widget does; answers its event, or how the call ends with it. A split answers no event.
    async fn perform(&mut self, widget: &'c Widget) -> Result<&'static str, End> {
        Ok(match widget.kind.as_str() {
            "trigger" => "incomingCall",
            "say-play" => {
                self.say(widget);
                "audioComplete"
            }
            "gather-input-on-call" => self.gather(widget),
            "set-variables" => {
                self.set_variables(widget);
                "next"
            }
            "run-function" => self.ask(widget, "fail").await,
            "make-http-request" => self.ask(widget, "failed").await,
            "split-based-on" => "",
            "send-to-flex" => return self.send_to_flex(widget),
            other => panic!("the simulator does not know the widget {other}"),
        })
    }

    fn rendered(&self, template: &str) -> String {
        render(template, &self.values).unwrap()
    }

    fn say(&mut self, widget: &Widget) {
        let sentence = self.rendered(widget.text("say").unwrap());
        self.heard.push(sentence);
    }

    fn gather(&mut self, widget: &Widget) -> &'static str {
        self.say(widget);
        let (event, digits) = heard(widget, self.actions.next().unwrap_or(&CallerAction::Waits));
        if let Some(digits) = digits {
            self.values["widgets"][&widget.name] = json!({"Digits": digits});
        }
        event
    }

    /// A value that is a number in writing becomes one.
    fn set_variables(&mut self, widget: &Widget) {
        for (key, value) in widget.pairs("variables") {
            let text = self.rendered(value);
            let number = text.trim().parse::<i64>().ok();
            self.values["flow"]["variables"][key] = number.map_or_else(|| json!(text), |number| json!(number));
        }
    }

    /// The keys of the reply are merged into those of the last one; another reply leaves the last one as it is.
    async fn ask(&mut self, widget: &Widget, failing: &'static str) -> &'static str {
        let form = widget.pairs("parameters").into_iter();
        let form = form.map(|(key, value)| (key.to_owned(), self.rendered(value))).collect();
        let url = self.rendered(widget.text("url").unwrap());
        let Some(answer) = self.client.post(&url, &form).await else { return failing };
        let kept = &mut self.values["widgets"][&widget.name];
        kept["body"] = json!(answer.body);
        for (key, value) in answer.parsed.into_iter().flatten() {
            kept["parsed"][key] = value;
        }
        "success"
    }

    fn split<'w>(&self, widget: &'w Widget) -> Option<&'w str> {
        let matching = widget.transitions.iter().find(|transition| {
            transition.event == "match" && transition.conditions.iter().all(|condition| self.holds(condition))
        });
        matching.map_or_else(|| widget.next("noMatch"), |transition| transition.next.as_deref())
    }

    fn holds(&self, condition: &Condition) -> bool {
        let value = self.rendered(&condition.arguments[0]);
        match condition.kind.as_str() {
            "equal_to" => value.trim().eq_ignore_ascii_case(condition.value.trim()),
            "is_blank" => value.trim().is_empty(),
            other => panic!("the simulator does not know the condition {other}"),
        }
    }

    fn send_to_flex(&mut self, widget: &Widget) -> Result<&'static str, End> {
        let text = self.rendered(widget.text("attributes").unwrap());
        let attributes = serde_json::from_str::<Map<String, Value>>(&text);
        match attributes {
            Ok(attributes) if self.refusals == 0 && text.chars().count() <= MOST_CHARACTERS => {
                let workflow = widget.text("workflow").unwrap().to_owned();
                Err(End::Enqueued { workflow, attributes: Value::Object(attributes) })
            }
            _ => {
                self.refusals = self.refusals.saturating_sub(1);
                Ok("failedToEnqueue")
            }
        }
    }
}
