//! Conversations: enough for the client inside the Flex UI to start and find none.
//!
//! Knows nothing of Twilsock, which carries the requests. <https://www.twilio.com/docs/conversations>

use serde_json::{Value, json};

use crate::account::TokenInfo;
use crate::state::AppState;
use crate::sync::error::SyncError;
use crate::sync::items::{Condition, ItemWrite};
use crate::sync::records::{MapRecord, Namespace};
use crate::sync::ttl::Ttl;
use crate::sync::turn::Turn;

pub(super) fn empty_page() -> Value {
    json!({"page": 0, "page_size": 50, "next_token": null, "previous_token": null})
}

pub(super) fn service(app: &AppState) -> &str {
    &app.account.sids().flex_service_instance
}

/// Where the Conversations client finds things, and the Sync Maps that belong to the person.
///
/// At Twilio the Conversations service keeps these Maps; the client only ever opens existing ones.
pub(super) fn client_configuration(app: &AppState, info: &TokenInfo, host: &str) -> Result<Value, SyncError> {
    let user_info = format!("{}.info", info.identity);
    let conversations = format!("{}.conversations", info.identity);
    keep_user_info(app, info, &user_info)?;
    keep_map(&mut app.sync.turn(&app.store)?, &conversations)?;
    Ok(json!({
        "identity": info.identity,
        "links": links(&info.identity, &format!("https://{host}/Client/v2")),
        "options": options(),
        "sync_objects": {"my_user_info": user_info, "my_conversations": conversations},
    }))
}

/// What the Conversations client reads of the person. The Map is filled once and then kept.
fn keep_user_info(app: &AppState, info: &TokenInfo, unique_name: &str) -> Result<(), SyncError> {
    let mut turn = app.sync.turn(&app.store)?;
    let Some(map) = keep_map(&mut turn, unique_name)? else { return Ok(()) };
    for (key, value) in [("friendlyName", info.full_name.as_str()), ("attributes", "{}")] {
        let put = ItemWrite { data: Some(json!({ "value": value })), ttl: Ttl::Unchanged, by: "system" };
        turn.put_item(&map, key, &put, Condition::Always)?;
    }
    Ok(())
}

/// Creates a Map of the Conversations service and returns it, unless it exists.
fn keep_map(turn: &mut Turn<'_>, unique_name: &str) -> Result<Option<MapRecord>, SyncError> {
    let namespace = Namespace::of_grant("ip_messaging");
    match turn.fetch_map(&namespace, unique_name) {
        Err(missing) if missing.status == 404 => {
            turn.create_map(&namespace, Some(unique_name), Ttl::Unchanged, "system").map(Some)
        }
        found => found.map(|_| None),
    }
}

fn links(identity: &str, base: &str) -> Value {
    json!({
        "my_conversations": format!("{base}/Users/{identity}/Conversations"),
        "conversations": format!("{base}/Conversations"),
        "users": format!("{base}/Users"),
        "current_user": format!("{base}/Users/{identity}"),
        "typing": format!("{base}/Typing"),
        "messages_receipts": format!("{base}/Receipts"),
        "media_service": "https://mcs.us1.twilio.com/v1/Services",
        "media_set_service": "https://mcs.us1.twilio.com/v1/MediaSets",
    })
}

fn options() -> Value {
    json!({
        "reachability_enabled": false,
        "user_infos_to_subscribe": 100,
        "http_cache_interval": "PT1M",
        "consumption_report_interval": "PT5S",
        "media_attachments_count_limit": 10,
        "media_attachment_size_limit_in_mb": 16,
        "media_attachments_total_size_limit_in_mb": 150,
        "email_histories_allowed_mime_types": [],
        "email_bodies_allowed_mime_types": [],
    })
}

pub(super) fn chat_user(app: &AppState, service: &str, user: &str, body: &Value) -> Value {
    json!({
        "sid": app.account.sid_for("US", user),
        "account_sid": app.account.account_sid(),
        "chat_service_sid": service,
        "identity": user,
        "friendly_name": body.get("friendly_name").cloned().unwrap_or_else(|| json!(user)),
        "attributes": body.get("attributes").cloned().unwrap_or_else(|| json!("{}")),
        "is_online": true,
        "is_notifiable": false,
        "links": {},
    })
}
