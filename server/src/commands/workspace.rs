//! The TaskRouter Workspace that Flex works in.
//!
//! Knows nothing of what is in it.

use super::{Stopped, strings};
use crate::app::App;

/// What Flex calls its Workspace.
const FLEX: &str = "Flex Task Assignment";

/// Its SID: the one in the settings, the one with Flex's name, or the only one.
pub(super) async fn find_workspace(app: &App) -> Result<String, Stopped> {
    let mut workspaces = app.base.twilio.list_workspaces().await?;
    if let Some(sid) = &app.base.config.workspace_sid {
        let known = workspaces.iter().any(|workspace| workspace.sid == *sid);
        let unknown = || Stopped::new(strings::not_in_account("TASKROUTER_WORKSPACE_SID"));
        return known.then(|| sid.clone()).ok_or_else(unknown);
    }
    match workspaces.iter().position(|workspace| workspace.friendly_name == FLEX) {
        Some(index) => Ok(workspaces.swap_remove(index).sid),
        None if workspaces.len() == 1 => Ok(workspaces.swap_remove(0).sid),
        None => Err(Stopped::new(strings::NO_WORKSPACE)),
    }
}
