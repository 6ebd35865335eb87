//! The connection to Sync as a person sees it, and when the Sync client needs a new token.
//!
//! Knows nothing of the client. What it holds back is a trap of the client: a token that is handed over while the
//! connection is closing is lost, and the client never comes back.

use super::effect::{Effect, Timer};

/// How long "Connected again" is shown, in milliseconds.
const SHOW_RECONNECTED_FOR: u32 = 5000;

/// The state of the socket, in the words of the Sync client.
///
/// <https://sdk.twilio.com/js/sync/latest/docs>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SocketState {
    /// Not connected yet, or connecting again.
    #[default]
    Connecting,
    /// Everything works.
    Connected,
    /// Closing, which takes the client a few seconds.
    Disconnecting,
    /// Closed; the client does not try by itself.
    Disconnected,
    /// The token was refused.
    Denied,
}

/// What a person needs to know of the connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ConnectionStatus {
    /// It has not been there yet.
    #[default]
    Opening,
    /// Changes arrive as they happen.
    Online,
    /// Changes do not arrive.
    Lost,
    /// It was lost and is there again, a moment ago.
    Back,
}

/// What happened to the connection.
#[derive(Clone, Copy, Debug)]
pub enum ConnectionEvent {
    /// The socket changed its state.
    StateChanged(SocketState),
    /// Sync announces that the token will expire.
    TokenAboutToExpire,
    /// Sync says that the token has expired.
    TokenExpired,
    /// Flex has a new token.
    TokenUpdated,
}

/// The connection to Sync.
#[derive(Clone, Debug, Default)]
pub struct Connection {
    /// What the person is told.
    pub status: ConnectionStatus,
    state: SocketState,
    renew_when_settled: bool,
}

impl Connection {
    /// Whether Sync can not be asked to write right now.
    pub(super) fn is_lost(&self) -> bool {
        self.status == ConnectionStatus::Lost
    }

    pub(in crate::model) fn update(&mut self, event: ConnectionEvent) -> Vec<Effect> {
        match event {
            ConnectionEvent::StateChanged(state) => self.state_changed(state),
            // Where Flex has no newer token yet, handing over the same one again does nothing.
            ConnectionEvent::TokenAboutToExpire | ConnectionEvent::TokenUpdated
                if self.state != SocketState::Disconnecting =>
            {
                vec![Effect::RenewToken]
            }
            ConnectionEvent::TokenExpired if matches!(self.state, SocketState::Denied | SocketState::Disconnected) => {
                vec![Effect::RenewToken]
            }
            ConnectionEvent::TokenAboutToExpire | ConnectionEvent::TokenUpdated | ConnectionEvent::TokenExpired => {
                self.renew_when_settled = true;
                Vec::new()
            }
        }
    }

    fn state_changed(&mut self, state: SocketState) -> Vec<Effect> {
        self.state = state;
        let mut effects = Vec::new();
        match state {
            SocketState::Connected if self.status == ConnectionStatus::Lost => {
                self.status = ConnectionStatus::Back;
                effects.push(Effect::Wait { milliseconds: SHOW_RECONNECTED_FOR, timer: Timer::ReconnectedShown });
            }
            SocketState::Connected if self.status == ConnectionStatus::Opening => {
                self.status = ConnectionStatus::Online;
            }
            SocketState::Connected => {}
            SocketState::Connecting if self.status == ConnectionStatus::Opening => {}
            _ => self.status = ConnectionStatus::Lost,
        }
        match state {
            SocketState::Connected => self.renew_when_settled = false,
            SocketState::Denied | SocketState::Disconnected if self.renew_when_settled => {
                self.renew_when_settled = false;
                effects.push(Effect::RenewToken);
            }
            _ => {}
        }
        effects
    }

    pub(in crate::model) fn reconnected_shown(&mut self) -> Vec<Effect> {
        if self.status == ConnectionStatus::Back {
            self.status = ConnectionStatus::Online;
        }
        Vec::new()
    }
}
