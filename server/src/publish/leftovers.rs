//! What a publish leaves behind when answers of Twilio got lost, and how the next one deals with it.
//!
//! Knows nothing of who holds the lock, in which it is kept.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use shared::{Publishing, PublishingStage, is_sid};

use crate::base::Base;
use crate::twilio::{Build, TwilioError};

/// Of how many publishes something is kept; a request is not on its way for as long as that many take.
const MOST: usize = 20;

/// What publishes left behind because answers got lost, for the next one to deal with. It is kept for as long as a request
/// may still be on its way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Leftovers {
    /// The Asset Versions of publishes that came to nothing. A Build that holds one may still turn up; it is removed.
    pub(super) abandoned_versions: Vec<String>,
    /// Builds that are or were live, and that a request on its way may deploy once more.
    pub(super) redeployable_builds: Vec<String>,
    /// What the last publish took the place of although it did not contain it.
    pub(super) overtaken: Option<Overtaken>,
    /// The ids of publishes that end before they may know that they have begun, or whose lock may turn up once more.
    /// As long as one of them stands in the item, the item stays.
    pub(super) ended_ids: Vec<String>,
}

/// A Build that other tools deployed just before a Build of ours, which was made without knowing it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Overtaken {
    /// The SID of their Build.
    pub(crate) build_sid: String,
    /// The SID of ours.
    pub(super) by_build_sid: String,
}

impl Leftovers {
    /// Reads what stands in the item, each part for itself. Whoever is signed in to Flex can write there, and the SIDs
    /// become parts of addresses, so what is none is left out.
    pub(super) fn read(data: &Value) -> Self {
        let is_version = |text: &str| is_sid(text, "ZN");
        let is_build = |text: &str| is_sid(text, "ZB");
        let overtaken = Overtaken::deserialize(&data["overtaken"]).ok();
        Self {
            abandoned_versions: texts(&data["abandonedVersions"], is_version),
            redeployable_builds: texts(&data["redeployableBuilds"], is_build),
            overtaken: overtaken.filter(|one| is_build(&one.build_sid) && is_build(&one.by_build_sid)),
            ended_ids: texts(&data["endedIds"], is_id),
        }
    }

    /// The Builds that a request on its way may deploy once more in place of this one.
    pub(super) fn others_than(&self, build_sid: &str) -> impl Iterator<Item = &String> {
        self.redeployable_builds.iter().filter(move |other| *other != build_sid)
    }

