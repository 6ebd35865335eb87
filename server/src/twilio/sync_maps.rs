//! Sync Maps as wholes: whether there is one, and every Map Item in it.
//!
//! Knows nothing of what an item means. <https://www.twilio.com/docs/sync/api/map-resource>

use serde::Deserialize;
use serde_json::Value;

use super::client::Call;
use super::hosts::segment;
use super::{Twilio, TwilioError};

/// A Sync Map.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct SyncMap {
    /// `MP…`.
    pub(crate) sid: String,
}

/// A Map Item as a list gives it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct KeyedItem {
    /// What it holds.
    pub(crate) data: Value,
}

impl Twilio {
    /// The Map with a unique name, if there is one.
    pub(crate) async fn fetch_map(&self, unique_name: &str) -> Result<Option<SyncMap>, TwilioError> {
        match self.send_for(Call::get("fetch Map", self.map_url(unique_name))).await {
            Ok(map) => Ok(Some(map)),
            Err(TwilioError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Every Map Item of a Map.
    pub(crate) async fn list_map_items(&self, unique_name: &str) -> Result<Vec<KeyedItem>, TwilioError> {
        self.list_all("list Map Items", &format!("{}/Items", self.map_url(unique_name)), "items").await
    }

    fn map_url(&self, unique_name: &str) -> String {
        let path = format!("/v1/Services/{}/Maps/{}", self.account.sync_service_sid, segment(unique_name));
        self.hosts.product("sync", &path)
    }
}
