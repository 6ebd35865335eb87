//! The widget that asks which agent an extension leads to: Run Function or Make HTTP Request.

use serde_json::{Value, json};

use super::widgets::widget;
use crate::settings::{Lookup, Settings};

/// The name of the widget, whichever way it asks.
pub(super) const LOOKUP: &str = "find_agent";
/// The parameter that the lookup reads.
const AGENT_EXT: &str = "agentExt";

/// Run Function or Make HTTP Request. They differ in the name of their failing event: `fail` and `failed`.
///
/// <https://www.twilio.com/docs/studio/widget-library/run-function>,
/// <https://www.twilio.com/docs/studio/widget-library/http-request>
pub(super) fn find_agent(settings: &Settings, digits: &str, answered: &str, failed: &str) -> Value {
    let parameters = json!([{"key": AGENT_EXT, "value": digits}]);
    match &settings.lookup {
        Lookup::RunFunction { service_sid, environment_sid, function_sid, url } => widget(
            LOOKUP,
            "run-function",
            &[("success", answered), ("fail", failed)],
            &json!({
                "service_sid": service_sid,
                "environment_sid": environment_sid,
                "function_sid": function_sid,
                "url": url,
                "parameters": parameters,
            }),
        ),
        Lookup::MakeHttpRequest { url } => widget(
            LOOKUP,
            "make-http-request",
            &[("success", answered), ("failed", failed)],
            &json!({
                "method": "POST",
                "url": url,
                "content_type": "application/x-www-form-urlencoded;charset=utf-8",
                "parameters": parameters,
            }),
        ),
    }
}
