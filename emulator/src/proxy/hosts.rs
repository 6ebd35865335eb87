//! Which hosts the emulator stands in for, and where their paths begin.

/// The start of the path that stands for `host`: `/X` for `X.twilio.com`, `/twil.io/<domain>` for a deployed domain.
///
/// None for every host that is not Twilio's. Names of hosts know no case (RFC 4343).
pub(super) fn prefix(host: &str) -> Option<String> {
    let host = host.to_ascii_lowercase();
    let named = |name: &&str| !name.is_empty();
    if let Some(name) = host.strip_suffix(".twilio.com").filter(named) {
        return Some(format!("/{name}"));
    }
    host.strip_suffix(".twil.io").filter(named).map(|_| format!("/twil.io/{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_of_twilio_becomes_the_start_of_a_path() {
        assert_eq!(prefix("serverless.twilio.com").as_deref(), Some("/serverless"));
        assert_eq!(prefix("flex-plugin-upload.us1.twilio.com").as_deref(), Some("/flex-plugin-upload.us1"));
        assert_eq!(prefix("Default-1234.TWIL.io").as_deref(), Some("/twil.io/default-1234.twil.io"));
    }

    #[test]
    fn other_hosts_are_not_answered_for() {
        for host in ["registry.npmjs.org", "twilio.com", "twil.io", ".twilio.com", "evil-twilio.com", "twilio.com.org"]
        {
            assert_eq!(prefix(host), None, "{host}");
        }
    }
}
