//! One example for every kind of failure: its status, its code, its sentence.

use super::*;
use crate::auth::SignInError;
use crate::directory::{ReadError, VersionConflict};
use crate::home::SendError;
use crate::lookup::NothingToAnswerFrom;
use crate::publish::{BuildStatusError, DeployError, LockError, SubmissionError, UpdateError};
use shared::{Directory, NumberRules};

/// What a client sees of an error.
struct Seen {
    status: u16,
    code: String,
    message: String,
    detail: Value,
    retry_after: Option<String>,
}

fn seen(error: ApiError) -> Seen {
    let (status, code) = error.status_and_code();
    let (message, detail) = (error.sentence().into_owned(), error.detail().unwrap_or_default());
    let response = error.into_response();
    assert_eq!(response.status(), status);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/json");
    let retry_after = response.headers().get(header::RETRY_AFTER).map(|value| value.to_str().unwrap().to_owned());
    let code = serde_json::to_value(code).unwrap().as_str().unwrap().to_owned();
    Seen { status: status.as_u16(), code, message, detail, retry_after }
}

fn rejected() -> TwilioError {
    TwilioError::Rejected { operation: "create Build", status: 400, code: Some(20001), message: "no".into() }
}

#[test]
fn every_failure_has_its_status_and_code_and_a_sentence_with_a_next_step() {
    let broken = || Directory::parse(&[json!(1)], &NumberRules::default()).unwrap_err();
    let unreachable = TwilioError::Unreachable { operation: "fetch Build", source: SendError("refused".into()) };
    let table = [
        (ApiError::InvalidRequest("Send it again.".into()), 400, "invalid-request"),
        (ApiError::NotSignedIn, 401, "not-signed-in"),
        (ApiError::RoleNeeded, 403, "not-allowed"),
        (ApiError::NotSignedByTwilio, 403, "not-allowed"),
        (ApiError::DirectoryTooLarge { bytes: 11, limit: 10 }, 413, "too-large"),
        (ApiError::Replaced, 503, "twilio-failed"),
        (ApiError::NoSuchPath, 404, "not-found"),
        (ApiError::UnknownBuild, 404, "unknown-build"),
        (ApiError::WrongMethod, 405, "not-found"),
        (ApiError::VersionConflict(None), 409, "version-conflict"),
        (ApiError::PublishInProgress(None), 409, "publish-in-progress"),
        (ApiError::PublishDiscarded, 409, "publish-discarded"),
        (ApiError::BuildNotReady(BuildStatus::Building), 409, "build-not-ready"),
        (ApiError::TooLarge, 413, "too-large"),
        (ApiError::TokenNotFirst, 413, "too-large"),
        (ApiError::TooSlow, 408, "invalid-request"),
        (ApiError::RowTooLarge { row: 7 }, 422, "invalid-directory"),
        (ApiError::RowUnreadable { row: 7 }, 422, "invalid-directory"),
        (ApiError::Busy, 503, "busy"),
        (ApiError::SignInsBusy, 503, "busy"),
        (ApiError::InvalidDirectory(broken()), 422, "invalid-directory"),
        (ApiError::ConfirmationRequired { count: 0, published: Some(120) }, 422, "confirmation-required"),
        (ApiError::ConfirmationRequired { count: 3, published: None }, 422, "confirmation-required"),
        (ApiError::Internal("x".into()), 500, "internal"),
        (ApiError::Twilio(rejected()), 502, "twilio-failed"),
        (ApiError::Twilio(unreachable), 502, "twilio-failed"),
        (ApiError::PrivateAsset("/a.json".into()), 502, "twilio-failed"),
        (ApiError::NotADirectory("/a.json".into()), 502, "twilio-failed"),
        (ApiError::TooManyRows("/a.json".into()), 502, "twilio-failed"),
        (ApiError::NothingToAnswerFrom("Try again."), 503, "twilio-failed"),
        (ApiError::DeploymentUnclear(rejected()), 504, "deployment-unclear"),
        (ApiError::BuildGone("ZB1".into()), 502, "twilio-failed"),
    ];
    for (error, status, code) in table {
        let name = format!("{error:?}");
        let seen = seen(error);
        assert_eq!(seen.status, status, "{name}");
        assert_eq!(seen.code, code, "{name}");
        assert!(seen.message.ends_with('.') && !seen.message.is_empty(), "{name}: {}", seen.message);
    }
}

