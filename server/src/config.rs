//! The configuration, and the only place that reads environment variables. `.env.example` documents them.
//!
//! From outside: [`Config`], read for a server or for an administrator's command.
//!
//! Knows nothing of what is done with a setting.

mod fields;
mod native;

use std::collections::BTreeMap;
use std::time::Duration;

use shared::{NumberRules, ReservedNumbers, is_sid};

use self::fields::{Fields, is_origin, is_public_address, is_url};
pub use self::native::Native;
use self::native::read_native;
use crate::secret::Secret;
use crate::twilio::{RetryPolicy, TwilioAccount};

/// Everything that can be set from outside.
#[derive(Clone, Debug)]
pub struct Config {
    /// The account and the resources in it.
    pub twilio: TwilioAccount,
    /// The address under which Twilio and Flex reach this server, without a trailing slash; it may have a path.
    /// Twilio signs its requests over it.
    pub functions_base: String,
    /// The path of the published asset; begins with a slash.
    pub asset_name: String,
    /// The unique name of the draft's Sync Map.
    pub sync_map_name: String,
    /// Which extension numbers are allowed.
    pub rules: NumberRules,
    /// The origins whose pages may call `/admin/*`.
    pub flex_origins: Vec<String>,
    /// For how long the lookup answers from memory before it asks Twilio for a newer directory.
    pub lookup_refresh: Duration,
    /// The TaskRouter Workspace (`WS…`) of Flex; none to find it by its name.
    pub workspace_sid: Option<String>,
    /// What only a home with sockets and files needs.
    pub native: Native,
}

/// The environment of this process; what is not set there is taken from `file`, the variables of a `.env` file.
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
fn environment_or(file: &BTreeMap<String, String>) -> impl Fn(&str) -> Option<String> {
    |name| std::env::var(name).ok().or_else(|| file.get(name).cloned())
}

/// Every variable that is missing or not usable, one sentence each.
#[derive(Debug, thiserror::Error)]
#[error("the configuration is not usable:\n  {}", .problems.join("\n  "))]
pub struct ConfigError {
    /// The sentences.
    pub problems: Vec<String>,
}

impl Config {
    /// Reads the environment of this process; what is not set there is taken from `file`, the variables of a `.env`
    /// file.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] with every bad variable at once.
    pub fn from_env_or(file: &BTreeMap<String, String>) -> Result<Self, ConfigError> {
        Self::read(&environment_or(file))
    }

    /// Reads the environment of this process for an administrator's command; what is not set there is taken from
    /// `file`, the variables of a `.env` file. The account's credentials are all that such a command needs: the SIDs
    /// and the address that the server itself can not do without are empty where they are left out.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] with every bad variable at once.
    pub fn for_commands(file: &BTreeMap<String, String>) -> Result<Self, ConfigError> {
        Self::read_fields(Fields::for_commands(&environment_or(file)))
    }

    /// Reads variables from `source`.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] with every bad variable at once.
    pub fn read(source: &dyn Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        Self::read_fields(Fields::new(source))
    }

    /// The path in the public address; empty where it has none. Else it begins with a slash and does not end with one.
    #[must_use]
    pub(crate) fn base_path(&self) -> &str {
        let (_, rest) = self.functions_base.split_once("://").unwrap_or_default();
        rest.find('/').map_or("", |start| &rest[start..])
    }

    fn read_fields(mut fields: Fields<'_>) -> Result<Self, ConfigError> {
        let asset_name = fields.text("TWILIO_ASSET_NAME", Some("/extensions.json"), ASSET_NAME, is_asset_name);
        let config = Self {
            twilio: read_account(&mut fields),
            functions_base: read_public_address(&mut fields),
            asset_name: format!("/{}", asset_name.trim_start_matches('/')),
            sync_map_name: fields.text("FLEX_SYNC_MAP_NAME", Some("AgentExtensionMaps"), "a name", |_| true),
            rules: read_rules(&mut fields),
            flex_origins: read_origins(&mut fields),
            lookup_refresh: Duration::from_secs(fields.number("LOOKUP_REFRESH_SECONDS", 5, 1, 3600)),
            workspace_sid: fields.optional("TASKROUTER_WORKSPACE_SID"),
            native: read_native(&mut fields),
        };
        if config.workspace_sid.is_some() {
            fields.sid("TASKROUTER_WORKSPACE_SID", "WS");
        }
        // The Map is found by its name. The SID is accepted so that the original's settings can stay as they are.
        if fields.optional("FLEX_SYNC_MAP_SID").is_some() {
            fields.sid("FLEX_SYNC_MAP_SID", "MP");
        }
        fields.finish(config)
    }
}

