//! Removing an extension, after a question that names it.

use shared::AgentExtension;

use super::underway::Asker;
use crate::model::draft::{KeyedRow, NotWritten, Write};
use crate::model::{Effect, Model, Notification, Problem};

/// How far a removal got.
#[derive(Clone, Debug, PartialEq)]
pub enum RemovalState {
    /// The question is on the screen.
    Asking,
    /// Somebody else changed the row while the question was on the screen, so it is asked anew.
    ChangedMeanwhile,
    /// On its way.
    Removing,
    /// It was not removed.
    Failed(Problem),
}

/// An extension that is to be removed.
#[derive(Clone, Debug, PartialEq)]
pub struct Removal {
    /// The key of its Map Item.
    pub key: String,
    /// The extension that the question names.
    pub extension: AgentExtension,
    /// How far it got.
    pub state: RemovalState,
}

/// What happened to a removal.
#[derive(Clone, Debug)]
pub enum RemovalEvent {
    /// The button in the row under this key was pressed.
    Asked(String),
    /// The person said no.
    Canceled,
    /// The person said yes.
    Confirmed,
}

impl Model {
    pub(in crate::model) fn removal_event(&mut self, event: RemovalEvent) -> Vec<Effect> {
        match event {
            RemovalEvent::Asked(key) => self.ask_removal(key),
            RemovalEvent::Canceled => {
                if self.removal.as_ref().is_some_and(|removal| removal.state != RemovalState::Removing) {
                    self.removal = None;
                }
                Vec::new()
            }
            RemovalEvent::Confirmed => self.confirm_removal(),
        }
    }

    fn ask_removal(&mut self, key: String) -> Vec<Effect> {
        if let Some(extension) = self.draft.get(&key).cloned() {
            self.removal = Some(Removal { key, extension, state: RemovalState::Asking });
        }
        Vec::new()
    }

    fn confirm_removal(&mut self) -> Vec<Effect> {
        let Some(removal) = &mut self.removal else { return Vec::new() };
        match self.draft.get(&removal.key) {
            _ if removal.state == RemovalState::Removing => Vec::new(),
            Some(theirs) if *theirs != removal.extension => {
                removal.extension = theirs.clone();
                removal.state = RemovalState::ChangedMeanwhile;
                Vec::new()
            }
            _ if self.connection.is_lost() => {
                let row = KeyedRow { key: removal.key.clone(), row: removal.extension.clone() };
                self.removal = None;
                self.queue_removals(vec![row])
            }
            // Gone already is asked for all the same: the answer is then a success.
            _ => {
                removal.state = RemovalState::Removing;
                let key = removal.key.clone();
                let request = self.next_request();
                vec![self.send(Asker::Removal, request, key, Write::Remove)]
            }
        }
    }

    /// The answer to the removal.
    pub(in crate::model) fn removal_answered(&mut self, key: &str, outcome: Result<(), NotWritten>) -> Vec<Effect> {
        let is_asked = |removal: &&mut Removal| removal.state == RemovalState::Removing && removal.key == key;
        let Some(removal) = self.removal.as_mut().filter(is_asked) else { return Vec::new() };
        match outcome {
            Err(NotWritten::Problem(problem)) => {
                removal.state = RemovalState::Failed(problem);
                let later = self.queue_failed_removal();
                if later.is_empty() { vec![Effect::Notify(Notification::SaveFailed)] } else { later }
            }
            // A removal has no guard that could refuse it.
            Ok(()) | Err(NotWritten::Refused(_)) => {
                let removed = KeyedRow { key: removal.key.clone(), row: removal.extension.clone() };
                self.removal = None;
                self.offer_undo(vec![removed])
            }
        }
    }

    /// Where the connection is why it failed, it waits for the connection.
    pub(in crate::model) fn queue_failed_removal(&mut self) -> Vec<Effect> {
        let offline = self.connection.is_lost();
        let lost = |removal: &mut Removal| matches!(&removal.state, RemovalState::Failed(why) if why.is_passing());
        match self.removal.take_if(|removal| offline && lost(removal)) {
            Some(Removal { key, extension, .. }) => self.queue_removals(vec![KeyedRow { key, row: extension }]),
            None => Vec::new(),
        }
    }
}
