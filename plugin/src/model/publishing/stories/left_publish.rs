//! A publish elsewhere: how far it is, for how long, and what can be done when nobody goes on with it.

use serde_json::json;
use shared::wire::{BuildStatus, DiscardReply, ErrorBody, ErrorCode, PublishReply};
use shared::{Publishing, PublishingStage};

use crate::model::stories::world::{World, refused, reply, row};
use crate::model::{
    Conflict, DiscardEvent, DiscardState, DraftEvent, Effect, Event, Notification, Problem, Progress, PublishEvent,
    PublishFailure, ReviewEvent, Stage, Timer, started_at_milliseconds,
};

/// Sam's publish, ten seconds before the clock of [`at`] begins.
fn sams(stage: PublishingStage) -> Publishing {
    let build_sid = (stage != PublishingStage::Uploading).then_some("ZB7");
    serde_json::from_value(json!({
        "startedBy": "Sam", "startedAt": "2026-11-22T10:00:00Z", "stage": stage, "buildSid": build_sid, "rows": 42,
    }))
    .unwrap()
}

fn at(world: &mut World, seconds: i64) {
    world.tell(Event::Clock(
        started_at_milliseconds(&sams(PublishingStage::Uploading)).unwrap() + 10_000 + seconds * 1000,
    ));
}

fn left(stage: PublishingStage) -> World {
    let mut world = World::loaded();
    world.draft(DraftEvent::Lock(Some(sams(stage))));
    at(&mut world, 0);
    world
}

fn discard(world: &mut World, event: DiscardEvent) {
    world.tell(Event::Discard(event));
}

fn asked_to_discard(world: &World) -> u32 {
    let [Effect::Discard { request, .. }] = world.asked[..] else { panic!("{:?}", world.asked) };
    request
}

fn discarded() -> DiscardReply {
    DiscardReply { success: true, status: 200, discarded: true, already_live: false }
}

#[test]
fn everybody_sees_who_is_publishing_how_far_it_is_and_for_how_long() {
    let mut world = left(PublishingStage::Uploading);
    let seen = Progress { stage: Stage::Uploading, by: Some("Sam".to_owned()), seconds: Some(10) };
    assert_eq!(world.model.progress(), Some(seen));
    assert!(matches!(world.asked[..], [Effect::Wait { milliseconds: 1000, timer: Timer::Second }]));
    world.draft(DraftEvent::Lock(Some(sams(PublishingStage::Building))));
    at(&mut world, 65);
    assert_eq!(world.model.progress().map(|seen| (seen.stage, seen.seconds)), Some((Stage::Building, Some(75))));
    world.draft(DraftEvent::Lock(None));
    assert_eq!(world.model.progress(), None);
    at(&mut world, 66);
    assert_eq!(world.asked, [], "the clock stands still while nobody publishes");
}

#[test]
fn when_somebody_elses_publish_is_live_it_is_said_until_it_was_read() {
    let mut world = left(PublishingStage::Building);
    let mut lock = sams(PublishingStage::Deploying);
    lock.version = Some("ZN7".to_owned());
    world.draft(DraftEvent::Lock(Some(lock)));
    world.draft(DraftEvent::Lock(None));
    assert_eq!(world.model.progress(), None, "it may have been discarded");
    let mut newer = reply(&[row("1111", 1)]);
    newer.version = Some("ZN7".to_owned());
    world.listed(Ok(newer));
    world.draft(DraftEvent::Lock(None));
    let seen = Progress { stage: Stage::Live, by: Some("Sam".to_owned()), seconds: None };
    assert_eq!(world.model.progress(), Some(seen));
    world.publish(PublishEvent::Dismissed);
    assert_eq!(world.model.progress(), None);
}

#[test]
fn a_clock_that_is_behind_shows_no_negative_time() {
    let mut world = left(PublishingStage::Building);
    at(&mut world, -60);
    assert_eq!(world.model.progress().and_then(|seen| seen.seconds), Some(0));
}

#[test]
fn ones_own_publish_counts_until_it_is_live() {
    let mut world = World::loaded();
    world.tell(Event::Review(ReviewEvent::Opened));
    world.tell(Event::Review(ReviewEvent::Confirmed));
    at(&mut world, 0);
    at(&mut world, 3);
    assert_eq!(world.model.progress().and_then(|seen| seen.seconds), Some(3));
    let build =
        shared::wire::UpdateReply { success: true, status: 200, build_sid: "ZB1".into(), version: "ZN2".into() };
    world.publish(PublishEvent::Updated { attempt: 1, answer: Ok(build) });
    world.publish(PublishEvent::BuildStatusFetched { attempt: 1, answer: Ok(BuildStatus::Completed) });
    world.publish(PublishEvent::Deployed { attempt: 1, answer: Ok(live()) });
    at(&mut world, 5);
    at(&mut world, 90);
    assert_eq!(
        world.model.progress().map(|seen| (seen.stage, seen.by, seen.seconds)),
        Some((Stage::Live, None, Some(5)))
    );
}

