//! The running server: whether Flex and Studio get what they need from the address that they call.

use bytes::Bytes;
use http::{Response, header};
use serde_json::Value;

use super::account::FLEX;
use super::directory::Directories;
use super::{Finding, strings};
use crate::base::Base;
use crate::commands::CommandError;
use crate::home::SendError;

/// Asks as a page of Flex, then as Studio.
pub(super) async fn check(base: &Base, directories: &Directories) -> Result<Vec<Finding>, CommandError> {
    let address = base.config.functions_base.as_str();
    if address.is_empty() {
        return Err(CommandError::new(strings::NO_ADDRESS));
    }
    let unreachable =
        |error: SendError| Finding::error("server-unreachable", address, strings::server_unreachable(&error.0));
    let preflight = match base.twilio.ask_as_browser(address, "/admin/list", FLEX).await {
        Ok(response) if lets_in(&response) => None,
        Ok(_) => Some(Finding::error("cors-preflight", address, strings::preflight_refused(FLEX))),
        Err(error) => return Ok(vec![unreachable(error)]),
    };
    let lookup = lookup(base, address, directories).await.unwrap_or_else(|error| Some(unreachable(error)));
    Ok(preflight.into_iter().chain(lookup).collect())
}

/// Whether a browser goes on to send the request itself.
fn lets_in(response: &Response<Bytes>) -> bool {
    let allowed = response.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    response.status().is_success() && allowed.is_some_and(|origin| origin == FLEX || origin == "*")
}

/// Looks the first extension up, and compares.
async fn lookup(base: &Base, address: &str, directories: &Directories) -> Result<Option<Finding>, SendError> {
    let extension = directories.live().and_then(|directory| directory.iter().next());
    let number = extension.map_or("0", |extension| extension.extension_number.as_str());
    let response = base.twilio.ask_as_twilio(address, &format!("/agentExtensions?agentExt={number}")).await?;
    let status = response.status();
    if !status.is_success() {
        return Ok(Some(Finding::error("lookup-refused", address, strings::lookup_refused(status.as_u16()))));
    }
    let body: Value = serde_json::from_slice(response.body()).unwrap_or_default();
    let expected = extension.map(|extension| extension.worker_sid.as_str());
    let same = body["found"] == expected.is_some() && body["workerSID"].as_str() == expected;
    Ok((!same).then(|| Finding::error("lookup-differs", address, strings::lookup_differs(number))))
}
