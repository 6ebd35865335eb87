//! What only a home with sockets and files needs.
//!
//! Knows nothing of Twilio.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use super::fields::Fields;
use super::{ConfigError, environment_or};

/// Settings of the native binary.
#[derive(Clone, Debug)]
pub struct Native {
    /// The address to listen on.
    pub bind: IpAddr,
    /// The port to listen on; 0 takes a free one.
    pub port: u16,
    /// What to log, such as `info` or `server=debug`.
    pub log: String,
    /// Where the last published directory is kept for the next start.
    pub last_good_file: Option<PathBuf>,
}

impl Native {
    /// Reads the environment of this process for these settings alone: whoever asks whether a server runs needs no
    /// account. What is not set there is taken from `file`.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] with every bad variable at once.
    pub fn from_env_or(file: &BTreeMap<String, String>) -> Result<Self, ConfigError> {
        let source = environment_or(file);
        let mut fields = Fields::new(&source);
        let native = read_native(&mut fields);
        fields.finish(native)
    }
}

pub(super) fn read_native(fields: &mut Fields<'_>) -> Native {
    let unspecified = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
    let bind = fields.text("BIND", Some("0.0.0.0"), "an IP address", |text| text.parse::<IpAddr>().is_ok());
    Native {
        bind: bind.parse().unwrap_or(unspecified),
        port: fields.number("PORT", 8787, 0, u16::MAX),
        log: fields.optional("LOG").unwrap_or_else(|| "info".to_owned()),
        last_good_file: fields.optional("LAST_GOOD_FILE").map(PathBuf::from),
    }
}
