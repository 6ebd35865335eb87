//! What Sync reports, taken in bunches: a thousand changes in a burst are worked through ten times a second, not a
//! thousand times, and a single change is shown at once.
//!
//! Keeps the order of events. Knows nothing of what they mean.

use std::cell::RefCell;

use gloo_timers::callback::Timeout;

use crate::model::Event;

/// How long events are gathered, in milliseconds.
const PAUSE: u32 = 100;

/// Events that wait for the end of the pause. Dropping it ends the pause and forgets them.
#[derive(Default)]
pub(crate) struct Burst {
    waiting: RefCell<Vec<Event>>,
    pause: RefCell<Option<Timeout>>,
}

impl Burst {
    /// Gives an event back where none came shortly before, and begins a pause; `ended` is called at its end.
    /// Otherwise the event waits.
    pub(crate) fn take(&self, event: Event, ended: impl FnOnce() + 'static) -> Option<Event> {
        if self.pause.borrow().is_some() {
            self.waiting.borrow_mut().push(event);
            return None;
        }
        self.begin_pause(ended);
        Some(event)
    }

    /// Everything that waits, for something that must not overtake it.
    pub(crate) fn waiting(&self) -> Vec<Event> {
        self.waiting.take()
    }

    /// The pause is over. Where events came meanwhile, there will be more: another pause begins.
    pub(crate) fn pause_ended(&self, ended: impl FnOnce() + 'static) -> Vec<Event> {
        let waiting = self.waiting.take();
        self.pause.replace(None);
        if !waiting.is_empty() {
            self.begin_pause(ended);
        }
        waiting
    }

    fn begin_pause(&self, ended: impl FnOnce() + 'static) {
        self.pause.replace(Some(Timeout::new(PAUSE, ended)));
    }
}
