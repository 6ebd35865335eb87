//! Looking for Workers by name, through the client that Flex itself uses for its directories.
//!
//! Knows nothing of the field where the name is typed.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::rc::Rc;

use js_sys::{Array, JsString, Object};
use serde_json::Value;
use shared::WorkerSid;
use wasm_bindgen::JsCast;

use super::{Host, Subscription, failure, json, sys};
use crate::model::{Agent, Problem};

/// The index of Workers.
///
/// <https://www.twilio.com/docs/sync/live-query>
const INDEX: &str = "tr-worker";

impl Host {
    /// The Workers whose full name or friendly name contains a text, by name.
    ///
    /// # Errors
    ///
    /// [`Problem`] when Flex's own client is not connected or the search is refused.
    pub async fn search_workers(&self, text: &str) -> Result<Vec<Agent>, Problem> {
        Ok(agents(&search(self, &expression(text)).await?, json::parse, by_name))
    }
}

/// The Workers that a query matches, by their SIDs.
pub(super) async fn search(host: &Host, expression: &str) -> Result<Value, Problem> {
    let client = host.0.manager().insights_client();
    let query = client.instant_query(INDEX).await.map_err(|thrown| failure::problem(&thrown))?;
    let query: sys::InstantQuery = query.unchecked_into();
    let found = Rc::new(RefCell::new(Value::Null));
    let result = {
        let found = Rc::clone(&found);
        Subscription::new(&query, "searchResult", move |items| {
            found.replace(json::from_js(&items));
        })
    };
    query.search(expression).await.map_err(|thrown| failure::problem(&thrown))?;
    drop(result);
    Ok(found.take())
}

/// The query that matches a part of the name.
fn expression(text: &str) -> String {
    let quoted = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("data.attributes.full_name CONTAINS \"{quoted}\" OR data.friendly_name CONTAINS \"{quoted}\"")
}

fn agents(items: &Value, parse: fn(&str) -> Value, by_name: fn(&str, &str) -> Ordering) -> Vec<Agent> {
    let mut agents: Vec<_> =
        items.as_object().into_iter().flatten().filter_map(|(key, worker)| agent(key, worker, parse)).collect();
    let by_sid = |left: &Agent, right: &Agent| left.worker_sid.cmp(&right.worker_sid);
    agents.sort_unstable_by(|left, right| by_name(&left.full_name, &right.full_name).then_with(|| by_sid(left, right)));
    agents
}

/// The order of names in the person's language.
fn by_name(left: &str, right: &str) -> Ordering {
    JsString::from(left).locale_compare(right, &Array::new(), &Object::new()).cmp(&0)
}

/// A Worker's attributes: an object, or JSON text as TaskRouter's REST API gives them.
pub(super) fn attributes(worker: &Value, parse: fn(&str) -> Value) -> Option<Value> {
    match worker.get("attributes") {
        Some(Value::String(text)) => Some(parse(text)),
        other => other.cloned(),
    }
}

/// One Worker of the result.
fn agent(key: &str, worker: &Value, parse: fn(&str) -> Value) -> Option<Agent> {
    let text = |value: Option<&Value>| {
        value.and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let attributes = attributes(worker, parse);
    let sid = worker.get("worker_sid").and_then(Value::as_str).unwrap_or(key);
    let full_name = text(attributes.as_ref().and_then(|attributes| attributes.get("full_name")));
    Some(Agent {
        worker_sid: WorkerSid::parse(sid).ok()?,
        full_name: full_name.or_else(|| text(worker.get("friendly_name")))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_quote_in_a_name_does_not_end_the_query() {
        assert!(expression("O\"B\\").contains(r#"full_name CONTAINS "O\"B\\""#));
    }

    #[test]
    fn workers_are_listed_by_name_whatever_the_form_of_their_attributes() {
        let sid = |n: u32| format!("WK{n:032x}");
        let items = json!({
            sid(1): {"worker_sid": sid(1), "attributes": {"full_name": "Zoë"}},
            sid(2): {"attributes": "{\"full_name\":\"ann\"}"},
            sid(3): {"attributes": {}, "friendly_name": "Bob"},
            "garbage": {"attributes": {"full_name": "Nobody"}},
        });
        let found = agents(&items, |text| serde_json::from_str(text).unwrap(), str::cmp);
        let names: Vec<_> = found.into_iter().map(|agent| agent.full_name).collect();
        assert_eq!(names, ["Bob", "Zoë", "ann"]);
    }
}
