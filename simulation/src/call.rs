//! What a request to Twilio is about, as far as faults and checks ask.
//!
//! Knows nothing of answers.

use bytes::Bytes;
use http::{Method, Request, header};

/// What a request is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// Makes a Build live.
    Deployment,
    /// Requests a Build.
    NewBuild,
    /// Writes or removes what says who is publishing.
    LockWrite,
    /// Any other write.
    OtherWrite,
    /// Reads the Environment, which says what is live.
    Environment,
    /// Reads an asset from the deployed domain.
    Domain,
    /// Reads anything else.
    OtherRead,
}

impl Subject {
    /// What this request is about.
    #[must_use]
    pub(crate) fn of(request: &Request<Bytes>) -> Self {
        let path = request.uri().path();
        let is_read = request.method() == Method::GET;
        match path {
            _ if path.starts_with("/twil.io/") => Self::Domain,
            _ if path.starts_with("/iam/") => Self::OtherRead,
            _ if is_read && is_one_of(path, "/Environments/") => Self::Environment,
            _ if is_read => Self::OtherRead,
            _ if path.ends_with("/Deployments") => Self::Deployment,
            _ if path.ends_with("/Builds") => Self::NewBuild,
            _ if path.starts_with("/sync/") => Self::LockWrite,
            _ => Self::OtherWrite,
        }
    }

    /// Whether it changes anything.
    #[must_use]
    pub(crate) fn is_write(self) -> bool {
        matches!(self, Self::Deployment | Self::NewBuild | Self::LockWrite | Self::OtherWrite)
    }
}

/// Whether the path ends in one name after `list`.
fn is_one_of(path: &str, list: &str) -> bool {
    path.split_once(list).is_some_and(|(_, name)| !name.contains('/'))
}

/// Whether the request is only to be done if something is still as it was (RFC 9110, 13.1.1).
#[must_use]
pub(crate) fn has_condition(request: &Request<Bytes>) -> bool {
    request.headers().contains_key(header::IF_MATCH)
}
