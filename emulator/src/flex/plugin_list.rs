//! `flex.twilio.com/plugins`: which plugins the Flex UI is to load, and the bundles that it loads.
//!
//! Public or private, a bundle on a deployed domain comes from this host, which signs for it as Twilio does.
//! At Twilio a cookie proves that somebody is signed in. Between two loopback origins a browser would not send one
//! along with a script, so the list, which only people who are signed in get, puts a ticket into each address.
//! Knows nothing of what a plugin does.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{OriginalUri, Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::configuration::PLUGIN_NAME;
use crate::plugin_service::{ReleasedPlugin, released, released_version};
use crate::resource::Reply;
use crate::rest::RestError;
use crate::serverless::{deployed_domain, signature};
use crate::state::AppState;

/// What stands in a path as it is: the rest of a package's name is encoded.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

pub(super) fn router() -> Router<Arc<AppState>> {
    Router::new().route("/flex/plugins", get(list)).route("/flex/plugins/v1/{name}/{version}/bundle.js", get(bundle))
}

/// The released plugins. Ours is there without a Release too, so that a new account shows it at once: then the page
/// that runs the Flex UI serves the file.
async fn list(State(app): State<Arc<AppState>>, headers: HeaderMap) -> Reply {
    let token = headers.get("x-flex-jwe").and_then(|value| value.to_str().ok()).unwrap_or_default();
    app.account.verify(token).map_err(|error| RestError::new(StatusCode::UNAUTHORIZED, 20101, error.to_string()))?;
    let released = released(&app.store)?;
    let mut list: Vec<_> = released.iter().map(|plugin| listed(&app, plugin)).collect();
    if released.iter().all(|plugin| plugin.name != PLUGIN_NAME) {
        let (version, src) = (env!("CARGO_PKG_VERSION"), format!("/plugins/{PLUGIN_NAME}.js"));
        list.push(json!({"name": PLUGIN_NAME, "version": version, "phase": 3, "src": src}));
    }
    Ok(Json(Value::Array(list)))
}

fn listed(app: &AppState, plugin: &ReleasedPlugin) -> Value {
    let ReleasedPlugin { name, version, phase, plugin_url } = plugin;
    let src = if on_a_deployed_domain(plugin_url) {
        let path = path(name, version);
        let ticket = serde_urlencoded::to_string([("ticket", ticket(app, &path))]).unwrap_or_default();
        format!("{}/flex{path}?{ticket}", app.base)
    } else {
        plugin_url.clone()
    };
    json!({"name": name, "version": version, "phase": phase, "src": src})
}

fn path(name: &str, version: &str) -> String {
    let encoded = |text| utf8_percent_encode(text, PATH);
    format!("/plugins/v1/{}/{}/bundle.js", encoded(name), encoded(version))
}

fn on_a_deployed_domain(url: &str) -> bool {
    let host = url.strip_prefix("https://").and_then(|rest| rest.split('/').next());
    host.is_some_and(|host| host.ends_with(".twil.io"))
}

/// Nobody without the auth token can make one.
fn ticket(app: &AppState, path: &str) -> String {
    signature::sign(app.account.auth_token(), &format!("https://flex.twilio.com{path}"))
}

#[derive(Deserialize)]
struct Proof {
    #[serde(default)]
    ticket: String,
}

async fn bundle(
    State(app): State<Arc<AppState>>,
    Path((name, version)): Path<(String, String)>,
    Query(Proof { ticket }): Query<Proof>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, RestError> {
    let real = format!("https://flex.twilio.com{}", path(&name, &version));
    if !signature::is_valid(app.account.auth_token(), &real, &ticket) {
        return Err(RestError::new(StatusCode::UNAUTHORIZED, 20101, "The address of this plugin is not valid"));
    }
    let plugin = released_version(&app.store, &name, &version)?.ok_or_else(|| RestError::not_found(uri.path()))?;
    Ok(deployed(app, &plugin.plugin_url).await)
}

/// The asset as its domain answers it to a request that Twilio signed.
async fn deployed(app: Arc<AppState>, url: &str) -> Response {
    let signature = signature::sign(app.account.auth_token(), url);
    let path = url.strip_prefix("https://").unwrap_or(url);
    let request = Request::get(format!("/twil.io/{path}")).header("x-twilio-signature", signature).body(Body::empty());
    let Ok(request) = request else { return RestError::not_found(path).into_response() };
    let domains: Router = Router::new().nest("/twil.io", deployed_domain::router()).with_state(app);
    domains.oneshot(request).await.into_response()
}
