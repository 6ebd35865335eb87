//! The whole screen: where each component stands.

use leptos::prelude::*;

use super::dispatch::Dispatch;
use super::focus::Focus;
use super::model_reader::ModelReader;
use super::{alerts, editing, header, publishing, table, writes};
use crate::signals::Signals;

const STYLE: &str = concat!(
    include_str!("style.css"),
    include_str!("writes/style.css"),
    include_str!("editing/style.css"),
    include_str!("table/style.css"),
    include_str!("publishing/style.css")
);

pub(crate) fn shell(signals: Signals, dispatch: Dispatch) -> impl IntoView {
    let reader = ModelReader::new(signals);
    let focus = Focus::new();
    view! {
        <div class="ade-root">
            <style>{STYLE}</style>
            <div class="ade-top">
                {header::header(reader, focus, dispatch)}
                {publishing::stages(reader, dispatch)}
                {alerts::alerts(reader, dispatch)}
            </div>
            <div class="ade-body">
                {table::roster(reader, focus, dispatch)}
                {editing::panel(reader, focus, dispatch)}
            </div>
            {publishing::review(reader, focus, dispatch)}
            {publishing::discard(reader, focus, dispatch)}
            {writes::removal(reader, focus, dispatch)}
            {writes::bulk_removal(reader, focus, dispatch)}
            {table::announcement(reader)}
            <div class="ade-dock">{writes::undo(reader, focus, dispatch)}</div>
        </div>
    }
}
