//! Somebody else changed or removed the row that is edited: theirs beside mine, and which of the two is kept.

use leptos::html;
use leptos::prelude::*;
use shared::AgentExtension;

use super::Dispatch;
use super::focus::focus_now;
use crate::model::{Event, Model, Panel, PanelEvent, Theirs};
use crate::strings;

pub(super) fn conflict(model: &Model, number: NodeRef<html::Input>, dispatch: Dispatch) -> Option<AnyView> {
    let panel = model.panel.as_ref()?;
    let theirs = panel.theirs(&model.draft)?;
    let choice = |name: &'static str, event: PanelEvent| {
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
    let view = view! {
        <div class="ade-alert ade-alert-warning">
            <div class="ade-alert-text" role="alert">
                <p>{strings::edit_conflict(&theirs)}</p>
                <p>{strings::keep_mine_hint(&theirs)}</p>
            </div>
            <div class="ade-versions">
                {version(strings::THEIRS, theirs_text(&theirs), choice(strings::KEEP_THEIRS, PanelEvent::TheirsClicked))}
                {version(strings::MINE, mine_text(panel), choice(strings::KEEP_MINE, PanelEvent::MineClicked))}
            </div>
        </div>
    };
    Some(view.into_any())
}

/// One of the two: whose it is, the number, the agent, and the button that keeps it.
fn version(whose: &'static str, [number, agent]: [String; 2], keep: AnyView) -> AnyView {
    view! {
        <section class="ade-version" aria-label=whose>
            <h3 class="ade-version-title">{whose}</h3>
            <p class="ade-number">{number}</p>
            <p>{agent}</p>
            {keep}
        </section>
    }
    .into_any()
}

fn theirs_text(theirs: &Theirs) -> [String; 2] {
    let text = |row: &AgentExtension| [row.extension_number.to_string(), row.worker_full_name.clone()];
    theirs.row().map_or_else(|| [strings::REMOVED_BY_OTHER.to_owned(), String::new()], text)
}

fn mine_text(panel: &Panel) -> [String; 2] {
    let agent = panel.agent.as_ref().map_or(strings::NOBODY_YET, |agent| agent.full_name.as_str());
    [panel.number.clone(), agent.to_owned()]
}
