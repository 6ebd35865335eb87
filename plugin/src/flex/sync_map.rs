//! One Sync Map: its pages, its events, and guarded writes.
//!
//! Knows nothing of agents and numbers: what may be written is for the caller's judgement.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Date;
use serde_json::{Value, json};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::{Subscription, failure, json, sys};
use crate::model::{Item, Problem};

/// Sync gives at most 100 items at a time.
///
/// <https://www.twilio.com/docs/sync/limits>
const PAGE_SIZE: u32 = 100;

/// What Sync says of an item that is not there.
const NOT_FOUND: u16 = 404;

/// An open Sync Map. Dropping it ends the subscription to its events.
pub struct SyncMap {
    map: sys::SyncMap,
}

/// What happened to a Map.
pub enum MapEvent {
    /// An item was added or updated.
    Written(Item),
    /// The item with this key was removed.
    Removed(String),
    /// The Map itself is gone.
    Lost,
}

/// One page of items.
pub struct Page {
    /// The items on it.
    pub items: Vec<Item>,
    paginator: sys::Paginator,
}

impl SyncMap {
    pub(super) fn new(map: sys::SyncMap) -> Self {
        Self { map }
    }

    /// Calls back for every event of the Map.
    pub fn on_event(&self, listener: impl Fn(MapEvent) + Clone + 'static) -> Vec<Subscription> {
        let written = |name: &'static str| {
            let listener = listener.clone();
            Subscription::new(&self.map, name, move |event| {
                listener(MapEvent::Written(item(&event.unchecked_into::<sys::MapEvent>().item())));
            })
        };
        let (removed, lost) = (listener.clone(), listener.clone());
        vec![
            written("itemAdded"),
            written("itemUpdated"),
            Subscription::new(&self.map, "itemRemoved", move |event| {
                removed(MapEvent::Removed(event.unchecked_into::<sys::MapEvent>().removed_key()));
            }),
            Subscription::new(&self.map, "removed", move |_| lost(MapEvent::Lost)),
        ]
    }

    /// The first page of items.
    ///
    /// # Errors
    ///
    /// [`Problem`] when Sync does not give it.
    pub async fn first_page(&self) -> Result<Page, Problem> {
        let map = self.map.clone();
        let page = map.get_items(&json::to_js(&json!({ "pageSize": PAGE_SIZE }))).await;
        page.map(Page::new).map_err(|thrown| failure::problem(&thrown))
    }

    /// Writes what `judge` makes of what stands under the key, unless it refuses. Where somebody else is faster, it is
    /// asked again. Returns what stands there then, and the refusal.
    ///
    /// # Errors
    ///
    /// [`Problem`] when Sync does not take it.
    pub async fn put<R: 'static>(
        &self,
        key: &str,
        judge: impl Fn(&Value) -> Result<Value, R> + 'static,
    ) -> Result<(Option<Item>, Option<R>), Problem> {
        let map = self.map.clone();
        let refusal = Rc::new(RefCell::new(None));
        let mutator = {
            let refusal = Rc::clone(&refusal);
            Closure::<dyn FnMut(JsValue) -> JsValue>::new(move |remote: JsValue| {
                let (write, refused) = match judge(&json::from_js(&remote)) {
                    Ok(value) => (json::to_js(&value), None),
                    Err(refused) => (JsValue::NULL, Some(refused)),
                };
                refusal.replace(refused);
                write
            })
        };
        let stands = map.mutate(key, mutator.as_ref()).await.map_err(|thrown| failure::problem(&thrown))?;
        let stands: sys::MapItem = stands.unchecked_into();
        // Where nothing stands, the client makes an item up, with the revision that means "none".
        let stands = (stands.revision().as_deref() != Some("-1")).then(|| item(&stands));
        Ok((stands, refusal.take()))
    }

    /// Removes an item. That it was gone already is a success.
    ///
    /// # Errors
    ///
    /// [`Problem`] when Sync does not do it.
    pub async fn remove(&self, key: &str) -> Result<(), Problem> {
        let map = self.map.clone();
        match map.remove(key).await.map_err(|thrown| failure::problem(&thrown)) {
            Err(Problem::Twilio { status: NOT_FOUND, .. }) | Ok(_) => Ok(()),
            Err(problem) => Err(problem),
        }
    }
}

impl Drop for SyncMap {
    fn drop(&mut self) {
        self.map.close();
    }
}

impl Page {
    fn new(page: JsValue) -> Self {
        let paginator: sys::Paginator = page.unchecked_into();
        let items = paginator.items().iter().map(|value| item(&value.unchecked_into())).collect();
        Self { items, paginator }
    }

    /// The page after this one, if there is one.
    ///
    /// # Errors
    ///
    /// [`Problem`] when Sync does not give it.
    pub async fn next(self) -> Result<Option<Self>, Problem> {
        if !self.paginator.has_next_page() {
            return Ok(None);
        }
        self.paginator.next_page().await.map(|page| Some(Self::new(page))).map_err(|thrown| failure::problem(&thrown))
    }
}

fn item(item: &sys::MapItem) -> Item {
    let event_id = item.last_event_id().unwrap_or(0.0).max(0.0) as u64;
    // A Date, or the text of one, or nothing, depending on where the client has the item from.
    let date_updated = Some(Date::new(&item.date_updated()).get_time()).filter(|time| *time > 0.0);
    Item {
        key: item.key(),
        data: json::from_js(&item.data()),
        event_id,
        date_updated: date_updated.map(|time| time as i64),
    }
}
