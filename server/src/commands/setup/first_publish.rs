//! The first publish: an empty directory, so that lookups and supervisors find the asset.
//!
//! Knows nothing of the draft: what is in it is for a supervisor to publish.

use std::time::Duration;

use shared::Directory;
use shared::wire::BuildStatus;

use crate::auth::Person;
use crate::base::Base;
use crate::commands::{Stopped, strings};
use crate::publish::{self, SeenPublish, Submission};

/// How often Twilio is asked how far the Build is.
const BETWEEN_QUESTIONS: Duration = Duration::from_secs(2);
/// How many times it is asked: five minutes, as long as the Serverless Toolkit waits.
const QUESTIONS: u32 = 150;

/// Publishes an empty directory where there is none.
pub(super) async fn publish(base: &Base) -> Result<(), Stopped> {
    let person = Person::at_the_terminal("setup");
    end_an_earlier_one(base, &person).await?;
    let submission = Submission { directory: Directory::default(), version: None, confirmed_count: Some(0) };
    let build_sid = publish::update(base, &person, &submission).await?.build_sid;
    for _ in 0..QUESTIONS {
        match publish::build_status(base, &build_sid).await?.build_status {
            BuildStatus::Completed => {
                return publish::deploy(base, &build_sid).await.map(|_| ()).map_err(Stopped::from);
            }
            BuildStatus::Failed => return Err(Stopped::new(strings::BUILD_FAILED)),
            BuildStatus::Building => base.home.sleep(BETWEEN_QUESTIONS).await,
        }
    }
    Err(Stopped::new(strings::BUILD_TAKES_TOO_LONG))
}

/// A setup that was interrupted here left its lock; somebody else's is left alone.
async fn end_an_earlier_one(base: &Base, person: &Person) -> Result<(), Stopped> {
    let Some(left) = publish::list(base).await?.publishing.filter(|left| left.started_by == person.name) else {
        return Ok(());
    };
    publish::discard(base, person, &SeenPublish::from(&left)).await?;
    Ok(())
}
