//! The JavaScript objects as they are: Flex's Manager, the Sync client, Flex's notifications.
//!
//! Private to `flex`, which gives them Rust's types. Knows nothing of what they are used for.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What the JavaScript entry hands over; see `plugin/src/host.js`.
    #[derive(Clone)]
    pub type Host;
    #[wasm_bindgen(method, getter)]
    pub(super) fn manager(this: &Host) -> Manager;
    #[wasm_bindgen(method, getter)]
    pub(super) fn notifications(this: &Host) -> Notifications;
    #[wasm_bindgen(method, getter, js_name = functionsBase)]
    pub(super) fn functions_base(this: &Host) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = syncMapName)]
    pub(super) fn sync_map_name(this: &Host) -> String;
    #[wasm_bindgen(method, catch, js_name = createSyncClient)]
    pub(super) fn create_sync_client(this: &Host, token: &str) -> Result<SyncClient, JsValue>;

    /// <https://assets.flex.twilio.com/docs/releases/flex-ui/latest/core/manager/>
    pub(super) type Manager;
    #[wasm_bindgen(method, getter)]
    pub(super) fn user(this: &Manager) -> User;
    #[wasm_bindgen(method, getter)]
    pub(super) fn events(this: &Manager) -> Emitter;
    #[wasm_bindgen(method, getter, js_name = workerClient)]
    pub(super) fn worker_client(this: &Manager) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = insightsClient)]
    pub(super) fn insights_client(this: &Manager) -> SyncClient;

    /// The person who is signed in.
    pub(super) type User;
    #[wasm_bindgen(method, getter)]
    pub(super) fn identity(this: &User) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    pub(super) fn token(this: &User) -> Option<String>;

    /// Node's `EventEmitter`, which every Twilio object with events is.
    #[derive(Clone)]
    pub(super) type Emitter;
    #[wasm_bindgen(method)]
    pub(super) fn on(this: &Emitter, event: &str, listener: &JsValue);
    #[wasm_bindgen(method, js_name = removeListener)]
    pub(super) fn remove_listener(this: &Emitter, event: &str, listener: &JsValue);

    /// <https://sdk.twilio.com/js/sync/latest/docs>
    #[wasm_bindgen(extends = Emitter)]
    #[derive(Clone)]
    pub(super) type SyncClient;
    #[wasm_bindgen(method, getter, js_name = connectionState)]
    pub(super) fn connection_state(this: &SyncClient) -> Option<String>;
    #[wasm_bindgen(method, catch)]
    pub(super) async fn map(this: &SyncClient, name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = updateToken)]
    pub(super) fn update_token(this: &SyncClient, token: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn shutdown(this: &SyncClient) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = instantQuery)]
    pub(super) async fn instant_query(this: &SyncClient, index: &str) -> Result<JsValue, JsValue>;

    /// <https://sdk.twilio.com/js/sync/latest/docs>
    #[wasm_bindgen(extends = Emitter)]
    #[derive(Clone)]
    pub(super) type SyncMap;
    #[wasm_bindgen(method, catch, js_name = getItems)]
    pub(super) async fn get_items(this: &SyncMap, options: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) async fn mutate(this: &SyncMap, key: &str, mutator: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) async fn remove(this: &SyncMap, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    pub(super) fn close(this: &SyncMap);

    /// One page of Map Items.
    pub(super) type Paginator;
    #[wasm_bindgen(method, getter)]
    pub(super) fn items(this: &Paginator) -> Array;
    #[wasm_bindgen(method, getter, js_name = hasNextPage)]
    pub(super) fn has_next_page(this: &Paginator) -> bool;
    #[wasm_bindgen(method, catch, js_name = nextPage)]
    pub(super) async fn next_page(this: &Paginator) -> Result<JsValue, JsValue>;

    /// <https://sdk.twilio.com/js/sync/latest/docs>
    pub(super) type MapItem;
    #[wasm_bindgen(method, getter)]
    pub(super) fn key(this: &MapItem) -> String;
    #[wasm_bindgen(method, getter)]
    pub(super) fn data(this: &MapItem) -> JsValue;
    #[wasm_bindgen(method, getter)]
    pub(super) fn revision(this: &MapItem) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = dateUpdated)]
    pub(super) fn date_updated(this: &MapItem) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = lastEventId)]
    pub(super) fn last_event_id(this: &MapItem) -> Option<f64>;

    /// What the events of a Map carry.
    pub(super) type MapEvent;
    #[wasm_bindgen(method, getter)]
    pub(super) fn item(this: &MapEvent) -> MapItem;
    #[wasm_bindgen(method, getter, js_name = key)]
    pub(super) fn removed_key(this: &MapEvent) -> String;

    /// A search over Workers.
    #[wasm_bindgen(extends = Emitter)]
    pub(super) type InstantQuery;
    #[wasm_bindgen(method, catch)]
    pub(super) async fn search(this: &InstantQuery, expression: &str) -> Result<JsValue, JsValue>;

    /// <https://www.twilio.com/docs/flex/developer/ui/notifications>
    pub(super) type Notifications;
    #[wasm_bindgen(method, catch, js_name = showNotification)]
    pub(super) fn show(this: &Notifications, id: &str, context: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = dismissNotificationById)]
    pub(super) fn dismiss(this: &Notifications, id: &str) -> Result<(), JsValue>;
}
