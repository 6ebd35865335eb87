//! Sends what a person does to the model, as events.

use std::rc::Rc;

use leptos::ev::MouseEvent;
use leptos::prelude::{LocalStorage, StoredValue, WithValue};

use super::focus::Opener;
use crate::model::Event;

/// Where components send events. Sending to a view that was taken down does nothing.
#[derive(Clone, Copy)]
pub(crate) struct Dispatch(StoredValue<Rc<dyn Fn(Event)>, LocalStorage>);

impl Dispatch {
    pub(crate) fn new(send: impl Fn(Event) + 'static) -> Self {
        Self(StoredValue::new_local(Rc::new(send)))
    }

    pub(super) fn send(self, event: Event) {
        // The function is cloned out first, because the event may take this very view down.
        if let Some(send) = self.0.try_with_value(Rc::clone) {
            send(event);
        }
    }

    /// What a button does that sends an event.
    pub(super) fn on_press(self, event: Event) -> impl Fn(MouseEvent) + Clone {
        move |_| self.send(event.clone())
    }

    /// What a button does that opens a panel or a dialog, to which the focus returns when that closes.
    pub(super) fn on_open(self, event: Event, opener: Opener) -> impl Fn(MouseEvent) + Clone {
        move |press| {
            opener.remember(&press);
            self.send(event.clone());
        }
    }
}
