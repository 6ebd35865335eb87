//! Publishing: the stages, the two guards, failures, and others who publish.

use serde_json::{Value, json};
use shared::wire::{BuildStatus, ErrorBody, ErrorCode, PublishReply, UpdateReply};

use crate::model::stories::world::{World, item, publishing, refused, reply, row};
use crate::model::{
    Conflict, DraftEvent, Effect, Event, Notification, Problem, PublishEvent, PublishFailure, PublishedEvent,
    ReviewEvent, Stage, Timer,
};

/// 3333 was added, reviewed and confirmed.
fn clicked() -> World {
    let mut world = World::loaded();
    world.draft(DraftEvent::Written(item("3333", 3, 3)));
    review_and_confirm(&mut world);
    world
}

fn review_and_confirm(world: &mut World) {
    world.tell(Event::Review(ReviewEvent::Opened));
    world.tell(Event::Review(ReviewEvent::Confirmed));
}

fn attempt(world: &World) -> u32 {
    match &world.asked[..] {
        [
            Effect::Update { attempt, .. }
            | Effect::FetchBuildStatus { attempt, .. }
            | Effect::Deploy { attempt, .. }
            | Effect::Wait { timer: Timer::Poll(attempt), .. },
        ] => *attempt,
        other => panic!("nothing was asked for that belongs to an attempt: {other:?}"),
    }
}

fn updated(world: &mut World, answer: Result<UpdateReply, Problem>) {
    let attempt = attempt(world);
    world.publish(PublishEvent::Updated { attempt, answer });
}

fn status(world: &mut World, answer: Result<BuildStatus, Problem>) {
    let attempt = attempt(world);
    world.publish(PublishEvent::BuildStatusFetched { attempt, answer });
}

fn deployed(world: &mut World, answer: Result<PublishReply, Problem>) {
    let attempt = attempt(world);
    world.publish(PublishEvent::Deployed { attempt, answer });
}

fn build() -> UpdateReply {
    UpdateReply { success: true, status: 200, build_sid: "ZB1".to_owned(), version: "ZN2".to_owned() }
}

fn live() -> PublishReply {
    PublishReply { success: true, status: 200, deployment_sid: Some("ZD1".to_owned()), overtaken_build_sid: None }
}

fn building() -> World {
    let mut world = clicked();
    updated(&mut world, Ok(build()));
    world
}

#[test]
fn a_publish_goes_through_its_stages_and_is_loaded_anew() {
    let mut world = clicked();
    assert_eq!(world.model.publish.stage, Stage::Uploading);
    let [Effect::Update { rows, version, .. }] = &world.asked[..] else { panic!() };
    assert_eq!(rows.len(), 3);
    assert_eq!(version.as_deref(), Some("ZN1"));
    updated(&mut world, Ok(build()));
    assert_eq!(world.model.publish.stage, Stage::Building);
    status(&mut world, Ok(BuildStatus::Building));
    assert!(matches!(world.asked[..], [Effect::Wait { milliseconds: 2000, .. }]));
    let attempt = attempt(&world);
    world.tell(Event::Elapsed(Timer::Poll(attempt)));
    status(&mut world, Ok(BuildStatus::Completed));
    assert_eq!(world.model.publish.stage, Stage::Deploying);
    deployed(&mut world, Ok(live()));
    assert_eq!(world.model.publish.stage, Stage::Live);
    assert_eq!(world.asked[0], Effect::Notify(Notification::Published(3)));
    world.listed(Ok(reply(&[row("1111", 1), row("2222", 2), row("3333", 3)])));
    assert_eq!(world.model.change_count(), Some(0));
}

#[test]
fn what_is_edited_while_publishing_stays_to_be_published() {
    let mut world = building();
    world.draft(DraftEvent::Written(item("4444", 4, 4)));
    world.publish(PublishEvent::BuildStatusFetched { attempt: 1, answer: Ok(BuildStatus::Completed) });
    deployed(&mut world, Ok(live()));
    world.listed(Ok(reply(&[row("1111", 1), row("2222", 2), row("3333", 3)])));
    assert_eq!(world.model.change_count(), Some(1));
    assert!(world.model.may_publish());
}

