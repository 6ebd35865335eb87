//! The filters that are chosen from a list of names: who changed a row last, and the agent's team.

use leptos::prelude::*;

use crate::model::{Event, Roster, RosterEvent};
use crate::strings;
use crate::view::derived::{Condition, Flag, Part};
use crate::view::dispatch::Dispatch;
use crate::view::model_reader::ModelReader;

/// A filter by one name.
#[derive(Clone, Copy)]
struct NameFilter {
    label: &'static str,
    /// What stands in the list for no filter.
    all: &'static str,
    names: Memo<Vec<String>>,
    chosen: fn(&Roster) -> Option<&String>,
    choose: fn(Option<String>) -> RosterEvent,
}

pub(super) fn updater_filter(reader: ModelReader, dispatch: Dispatch) -> AnyView {
    let filter = NameFilter {
        label: strings::UPDATED_BY,
        all: strings::ANYBODY,
        names: Memo::new(move |_| reader.draft(|draft| Roster::updaters(draft).into_iter().collect())),
        chosen: |roster| roster.filter.updater.as_ref(),
        choose: RosterEvent::UpdaterChosen,
    };
    name_filter(filter, reader, dispatch)
}

/// Not there where no team is known.
pub(super) fn team_filter(reader: ModelReader, dispatch: Dispatch) -> Part {
    let names: Memo<Vec<String>> = Memo::new(move |_| {
        reader.track_teams();
        reader.with_untracked(|model| model.teams.names().into_iter().map(str::to_owned).collect())
    });
    let filter = NameFilter {
        label: strings::TEAM,
        all: strings::ALL_TEAMS,
        names,
        chosen: |roster| roster.filter.team.as_ref(),
        choose: RosterEvent::TeamChosen,
    };
    let known = Condition::new(move || names.with(|names| !names.is_empty()));
    known.then(move || name_filter(filter, reader, dispatch))
}

/// The name that is chosen stays in the list when no row has it any more.
fn name_filter(filter: NameFilter, reader: ModelReader, dispatch: Dispatch) -> AnyView {
    let choose = move |name: String| {
        let name = Some(name).filter(|name| !name.is_empty());
        dispatch.send(Event::Roster((filter.choose)(name)));
    };
    let options: Part = Box::new(move || {
        let chosen = reader.with_untracked(|model| (filter.chosen)(&model.roster).cloned());
        let mut names = filter.names.get();
        names.extend(chosen.filter(|chosen| !names.contains(chosen)));
        let options: Vec<_> = names.into_iter().map(|name| option(Some(name), filter, reader)).collect();
        Some(options.into_any())
    });
    view! {
        <label class="ade-filter">
            {filter.label}
            <select class="ade-input ade-select" on:change=move |event| choose(event_target_value(&event))>
                {option(None, filter, reader)}
                {options}
            </select>
        </label>
    }
    .into_any()
}

/// One name, or none for no filter.
fn option(name: Option<String>, filter: NameFilter, reader: ModelReader) -> AnyView {
    let text = name.clone().unwrap_or_else(|| filter.all.to_owned());
    let value = name.clone().unwrap_or_default();
    let selected: Flag = Box::new(move || reader.roster(|roster| (filter.chosen)(roster) == name.as_ref()));
    view! {
        <option value=value prop:selected=selected>
            {text}
        </option>
    }
    .into_any()
}
