//! What a good and a bad configuration lead to.

use std::collections::HashMap;

use super::*;

fn good() -> HashMap<&'static str, String> {
    let sid = |prefix: &str| format!("{prefix}{}", "0123456789abcdef".repeat(2));
    HashMap::from([
        ("FLEX_APP_FUNCTIONS_BASE", "https://extensions.example.com/".to_owned()),
        ("TWILIO_ACCOUNT_SID", sid("AC")),
        ("TWILIO_AUTH_TOKEN", "do-not-show-me".to_owned()),
        ("TWILIO_SERVERLESS_SERVICE_SID", sid("ZS")),
        ("TWILIO_SERVERLESS_ENVIRONMENT_SID", sid("ZE")),
    ])
}

fn read(variables: &HashMap<&'static str, String>) -> Result<Config, ConfigError> {
    Config::read(&|name| variables.get(name).cloned())
}

#[test]
fn five_variables_are_enough() {
    let config = read(&good()).unwrap();
    assert_eq!(config.functions_base, "https://extensions.example.com");
    assert_eq!(config.asset_name, "/extensions.json");
    assert_eq!(config.sync_map_name, "AgentExtensionMaps");
    assert_eq!(config.twilio.sync_service_sid, "default");
    assert_eq!(config.flex_origins, ["https://flex.twilio.com"]);
    assert_eq!(config.native.port, 8787);
    assert_eq!(config.rules, NumberRules::default());
}

#[test]
fn every_bad_variable_is_named_at_once_with_what_is_expected() {
    let bad = [
        ("FLEX_APP_FUNCTIONS_BASE", "extensions.example.com"),
        ("TWILIO_ACCOUNT_SID", "ACxxxxxxxxxxxxxxxxxxxx"),
        ("TWILIO_SERVERLESS_SERVICE_SID", ""),
        ("FLEX_SYNC_SERVICE_SID", "nope"),
        ("FLEX_SYNC_MAP_SID", "MPxxxxxxxxxxxxxxxxxxxx"),
        ("TWILIO_SERVICE_RETRY_LIMIT", "many"),
        ("TWILIO_SERVICE_MIN_BACKOFF", "-1"),
        ("TWILIO_BASE_URL", "localhost"),
        ("FLEX_ORIGINS", "https://flex.twilio.com/path"),
        ("EXTENSION_MAX_DIGITS", "99"),
        ("EXTENSION_RESERVED", "911,1099-1000"),
        ("LOOKUP_REFRESH_SECONDS", "0"),
        ("PORT", "70000"),
        ("BIND", "here"),
        ("TWILIO_ASSET_NAME", "/a b"),
    ];
    let mut variables = good();
    variables.extend(bad.iter().map(|(name, value)| (*name, (*value).to_owned())));
    variables.remove("TWILIO_AUTH_TOKEN");
    let problems = read(&variables).unwrap_err().problems;
    assert_eq!(problems.len(), bad.len() + 1, "{problems:#?}");
    for name in bad.iter().map(|(name, _)| *name).chain(["TWILIO_AUTH_TOKEN"]) {
        let about: Vec<_> = problems.iter().filter(|problem| problem.starts_with(name)).collect();
        assert!(about.len() == 1 && about[0].contains("expected"), "{name}: {about:?}");
    }
}

#[test]
fn a_public_address_that_twilio_or_a_browser_can_not_call_is_refused_with_the_reason() {
    for address in [
        "https://user:pw@example.com",
        "https://user@example.com/base",
        "https://example.com/{base}",
        "https://example.com//base",
    ] {
        let mut variables = good();
        variables.insert("FLEX_APP_FUNCTIONS_BASE", address.to_owned());
        let problems = read(&variables).unwrap_err().problems;
        assert!(matches!(&problems[..], [problem] if problem.contains("without a user name")), "{problems:?}");
        assert!(!problems[0].contains("pw"), "{problems:?}");
    }
}

#[test]
fn an_address_with_a_port_that_there_is_not_is_refused_with_the_ports_that_there_are() {
    for name in ["FLEX_APP_FUNCTIONS_BASE", "TWILIO_BASE_URL"] {
        let with = |address: &str| {
            let mut variables = good();
            variables.insert(name, address.to_owned());
            read(&variables)
        };
        for address in ["https://example.com:99999", "http://[::1]:65536/base", "https://example.com:0", "http://a:"] {
            let problems = with(address).unwrap_err().problems;
            let told = |problem: &String| problem.starts_with(name) && problem.contains("a port from 1 to 65535");
            assert!(matches!(&problems[..], [problem] if told(problem)), "{address}: {problems:?}");
        }
        for address in ["https://example.com:65535", "http://[::1]", "http://[::1]:8787/base"] {
            assert!(with(address).is_ok(), "{address}");
        }
    }
}

#[test]
fn the_path_of_the_public_address_is_told_apart() {
    for (address, path) in [
        ("https://example.com", ""),
        ("https://example.com/", ""),
        ("https://example.com:8443/did/base/", "/did/base"),
        ("http://example.com/did", "/did"),
    ] {
        let mut variables = good();
        variables.insert("FLEX_APP_FUNCTIONS_BASE", address.to_owned());
        assert_eq!(read(&variables).unwrap().base_path(), path, "{address}");
    }
}

#[test]
fn bounds_must_be_in_order() {
    let mut variables = good();
    for (name, value) in [
        ("EXTENSION_MIN_DIGITS", "5"),
        ("EXTENSION_MAX_DIGITS", "4"),
        ("TWILIO_SERVICE_MIN_BACKOFF", "500"),
        ("TWILIO_SERVICE_MAX_BACKOFF", "400"),
    ] {
        variables.insert(name, value.to_owned());
    }
    let problems = read(&variables).unwrap_err().problems;
    assert_eq!(problems.len(), 2);
    assert!(problems.iter().all(|problem| problem.contains("is too small")), "{problems:?}");
}

#[test]
fn reserved_numbers_are_read_as_numbers_and_ranges() {
    let mut variables = good();
    variables.insert("EXTENSION_RESERVED", "0, 911, 1000-1099".to_owned());
    let rules = read(&variables).unwrap().rules;
    assert!(["0", "911", "1050"].iter().all(|number| rules.reserved(number).is_some()));
    assert!(rules.reserved("1100").is_none());
}

#[test]
fn the_auth_token_never_shows_in_debug_output() {
    let shown = format!("{:?}", read(&good()).unwrap());
    assert!(shown.contains("[redacted]") && !shown.contains("do-not-show-me"), "{shown}");
}

#[test]
fn the_example_file_names_every_variable_that_is_read() {
    let asked = std::cell::RefCell::new(std::collections::BTreeSet::new());
    let _ = Config::read(&|name| {
        asked.borrow_mut().insert(name.to_owned());
        None
    });
    let example = include_str!("../../../.env.example");
    for name in asked.into_inner() {
        assert!(example.lines().any(|line| line.trim_start_matches("# ").starts_with(&format!("{name}="))), "{name}");
    }
}
