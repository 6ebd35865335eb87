//! The changes that a setup can make. Each shows as what an administrator reads about it; `strings` has the words.
//!
//! Does not know when one is needed and how it is made.

use serde_json::Value;

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
