//! What the view and the server say to each other, and what the lookup answers to Studio.
//!
//! From outside: every type of a request or a reply. Names on the wire are those of the original functions, so that
//! Flows and tools written for them keep working. Fields are added, none is renamed.
//!
//! Knows nothing of how anything is sent or answered.

mod admin;
mod error;
mod lookup;

pub use admin::{
    BuildRequest, BuildStatus, DiscardReply, DiscardRequest, FlexToken, ListReply, ListRequest, PublishReply,
    StatusReply, UnreadableAsset, UpdateReply, UpdateRequest,
};
pub use error::{ErrorBody, ErrorCode};
pub use lookup::LookupReply;