#[test]
fn a_version_conflict_is_said_and_reloading_clears_it() {
    let mut world = clicked();
    updated(&mut world, Err(refused(ErrorCode::VersionConflict)));
    assert_eq!(world.model.conflict(), Some(Conflict::UpdatedByOther));
    assert_eq!(world.model.publish.stage, Stage::Idle);
    world.tell(Event::Published(PublishedEvent::ReloadClicked));
    world.listed(Ok(reply(&[row("1111", 1)])));
    assert_eq!(world.model.conflict(), None);
    assert_eq!(world.model.change_count(), Some(2), "the draft is untouched");
}

#[test]
fn a_publish_of_somebody_else_is_said_with_the_name_until_it_is_over() {
    let mut world = World::loaded();
    world.draft(DraftEvent::Lock(Some(publishing("Sam"))));
    assert_eq!(world.model.conflict(), Some(Conflict::InProgress(Some("Sam".to_owned()))));
    world.draft(DraftEvent::Lock(None));
    assert_eq!(world.model.conflict(), None);
    world.listed(Ok(reply(&[row("1111", 1), row("2222", 2)])));
}

#[test]
fn the_server_saying_that_somebody_publishes_is_said_too() {
    let mut world = clicked();
    let detail = Some(json!({"startedBy": "Sam", "startedAt": "2026-11-22T10:00:00Z"}));
    let body = ErrorBody { code: ErrorCode::PublishInProgress, message: String::new(), detail };
    updated(&mut world, Err(Problem::Refused(body)));
    assert_eq!(world.model.conflict(), Some(Conflict::InProgress(Some("Sam".to_owned()))));
    world.draft(DraftEvent::Lock(Some(publishing("Sam"))));
    world.draft(DraftEvent::Lock(None));
    assert_eq!(world.model.conflict(), None);
}

#[test]
fn a_build_that_is_not_deployed_is_somebody_half_way_through() {
    let mut world = World::loaded();
    world.tell(Event::Shown);
    let mut half_way = reply(&[row("1111", 1)]);
    half_way.version_is_deployed = false;
    world.listed(Ok(half_way));
    assert_eq!(world.model.conflict(), Some(Conflict::InProgress(None)));
    assert!(world.model.may_publish(), "whoever began it may never come back");
}

#[test]
fn what_was_listed_while_somebody_published_says_nothing_of_other_routes_once_that_is_over() {
    let mut world = World::loaded();
    world.tell(Event::Shown);
    let mut meanwhile = reply(&[row("1111", 1)]);
    (meanwhile.publishing, meanwhile.version_is_deployed) = (Some(publishing("Sam")), false);
    world.listed(Ok(meanwhile));
    world.draft(DraftEvent::Lock(Some(publishing("Sam"))));
    world.draft(DraftEvent::Lock(None));
    assert_eq!(world.model.conflict(), None);
}

#[test]
fn ones_own_publish_is_no_conflict() {
    let mut world = building();
    let mut mine = publishing("Me");
    world.draft(DraftEvent::Lock(Some(mine.clone())));
    assert_eq!(world.model.conflict(), None);
    mine.build_sid = Some("ZB1".to_owned());
    world.draft(DraftEvent::Lock(Some(mine)));
    world.publish(PublishEvent::BuildStatusFetched { attempt: 1, answer: Ok(BuildStatus::Completed) });
    deployed(&mut world, Ok(live()));
    assert_eq!(world.model.conflict(), None, "the lock is still there for a moment");
}

