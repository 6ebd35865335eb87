//! Reads single variables and collects what is wrong with them.
//!
//! Knows nothing of which variables there are.

use std::str::FromStr;

use shared::is_sid;

use super::ConfigError;

/// Where variables come from, and what was wrong so far.
pub(super) struct Fields<'a> {
    source: &'a dyn Fn(&str) -> Option<String>,
    /// Whether what only a serving process needs may be left out.
    for_commands: bool,
    problems: Vec<String>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(source: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { source, for_commands: false, problems: Vec::new() }
    }

    /// For a process that does not serve.
    pub(super) fn for_commands(source: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { for_commands: true, ..Self::new(source) }
    }

    /// What was read, or everything that was wrong with it.
    pub(super) fn finish<T>(self, read: T) -> Result<T, ConfigError> {
        if self.problems.is_empty() { Ok(read) } else { Err(ConfigError { problems: self.problems }) }
    }

    /// A variable that may be left out. An empty one counts as left out.
    pub(super) fn optional(&self, name: &str) -> Option<String> {
        (self.source)(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// A text that must pass `check`. The value itself is not repeated: it might be a secret.
    pub(super) fn text(
        &mut self,
        name: &str,
        default: Option<&str>,
        expected: &str,
        check: impl Fn(&str) -> bool,
    ) -> String {
        match self.optional(name).or_else(|| default.map(str::to_owned)) {
            None => self.refuse(name, "is missing", expected),
            Some(text) if check(&text) => return text,
            Some(_) => self.refuse(name, "is not usable", expected),
        }
        String::new()
    }

    /// A SID: two capital letters and 32 hexadecimal digits.
    pub(super) fn sid(&mut self, name: &str, prefix: &str) -> String {
        self.text(name, None, &format!("{prefix} followed by 32 hexadecimal digits"), |text| is_sid(text, prefix))
    }

    /// A text that a serving process can not do without; empty where another one leaves it out.
    pub(super) fn serving_text(&mut self, name: &str, expected: &str, check: impl Fn(&str) -> bool) -> String {
        let left_out = self.for_commands && self.optional(name).is_none();
        if left_out { String::new() } else { self.text(name, None, expected, check) }
    }

    /// A SID that a serving process can not do without; empty where another one leaves it out.
    pub(super) fn serving_sid(&mut self, name: &str, prefix: &str) -> String {
        self.serving_text(name, &format!("{prefix} followed by 32 hexadecimal digits"), |text| is_sid(text, prefix))
    }

    /// A value that is written as text, between two bounds.
    pub(super) fn number<T: FromStr + PartialOrd + std::fmt::Display + Copy>(
        &mut self,
        name: &str,
        default: T,
        least: T,
        most: T,
    ) -> T {
        let Some(text) = self.optional(name) else { return default };
        match text.parse::<T>() {
            Ok(number) if number >= least && number <= most => number,
            _ => {
                self.refuse(name, "is not usable", &format!("a whole number from {least} to {most}"));
                default
            }
        }
    }

    pub(super) fn refuse(&mut self, name: &str, what: &str, expected: &str) {
        self.problems.push(format!("{name} {what}: expected {expected}."));
    }
}

/// `http` or `https`, a host and perhaps a port: an address without a path.
pub(super) fn is_origin(text: &str) -> bool {
    is_url(text) && text.matches('/').count() == 2
}

/// An address that Twilio and Flex can call. Twilio drops a user name and a password before it signs, and no page in a
/// browser may call an address with them. Of a path, every character must mean itself in a route.
pub(super) fn is_public_address(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    is_url(text)
        && text.parse::<http::Uri>().is_ok_and(|uri| {
            let is_without_user = uri.authority().is_some_and(|authority| !authority.as_str().contains('@'));
            is_without_user && uri.path().bytes().all(plain) && !uri.path().contains("//")
        })
}

/// An absolute `http` or `https` address without query, fragment or spaces.
pub(super) fn is_url(text: &str) -> bool {
    text.parse::<http::Uri>().is_ok_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https")) && uri.query().is_none() && has_host_and_usable_port(&uri)
    }) && !text.contains('#')
}

/// A port may be left out, and is a number from 1 to 65535 where it is not: the type of an address takes any digits.
fn has_host_and_usable_port(uri: &http::Uri) -> bool {
    uri.authority().is_some_and(|authority| {
        let host_and_port = authority.as_str().rsplit('@').next().unwrap_or_default();
        let port = host_and_port.strip_prefix(authority.host());
        !authority.host().is_empty() && (port == Some("") || authority.port_u16().is_some_and(|port| port > 0))
    })
}
