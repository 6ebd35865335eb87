//! Shorthand for telling stories: rows, answers, and a view that has everything loaded.

use serde_json::{Value, json};
use shared::wire::{ErrorBody, ErrorCode, ListReply};
use shared::{AgentExtension, NumberRules, Publishing, WorkerSid};

use crate::model::{
    Agent, ConnectionEvent, DraftEvent, Effect, Event, Item, Model, PanelEvent, Problem, PublishEvent, PublishedEvent,
    SocketState, Timer, Written, update,
};

pub(in crate::model) fn sid(n: u32) -> String {
    format!("WK{n:032x}")
}

/// Agent `n`'s row for a number.
pub(in crate::model) fn row(number: &str, n: u32) -> Value {
    json!({"workerFullName": format!("Agent {n}"), "extensionNumber": number, "workerSid": sid(n)})
}

pub(in crate::model) fn extension(number: &str, n: u32) -> AgentExtension {
    AgentExtension::parse(&row(number, n), &NumberRules::ANY).unwrap()
}

pub(in crate::model) fn item(number: &str, n: u32, event_id: u64) -> Item {
    Item { key: number.to_owned(), data: row(number, n), event_id, date_updated: None }
}

pub(in crate::model) fn agent(n: u32) -> Agent {
    Agent { worker_sid: WorkerSid::parse(&sid(n)).unwrap(), full_name: format!("Agent {n}") }
}

pub(in crate::model) fn reply(rows: &[Value]) -> ListReply {
    ListReply {
        data: rows.to_vec(),
        version: Some("ZN1".to_owned()),
        version_is_deployed: true,
        rejected: Vec::new(),
        unreadable: None,
        rules: NumberRules::default(),
        publishing: None,
    }
}

pub(in crate::model) fn refused(code: ErrorCode) -> Problem {
    Problem::Refused(ErrorBody { code, message: String::new(), detail: None })
}

pub(in crate::model) fn lost() -> Problem {
    Problem::Twilio { status: 0, code: 0, message: "disconnected".to_owned() }
}

pub(in crate::model) fn publishing(by: &str) -> Publishing {
    serde_json::from_value(json!({"startedBy": by, "startedAt": "2026-11-22T10:00:00Z"})).unwrap()
}

pub(in crate::model) fn stands(item: Item) -> Written {
    Written { item: Some(item), refused: None }
}

/// A view, and what it asked for last.
#[derive(Default)]
pub(in crate::model) struct World {
    pub(in crate::model) model: Model,
    pub(in crate::model) asked: Vec<Effect>,
}

impl World {
    /// Everything is loaded: agents 1 and 2 have 1111 and 2222, and that is published.
    pub(in crate::model) fn loaded() -> Self {
        let mut world = Self::default();
        world.tell(Event::Shown);
        world.listed(Ok(reply(&[row("1111", 1), row("2222", 2)])));
        world.draft(DraftEvent::PageRead(vec![item("1111", 1, 1), item("2222", 2, 2)]));
        world.draft(DraftEvent::AllRead);
        world.asked.clear();
        world
    }

    /// Everything is loaded, and then the connection is lost.
    pub(in crate::model) fn offline() -> Self {
        let mut world = Self::loaded();
        world.connection(SocketState::Connected);
        world.connection(SocketState::Connecting);
        world
    }

    pub(in crate::model) fn connection(&mut self, state: SocketState) {
        self.tell(Event::Connection(ConnectionEvent::StateChanged(state)));
    }

    pub(in crate::model) fn tell(&mut self, event: Event) {
        self.asked = update(&mut self.model, event);
        // The clock is told by whoever tells the story.
        self.asked.retain(|effect| *effect != Effect::ReadClock);
    }

    pub(in crate::model) fn draft(&mut self, event: DraftEvent) {
        self.tell(Event::Draft(event));
    }

    pub(in crate::model) fn panel(&mut self, event: PanelEvent) {
        self.tell(Event::Panel(event));
    }

    pub(in crate::model) fn publish(&mut self, event: PublishEvent) {
        self.tell(Event::Publish(event));
    }

    /// Answers the last question for what is published.
    pub(in crate::model) fn listed(&mut self, answer: Result<ListReply, Problem>) {
        let asked = self.asked.iter().find_map(|effect| match effect {
            Effect::List { request } => Some(*request),
            _ => None,
        });
        let request = asked.expect("the server was asked");
        self.tell(Event::Published(PublishedEvent::Listed { request, answer: answer.map(Box::new) }));
    }

    /// Opens the panel, fills it in and presses Save.
    pub(in crate::model) fn save(&mut self, open: PanelEvent, number: &str, n: u32) {
        self.panel(open);
        self.choose(n);
        self.panel(PanelEvent::NumberTyped(number.to_owned()));
        self.panel(PanelEvent::SaveClicked);
    }

    /// Looks for agent `n` and chooses from what is found.
    pub(in crate::model) fn choose(&mut self, n: u32) {
        self.panel(PanelEvent::AgentTyped("agent".to_owned()));
        let [Effect::Wait { timer: Timer::Search(request), .. }] = self.asked[..] else { panic!("no search") };
        self.panel(PanelEvent::Searched { request, answer: Ok(vec![agent(n)]) });
        self.panel(PanelEvent::ResultChosen(0));
    }

    /// The request of the write or removal that was asked for.
    pub(in crate::model) fn request(&self) -> u32 {
        match &self.asked[..] {
            [Effect::Write { request, .. }] => *request,
            other => panic!("no write was asked for: {other:?}"),
        }
    }

    pub(in crate::model) fn written(&mut self, answer: Result<Written, Problem>) {
        let request = self.request();
        self.tell(Event::Answered { request, answer });
    }

    pub(in crate::model) fn numbers(&self) -> Vec<&str> {
        self.model.draft.iter().map(|(_, extension)| extension.extension_number.as_str()).collect()
    }
}