fn live() -> PublishReply {
    PublishReply { success: true, status: 200, deployment_sid: Some("ZD1".to_owned()), overtaken_build_sid: None }
}

#[test]
fn what_somebody_left_with_a_build_can_be_continued_to_the_end() {
    let mut world = left(PublishingStage::Building);
    world.publish(PublishEvent::ResumeClicked);
    assert_eq!(world.model.conflict(), None);
    assert_eq!(world.model.publish.stage, Stage::Building);
    let [Effect::FetchBuildStatus { attempt, build_sid }] = &world.asked[..] else { panic!() };
    let (attempt, build_sid) = (*attempt, build_sid.clone());
    assert_eq!(build_sid, "ZB7");
    assert_eq!(world.model.progress().and_then(|seen| seen.seconds), Some(10), "it began when Sam began");
    world.publish(PublishEvent::BuildStatusFetched { attempt, answer: Ok(BuildStatus::Completed) });
    world.draft(DraftEvent::Lock(Some(sams(PublishingStage::Deploying))));
    world.publish(PublishEvent::Deployed { attempt, answer: Ok(live()) });
    assert_eq!(world.asked[0], Effect::Notify(Notification::Published(42)));
    assert_eq!(world.model.publish.stage, Stage::Live);
}

#[test]
fn what_was_left_without_a_build_can_only_be_discarded() {
    let mut world = left(PublishingStage::Uploading);
    world.publish(PublishEvent::ResumeClicked);
    assert_eq!(world.asked, []);
    assert_eq!(world.model.publish.stage, Stage::Idle);
    discard(&mut world, DiscardEvent::Clicked);
    discard(&mut world, DiscardEvent::Confirmed);
    let [Effect::Discard { build_sid: None, started_at, .. }] = &world.asked[..] else { panic!() };
    assert_eq!(started_at, "2026-11-22T10:00:00Z");
}

#[test]
fn discarding_asks_first_and_then_everything_is_loaded_anew() {
    let mut world = left(PublishingStage::Building);
    discard(&mut world, DiscardEvent::Clicked);
    assert_eq!(world.model.discard.as_ref().unwrap().publishing.started_by, "Sam");
    assert_eq!(world.asked, []);
    discard(&mut world, DiscardEvent::Confirmed);
    let request = asked_to_discard(&world);
    discard(&mut world, DiscardEvent::Confirmed);
    assert_eq!(world.asked, [], "it is discarded once");
    world.draft(DraftEvent::Lock(None));
    world.asked.clear();
    discard(&mut world, DiscardEvent::Answered { request, answer: Ok(discarded()) });
    assert_eq!(world.model.discard, None);
    world.listed(Ok(reply(&[row("1111", 1), row("2222", 2)])));
    assert_eq!(world.model.conflict(), None);
    assert_eq!(world.model.progress(), None);
}

#[test]
fn the_question_follows_a_publish_that_is_really_going_on() {
    let mut world = left(PublishingStage::Uploading);
    discard(&mut world, DiscardEvent::Clicked);
    world.draft(DraftEvent::Lock(Some(sams(PublishingStage::Building))));
    assert_eq!(world.model.discard.as_ref().unwrap().publishing.stage, PublishingStage::Building);
    world.draft(DraftEvent::Lock(None));
    assert_eq!(world.model.discard, None, "it is over");
}

#[test]
fn the_question_is_never_about_another_publish_than_the_one_it_was_asked_for() {
    let mut world = left(PublishingStage::Building);
    discard(&mut world, DiscardEvent::Clicked);
    let mut next = sams(PublishingStage::Uploading);
    next.started_at = "2026-11-22T11:00:00Z".to_owned();
    world.draft(DraftEvent::Lock(Some(next)));
    assert_eq!(world.model.discard, None);
}

#[test]
fn a_publish_that_went_on_in_that_very_moment_is_not_discarded_and_it_is_said() {
    let mut world = left(PublishingStage::Uploading);
    discard(&mut world, DiscardEvent::Clicked);
    discard(&mut world, DiscardEvent::Confirmed);
    let request = asked_to_discard(&world);
    let refusal = refused(ErrorCode::PublishInProgress);
    discard(&mut world, DiscardEvent::Answered { request, answer: Err(refusal.clone()) });
    assert_eq!(world.model.discard.as_ref().unwrap().state, DiscardState::Failed(refusal));
}

