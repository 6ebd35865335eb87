//! What the server does while its calls are listened to or go wrong.
//!
//! Knows nothing of faults.

use std::fmt;

use anyhow::{Context, Result};
use shared::wire::UpdateReply;

use crate::supervisor::{Supervisor, Told};
use crate::world::{Home, wait_until};

/// Something that makes the server call Twilio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Journey {
    /// The lookup looks for a newer directory.
    Refresh,
    /// Somebody publishes.
    Publish,
    /// Somebody begins to publish and discards it.
    Discard,
    /// Somebody publishes after another tool has deployed a Build without our asset.
    PublishAnew,
}

impl fmt::Display for Journey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Refresh => "refresh",
            Self::Publish => "publish",
            Self::Discard => "discard",
            Self::PublishAnew => "publish-anew",
        })
    }
}

impl Journey {
    /// Those that there are in a home. A Function answers from the directory that it carries, and asks for no newer one;
    /// in a Build without our asset there is no Function either.
    pub(super) fn of(home: Home) -> &'static [Self] {
        match home {
            Home::Native => &[Self::Publish, Self::Discard, Self::PublishAnew, Self::Refresh],
            Home::Functions => &[Self::Publish, Self::Discard],
        }
    }

    /// How often the lookup looks for itself, in seconds. Where somebody publishes, hardly ever, so that the calls come in
    /// the same order whenever it is done.
    pub(super) fn lookup_refresh(self) -> &'static str {
        if self == Self::Refresh { "1" } else { "3600" }
    }

    /// Goes as far as it can. What the lookup does by itself has no end: it is left to it until it `is_enough`.
    pub(super) async fn run(self, supervisor: &Supervisor<'_>, is_enough: impl Fn() -> bool) -> Result<()> {
        match self {
            Self::Refresh => wait_until("the lookup looks for a newer directory", async || Ok(is_enough())).await,
            Self::Publish | Self::PublishAnew => supervisor.publish().await.map(drop),
            Self::Discard => discard(supervisor).await,
        }
    }
}

async fn discard(supervisor: &Supervisor<'_>) -> Result<()> {
    let Told::Done(listed) = supervisor.list().await? else { return Ok(()) };
    let Told::Done(UpdateReply { build_sid, .. }) = supervisor.update(&listed).await? else { return Ok(()) };
    let Told::Done(listed) = supervisor.list().await? else { return Ok(()) };
    let publishing = listed.publishing.with_context(|| format!("nobody publishes, and {build_sid} was just made"))?;
    supervisor.discard(&publishing).await.map(drop)
}
