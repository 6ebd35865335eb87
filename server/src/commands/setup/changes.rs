//! The changes that a setup can make, each worded once and made once.
//!
//! Knows nothing of how it was found out that they are needed.

use std::fmt;

use serde_json::Value;

use super::{Choices, Plan, first_publish, flow, routing, serverless};
use crate::app::App;
use crate::commands::{Stopped, strings};

/// One thing that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A Sync Map.
    CreateMap {
        /// Its unique name.
        name: String,
    },
    /// A Serverless Service.
    CreateService {
        /// Its unique name.
        name: String,
    },
    /// An Environment in it.
    CreateEnvironment {
        /// Its unique name within the Service.
        name: String,
        /// What its domain ends in.
        suffix: String,
    },
    /// The asset with the published directory, empty as yet.
    PublishFirst {
        /// Its path.
        path: String,
    },
    /// The filters that ring agents, in front of those that a Workflow has.
    AddFilters {
        /// The Workflow's name.
        workflow: String,
        /// The Workflow's SID.
        sid: String,
        /// Its whole configuration with the filters in it.
        configuration: String,
    },
    /// A Studio Flow.
    CreateFlow {
        /// Its name.
        name: String,
    },
    /// Another definition of a Studio Flow.
    ReplaceFlow {
        /// Its name.
        name: String,
        /// Its SID.
        sid: String,
        /// What it is to do.
        definition: Value,
    },
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&strings::change(self))
    }
}

/// Makes one change, unless somebody made it since it was planned.
pub(super) async fn make(app: &App, choices: &Choices, change: &Change) -> Result<(), Stopped> {
    match change {
        Change::CreateMap { name } => app.base.twilio.create_map(name).await.map_err(Stopped::from),
        Change::CreateService { name } => serverless::create_service(app, name).await,
        Change::CreateEnvironment { name, suffix } => serverless::create(app, choices, name, suffix).await,
        Change::PublishFirst { .. } => {
            let place = serverless::survey(app, choices, &mut Plan::default()).await?;
            first_publish::publish(&place.base(app)?).await
        }
        Change::AddFilters { sid, configuration, .. } => routing::update(app, sid, configuration).await,
        Change::CreateFlow { name } => flow::create(app, choices, name).await,
        Change::ReplaceFlow { name, sid, definition } => flow::replace(app, name, sid, definition).await,
    }
}