#[test]
fn whoever_was_discarded_is_told_and_can_publish_again() {
    let mut world = left(PublishingStage::Building);
    world.publish(PublishEvent::ResumeClicked);
    world.draft(DraftEvent::Lock(None));
    world.publish(PublishEvent::BuildStatusFetched { attempt: 1, answer: Ok(BuildStatus::Completed) });
    let body = ErrorBody { code: ErrorCode::PublishDiscarded, message: "gone".to_owned(), detail: None };
    let gone = Problem::Refused(body);
    world.publish(PublishEvent::Deployed { attempt: 1, answer: Err(gone.clone()) });
    assert_eq!(world.model.publish.stage, Stage::Failed(PublishFailure::Problem(gone)));
    assert!(!world.model.publish.may_resume() && world.model.may_publish());
}

#[test]
fn what_one_gave_up_oneself_is_left_for_everybody_to_continue() {
    let mut world = left(PublishingStage::Building);
    world.publish(PublishEvent::ResumeClicked);
    world.publish(PublishEvent::BuildStatusFetched { attempt: 1, answer: Ok(BuildStatus::Completed) });
    let offline = Problem::Unreachable("offline".to_owned());
    world.publish(PublishEvent::Deployed { attempt: 1, answer: Err(offline) });
    assert!(world.model.publish.may_resume());
    assert_eq!(world.model.conflict(), None);
    world.publish(PublishEvent::Dismissed);
    assert_eq!(world.model.conflict(), Some(Conflict::InProgress(Some("Sam".to_owned()))));
    discard(&mut world, DiscardEvent::Clicked);
    assert!(world.model.discard.is_some());
}

#[test]
fn what_is_live_already_can_not_be_discarded_and_is_said_to_be_live() {
    let mut world = World::loaded();
    world.tell(Event::Review(ReviewEvent::Opened));
    world.tell(Event::Review(ReviewEvent::Confirmed));
    let build =
        shared::wire::UpdateReply { success: true, status: 200, build_sid: "ZB7".into(), version: "ZN7".into() };
    world.publish(PublishEvent::Updated { attempt: 1, answer: Ok(build) });
    world.publish(PublishEvent::BuildStatusFetched { attempt: 1, answer: Ok(BuildStatus::Completed) });
    world.publish(PublishEvent::Deployed { attempt: 1, answer: Err(refused(ErrorCode::DeploymentUnclear)) });
    assert!(world.model.publish.may_resume(), "nobody knows yet, so it can be gone on with");
    world.draft(DraftEvent::Lock(Some(sams(PublishingStage::Deploying))));
    discard(&mut world, DiscardEvent::Clicked);
    discard(&mut world, DiscardEvent::Confirmed);
    let request = asked_to_discard(&world);
    let already_live = DiscardReply { discarded: false, already_live: true, ..discarded() };
    discard(&mut world, DiscardEvent::Answered { request, answer: Ok(already_live) });
    assert_eq!((&world.model.discard, &world.model.publish.stage), (&None, &Stage::Live));
}

#[test]
fn discarding_what_somebody_else_brought_live_says_that_it_is_live() {
    let mut world = left(PublishingStage::Building);
    discard(&mut world, DiscardEvent::Clicked);
    discard(&mut world, DiscardEvent::Confirmed);
    let request = asked_to_discard(&world);
    let already_live = DiscardReply { discarded: false, already_live: true, ..discarded() };
    discard(&mut world, DiscardEvent::Answered { request, answer: Ok(already_live) });
    let state = |world: &World| world.model.discard.as_ref().map(|discard| discard.state.clone());
    assert_eq!(state(&world), Some(DiscardState::AlreadyLive));
    world.draft(DraftEvent::Lock(None));
    assert_eq!(state(&world), Some(DiscardState::AlreadyLive), "it is read before it goes");
    discard(&mut world, DiscardEvent::Canceled);
    assert_eq!(state(&world), None);
}

#[test]
fn what_others_deployed_in_the_same_moment_is_said_until_it_was_read() {
    let mut world = left(PublishingStage::Building);
    world.publish(PublishEvent::ResumeClicked);
    world.publish(PublishEvent::BuildStatusFetched { attempt: 1, answer: Ok(BuildStatus::Completed) });
    let reply = PublishReply { overtaken_build_sid: Some("ZB8".to_owned()), ..live() };
    world.publish(PublishEvent::Deployed { attempt: 1, answer: Ok(reply) });
    assert_eq!(world.model.publish.overtaken.as_deref(), Some("ZB8"));
    world.publish(PublishEvent::Dismissed);
    assert_eq!(world.model.publish.overtaken, None);
}

#[test]
fn a_lock_that_nobody_can_read_stops_publishing_and_can_be_discarded() {
    let mut world = World::loaded();
    world.draft(DraftEvent::Lock(Some(Publishing::read(&json!({"hello": 1})))));
    assert!(matches!(world.model.conflict(), Some(Conflict::InProgress(_))));
    discard(&mut world, DiscardEvent::Clicked);
    discard(&mut world, DiscardEvent::Confirmed);
    asked_to_discard(&world);
}
