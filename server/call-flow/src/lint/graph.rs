//! Which widgets lead to which, from the incoming call on.
//!
//! Does not know the rules that are checked with it.

use std::collections::{BTreeMap, BTreeSet};

use crate::definition::{Flow, Transition, Widget};

/// The widgets of a Flow that a call can reach.
pub(super) struct Graph<'f> {
    widgets: BTreeMap<&'f str, &'f Widget>,
    /// In the order of the definition.
    reachable: Vec<&'f Widget>,
}

/// The trigger's event for a call.
const CALL: &str = "incomingCall";

impl<'f> Graph<'f> {
    pub(super) fn new(flow: &'f Flow) -> Self {
        let mut widgets = BTreeMap::new();
        for widget in &flow.states {
            widgets.entry(widget.name.as_str()).or_insert(widget);
        }
        let mut graph = Self { widgets, reachable: Vec::new() };
        let start = graph.widgets.get(flow.initial_state.as_str()).copied();
        let reached: BTreeSet<&str> = start.map(|start| graph.reached_from(start, &|_, _| true)).unwrap_or_default();
        let is_start = |widget: &Widget| widget.name == flow.initial_state;
        graph.reachable =
            flow.states.iter().filter(|widget| is_start(widget) || reached.contains(widget.name.as_str())).collect();
        graph
    }

    pub(super) fn widget(&self, name: &str) -> Option<&'f Widget> {
        self.widgets.get(name).copied()
    }

    /// The widgets that a call can reach.
    pub(super) fn reachable(&self) -> impl Iterator<Item = &'f Widget> + '_ {
        self.reachable.iter().copied()
    }

    /// The names of the widgets that a call can reach before it is handed over for the first time, and of those that hand
    /// it over.
    pub(super) fn before_handover(&self) -> BTreeSet<&'f str> {
        let Some(start) = self.reachable.iter().find(|widget| widget.kind == "trigger") else {
            return self.reachable.iter().map(|widget| widget.name.as_str()).collect();
        };
        self.reached_from(start, &|widget, _| !hands_over(widget))
    }

    /// The names of the widgets that a call can reach from `start` by the transitions that `follow` allows. `start` itself is among them only if there is a way back.
    pub(super) fn reached_from(
        &self,
        start: &'f Widget,
        follow: &dyn Fn(&Widget, &Transition) -> bool,
    ) -> BTreeSet<&'f str> {
        self.reached_by(
            start.transitions.iter().filter(|transition| leads(start, transition) && follow(start, transition)),
            follow,
        )
    }

    /// The names of the widgets that a call can reach by these transitions and those that `follow` allows after them.
    pub(super) fn reached_by<'t>(
        &self,
        transitions: impl Iterator<Item = &'t Transition>,
        follow: &dyn Fn(&Widget, &Transition) -> bool,
    ) -> BTreeSet<&'f str> {
        let next = |transition: &Transition| self.widgets.get(transition.next.as_deref()?).copied();
        let mut found = BTreeSet::new();
        let mut waiting: Vec<&'f Widget> = transitions.filter_map(next).collect();
        while let Some(widget) = waiting.pop() {
            if found.insert(widget.name.as_str()) {
                let onward = widget.transitions.iter().filter(|transition| leads(widget, transition));
                waiting.extend(onward.filter(|transition| follow(widget, transition)).filter_map(next));
            }
        }
        found
    }
}

/// Whether a call can take a transition. The trigger's other events are messages, which have no caller who waits.
fn leads(widget: &Widget, transition: &Transition) -> bool {
    widget.kind != "trigger" || transition.event == CALL
}

/// Whether a widget gives the call to somebody, or takes a message from the caller.
pub(super) fn hands_over(widget: &Widget) -> bool {
    const KINDS: [&str; 6] =
        ["send-to-flex", "connect-call-to", "enqueue-call", "add-twiml-redirect", "record-voicemail", "run-subflow"];
    KINDS.contains(&widget.kind.as_str())
}

/// Whether a widget runs a Function or sends a request to a server, as a lookup does.
pub(super) fn makes_request(widget: &Widget) -> bool {
    ["run-function", "make-http-request"].contains(&widget.kind.as_str())
}
