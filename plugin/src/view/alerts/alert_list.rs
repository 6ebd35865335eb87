//! All alerts, in their order.

use leptos::prelude::*;

use super::{loading, publishing};
use crate::model::Model;
use crate::strings;
use crate::view::dispatch::Dispatch;
use crate::view::model_reader::ModelReader;
use crate::view::widgets::alert::{Alert, alert, plain_alert};
use crate::view::writes;

pub(in crate::view) fn alerts(reader: ModelReader, dispatch: Dispatch) -> AnyView {
    let part = move |read: fn(&Model) -> Option<Alert>| {
        reader.part(move |model| read(model).map(|found| alert(found, dispatch)))
    };
    view! {
        <div class="ade-alerts">
            {part(publishing::conflict)} {part(publishing::publish_failed)} {part(publishing::overtaken)}
            {part(loading::list_failed)} {part(loading::asset_unreadable)} {part(loading::draft_failed)}
            {writes::outbox(reader, dispatch)} {writes::renumbering(reader, dispatch)}
            {reader.part(|model| loading::left_out(model).map(|text| plain_alert(text, "note")))}
            <div role="status">
                {reader
                    .part(|model| strings::connection_status(model.connection.status).map(|text| plain_alert(text.to_owned(), "none")))}
            </div>
        </div>
    }
    .into_any()
}
