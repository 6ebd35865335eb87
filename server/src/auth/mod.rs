//! Who is asking, and whether they may: people come with a Flex token, Twilio comes with a signature.
//!
//! From outside: [`sign_in`] for people, [`is_authorized`] for Twilio and whoever holds the account's credentials.
//!
//! Knows nothing of what is asked for and of how a refusal is answered.

mod sessions;
mod signed_request;
mod token_hash;
mod underway;

use shared::wire::FlexToken;

use sessions::Remembered;
pub(crate) use sessions::Sessions;
pub(crate) use signed_request::{ReceivedRequest, is_authorized};

use crate::base::Base;
use crate::twilio::TwilioError;

/// Why nobody is signed in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SignInError {
    /// No token, or one that is not valid any more.
    #[error("no valid Flex token")]
    NotSignedIn,
    /// A valid token of somebody who has none of the roles.
    #[error("neither supervisor nor admin")]
    RoleNeeded,
    /// Twilio does not say whose token it is.
    #[error(transparent)]
    Twilio(#[from] TwilioError),
}

/// The roles that may list, update and publish.
const ROLES: [&str; 2] = ["admin", "supervisor"];

/// Somebody with a valid Flex token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    /// The name they sign in with.
    pub(crate) name: String,
    roles: Vec<String>,
}

impl Person {
    /// Whoever holds the account's credentials, and runs one of our commands with them.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn at_the_terminal(command: &str) -> Self {
        Self { name: format!("agent-extensions {command}"), roles: vec!["admin".to_owned()] }
    }
}

/// The person behind a token, if they are supervisor or admin.
///
/// # Errors
///
/// [`SignInError::NotSignedIn`] without a valid token, [`SignInError::RoleNeeded`] without one of the roles.
pub(crate) async fn sign_in(
    base: &Base,
    sessions: &Sessions,
    token: Option<&FlexToken>,
) -> Result<Person, SignInError> {
    let token = token.filter(|token| !token.0.trim().is_empty()).ok_or(SignInError::NotSignedIn)?;
    let person = whose(base, sessions, token).await?;
    let allowed = person.roles.iter().any(|role| ROLES.contains(&role.as_str()));
    if allowed { Ok(person) } else { Err(SignInError::RoleNeeded) }
}

/// The person behind a token, from memory or from Twilio.
async fn whose(base: &Base, sessions: &Sessions, token: &FlexToken) -> Result<Person, SignInError> {
    let remembered = || match sessions.find(token, base.home.now())? {
        Remembered::Person(person) => Some(Ok(person)),
        Remembered::Refused => Some(Err(SignInError::NotSignedIn)),
    };
    if let Some(known) = remembered() {
        return known;
    }
    let _turn = sessions.underway.turn(token_hash::hash(token)).await;
    match remembered() {
        Some(heard_meanwhile) => heard_meanwhile,
        None => validate(base, sessions, token).await,
    }
}

async fn validate(base: &Base, sessions: &Sessions, token: &FlexToken) -> Result<Person, SignInError> {
    let validation = base.twilio.validate_flex_token(token).await?;
    let now = base.home.now();
    if !validation.valid || validation.expiration.is_some_and(|end| end <= now) {
        sessions.refuse(token, now);
        return Err(SignInError::NotSignedIn);
    }
    let name = validation.realm_user_id.or(validation.identity).unwrap_or_else(|| "unknown".to_owned());
    let person = Person { name, roles: validation.roles };
    sessions.remember(token, person.clone(), now, validation.expiration);
    Ok(person)
}

#[cfg(test)]
mod tests;
