//! The SIDs of what an account is made with.

use serde::{Deserialize, Serialize};

use crate::sid::random_sid;

/// The SIDs that an account is made with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sids {
    /// The account (`AC…`).
    pub account: String,
    /// The default Sync Service (`IS…`).
    pub sync_service: String,
    /// The Serverless Service (`ZS…`).
    pub serverless_service: String,
    /// Its Environment (`ZE…`).
    pub serverless_environment: String,
    /// The TaskRouter Workspace (`WS…`).
    pub workspace: String,
    /// The Flex instance (`GO…`).
    pub flex_instance: String,
    /// The Flex service instance, which is the default Conversations Service (`IS…`).
    pub flex_service_instance: String,
}

impl Sids {
    /// New ones.
    #[must_use]
    pub fn random() -> Self {
        Self {
            account: random_sid("AC"),
            sync_service: random_sid("IS"),
            serverless_service: random_sid("ZS"),
            serverless_environment: random_sid("ZE"),
            workspace: random_sid("WS"),
            flex_instance: random_sid("GO"),
            flex_service_instance: random_sid("IS"),
        }
    }
}