const ADDRESS: &str = "an address such as https://extensions.example.com, with a port from 1 to 65535 if it has one";
const PUBLIC_ADDRESS: &str = "an address such as https://extensions.example.com or https://example.com/extensions, with \
     a port from 1 to 65535 if it has one, and without a user name and a password, because Twilio signs without them and \
     no browser calls an address with them";
const ASSET_NAME: &str = "a path such as /extensions.json, at most 255 characters";
const RESERVED: &str = "numbers and ranges such as 0,911,1000-1099";
const ORIGINS: &str = "origins such as https://flex.twilio.com, separated by commas";

fn read_public_address(fields: &mut Fields<'_>) -> String {
    without_slash(&fields.serving_text("FLEX_APP_FUNCTIONS_BASE", PUBLIC_ADDRESS, is_public_address))
}

fn read_account(fields: &mut Fields<'_>) -> TwilioAccount {
    let base_url = fields.optional("TWILIO_BASE_URL");
    TwilioAccount {
        account_sid: fields.sid("TWILIO_ACCOUNT_SID", "AC"),
        auth_token: Secret::new(fields.text("TWILIO_AUTH_TOKEN", None, "the account's primary auth token", |_| true)),
        base_url: base_url.map(|_| without_slash(&fields.text("TWILIO_BASE_URL", None, ADDRESS, is_url))),
        serverless_service_sid: fields.serving_sid("TWILIO_SERVERLESS_SERVICE_SID", "ZS"),
        serverless_environment_sid: fields.serving_sid("TWILIO_SERVERLESS_ENVIRONMENT_SID", "ZE"),
        sync_service_sid: fields.text(
            "FLEX_SYNC_SERVICE_SID",
            Some("default"),
            "IS followed by 32 hexadecimal digits, or default",
            |text| text == "default" || is_sid(text, "IS"),
        ),
        retry: read_retry(fields),
    }
}

fn read_retry(fields: &mut Fields<'_>) -> RetryPolicy {
    let limit = fields.number("TWILIO_SERVICE_RETRY_LIMIT", 5, 0, 10);
    let min: u64 = fields.number("TWILIO_SERVICE_MIN_BACKOFF", 100, 1, 10_000);
    let max: u64 = fields.number("TWILIO_SERVICE_MAX_BACKOFF", 300.max(min), 1, 10_000);
    if max < min {
        fields.refuse("TWILIO_SERVICE_MAX_BACKOFF", "is too small", "at least TWILIO_SERVICE_MIN_BACKOFF");
    }
    RetryPolicy { limit, min_backoff: Duration::from_millis(min), max_backoff: Duration::from_millis(max) }
}

fn read_rules(fields: &mut Fields<'_>) -> NumberRules {
    let (default, any) = (NumberRules::default(), NumberRules::ANY);
    let min_digits = fields.number("EXTENSION_MIN_DIGITS", default.min_digits, any.min_digits, any.max_digits);
    let most = default.max_digits.max(min_digits);
    let max_digits = fields.number("EXTENSION_MAX_DIGITS", most, any.min_digits, any.max_digits);
    if max_digits < min_digits {
        fields.refuse("EXTENSION_MAX_DIGITS", "is too small", "at least EXTENSION_MIN_DIGITS");
    }
    let list = |text: &str| ReservedNumbers::parse_list(text).ok();
    let reserved = fields.text("EXTENSION_RESERVED", Some(","), RESERVED, |text| list(text).is_some());
    NumberRules { min_digits, max_digits, reserved: list(&reserved).unwrap_or_default() }
}

fn read_origins(fields: &mut Fields<'_>) -> Vec<String> {
    let all_origins = |text: &str| text.split(',').map(str::trim).all(is_origin);
    let text = fields.text("FLEX_ORIGINS", Some("https://flex.twilio.com"), ORIGINS, all_origins);
    text.split(',').map(|origin| origin.trim().to_owned()).collect()
}

fn is_asset_name(text: &str) -> bool {
    let path = text.trim_start_matches('/');
    !path.is_empty()
        && path.len() < 255
        && path.bytes().all(|byte| byte.is_ascii_graphic() && !b"?#\"%".contains(&byte))
}

fn without_slash(address: &str) -> String {
    address.trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests;