    /// Whether there is nothing to deal with.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What whoever comes after this publish has to deal with; `is_live` says whether it is what is deployed now. `before` is
/// what it had to deal with itself.
pub(super) fn left_by(publishing: &Publishing, before: &Leftovers, is_live: bool) -> Leftovers {
    let mut left = before.clone();
    let Publishing { build_sid, version, stage, .. } = publishing;
    match (build_sid, version) {
        _ if *stage == PublishingStage::Ended => {}
        // Whoever deployed it did not live to say whether one request was enough.
        (Some(build_sid), _) if is_live && may_be_deployed_again(*stage) => {
            keep(&mut left.redeployable_builds, build_sid);
        }
        (_, Some(version)) if !is_live => keep(&mut left.abandoned_versions, version),
        _ => {}
    }
    left
}

/// Whether a request to deploy the Build of a publish that got so far may still be on its way.
pub(super) fn may_be_deployed_again(stage: PublishingStage) -> bool {
    matches!(stage, PublishingStage::Deploying | PublishingStage::Unknown)
}

/// Whether this tells one publish from every other.
pub(super) fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The texts of an array that are as they should be, of many the last ones.
fn texts(array: &Value, is_one: impl Fn(&str) -> bool) -> Vec<String> {
    let mut texts = Vec::new();
    for text in array.as_array().into_iter().flatten().filter_map(Value::as_str).filter(|text| is_one(text)) {
        keep(&mut texts, text);
    }
    texts
}

/// Adds one, and forgets the oldest when there are too many.
pub(super) fn keep(sids: &mut Vec<String>, sid: &str) {
    if !sids.iter().any(|kept| kept == sid) {
        sids.push(sid.to_owned());
        sids.drain(..sids.len().saturating_sub(MOST));
    }
}

/// Removes every Build of the publishes that came to nothing, so that nothing can deploy them any more. One that is live,
/// here because it was quicker or in another Environment, stays: Twilio removes no such Build.
pub(super) async fn remove_abandoned_builds(base: &Base, leftovers: &Leftovers) -> Result<(), TwilioError> {
    if leftovers.abandoned_versions.is_empty() {
        return Ok(());
    }
    let builds = base.twilio.list_builds_after(None).await?;
    for build in builds.iter().filter(|build| holds_any(base, build, &leftovers.abandoned_versions)) {
        match base.twilio.remove_build(&build.sid).await {
            Err(error) if error.is_conflict() && is_deployed_anywhere(base, &build.sid).await? => {}
            result => result?,
        }
    }
    Ok(())
}

/// Whether an Environment of our Service has deployed this Build.
async fn is_deployed_anywhere(base: &Base, build_sid: &str) -> Result<bool, TwilioError> {
    let environments = base.twilio.list_environments().await?;
    Ok(environments.iter().any(|environment| environment.build_sid.as_deref() == Some(build_sid)))
}

/// Whether our asset in this Build is one of these versions.
pub(super) fn holds_any(base: &Base, build: &Build, versions: &[String]) -> bool {
    build.asset_version_at(&base.config.asset_name).is_some_and(|asset| versions.contains(&asset.sid))
}

/// Sees to it that this Build stays live: those that a request on its way could deploy once more are removed, and where
/// one of them was quicker, this one is deployed again. What can not be removed stays in `leftovers`.
pub(super) async fn keep_live(base: &Base, build_sid: &str, leftovers: &mut Leftovers) -> Result<(), TwilioError> {
    let others: Vec<_> = leftovers.others_than(build_sid).cloned().collect();
    for other in others {
        match base.twilio.remove_build(&other).await {
            Ok(()) => leftovers.redeployable_builds.retain(|kept| *kept != other),
            Err(_) if base.twilio.is_live(&other).await? => {
                base.twilio.create_deployment(build_sid, Some(&other)).await?;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The Build that other tools deployed after our last look and before our Deployment: ours was made from `before`, and
/// what they deployed is not live any more. `ours` are Builds that no other tool deployed.
pub(super) async fn overtaken(
    base: &Base,
    build_sid: &str,
    before: Option<&str>,
    ours: &[String],
) -> Result<Option<Overtaken>, TwilioError> {
    let deployments = base.twilio.list_latest_deployments().await?;
    let older = deployments.iter().skip_while(|other| other.build_sid != build_sid);
    let previous = older.map(|other| other.build_sid.as_str()).find(|other| *other != build_sid);
    let theirs = previous.filter(|previous| Some(*previous) != before && !ours.iter().any(|ours| ours == previous));
    Ok(theirs.map(|theirs| Overtaken { build_sid: theirs.to_owned(), by_build_sid: build_sid.to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn publishing(stage: &str, build_sid: Option<&str>, version: Option<&str>) -> Publishing {
        Publishing::read(&json!({
            "startedBy": "ann@example.com", "startedAt": "2026-01-01T00:00:00Z",
            "stage": stage, "buildSid": build_sid, "version": version,
        }))
    }

    fn left(publishing: &Publishing, is_live: bool) -> Leftovers {
        left_by(publishing, &Leftovers::default(), is_live)
    }

    #[test]
    fn the_build_of_a_publish_that_came_to_nothing_must_not_turn_up_later() {
        for stage in ["uploading", "building", "deploying", "discarding"] {
            let left = left(&publishing(stage, Some("ZB1"), Some("ZN1")), false);
            assert_eq!(left.abandoned_versions, ["ZN1"], "{stage}");
        }
        assert!(left(&publishing("ended", Some("ZB1"), Some("ZN1")), false).is_empty());
        assert!(left(&publishing("uploading", None, None), false).is_empty());
    }

    #[test]
    fn a_live_build_whose_deployment_nobody_finished_may_be_deployed_once_more() {
        for stage in ["deploying", "a stage of a newer version"] {
            let left = left(&publishing(stage, Some("ZB1"), Some("ZN1")), true);
            let expected = Leftovers { redeployable_builds: vec!["ZB1".to_owned()], ..Leftovers::default() };
            assert_eq!(left, expected, "{stage}");
        }
    }

    #[test]
    fn no_more_is_kept_than_can_be_on_its_way() {
        let mut sids = Vec::new();
        for n in 0..50 {
            keep(&mut sids, &format!("ZN{n}"));
        }
        assert_eq!((sids.len(), sids[MOST - 1].as_str()), (MOST, "ZN49"));
    }
}
