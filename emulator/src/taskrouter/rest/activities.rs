//! Activities over REST. <https://www.twilio.com/docs/taskrouter/api/activity>
//!
//! They cannot be changed here.

use axum::extract::Path;

use super::in_workspace::InWorkspace;
use super::workspace_resources::page_of_named;
use crate::resource::{Reply, Sid};
use crate::taskrouter::activity::{activities, activity};

pub(super) async fn list(InWorkspace(request): InWorkspace) -> Reply {
    page_of_named(&request, "activities", &activities(&request.app.account))
}

pub(super) async fn fetch(InWorkspace(request): InWorkspace, Path(Sid { sid }): Path<Sid>) -> Reply {
    let activity = activity(&request.app.account, &sid).ok_or_else(|| request.not_found())?;
    request.reply(&activity)
}
