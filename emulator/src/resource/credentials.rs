//! HTTP Basic (RFC 7617) with the account's SID and auth token.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::rest::RestError;
use crate::state::AppState;

/// Proof that a request came with the account's credentials; 401 without them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Credentials;

impl FromRequestParts<Arc<AppState>> for Credentials {
    type Rejection = RestError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<AppState>) -> Result<Self, RestError> {
        let refused = || RestError::new(StatusCode::UNAUTHORIZED, 20003, "Authenticate");
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).ok_or_else(refused)?;
        let (scheme, encoded) = header.split_once(' ').ok_or_else(refused)?;
        let decoded = STANDARD.decode(encoded.trim()).map_err(|_| refused())?;
        let expected = format!("{}:{}", app.account.account_sid(), app.account.auth_token());
        if scheme.eq_ignore_ascii_case("basic") && decoded == expected.as_bytes() { Ok(Self) } else { Err(refused()) }
    }
}
