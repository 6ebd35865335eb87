//! How far a publish got, ours or somebody else's: Uploading, Building, Deploying, Live, and for how long.

use std::cmp::Ordering;

use leptos::prelude::*;

use crate::model::{Event, Model, Progress, PublishEvent, Stage};
use crate::strings;
use crate::view::derived::Part;
use crate::view::dispatch::Dispatch;
use crate::view::model_reader::ModelReader;

/// In the order in which a publish goes through them.
const STAGES: [Stage; 4] = [Stage::Uploading, Stage::Building, Stage::Deploying, Stage::Live];

pub(in crate::view) fn stages(reader: ModelReader, dispatch: Dispatch) -> Part {
    let reached = reader.number(|model| {
        let stage = model.progress()?.stage;
        STAGES.iter().position(|other| *other == stage)
    });
    Box::new(move || reached.get().map(|reached| progress(reached, reader, dispatch)))
}

fn progress(reached: usize, reader: ModelReader, dispatch: Dispatch) -> AnyView {
    let stages: Vec<_> = (0..STAGES.len()).map(|position| stage(position, reached)).collect();
    view! {
        <div class="ade-progress">
            <ol class="ade-stages" aria-label=strings::STAGES>
                {stages}
            </ol>
            <span class="ade-hidden" role="status">
                {strings::stage(&STAGES[reached])}
            </span>
            <span class="ade-elapsed" role="timer">
                {reader.text(elapsed)}
            </span>
            <span>{reader.text(by)}</span>
            <button
                type="button"
                class="ade-button ade-button-link"
                hidden=!is_live(reached)
                on:click=dispatch.on_press(Event::Publish(PublishEvent::Dismissed))
            >
                {strings::DISMISS}
            </button>
        </div>
    }
    .into_any()
}

fn is_live(reached: usize) -> bool {
    STAGES[reached] == Stage::Live
}

fn elapsed(model: &Model) -> String {
    model.progress().and_then(|progress| progress.seconds).map(strings::elapsed).unwrap_or_default()
}

fn by(model: &Model) -> String {
    let Some(Progress { stage, by: Some(by), .. }) = model.progress() else { return String::new() };
    if stage == Stage::Live { strings::has_published(&by) } else { strings::is_publishing(&by) }
}

fn stage(position: usize, reached: usize) -> AnyView {
    let class = match position.cmp(&reached) {
        Ordering::Less => "ade-stage ade-stage-done",
        Ordering::Equal if is_live(reached) => "ade-stage ade-stage-done",
        Ordering::Equal => "ade-stage ade-stage-now",
        Ordering::Greater => "ade-stage",
    };
    view! {
        <li class=class aria-current=(position == reached).then_some("step")>
            <span class="ade-stage-mark" aria-hidden="true"></span>
            {strings::stage(&STAGES[position])}
        </li>
    }
    .into_any()
}
