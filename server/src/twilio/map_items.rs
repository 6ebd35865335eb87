//! Sync Maps and their Map Items, by REST.
//!
//! Knows nothing of what an item means.
//! <https://www.twilio.com/docs/sync/api/map-item-resource>

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::client::Call;
use super::hosts::segment;
use super::settle::Attempt;
use super::{Twilio, TwilioError};

/// A Map Item.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct MapItem {
    /// Changes with every write.
    pub(crate) revision: String,
    /// What it holds; a field is null that is JSON which not every reader takes, such as values too deep in each other.
    #[serde(deserialize_with = "read_data")]
    pub(crate) data: Value,
    /// When it was written last, by Twilio's clock.
    pub(crate) date_updated: Timestamp,
}

/// Everybody who is signed in to Flex can write an item, and nothing in it may keep others from seeing what else it says.
fn read_data<'de, D: Deserializer<'de>>(reader: D) -> Result<Value, D::Error> {
    let data = Box::<RawValue>::deserialize(reader)?;
    Ok(serde_json::from_str(data.get()).unwrap_or_else(|_| read_fields(data.get())))
}

/// The fields of an object, each for itself.
fn read_fields(json: &str) -> Value {
    let fields: BTreeMap<String, &RawValue> = serde_json::from_str(json).unwrap_or_default();
    fields.into_iter().map(|(name, value)| (name, serde_json::from_str(value.get()).unwrap_or(Value::Null))).collect()
}

/// What came of creating an item.
#[derive(Debug)]
pub(crate) struct Creation {
    /// What stands there now.
    pub(crate) created: Created,
    /// Whether a request may still be on its way that nobody knows the end of.
    pub(crate) is_another_on_its_way: bool,
}

/// What stands there after an item was to be created.
#[derive(Debug)]
pub(crate) enum Created {
    /// It is there now.
    Yes(MapItem),
    /// An item with this key was there before.
    AlreadyExists,
    /// There is no such Map.
    NoSuchMap,
}

impl Twilio {
    /// Makes a Map; an existing one is left as it is.
    pub(crate) async fn create_map(&self, unique_name: &str) -> Result<(), TwilioError> {
        let url = self.sync("/Maps");
        let call = Call::post_form("create Map", url, &[("UniqueName", unique_name)]).repeatable();
        match self.send(call).await {
            Err(error) if error.rejected_status() == Some(409) => Ok(()),
            result => result.map(|_| ()),
        }
    }

    /// Makes an item unless there is one with this key. It disappears by itself after `ttl` seconds.
    ///
    /// An item with exactly this data is taken for the one that was to be made.
    pub(crate) async fn create_map_item(
        &self,
        map: &str,
        key: &str,
        data: &Value,
        ttl: u32,
    ) -> Result<Creation, TwilioError> {
        let unclear = &AtomicBool::new(false);
        let (text, ttl) = (data.to_string(), ttl.to_string());
        let form = [("Key", key), ("Data", &text), ("ItemTtl", &ttl)];
        let create = || -> Attempt<'_, Created> {
            let call = Call::post_form("create Map Item", self.items(map), &form);
            Box::pin(async {
                let result = self.send_for(call).await;
                unclear.fetch_or(result.as_ref().is_err_and(TwilioError::is_unclear), Ordering::Relaxed);
                match result {
                    Ok(item) => Ok(Created::Yes(item)),
                    Err(TwilioError::NotFound { .. }) => Ok(Created::NoSuchMap),
                    Err(error) if error.rejected_status() == Some(409) => Ok(Created::AlreadyExists),
                    Err(error) => Err(error),
                }
            })
        };
        let look = || -> Attempt<'_, Option<Created>> {
            Box::pin(async { Ok(self.fetch_map_item_with(map, key, data).await?.map(Created::Yes)) })
        };
        let created = self.settle(create, look).await?;
        Ok(Creation { created, is_another_on_its_way: unclear.load(Ordering::Relaxed) })
    }

    /// The item, if it holds exactly this.
    fn fetch_map_item_with<'a>(&'a self, map: &'a str, key: &'a str, data: &'a Value) -> Attempt<'a, Option<MapItem>> {
        Box::pin(async { Ok(self.fetch_map_item(map, key).await?.filter(|item| item.data == *data)) })
    }

    /// An item, if it and its Map are there.
    pub(crate) async fn fetch_map_item(&self, map: &str, key: &str) -> Result<Option<MapItem>, TwilioError> {
        match self.send_for(Call::get("fetch Map Item", self.item(map, key))).await {
            Ok(item) => Ok(Some(item)),
            Err(TwilioError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes an item if it is still at `revision`. It disappears by itself `ttl` seconds from now.
    ///
    /// An item that holds exactly this data already counts as written.
    pub(crate) async fn update_map_item(
        &self,
        map: &str,
        key: &str,
        revision: &str,
        data: &Value,
        ttl: u32,
    ) -> Result<MapItem, TwilioError> {
        let (text, ttl) = (data.to_string(), ttl.to_string());
        let form = [("Data", text.as_str()), ("ItemTtl", &ttl)];
        let update = || -> Attempt<'_, MapItem> {
            let call = Call::post_form("update Map Item", self.item(map, key), &form);
            Box::pin(self.send_for(call.header("if-match", revision.to_owned())))
        };
        self.settle(update, || self.fetch_map_item_with(map, key, data)).await
    }

    /// Removes an item if it is still at `revision`; whether it is gone now. One that was written since is left alone.
    pub(crate) async fn remove_map_item(&self, map: &str, key: &str, revision: &str) -> Result<bool, TwilioError> {
        let call = Call::delete("remove Map Item", self.item(map, key)).header("if-match", revision.to_owned());
        match self.send(call).await {
            Err(TwilioError::NotFound { .. }) => Ok(true),
            Err(error) if error.rejected_status() == Some(412) => Ok(false),
            result => result.map(|_| true),
        }
    }

    fn sync(&self, path: &str) -> String {
        self.hosts.product("sync", &format!("/v1/Services/{}{path}", self.account.sync_service_sid))
    }

    fn items(&self, map: &str) -> String {
        self.sync(&format!("/Maps/{}/Items", segment(map)))
    }

    fn item(&self, map: &str, key: &str) -> String {
        format!("{}/{}", self.items(map), segment(key))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::scripted_home::{Answer, ScriptedHome, config};

    #[tokio::test]
    async fn an_item_is_there_whatever_it_holds_and_says_what_can_be_read() {
        let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
        let rest = json!({"startedAt": "now", "note": null});
        for (data, read) in [
            (format!(r#"{{"note":{deep},"startedAt":"now"}}"#), rest.clone()),
            (r#"{"startedAt":"now","note":"\ud83d"}"#.to_owned(), rest.clone()),
            (r#"{"startedAt":"now","note":1e999}"#.to_owned(), rest),
            (deep, json!({})),
            ("7".to_owned(), json!(7)),
        ] {
            let item = format!(r#"{{"revision":"1","data":{data},"date_updated":"2026-01-01T00:00:00Z"}}"#);
            let home = Arc::new(ScriptedHome::new(move |_| Answer::Status(200, None, item.clone())));
            let twilio = Twilio::new(config().twilio, home);
            let item = twilio.fetch_map_item("map", "key").await.unwrap();
            assert_eq!(item.map(|item| item.data), Some(read), "{data}");
        }
    }
}
