//! The way back from a filter to all rows.

use leptos::prelude::AnyView;

use crate::model::{Event, RosterEvent};
use crate::strings;
use crate::view::dispatch::Dispatch;
use crate::view::widgets::link_button::link_button;

pub(super) fn show_all_button(dispatch: Dispatch) -> AnyView {
    link_button(strings::SHOW_ALL, Event::Roster(RosterEvent::FilterCleared), dispatch)
}
