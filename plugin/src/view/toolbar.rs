//! The search box and the filters above the table.
//!
//! Knows nothing of which rows match.

use leptos::prelude::*;

use super::Dispatch;
use super::reader::{Part, Reader};
use crate::model::{Event, Model, Roster, RosterEvent};
use crate::strings;

pub(super) fn toolbar(reader: Reader, dispatch: Dispatch) -> AnyView {
    let typed = move |text| dispatch.send(Event::Roster(RosterEvent::QueryTyped(text)));
    let only = move |only| dispatch.send(Event::Roster(RosterEvent::OnlyChangedSet(only)));
    let show_all = reader.part(move |model| model.roster.filter.is_on().then(|| show_all(dispatch)));
    view! {
        <div class="ade-toolbar" role="search" aria-label=strings::FILTERS>
            <input
                class="ade-input ade-search"
                type="search"
                autocomplete="off"
                spellcheck="false"
                aria-label=strings::FIND
                placeholder=strings::FIND
                prop:value=reader.text(|model| model.roster.filter.query.clone())
                on:input=move |event| typed(event_target_value(&event))
            />
            <label class="ade-filter">
                <input
                    type="checkbox"
                    class="ade-checkbox"
                    prop:checked=reader.flag(|model| model.roster.filter.only_changed)
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
    let chosen = |model: &Model| model.roster.filter.updater.clone();
    let choose = move |name| dispatch.send(Event::Roster(RosterEvent::UpdaterChosen(name)));
    choice(reader, [strings::UPDATED_BY, strings::ANYBODY], names, chosen, choose)
}

/// Not there where no team is known.
fn team(reader: Reader, dispatch: Dispatch) -> Part {
    let names: Memo<Vec<String>> = Memo::new(move |_| {
        reader.follow_teams();
        reader.peek(|model| model.teams.names().into_iter().map(str::to_owned).collect())
    });
    let chosen = |model: &Model| model.roster.filter.team.clone();
    let choose = move |name| dispatch.send(Event::Roster(RosterEvent::TeamChosen(name)));
    let any = move || names.with(|names| !names.is_empty());
    Box::new(move || any().then(|| choice(reader, [strings::TEAM, strings::ALL_TEAMS], names, chosen, choose)))
}

/// A list to choose one name from, or none. The name that is chosen stays in it when no row has it any more.
fn choice(
    reader: Reader,
    [label, nothing]: [&'static str; 2],
    names: Memo<Vec<String>>,
    chosen: fn(&Model) -> Option<String>,
    choose: impl Fn(Option<String>) + Copy + 'static,
) -> AnyView {
    let options: Part = Box::new(move || {
        let now = reader.peek(chosen);
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

fn option(reader: Reader, name: Option<String>, nothing: &str, chosen: fn(&Model) -> Option<String>) -> AnyView {
    let text = name.clone().unwrap_or_else(|| nothing.to_owned());
    let value = name.clone().unwrap_or_default();
    view! {
        <option value=value prop:selected=reader.is(chosen, name)>
            {text}
        </option>
    }
    .into_any()
}