#[test]
fn a_failed_build_is_said_and_publishing_again_starts_over() {
    let mut world = building();
    status(&mut world, Ok(BuildStatus::Failed));
    assert_eq!(world.model.publish.stage, Stage::Failed(PublishFailure::BuildFailed("ZB1".to_owned())));
    assert_eq!(world.asked, [Effect::Notify(Notification::PublishFailed)]);
    assert!(!world.model.publish.may_resume());
    review_and_confirm(&mut world);
    assert!(matches!(world.asked[..], [Effect::Update { .. }]));
}

#[test]
fn a_build_that_takes_too_long_can_be_continued() {
    let mut world = building();
    for _ in 0..149 {
        status(&mut world, Ok(BuildStatus::Building));
        let attempt = attempt(&world);
        world.tell(Event::Elapsed(Timer::Poll(attempt)));
    }
    status(&mut world, Ok(BuildStatus::Building));
    assert_eq!(world.model.publish.stage, Stage::Failed(PublishFailure::TooLong("ZB1".to_owned())));
    world.publish(PublishEvent::ResumeClicked);
    assert!(matches!(&world.asked[..], [Effect::FetchBuildStatus { build_sid, .. }] if build_sid == "ZB1"));
    status(&mut world, Ok(BuildStatus::Completed));
    assert!(matches!(world.asked[..], [Effect::Deploy { .. }]));
}

#[test]
fn a_status_that_can_not_be_asked_for_a_moment_does_not_end_the_publish() {
    let mut world = building();
    status(&mut world, Err(Problem::Unreachable("offline".to_owned())));
    assert_eq!(world.model.publish.stage, Stage::Building);
    assert!(matches!(world.asked[..], [Effect::Wait { .. }]));
}

#[test]
fn a_deployment_that_failed_can_be_continued_with_the_same_build() {
    let mut world = building();
    status(&mut world, Ok(BuildStatus::Completed));
    deployed(&mut world, Err(Problem::Unreachable("offline".to_owned())));
    assert!(world.model.publish.may_resume());
    world.publish(PublishEvent::ResumeClicked);
    assert!(matches!(&world.asked[..], [Effect::FetchBuildStatus { build_sid, .. }] if build_sid == "ZB1"));
}

#[test]
fn an_answer_to_an_earlier_attempt_is_ignored() {
    let mut world = clicked();
    updated(&mut world, Err(Problem::Unreachable("offline".to_owned())));
    review_and_confirm(&mut world);
    world.publish(PublishEvent::Updated { attempt: 1, answer: Ok(build()) });
    assert_eq!(world.model.publish.stage, Stage::Uploading);
}

#[test]
fn nothing_is_published_before_everything_is_loaded_or_twice_at_once() {
    let mut world = World::default();
    world.tell(Event::Shown);
    review_and_confirm(&mut world);
    assert_eq!(world.asked, []);
    let mut world = clicked();
    review_and_confirm(&mut world);
    assert_eq!(world.asked, []);
}

#[test]
fn a_row_that_stands_under_two_keys_for_a_moment_is_published_once() {
    let mut world = World::loaded();
    let mut old = item("1111", 1, 3);
    old.key = crate::model::stories::world::sid(1);
    world.draft(DraftEvent::Written(old));
    review_and_confirm(&mut world);
    let [Effect::Update { rows, .. }] = &world.asked[..] else { panic!() };
    let numbers: Vec<&Value> = rows.iter().map(|row| &row["extensionNumber"]).collect();
    assert_eq!(numbers, ["1111", "2222"]);
}

#[test]
fn an_old_answer_to_what_is_published_does_not_replace_a_newer_one() {
    let mut world = World::loaded();
    world.tell(Event::Shown);
    let [Effect::List { request: first }] = world.asked[..] else { panic!() };
    world.tell(Event::Shown);
    world.listed(Ok(reply(&[row("1111", 1), row("2222", 2)])));
    world.tell(Event::Published(PublishedEvent::Listed { request: first, answer: Ok(Box::new(reply(&[]))) }));
    assert_eq!(world.model.change_count(), Some(0));
}
