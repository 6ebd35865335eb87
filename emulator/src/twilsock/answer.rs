//! Who asks over Twilsock, and what is answered.

use std::sync::Arc;

use axum::http::StatusCode;
use bytes::Bytes;
use serde_json::Value;

use super::live_queries::LiveQueries;
use crate::sync::hub::PeerId;
use crate::sync::records::Namespace;

/// Who asks.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    /// The connection's number in `sync::hub`.
    pub(super) peer: PeerId,
    /// The signed-in identity.
    pub(super) identity: String,
    /// What the grant of the request can see.
    pub(super) namespace: Namespace,
    /// What the connection follows in the search indexes.
    pub(super) live_queries: Arc<LiveQueries>,
}

/// An answer, and the frames that follow it.
#[derive(Clone, Debug, Default)]
pub(super) struct Answer {
    /// The HTTP status.
    pub(super) status: u16,
    /// The JSON body.
    pub(super) body: Option<Value>,
    /// What is to be sent right after it.
    pub(super) frames: Vec<Bytes>,
}

impl Answer {
    pub(super) fn json(status: StatusCode, body: Value) -> Self {
        Self { status: status.as_u16(), body: Some(body), frames: Vec::new() }
    }
}
