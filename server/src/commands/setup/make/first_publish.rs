//! The first publish: an empty directory, so that lookups and supervisors find the asset.
//!
//! Does not read the draft: what is in it is for a supervisor to publish.

use std::sync::Arc;
use std::time::Duration;

use shared::Directory;
use shared::wire::BuildStatus;

use crate::auth::Person;
use crate::base::Base;
use crate::commands::CommandError;
use crate::commands::setup::strings;
use crate::publish::{self, SeenPublish, Submission};

/// How long to wait before Twilio is asked again how far the Build is.
const POLL_INTERVAL: Duration = Duration::from_secs(2);
/// How many times it is asked: five minutes, as long as the Serverless Toolkit waits.
const MOST_POLLS: u32 = 150;

/// Publishes an empty directory where there is none.
pub(super) async fn publish_first(base: &Base) -> Result<(), CommandError> {
    let person = Person::at_the_terminal("setup");
    discard_own_earlier_publish(base, &person).await?;
    let submission = Submission { directory: Directory::default(), version: None, confirmed_count: Some(0) };
    let build_sid = publish::update(base, &person, &Arc::new(submission)).await?.build_sid;
    for _ in 0..MOST_POLLS {
        match publish::build_status(base, &build_sid).await? {
            BuildStatus::Completed => {
                publish::deploy(base, &build_sid).await?;
                return Ok(());
            }
            BuildStatus::Failed => return Err(CommandError::new(strings::BUILD_FAILED)),
            BuildStatus::Building => base.home.sleep(POLL_INTERVAL).await,
        }
    }
    Err(CommandError::new(strings::BUILD_TAKES_TOO_LONG))
}

/// Takes away the lock that an interrupted setup left; somebody else's is left alone.
async fn discard_own_earlier_publish(base: &Base, person: &Person) -> Result<(), CommandError> {
    let publishing = publish::list(base).await?.progress.publishing;
    let Some(left) = publishing.filter(|left| left.started_by == person.name) else { return Ok(()) };
    publish::discard(base, person, &SeenPublish::from(&left)).await?;
    Ok(())
}
