//! What the server does while its calls are listened to or go wrong.
//!
//! Knows nothing of faults.

use std::fmt;

use anyhow::{Context, Result};
use shared::wire::UpdateReply;

use crate::supervisor::{Supervisor, Told};
use crate::world::{Home, wait_until};

/// So many calls of the lookup for itself have each of them among them.
const ALL_OF_A_REFRESH: usize = 9;

/// Something that makes the server call Twilio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Journey {
    /// The lookup looks for a newer directory.
    Refresh,
    /// Somebody publishes.
    Publish,
    /// Somebody begins to publish and discards it.
    Discard,
}

impl fmt::Display for Journey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Refresh => "refresh",
            Self::Publish => "publish",
            Self::Discard => "discard",
        })
    }
}

impl Journey {
    /// Those that there are in a home. A Function answers from the directory that it carries, and asks for no newer one.
    pub(super) fn of(home: Home) -> &'static [Self] {
        match home {
            Home::Native => &[Self::Publish, Self::Discard, Self::Refresh],
            Home::Functions => &[Self::Publish, Self::Discard],
        }
    }

    /// How often the lookup looks for itself, in seconds. Where somebody publishes, hardly ever, so that the calls come in
    /// the same order whenever it is done.
    pub(super) fn lookup_refresh(self) -> &'static str {
        if self == Self::Refresh { "1" } else { "3600" }
    }

    /// Goes as far as it can; `before` is how many calls there were when it begins.
    pub(super) async fn run(self, supervisor: &Supervisor<'_>, before: u64) -> Result<()> {
        match self {
            Self::Refresh => {
                let world = supervisor.world;
                let enough = async || Ok(world.calls_since(before).len() >= ALL_OF_A_REFRESH);
                wait_until("the lookup looks for a newer directory", enough).await
            }
            Self::Publish => supervisor.publish().await.map(drop),
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
