//! The top of the view: what it is, whether it is published, and the two things to do.

use leptos::prelude::*;

use super::derived::Part;
use super::dispatch::Dispatch;
use super::focus::Focus;
use super::model_reader::ModelReader;
use crate::model::{Event, Model, PanelEvent, Reading, ReviewEvent};
use crate::strings;

pub(super) fn header(reader: ModelReader, focus: Focus, dispatch: Dispatch) -> AnyView {
    let changes = Memo::new(move |_| reader.differences().map(|differences| differences.count()));
    // What could not be loaded is no longer loading; the alert says why.
    let failed = reader.condition(|model| model.published.problem.is_some());
    let known = move || changes.get().is_some() || !failed.holds();
    let badge: Part = Box::new(move || known().then(|| badge(changes.get())));
    let publish_text = |model: &Model| {
        let text = if model.publish.is_running() { strings::PUBLISHING } else { strings::PUBLISH };
        text.to_owned()
    };
    view! {
        <div class="ade-header">
            <h1 class="ade-title">{strings::TITLE}</h1>
            {badge}
            <div class="ade-actions">
                <button
                    type="button"
                    class="ade-button ade-button-secondary"
                    node_ref=focus.add_button
                    disabled=reader.flag(|model| !matches!(model.draft.reading, Reading::Underway | Reading::Done))
                    on:click=dispatch.on_open(Event::Panel(PanelEvent::AddClicked), focus.panel)
                >
                    {strings::ADD}
                </button>
                <button
                    type="button"
                    class="ade-button ade-button-primary"
                    node_ref=focus.publish_button
                    aria-disabled=reader.text(|model| (!model.may_publish()).to_string())
                    on:click=dispatch.on_open(Event::Review(ReviewEvent::Opened), focus.review)
                >
                    {reader.text(publish_text)}
                </button>
            </div>
        </div>
    }
    .into_any()
}

fn badge(changes: Option<usize>) -> AnyView {
    let (class, text) = match changes {
        None => ("ade-badge", strings::LOADING.to_owned()),
        Some(0) => ("ade-badge ade-badge-success", strings::PUBLISHED.to_owned()),
        Some(changes) => ("ade-badge ade-badge-warning", strings::not_published(changes)),
    };
    view! {
        <span class=class role="status">
            {text}
        </span>
    }
    .into_any()
}
