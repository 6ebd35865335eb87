//! The search box and the filters above the table.
//!
//! Knows nothing of which rows match.

use leptos::prelude::*;

use super::Dispatch;
use super::reader::{Flag, Part, Reader, Text};
use crate::model::{Event, Roster, RosterEvent};
use crate::strings;

pub(super) fn toolbar(reader: Reader, dispatch: Dispatch) -> AnyView {
    let typed = move |text| dispatch.send(Event::Roster(RosterEvent::QueryTyped(text)));
    let only = move |only| dispatch.send(Event::Roster(RosterEvent::OnlyChangedSet(only)));
    let query: Text = Box::new(move || reader.asked(|roster| roster.filter.query.clone()));
    let only_changed: Flag = Box::new(move || reader.asked(|roster| roster.filter.only_changed));
    let on = Memo::new(move |_| reader.asked(|roster| roster.filter.is_on().then_some(0)));
    let show_all: Part = Box::new(move || on.get().map(|_| show_all(dispatch)));
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
            {updater(reader, dispatch)}
            {team(reader, dispatch)}
            {show_all}
        </div>
    }
    .into_any()
}

/// The way back to all rows.
pub(super) fn show_all(dispatch: Dispatch) -> AnyView {
    super::alerts::button(strings::SHOW_ALL, Event::Roster(RosterEvent::FilterCleared), dispatch)
}

fn updater(reader: Reader, dispatch: Dispatch) -> AnyView {
    let names = Memo::new(move |_| reader.draft(|draft| Roster::updaters(draft).into_iter().collect()));
    let choose = move |name| dispatch.send(Event::Roster(RosterEvent::UpdaterChosen(name)));
    choice(reader, [strings::UPDATED_BY, strings::ANYBODY], names, |roster| roster.filter.updater.as_ref(), choose)
}

/// Not there where no team is known.
fn team(reader: Reader, dispatch: Dispatch) -> Part {
    let names: Memo<Vec<String>> = Memo::new(move |_| {
        reader.follow_teams();
        reader.peek(|model| model.teams.names().into_iter().map(str::to_owned).collect())
    });
    let choose = move |name| dispatch.send(Event::Roster(RosterEvent::TeamChosen(name)));
    let any = Memo::new(move |_| names.with(|names| (!names.is_empty()).then_some(0)));
    let show = move || {
        choice(reader, [strings::TEAM, strings::ALL_TEAMS], names, |roster| roster.filter.team.as_ref(), choose)
    };
    Box::new(move || any.get().map(|_| show()))
}

/// A list to choose one name from, or none. The name that is chosen stays in it when no row has it any more.
fn choice(
    reader: Reader,
    [label, nothing]: [&'static str; 2],
    names: Memo<Vec<String>>,
    chosen: fn(&Roster) -> Option<&String>,
    choose: impl Fn(Option<String>) + Copy + 'static,
) -> AnyView {
    let options: Part = Box::new(move || {
        let now = reader.peek(|model| chosen(&model.roster).cloned());
        let mut names = names.get();
        names.extend(now.filter(|now| !names.contains(now)));
        let options: Vec<_> = names.into_iter().map(|name| option(reader, Some(name), nothing, chosen)).collect();
        Some(options.into_any())
    });
    view! {
        <label class="ade-filter">
            {label}
            <select
                class="ade-input ade-select"
                on:change=move |event| choose(Some(event_target_value(&event)).filter(|name| !name.is_empty()))
            >
                {option(reader, None, nothing, chosen)}
                {options}
            </select>
        </label>
    }
    .into_any()
}

fn option(reader: Reader, name: Option<String>, nothing: &str, chosen: fn(&Roster) -> Option<&String>) -> AnyView {
    let text = name.clone().unwrap_or_else(|| nothing.to_owned());
    let value = name.clone().unwrap_or_default();
    view! {
        <option value=value prop:selected=reader.is(chosen, name)>
            {text}
        </option>
    }
    .into_any()
}
