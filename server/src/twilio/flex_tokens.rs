//! Asking Twilio's IAM whose Flex token this is. The token is opaque and can not be read locally.
//!
//! Knows nothing of what the person may do.
//! The endpoint is the one that Twilio's own `twilio-flex-token-validator` package calls.

use jiff::Timestamp;
use serde::Deserialize;
use shared::wire::FlexToken;

use super::client::Call;
use super::{Twilio, TwilioError};

/// What IAM says about a token.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct TokenValidation {
    /// Whether it may be used now.
    pub(crate) valid: bool,
    /// Until when.
    pub(crate) expiration: Option<Timestamp>,
    /// The person's name as they sign in, such as an e-mail address.
    pub(crate) realm_user_id: Option<String>,
    /// The same with everything but letters and digits escaped.
    pub(crate) identity: Option<String>,
    /// `admin`, `supervisor`, `agent`; a person may have several.
    #[serde(default)]
    pub(crate) roles: Vec<String>,
}

const NOBODY: TokenValidation =
    TokenValidation { valid: false, expiration: None, realm_user_id: None, identity: None, roles: Vec::new() };

impl Twilio {
    /// Whose token it is, and whether it is still valid.
    pub(crate) async fn validate_flex_token(&self, token: &FlexToken) -> Result<TokenValidation, TwilioError> {
        let path = format!("/v1/Accounts/{}/Tokens/validate", self.account.account_sid);
        let body = serde_json::json!({ "token": token }).to_string();
        let call = Call::post("validate Token", self.hosts.product("iam", &path), "application/json", body.into());
        match self.send_for(call.repeatable()).await {
            // A text that is no token at all may be refused instead of being judged.
            Err(error) if matches!(error.rejected_status(), Some(400 | 403 | 422)) => Ok(NOBODY),
            result => result,
        }
    }
}
