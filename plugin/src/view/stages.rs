//! How far a publish got, ours or somebody else's: Uploading, Building, Deploying, Live, and for how long.

use std::cmp::Ordering;

use leptos::prelude::*;

use super::Dispatch;
use super::reader::{Part, Reader};
use crate::model::{Event, Model, Progress, PublishEvent, Stage};
use crate::strings;

const ORDER: [Stage; 4] = [Stage::Uploading, Stage::Building, Stage::Deploying, Stage::Live];

pub(super) fn stages(reader: Reader, dispatch: Dispatch) -> Part {
    let at = reader.number(|model| {
        let stage = model.progress()?.stage;
        ORDER.iter().position(|one| *one == stage)
    });
    Box::new(move || at.get().map(|at| progress(at, reader, dispatch)))
}

fn progress(at: usize, reader: Reader, dispatch: Dispatch) -> AnyView {
    let steps: Vec<_> = (0..ORDER.len()).map(|position| step(position, at)).collect();
    let live = at + 1 == ORDER.len();
    view! {
        <div class="ade-progress">
            <ol class="ade-stages" aria-label=strings::STAGES>
                {steps}
            </ol>
            <span class="ade-hidden" role="status">
                {strings::stage(&ORDER[at])}
            </span>
            <span class="ade-elapsed" role="timer">
                {reader.text(elapsed)}
            </span>
            <span>{reader.text(by)}</span>
            <button
                type="button"
                class="ade-button ade-button-link"
                hidden=!live
                on:click=dispatch.on_press(Event::Publish(PublishEvent::Dismissed))
            >
                {strings::DISMISS}
            </button>
        </div>
    }
    .into_any()
}

fn elapsed(model: &Model) -> String {
    model.progress().and_then(|progress| progress.seconds).map(strings::elapsed).unwrap_or_default()
}

fn by(model: &Model) -> String {
    let Some(Progress { stage, by: Some(by), .. }) = model.progress() else { return String::new() };
    if stage == Stage::Live { strings::has_published(&by) } else { strings::is_publishing(&by) }
}

fn step(position: usize, at: usize) -> AnyView {
    let live = at + 1 == ORDER.len();
    let class = match position.cmp(&at) {
        Ordering::Less => "ade-stage ade-stage-done",
        Ordering::Equal if live => "ade-stage ade-stage-done",
        Ordering::Equal => "ade-stage ade-stage-now",
        Ordering::Greater => "ade-stage",
    };
    view! {
        <li class=class aria-current=(position == at).then_some("step")>
            <span class="ade-stage-mark" aria-hidden="true"></span>
            {strings::stage(&ORDER[position])}
        </li>
    }
    .into_any()
}
