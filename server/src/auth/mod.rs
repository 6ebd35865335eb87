//! Who is asking, and whether they may: people come with a Flex token, Twilio comes with a signature.
//!
//! From outside: [`sign_in`] for people, [`is_authorized`] for Twilio and whoever holds the account's credentials.
//!
//! Knows nothing of what is asked for and of how a refusal is answered.

mod sessions;
mod signed_request;
mod strangers;
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
    /// Twilio is asked about too many tokens that nobody knows.
    #[error("too many unknown Flex tokens")]
    Busy,
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
/// [`SignInError::NotSignedIn`] without a valid token, [`SignInError::RoleNeeded`] without one of the roles,
/// [`SignInError::Busy`] while strangers ask about too many tokens.
pub(crate) async fn sign_in(
    base: &Base,
    sessions: &Sessions,
    token: Option<&FlexToken>,
) -> Result<Person, SignInError> {
    let token = token.filter(|token| may_be_one(&token.0)).ok_or(SignInError::NotSignedIn)?;
    let person = whose(base, sessions, token).await?;
    let allowed = person.roles.iter().any(|role| ROLES.contains(&role.as_str()));
    if allowed { Ok(person) } else { Err(SignInError::RoleNeeded) }
}

/// Whether a text is written as a bearer token is (RFC 6750, 2.1): no need to ask about any other. Nothing more is known
/// of a Flex token, which is opaque.
fn may_be_one(text: &str) -> bool {
    let is_of_one = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    !text.is_empty() && text.bytes().all(is_of_one)
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
    // A flood of other tokens is nothing to somebody who has been here with this one.
    let is_known = || sessions.has_known(token, base.home.now());
    let _place = if is_known() { None } else { Some(sessions.strangers.place().ok_or(SignInError::Busy)?) };
    let _turn = sessions.underway.turn(token_hash::hash(token)).await;
    match remembered() {
        Some(heard_meanwhile) => heard_meanwhile,
        None if is_known() => validate(base, sessions, token).await,
        None => validate_unknown(base, sessions, token).await,
    }
}

/// Asks about a token that was never a good one here, if so much may be asked.
async fn validate_unknown(base: &Base, sessions: &Sessions, token: &FlexToken) -> Result<Person, SignInError> {
    let _turn = sessions.strangers.turn(&*base.home).await.ok_or(SignInError::Busy)?;
    let share = sessions.strangers.share(token_hash::hash(token), base.home.now()).ok_or(SignInError::Busy)?;
    let validated = validate(base, sessions, token).await;
    if matches!(validated, Err(SignInError::NotSignedIn)) {
        sessions.strangers.use_up(share, base.home.now());
    }
    validated
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
