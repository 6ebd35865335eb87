//! The whole view: lays the components out, and says which of them are there.

use leptos::prelude::*;

use super::reader::{Part, Reader};
use super::{Dispatch, alerts, bulk, focus::Opener, header, marks, panel, publishing, removal, roster, stages, undo};
use crate::signals::Signals;

const STYLE: &str = concat!(
    include_str!("style.css"),
    include_str!("style-removing.css"),
    include_str!("style-editing.css"),
    include_str!("style-find.css"),
    include_str!("style-publishing.css")
);

pub(crate) fn shell(signals: Signals, dispatch: Dispatch) -> impl IntoView {
    let reader = Reader::new(signals);
    let (add_button, undo_button) = (NodeRef::new(), NodeRef::new());
    let (publish_button, review_opener) = (NodeRef::new(), Opener::new());
    let (panel_opener, removal_opener, bulk_opener, undo_opener) =
        (Opener::new(), Opener::new(), Opener::new(), Opener::new());
    let panel_open = reader.number(|model| model.panel.as_ref().map(|panel| panel.opening));
    let removal_open = reader.number(|model| model.removal.as_ref().map(|_| 0));
    panel_opener.return_when_closed(panel_open, add_button);
    let bulk_open = reader.number(|model| model.bulk.as_ref().map(|_| 0));
    let undo_open = reader.number(|model| model.undo.as_ref().map(|undo| undo.serial as usize));
    removal_opener.return_or_else(removal_open, [undo_button, add_button]);
    bulk_opener.return_or_else(bulk_open, [undo_button, add_button]);
    undo_opener.return_when_closed(undo_open, add_button);
    let panel: Part = Box::new(move || panel_open.get().map(|_| panel::panel(reader, dispatch)));
    let removal: Part = Box::new(move || removal_open.get().map(|_| removal::removal(reader, dispatch)));
    let bulk: Part = Box::new(move || bulk_open.get().map(|_| bulk::bulk(reader, dispatch)));
    let undo: Part = Box::new(move || undo_open.get().map(|_| undo::undo(reader, undo_button, dispatch)));
    view! {
        <div class="ade-root">
            <style>{STYLE}</style>
            <div class="ade-top">
                {header::header(reader, (add_button, panel_opener), (publish_button, review_opener), dispatch)}
                {stages::stages(reader, dispatch)}
                {alerts::alerts(reader, dispatch)}
            </div>
            <div class="ade-body">
                {roster::roster(reader, [panel_opener, removal_opener, bulk_opener], dispatch)}
                {panel}
            </div>
            {publishing::dialogs(reader, review_opener, [publish_button, add_button], dispatch)}
            {removal} {bulk} {marks::said(reader)}
            <div class="ade-dock">{undo}</div>
        </div>
    }
}
