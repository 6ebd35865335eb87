//! `POST /v4/Subscriptions`: a connection begins or ends listening to Maps.
//!
//! Knows nothing of how changes reach a connection afterwards. The control events are sent right after the answer, and
//! what was missed before them, so that the SDK sees everything in the order of event ids.

use axum::http::StatusCode;
use bytes::Bytes;
use serde_json::{Value, json};

use super::answer::{Answer, Caller};
use super::frame::encode;
use super::live_queries::Established;
use super::representation;
use crate::sid::random_sid;
use crate::store::Store;
use crate::sync::error::SyncError;
use crate::sync::turn::Turn;

/// The type of notifications that are strictly ordered: replayed events and what becomes of a subscription.
const ORDERED: &str = "twilio.sync.event";
/// The type of notifications of what happens to a Map just now.
pub(super) const LIVE_MAP: &str = "com.twilio.rtd.cds.map";

/// The objects in one request at most.
const LARGEST_BATCH: usize = 100;
/// After how many seconds the SDK has to subscribe anew.
const LIFETIME: u32 = 86_400;
/// After how many milliseconds without a control event the SDK asks again.
const DELIVERY: u32 = 5_000;

/// Answers a request to `establish` or to `cancel` subscriptions.
///
/// # Errors
///
/// [`SyncError`] 20001 when the request has no known action or too many objects.
pub(super) fn answer(turn: &mut Turn<'_>, store: &Store, caller: &Caller, body: &Value) -> Result<Answer, SyncError> {
    let requests = body["requests"].as_array().map(Vec::as_slice).unwrap_or_default();
    if requests.len() > LARGEST_BATCH {
        return Err(SyncError::invalid_parameter("Too many subscriptions in one request"));
    }
    let correlation_id = &body["correlation_id"];
    let mut frames = Vec::new();
    for request in requests {
        match body["action"].as_str() {
            Some("establish") => frames.extend(establish(turn, store, caller, request, correlation_id)?),
            Some("cancel") => frames.push(cancel(turn, caller, request, correlation_id)),
            _ => return Err(SyncError::invalid_parameter("Unknown action")),
        }
    }
    let accepted =
        json!({ "max_batch_size": LARGEST_BATCH, "ttl_in_s": LIFETIME, "estimated_delivery_in_ms": DELIVERY });
    Ok(Answer { frames, ..Answer::json(StatusCode::ACCEPTED, accepted) })
}

fn establish(
    turn: &mut Turn<'_>,
    store: &Store,
    caller: &Caller,
    request: &Value,
    correlation_id: &Value,
) -> Result<Vec<Bytes>, SyncError> {
    let object_sid = request["object_sid"].as_str().unwrap_or_default();
    let established = match request["object_type"].as_str() {
        Some("map") => turn.subscribe(caller.peer, &caller.namespace, object_sid, request["last_event_id"].as_u64()),
        Some("live_query") => {
            let Established { missed, last_event_id } = caller.live_queries.establish(store, request)?;
            let mut frames: Vec<Bytes> = missed.iter().map(ordered).collect();
            frames.push(established_at(request, correlation_id, last_event_id));
            return Ok(frames);
        }
        _ => Err(SyncError::unknown_path(object_sid)),
    };
    match established {
        Ok(established) => {
            let missed = established.missed.iter().map(|change| representation::event(change, Some(correlation_id)));
            let mut frames: Vec<Bytes> = missed.map(|payload| ordered(&payload)).collect();
            frames.push(established_at(request, correlation_id, established.last_event_id));
            Ok(frames)
        }
        Err(error) if error.status == 404 => {
            let refusal = json!({ "error": { "status": 404, "code": error.code, "message": error.message } });
            Ok(vec![control("subscription_failed", request, correlation_id, refusal)])
        }
        Err(error) => Err(error),
    }
}

fn established_at(request: &Value, correlation_id: &Value, last_event_id: u64) -> Bytes {
    let details = json!({ "replay_status": "completed", "last_event_id": last_event_id });
    control("subscription_established", request, correlation_id, details)
}

fn cancel(turn: &mut Turn<'_>, caller: &Caller, request: &Value, correlation_id: &Value) -> Bytes {
    let object_sid = request["object_sid"].as_str().unwrap_or_default();
    turn.unsubscribe(caller.peer, object_sid);
    caller.live_queries.cancel(object_sid);
    control("subscription_canceled", request, correlation_id, json!({}))
}

fn control(event_type: &str, request: &Value, correlation_id: &Value, mut event: Value) -> Bytes {
    event["object_sid"] = request["object_sid"].clone();
    event["object_type"] = request["object_type"].clone();
    let payload = json!({ "event_type": event_type, "correlation_id": correlation_id, "event": event });
    ordered(&payload)
}

/// A notification of an event whose order counts.
#[must_use]
pub(super) fn ordered(payload: &Value) -> Bytes {
    notification(ORDERED, payload)
}

/// A notification frame.
#[must_use]
pub(super) fn notification(message_type: &str, payload: &Value) -> Bytes {
    let id = random_sid("NO");
    encode(json!({ "method": "notification", "id": id, "message_type": message_type }), Some(payload))
}
