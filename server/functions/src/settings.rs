//! Which of a Function's variables stand in for settings that were left out.
//!
//! Knows nothing of what the settings are for. <https://www.twilio.com/docs/serverless/functions-assets/functions/variables>

/// The value of a setting: the variable of that name, else what Twilio tells every Function by itself.
///
/// Where it runs, a Function knows best: settings that were deployed to another Environment than they name must not
/// make it publish there. Only `twilio-run` does not tell.
///
/// `context` answers a property of the Function's `context`. An empty text counts as left out.
pub fn setting(name: &str, context: impl Fn(&str) -> Option<String>) -> Option<String> {
    let variable = |name: &str| context(name).filter(|text| !text.trim().is_empty());
    match name {
        "TWILIO_SERVERLESS_SERVICE_SID" => variable("SERVICE_SID").or_else(|| variable(name)),
        "TWILIO_SERVERLESS_ENVIRONMENT_SID" => variable("ENVIRONMENT_SID").or_else(|| variable(name)),
        "TWILIO_ACCOUNT_SID" => variable(name).or_else(|| variable("ACCOUNT_SID")),
        "TWILIO_AUTH_TOKEN" => variable(name).or_else(|| variable("AUTH_TOKEN")),
        "FLEX_APP_FUNCTIONS_BASE" => {
            variable(name).or_else(|| variable("DOMAIN_NAME").map(|domain| format!("https://{domain}")))
        }
        name => variable(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, variables: &[(&str, &str)]) -> Option<String> {
        setting(name, |asked| variables.iter().find(|(name, _)| *name == asked).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn a_variable_that_is_set_counts_more_than_what_twilio_tells() {
        let variables = [("TWILIO_AUTH_TOKEN", "mine"), ("AUTH_TOKEN", "twilio's")];
        assert_eq!(read("TWILIO_AUTH_TOKEN", &variables).as_deref(), Some("mine"));
    }

    #[test]
    fn an_empty_variable_counts_as_left_out() {
        let variables = [("FLEX_APP_FUNCTIONS_BASE", " "), ("DOMAIN_NAME", "did-1234-dev.twil.io")];
        assert_eq!(read("FLEX_APP_FUNCTIONS_BASE", &variables).as_deref(), Some("https://did-1234-dev.twil.io"));
    }

    #[test]
    fn the_account_and_the_environment_are_those_that_the_function_runs_in() {
        let twilio = [("ACCOUNT_SID", "AC1"), ("AUTH_TOKEN", "t"), ("SERVICE_SID", "ZS1"), ("ENVIRONMENT_SID", "ZE1")];
        assert_eq!(read("TWILIO_ACCOUNT_SID", &twilio).as_deref(), Some("AC1"));
        assert_eq!(read("TWILIO_SERVERLESS_SERVICE_SID", &twilio).as_deref(), Some("ZS1"));
        assert_eq!(read("TWILIO_SERVERLESS_ENVIRONMENT_SID", &twilio).as_deref(), Some("ZE1"));
        assert_eq!(read("FLEX_SYNC_MAP_NAME", &twilio), None);
    }

    #[test]
    fn settings_of_another_environment_do_not_make_a_function_publish_there() {
        let elsewhere = [("TWILIO_SERVERLESS_ENVIRONMENT_SID", "ZE2"), ("ENVIRONMENT_SID", "ZE1")];
        assert_eq!(read("TWILIO_SERVERLESS_ENVIRONMENT_SID", &elsewhere).as_deref(), Some("ZE1"));
        let locally = [("TWILIO_SERVERLESS_ENVIRONMENT_SID", "ZE2"), ("ENVIRONMENT_SID", "")];
        assert_eq!(read("TWILIO_SERVERLESS_ENVIRONMENT_SID", &locally).as_deref(), Some("ZE2"));
    }
}
