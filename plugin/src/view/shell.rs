//! The whole view: lays the components out, and says which of them are there.

use leptos::prelude::*;

use super::reader::{Part, Reader};
use super::{Dispatch, alerts, focus::Opener, header, panel, removal, roster, stages};
use crate::model::Model;

const STYLE: &str = include_str!("style.css");

pub(crate) fn shell(model: ArcRwSignal<Model>, dispatch: Dispatch) -> impl IntoView {
    let reader = Reader::new(model.into());
    let add_button = NodeRef::new();
    let (panel_opener, removal_opener) = (Opener::new(), Opener::new());
    let panel_open = reader.number(|model| model.panel.as_ref().map(|panel| panel.opening));
    let removal_open = reader.number(|model| model.removal.as_ref().map(|_| 0));
    panel_opener.return_when_closed(panel_open, add_button);
    removal_opener.return_when_closed(removal_open, add_button);
    let panel: Part = Box::new(move || panel_open.get().map(|_| panel::panel(reader, dispatch)));
    let removal: Part = Box::new(move || removal_open.get().map(|_| removal::removal(reader, dispatch)));
    view! {
        <div class="ade-root">
            <style>{STYLE}</style>
            <div class="ade-top">
                {header::header(reader, add_button, panel_opener, dispatch)}
                {stages::stages(reader, dispatch)}
                {alerts::alerts(reader, dispatch)}
            </div>
            <div class="ade-body">
                {roster::roster(reader, panel_opener, removal_opener, dispatch)}
                {panel}
            </div>
            {removal}
        </div>
    }
}
