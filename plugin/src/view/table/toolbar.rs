//! The search box and the filters above the table.

use leptos::prelude::*;

use super::filters::{team_filter, updater_filter};
use super::show_all_button::show_all_button;
use crate::model::{Event, RosterEvent};
use crate::strings;
use crate::view::derived::{Condition, Flag, Text};
use crate::view::dispatch::Dispatch;
use crate::view::model_reader::ModelReader;

pub(super) fn toolbar(reader: ModelReader, dispatch: Dispatch) -> AnyView {
    let typed = move |text| dispatch.send(Event::Roster(RosterEvent::QueryTyped(text)));
    let only = move |only| dispatch.send(Event::Roster(RosterEvent::OnlyChangedSet(only)));
    let query: Text = Box::new(move || reader.roster(|roster| roster.filter.query.clone()));
    let only_changed: Flag = Box::new(move || reader.roster(|roster| roster.filter.only_changed));
    let filtering = Condition::new(move || reader.roster(|roster| roster.filter.is_on()));
    view! {
        <div class="ade-toolbar" role="search" aria-label=strings::FILTERS>
            <input
                class="ade-input ade-search"
                type="search"
                autocomplete="off"
                spellcheck="false"
                aria-label=strings::FIND
                placeholder=strings::FIND
                prop:value=query
                on:input=move |event| typed(event_target_value(&event))
            />
            <label class="ade-filter">
                <input
                    type="checkbox"
                    class="ade-checkbox"
                    prop:checked=only_changed
                    on:change=move |event| only(event_target_checked(&event))
                />
                {strings::ONLY_CHANGED}
            </label>
            {updater_filter(reader, dispatch)}
            {team_filter(reader, dispatch)}
            {filtering.then(move || show_all_button(dispatch))}
        </div>
    }
    .into_any()
}
