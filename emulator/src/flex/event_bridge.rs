//! `event-bridge.twilio.com`: how the Flex UI reads and changes the Worker of the person who is signed in.
//!
//! Knows nothing of Tasks: no caller reaches this account, so there are never any reservations.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::account::{CREATED_AT, TokenInfo};
use crate::records::find;
use crate::resource::Reply;
use crate::rest::RestError;
use crate::state::AppState;
use crate::taskrouter::{activities, set_activity};

/// How often a client hears from us.
const HEARTBEAT: Duration = Duration::from_secs(10);

pub(super) fn router() -> Router<Arc<AppState>> {
    Router::new().route("/event-bridge/v1/wschannels", get(connect).post(request))
}

/// A request to TaskRouter, wrapped.
#[derive(Deserialize)]
struct Wrapped {
    url: String,
    method: String,
    #[serde(default)]
    params: Value,
    token: String,
}

#[derive(Deserialize)]
struct Connect {
    #[serde(default)]
    token: String,
}

fn signed_in(app: &AppState, token: &str) -> Result<TokenInfo, RestError> {
    app.account.verify(token).map_err(|error| RestError::new(StatusCode::UNAUTHORIZED, 20101, error.to_string()))
}

/// The TaskRouter SDK sends JSON under the content type of a form, so the type is not looked at.
async fn request(State(app): State<Arc<AppState>>, body: Bytes) -> Reply {
    let wrapped: Wrapped =
        serde_json::from_slice(&body).map_err(|error| RestError::bad_parameter(error.to_string()))?;
    let info = signed_in(&app, &wrapped.token)?;
    Ok(Json(json!({"payload": answer(&app, &info, &wrapped)?})))
}

fn answer(app: &AppState, info: &TokenInfo, wrapped: &Wrapped) -> Result<Value, RestError> {
    let unknown = || RestError::not_found(&wrapped.url);
    let path: Vec<_> = wrapped.url.trim_matches('/').split('/').collect();
    let ["Workspaces", workspace, rest @ ..] = path.as_slice() else { return Err(unknown()) };
    if *workspace != app.account.sids().workspace {
        return Err(unknown());
    }
    match rest {
        ["Activities"] | ["Workers", _, "Activities"] => Ok(activity_list(app)),
        ["Workers", sid] => worker(app, info, sid, wrapped),
        ["Workers", _, "WorkerChannels" | "Channels" | "Reservations"] => Ok(list(&[])),
        _ => Err(unknown()),
    }
}

fn worker(app: &AppState, info: &TokenInfo, sid: &str, wrapped: &Wrapped) -> Result<Value, RestError> {
    let supervises = info.roles.iter().any(|role| role == "supervisor" || role == "admin");
    if sid != info.worker_sid && !supervises {
        return Err(RestError::new(StatusCode::FORBIDDEN, 20403, "The token is another Worker's"));
    }
    let activity_sid = wrapped.params.get("ActivitySid").and_then(Value::as_str);
    let worker = match activity_sid.filter(|_| wrapped.method.eq_ignore_ascii_case("POST")) {
        Some(activity_sid) => set_activity(app, sid, activity_sid)?,
        None => find(&app.store, sid)?,
    };
    worker.map(|worker| worker.for_flex(&app.account)).ok_or_else(|| RestError::not_found(&wrapped.url))
}

fn activity_list(app: &AppState) -> Value {
    let seconds = CREATED_AT.div_euclid(1_000_000);
    let contents: Vec<_> = activities(&app.account)
        .into_iter()
        .map(|activity| {
            json!({
                "sid": activity.sid,
                "account_sid": app.account.account_sid(),
                "workspace_sid": app.account.sids().workspace,
                "friendly_name": activity.friendly_name,
                "available": activity.available,
                "date_created": seconds,
                "date_updated": seconds,
            })
        })
        .collect();
    list(&contents)
}

fn list(contents: &[Value]) -> Value {
    json!({"total": contents.len(), "contents": contents, "after_sid": null})
}

async fn connect(
    State(app): State<Arc<AppState>>,
    Query(query): Query<Connect>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, RestError> {
    let info = signed_in(&app, &query.token)?;
    Ok(upgrade.on_upgrade(move |socket| serve(app, info, socket)))
}

/// Greets the client and passes on what happens to its Worker, until it leaves or its token expires.
///
/// The client takes 30 seconds of silence for a lost connection, so it gets a blank now and then.
async fn serve(app: Arc<AppState>, info: TokenInfo, mut socket: WebSocket) {
    let mut events = app.worker_events.listen();
    let mut next_heartbeat = app.clock.now();
    let mut next = Some(greeting(&app, &info).to_string());
    loop {
        if let Some(text) = next.take()
            && socket.send(Message::text(text)).await.is_err()
        {
            return;
        }
        tokio::select! {
            message = socket.recv() => match message {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => {}
            },
            event = events.recv() => {
                let own = event.ok().filter(|event| event.worker_sid == info.worker_sid);
                next = own.map(|event| event.message.to_string());
            }
            () = app.clock.sleep_until(next_heartbeat) => {
                next = Some(" ".to_owned());
                next_heartbeat += HEARTBEAT;
            }
            () = app.clock.sleep_until(info.expires_at) => return,
        }
    }
}

fn greeting(app: &AppState, info: &TokenInfo) -> Value {
    let now = app.clock.now();
    let left = Duration::try_from(info.expires_at.duration_since(now)).unwrap_or_default();
    json!({
        "event_type": "init",
        "payload": {
            "channel_id": info.worker_sid,
            "account_sid": app.account.account_sid(),
            "workspace_sid": app.account.sids().workspace,
            "token_lifetime": u64::try_from(left.as_millis()).unwrap_or(u64::MAX),
            "connected_at": now.to_string(),
        },
    })
}
