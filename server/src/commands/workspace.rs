//! The TaskRouter Workspace that Flex works in.

use super::{CommandError, strings};
use crate::base::Base;

/// What Flex calls its Workspace.
const FLEX: &str = "Flex Task Assignment";

/// Its SID: the one in the settings, the one with Flex's name, or the only one.
pub(super) async fn find_workspace(base: &Base) -> Result<String, CommandError> {
    let mut workspaces = base.twilio.list_workspaces().await?;
    if let Some(sid) = &base.config.workspace_sid {
        let known = workspaces.iter().any(|workspace| workspace.sid == *sid);
        let unknown = || CommandError::new(strings::not_in_account("TASKROUTER_WORKSPACE_SID"));
        return known.then(|| sid.clone()).ok_or_else(unknown);
    }
    match workspaces.iter().position(|workspace| workspace.friendly_name == FLEX) {
        Some(index) => Ok(workspaces.swap_remove(index).sid),
        None if workspaces.len() == 1 => Ok(workspaces.swap_remove(0).sid),
        None => Err(CommandError::new(strings::NO_WORKSPACE)),
    }
}