#[test]
fn every_error_of_the_rooms_below_has_its_answer() {
    let conflict = || VersionConflict { published: Some("ZN1".into()) };
    let private = || ReadError::Private("/a.json".into());
    let unwritable = serde_json::from_str::<Value>("{").unwrap_err();
    let table: [(ApiError, &str); 26] = [
        (SignInError::Busy.into(), "busy"),
        (SignInError::NotSignedIn.into(), "not-signed-in"),
        (SignInError::RoleNeeded.into(), "not-allowed"),
        (SignInError::Twilio(rejected()).into(), "twilio-failed"),
        (private().into(), "twilio-failed"),
        (ReadError::OlderBuild.into(), "twilio-failed"),
        (ReadError::BuildGone("ZB1".into()).into(), "twilio-failed"),
        (ReadError::TooManyRows("/a.json".into()).into(), "twilio-failed"),
        (ReadError::NotADirectory { path: "/a.json".into(), problem: "EOF".into() }.into(), "twilio-failed"),
        (NothingToAnswerFrom { problem: None }.into(), "twilio-failed"),
        (SubmissionError::Unwritable(unwritable).into(), "internal"),
        (SubmissionError::TooLarge { bytes: 11, limit: 10 }.into(), "too-large"),
        (SubmissionError::ConfirmationRequired { count: 0, published: Some(120) }.into(), "confirmation-required"),
        (LockError::Held(None).into(), "publish-in-progress"),
        (LockError::Lost.into(), "publish-discarded"),
        (LockError::Twilio(rejected()).into(), "twilio-failed"),
        (UpdateError::Conflict(conflict()).into(), "version-conflict"),
        (UpdateError::Lock(LockError::Lost).into(), "publish-discarded"),
        (UpdateError::Read(private()).into(), "twilio-failed"),
        (BuildStatusError::UnknownBuild.into(), "unknown-build"),
        (DeployError::UnknownBuild.into(), "unknown-build"),
        (DeployError::NotReady(BuildStatus::Failed).into(), "build-not-ready"),
        (DeployError::Conflict(conflict()).into(), "version-conflict"),
        (DeployError::Lock(LockError::Held(None)).into(), "publish-in-progress"),
        (DeployError::Twilio(rejected()).into(), "twilio-failed"),
        (DeployError::Unclear(rejected()).into(), "deployment-unclear"),
    ];
    for (error, code) in table {
        let name = format!("{error:?}");
        assert_eq!(seen(error).code, code, "{name}");
    }
    assert_eq!(seen(conflict().into()).detail, json!({"version": "ZN1"}));
}

#[test]
fn both_conflicts_are_worded_as_people_know_them() {
    assert_eq!(
        seen(ApiError::VersionConflict(Some("ZN1".into()))).message,
        "Routes were updated by someone else and cannot be published. Please reload and try again."
    );
    assert_eq!(
        seen(ApiError::PublishInProgress(None)).message,
        "Another route publish is in progress. Publishing now will overwrite other changes."
    );
}

#[test]
fn detail_has_the_shape_that_the_code_promises() {
    assert_eq!(seen(ApiError::VersionConflict(Some("ZN1".into()))).detail, json!({"version": "ZN1"}));
    assert_eq!(seen(ApiError::BuildNotReady(BuildStatus::Failed)).detail, json!({"buildStatus": "failed"}));
    let broken = Directory::parse(&[json!({}), json!(2)], &NumberRules::default()).unwrap_err();
    let rows = &seen(ApiError::InvalidDirectory(broken)).detail["rows"];
    assert_eq!(rows[0]["row"], 0);
    assert_eq!(rows[1]["problem"], "the row is not an object");
    assert_eq!(seen(ApiError::Twilio(rejected())).detail["code"], 20001);
}

#[test]
fn what_twilio_answered_and_what_can_not_be_read_is_not_called_out_of_reach() {
    let status =
        |status| TwilioError::Rejected { operation: "fetch Environment", status, code: None, message: "no".into() };
    let operation = "fetch Environment";
    let answered = [
        (status(403), "allow"),
        (status(503), "did not do"),
        (TwilioError::NotFound { operation }, "SIDs"),
        (TwilioError::Unauthorized { operation }, "credentials"),
        (TwilioError::Unreadable { operation, problem: "EOF".into() }, "can not be read"),
    ];
    for (error, word) in answered {
        let listed = twilio_sentence(&error);
        let nothing = NothingToAnswerFrom { problem: Some(std::sync::Arc::new(error.into())) };
        let looked_up = seen(nothing.into()).message;
        for said in [listed, looked_up.as_str()] {
            assert!(said.contains(word) && !said.contains("reached"), "{said}");
        }
    }
    let unreachable = TwilioError::Unreachable { operation, source: SendError("refused".into()) };
    let nothing = NothingToAnswerFrom { problem: Some(std::sync::Arc::new(unreachable.into())) };
    assert!(seen(nothing.into()).message.contains("Twilio can not be reached"));
}

#[test]
fn a_rate_limit_at_twilio_is_passed_on_with_its_wait() {
    let limited =
        |retry_after| seen(ApiError::Twilio(TwilioError::RateLimited { operation: "list Builds", retry_after }));
    let seen = limited(Some(Duration::from_secs(17)));
    assert_eq!(seen.status, 503);
    assert_eq!(seen.code, "twilio-busy");
    assert_eq!(seen.retry_after.as_deref(), Some("17"));
    assert_eq!(limited(None).retry_after.as_deref(), Some("5"));
}

#[test]
fn who_finds_the_server_busy_is_told_when_to_come_again() {
    for busy in [ApiError::Busy, ApiError::SignInsBusy] {
        assert_eq!(seen(busy).retry_after.as_deref(), Some("5"));
    }
}
