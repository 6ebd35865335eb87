//! Somebody else changed or removed the row that is edited: theirs beside mine, and which of the two is kept.

use leptos::html;
use leptos::prelude::*;

use crate::model::{Event, Panel, PanelEvent, Theirs};
use crate::strings;
use crate::view::derived::Part;
use crate::view::dispatch::Dispatch;
use crate::view::focus::focus_now;
use crate::view::model_reader::ModelReader;

/// One of the two versions.
struct Version {
    whose: &'static str,
    number: String,
    agent: String,
}

pub(super) fn edit_conflict(reader: ModelReader, number: NodeRef<html::Input>, dispatch: Dispatch) -> Part {
    reader.part(move |model| {
        let panel = model.panel.as_ref()?;
        Some(choice(panel, &panel.theirs(&model.draft)?, number, dispatch))
    })
}

fn choice(panel: &Panel, theirs: &Theirs, number: NodeRef<html::Input>, dispatch: Dispatch) -> AnyView {
    let keep = |name: &'static str, event: PanelEvent| {
        let choose = dispatch.on_press(Event::Panel(event));
        view! {
            <button
                type="button"
                class="ade-button ade-button-secondary ade-button-small"
                on:click=move |press| {
                    choose(press);
                    // The button goes with the question; what comes next is in the field.
                    focus_now(number);
                }
            >
                {name}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="ade-alert ade-alert-warning">
            <div class="ade-alert-text" role="alert">
                <p>{strings::edit_conflict(theirs)}</p>
                <p>{strings::keep_mine_hint(theirs)}</p>
            </div>
            <div class="ade-versions">
                {section(their_version(theirs), keep(strings::KEEP_THEIRS, PanelEvent::TheirsClicked))}
                {section(my_version(panel), keep(strings::KEEP_MINE, PanelEvent::MineClicked))}
            </div>
        </div>
    }
    .into_any()
}

/// A version with the button that keeps it.
fn section(version: Version, keep: AnyView) -> AnyView {
    view! {
        <section class="ade-version" aria-label=version.whose>
            <h3 class="ade-version-title">{version.whose}</h3>
            <p class="ade-number">{version.number}</p>
            <p>{version.agent}</p>
            {keep}
        </section>
    }
    .into_any()
}

fn their_version(theirs: &Theirs) -> Version {
    let (number, agent) = match theirs.row() {
        Some(row) => (row.extension_number.to_string(), row.worker_full_name.clone()),
        None => (strings::REMOVED_BY_OTHER.to_owned(), String::new()),
    };
    Version { whose: strings::THEIRS, number, agent }
}

fn my_version(panel: &Panel) -> Version {
    let agent = panel.agent.as_ref().map_or(strings::NOBODY_YET, |agent| agent.full_name.as_str());
    Version { whose: strings::MINE, number: panel.number.clone(), agent: agent.to_owned() }
}
