//! The deployed domain: the Assets of the deployed Build, by their visibility.
//!
//! Knows nothing of the REST API. <https://www.twilio.com/docs/serverless/functions-assets/visibility>

use std::sync::Arc;

use axum::Router;
use axum::extract::{OriginalUri, Path, State};
use axum::http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::build::deployed_build;
use super::records::{Build, Environment, Kind, Version};
use super::signature;
use super::version_content::content;
use super::visibility::Visibility;
use crate::records::newest_first;
use crate::rest::RestError;
use crate::state::AppState;

/// `{domain}/{path}`
pub fn router() -> Router<Arc<AppState>> {
    Router::new().route("/{domain}/{*path}", get(serve).post(serve))
}

/// The address that the client means, which is what a signature is over.
fn real_url(uri: &Uri, domain: &str) -> String {
    let sent = uri.path_and_query().map_or("", |path| path.as_str());
    let path = sent.strip_prefix("/twil.io/").and_then(|rest| rest.strip_prefix(domain)).unwrap_or(sent);
    format!("https://{domain}{path}")
}

fn version<'a>(build: &'a Build, path: &str) -> Option<&'a Version> {
    build.asset_versions.iter().chain(&build.function_versions).find(|version| version.path == path)
}

async fn serve(
    State(app): State<Arc<AppState>>,
    Path((domain, path)): Path<(String, String)>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<Response, RestError> {
    let path = format!("/{path}");
    let environment = newest_first::<Environment>(&app.store, |one| one.domain_name == domain)?.pop();
    let build = environment.map(|environment| deployed_build(&app.store, &environment)).transpose()?.flatten();
    let Some(version) = build.as_ref().and_then(|build| version(build, &path)) else {
        return Err(RestError::not_found(&path));
    };
    let signature = headers.get("x-twilio-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    match version.visibility {
        Visibility::Private => return Err(RestError::not_found(&path)),
        Visibility::Protected
            if !signature::is_valid(app.account.auth_token(), &real_url(&uri, &domain), signature) =>
        {
            let message = "Unauthorized - you are not authenticated to perform this request";
            return Ok((StatusCode::FORBIDDEN, message).into_response());
        }
        Visibility::Protected | Visibility::Public => {}
    }
    if version.kind == Kind::Function {
        return Err(RestError::new(StatusCode::NOT_IMPLEMENTED, 20501, "Functions are not run here"));
    }
    file(&app, version, &headers)
}

/// A Version never changes, so its SID is its entity tag (RFC 9110, 8.8.3).
fn file(app: &AppState, version: &Version, headers: &HeaderMap) -> Result<Response, RestError> {
    let tag = format!("\"{}\"", version.sid);
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response());
    }
    let content = content(&app.store, &version.sid)?;
    Ok(([(ETAG, tag), (CONTENT_TYPE, version.content_type.clone())], content).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signed_url_is_the_real_one_with_its_query_as_sent() {
        let uri: Uri = "/twil.io/serverless-1234-dev.twil.io/a%20b.json?x=1%2C2".parse().unwrap();
        let url = real_url(&uri, "serverless-1234-dev.twil.io");
        assert_eq!(url, "https://serverless-1234-dev.twil.io/a%20b.json?x=1%2C2");
    }
}
