//! The connection to Sync, through Twilio's own client.
//!
//! Knows nothing of extensions: what Maps hold is `sync_map`'s business.

use shared::wire::FlexToken;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::sync_map::SyncMap;
use super::{Subscription, failure, sys};
use crate::model::{ConnectionEvent, Problem, SocketState};

/// A Sync client. Dropping it closes the connection.
pub struct SyncConnection {
    client: sys::SyncClient,
}

impl SyncConnection {
    pub(super) fn new(client: sys::SyncClient) -> Self {
        Self { client }
    }

    /// Calls back for everything that happens to the connection, beginning with its state now.
    pub fn on_event(&self, listener: impl Fn(ConnectionEvent) + Clone + 'static) -> Vec<Subscription> {
        let (state, about, expired) = (listener.clone(), listener.clone(), listener.clone());
        let subscriptions = vec![
            Subscription::new(&self.client, "connectionStateChanged", move |now| {
                state(ConnectionEvent::StateChanged(socket_state(now.as_string().as_deref())));
            }),
            Subscription::new(&self.client, "tokenAboutToExpire", move |_| about(ConnectionEvent::TokenAboutToExpire)),
            Subscription::new(&self.client, "tokenExpired", move |_| expired(ConnectionEvent::TokenExpired)),
        ];
        listener(ConnectionEvent::StateChanged(socket_state(self.client.connection_state().as_deref())));
        subscriptions
    }

    /// Opens a Map by its unique name, or creates it. From here on its events arrive.
    ///
    /// # Errors
    ///
    /// [`Problem`] when Sync refuses.
    pub async fn map(&self, name: &str) -> Result<SyncMap, Problem> {
        let client = self.client.clone();
        let map = client.map(name).await.map_err(|thrown| failure::problem(&thrown))?;
        Ok(SyncMap::new(map.unchecked_into()))
    }

    /// Hands over the token that Flex has now.
    ///
    /// # Errors
    ///
    /// [`Problem`] when Sync refuses it.
    pub async fn renew_token(&self, token: &FlexToken) -> Result<(), Problem> {
        let client = self.client.clone();
        let handed_over = match client.update_token(&token.0) {
            Ok(promise) => JsFuture::from(promise).await.map(drop),
            Err(thrown) => Err(thrown),
        };
        handed_over.map_err(|thrown| failure::problem(&thrown))
    }
}

impl Drop for SyncConnection {
    fn drop(&mut self) {
        // It is being thrown away; that closing it fails would change nothing.
        _ = self.client.shutdown();
    }
}

fn socket_state(state: Option<&str>) -> SocketState {
    match state {
        Some("connected") => SocketState::Connected,
        Some("disconnecting") => SocketState::Disconnecting,
        Some("disconnected" | "error") => SocketState::Disconnected,
        Some("denied") => SocketState::Denied,
        _ => SocketState::Connecting,
    }
}
