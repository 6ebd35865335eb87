//! What must be possible once nothing goes wrong any more: what was begun is gone on with or ended, and the next publish
//! succeeds.
//!
//! Knows nothing of what went wrong before.

use anyhow::{Result, bail};
use shared::wire::{ErrorCode, UpdateReply};
use shared::{Publishing, PublishingStage};

use crate::supervisor::{Refusal, Supervisor, Told};
use crate::world::Caller;

/// How often somebody else's publish may turn up before nobody believes in it any more.
const MOST_ROUNDS: usize = 6;

/// Ends what is underway, goes on with it if that `goes_on`, and publishes. The very next caller gets what was published.
///
/// # Errors
///
/// When something of that is refused.
pub(crate) async fn recover(supervisor: &Supervisor<'_>, caller: &Caller, goes_on: bool) -> Result<()> {
    for _ in 0..MOST_ROUNDS {
        let listed = supervisor.list().await?.must_be_done("the list")?;
        if let Some(publishing) = &listed.publishing {
            settle(supervisor, publishing, goes_on).await?;
            continue;
        }
        match supervisor.update(&listed).await? {
            Told::Done(reply) => return deploy(supervisor, caller, &reply).await,
            // What was on its way has arrived meanwhile, and is there to be settled.
            Told::Refused(Refusal { body, .. })
                if matches!(body.code, ErrorCode::PublishInProgress | ErrorCode::VersionConflict) => {}
            told => bail!("with nothing going wrong, the update was answered {told:?}"),
        }
    }
    bail!("after {MOST_ROUNDS} rounds somebody still publishes")
}

async fn settle(supervisor: &Supervisor<'_>, seen: &Publishing, goes_on: bool) -> Result<()> {
    let goes_on = match seen.stage {
        // Nobody discards what may be on its way to be live, and nobody goes on with what somebody ends.
        PublishingStage::Deploying => true,
        PublishingStage::Uploading | PublishingStage::Building => goes_on,
        PublishingStage::Discarding | PublishingStage::Ended | PublishingStage::Unknown => false,
    };
    match &seen.build_sid {
        Some(build_sid) if goes_on => drop(supervisor.follow(build_sid).await?),
        _ => drop(supervisor.discard(seen).await?),
    }
    Ok(())
}

async fn deploy(
    supervisor: &Supervisor<'_>,
    caller: &Caller,
    UpdateReply { build_sid, version, .. }: &UpdateReply,
) -> Result<()> {
    if !supervisor.follow(build_sid).await? {
        bail!("with nothing going wrong, {build_sid} was not deployed");
    }
    let live = supervisor.world.live_build()?;
    if live != *build_sid {
        bail!("{build_sid} was just published, and {live} is live");
    }
    let heard = caller.directory().await?;
    let published = supervisor.ledger.newest_directory();
    if heard != published {
        bail!("{published} was just published ({version}), and a caller is answered from {heard}");
    }
    Ok(())
}
