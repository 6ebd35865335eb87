//! Workflows over REST: create and update. <https://www.twilio.com/docs/taskrouter/api/workflow>
//!
//! Knows nothing of what a configuration must be: see `workflow_rules`.

use axum::extract::Path;

use super::in_workspace::InWorkspace;
use super::workspace_resources::ListedByName;
use crate::records::put;
use crate::resource::{Created, Reply, Sid};
use crate::rest::{Fields, RestError};
use crate::sid::random_sid;
use crate::state::AppState;
use crate::taskrouter::workflow::Workflow;
use crate::taskrouter::workflow_rules::{require_sound_configuration, task_reservation_timeout};

impl ListedByName for Workflow {
    const LIST_KEY: &str = "workflows";
}

impl Workflow {
    /// Takes over the fields that are there.
    fn update_from(&mut self, fields: &Fields, app: &AppState) -> Result<(), RestError> {
        if let Some(name) = fields.get("FriendlyName").filter(|name| !name.is_empty()) {
            self.friendly_name = name.to_owned();
        }
        if let Some(configuration) = fields.get("Configuration") {
            require_sound_configuration(&app.store, configuration)?;
            self.configuration = configuration.to_owned();
        }
        if let Some(seconds) = fields.get("TaskReservationTimeout") {
            self.task_reservation_timeout = task_reservation_timeout(seconds)?;
        }
        self.updated = app.clock.now_microseconds();
        Ok(())
    }
}

pub(super) async fn create(InWorkspace(request): InWorkspace, fields: Fields) -> Created {
    let app = &request.app;
    fields.required("FriendlyName")?;
    fields.required("Configuration")?;
    let mut workflow = Workflow::assign_to_anyone(&app.account, "", app.clock.now_microseconds());
    workflow.sid = random_sid("WW");
    workflow.update_from(&fields, app)?;
    app.store.write(|tx| put(tx, &workflow))?;
    request.created(&workflow)
}

pub(super) async fn update(InWorkspace(request): InWorkspace, Path(Sid { sid }): Path<Sid>, fields: Fields) -> Reply {
    let mut workflow: Workflow = request.find(&sid)?;
    workflow.update_from(&fields, &request.app)?;
    request.app.store.write(|tx| put(tx, &workflow))?;
    request.reply(&workflow)
}
