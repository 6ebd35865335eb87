//! What is kept of each Serverless resource, and how what is in a Service is found.
//!
//! Knows nothing of HTTP. Every record carries the instant of its creation, no two the same,
//! so that "newest first" is never in doubt.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::kind::{Kind, Visibility};
use crate::records::{self, Named, Record, put, record};
use crate::store::{Store, StoreError, Transaction};

const CONTENTS: &str = "serverless.contents";

/// A record of something in a Service.
pub trait InService: Record {
    /// The SID of the Service.
    fn service_sid(&self) -> &str;
}

/// A Service (`ZS…`).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Service {
    /// Its SID.
    pub sid: String,
    /// Its unique name, which its domains begin with.
    pub unique_name: String,
    /// Its name for people.
    pub friendly_name: String,
    /// The start of its domains.
    pub domain_base: String,
    /// When it was made.
    pub created: i64,
}

/// An Environment (`ZE…`): a domain and the Build that it serves.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Environment {
    /// Its SID.
    pub sid: String,
    /// Its Service.
    pub service_sid: String,
    /// Its unique name within the Service.
    pub unique_name: String,
    /// What its domain ends in, before `.twil.io`.
    pub domain_suffix: Option<String>,
    /// Its domain.
    pub domain_name: String,
    /// The deployed Build, if any.
    pub build_sid: Option<String>,
    /// When it was made.
    pub created: i64,
    /// When it last changed.
    pub updated: i64,
}

/// An Asset or a Function (`ZH…`), which has Versions.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Parent {
    /// Its SID.
    pub sid: String,
    /// Its Service.
    pub service_sid: String,
    /// Which of the two it is.
    pub kind: Kind,
    /// Its name for people.
    pub friendly_name: String,
    /// When it was made.
    pub created: i64,
}

/// An Asset Version or a Function Version (`ZN…`). It never changes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Version {
    /// Its SID.
    pub sid: String,
    /// Its Service.
    pub service_sid: String,
    /// Which of the two it is.
    pub kind: Kind,
    /// The SID of its Asset or Function.
    pub parent_sid: String,
    /// Where the domain serves it.
    pub path: String,
    /// Who may read it.
    pub visibility: Visibility,
    /// The content type it was uploaded with.
    pub content_type: String,
    /// When it was made.
    pub created: i64,
}

/// A Build (`ZB…`).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Build {
    /// Its SID.
    pub sid: String,
    /// Its Service.
    pub service_sid: String,
    /// The Asset Versions in it.
    pub asset_versions: Vec<Version>,
    /// The Function Versions in it.
    pub function_versions: Vec<Version>,
    /// npm packages, as they were sent.
    pub dependencies: Vec<Value>,
    /// The runtime of its Functions.
    pub runtime: String,
    /// When it was made.
    pub created: i64,
    /// When it stops being `building`.
    pub ready: i64,
    /// Whether it is `failed` then.
    pub fails: bool,
}

/// A Deployment (`ZD…`).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Deployment {
    /// Its SID.
    pub sid: String,
    /// Its Service.
    pub service_sid: String,
    /// Its Environment.
    pub environment_sid: String,
    /// What was deployed.
    pub build_sid: String,
    /// When.
    pub created: i64,
}

/// A Variable (`ZV…`) of an Environment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Variable {
    /// Its SID.
    pub sid: String,
    /// Its Service.
    pub service_sid: String,
    /// Its Environment.
    pub environment_sid: String,
    /// Its name, which is the only one of its Environment.
    pub key: String,
    /// Its value.
    pub value: String,
    /// When it was made.
    pub created: i64,
    /// When it last changed.
    pub updated: i64,
}

/// The bytes of a Version, in Base64 because records are JSON.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Content(String);

macro_rules! in_service {
    ($type:ty, $collection:literal) => {
        record!($type, $collection);
        impl InService for $type {
            fn service_sid(&self) -> &str {
                &self.service_sid
            }
        }
    };
}

record!(Service, "serverless.services");
in_service!(Environment, "serverless.environments");
in_service!(Parent, "serverless.parents");
in_service!(Version, "serverless.versions");
in_service!(Build, "serverless.builds");
in_service!(Deployment, "serverless.deployments");
in_service!(Variable, "serverless.variables");

impl Named for Service {
    fn unique_name(&self) -> &str {
        &self.unique_name
    }
}

/// Writes a Version with its bytes.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be written.
pub fn put_version(tx: &mut Transaction<'_>, version: &Version, content: &[u8]) -> Result<(), StoreError> {
    put(tx, version)?;
    tx.put(CONTENTS, &version.sid, &Content::encode(content))
}

/// The bytes that a Version was uploaded with; none for an unknown one.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be read.
pub fn content(store: &Store, version_sid: &str) -> Result<Vec<u8>, StoreError> {
    let content: Option<Content> = store.get(CONTENTS, version_sid)?;
    Ok(content.map(|content| content.decode()).unwrap_or_default())
}

/// A record of a Service by its SID.
pub(super) fn find<T: InService>(store: &Store, service_sid: &str, sid: &str) -> Result<Option<T>, StoreError> {
    Ok(records::find::<T>(store, sid)?.filter(|record| record.service_sid() == service_sid))
}

impl Content {
    fn encode(bytes: &[u8]) -> Self {
        use base64::Engine as _;
        Self(base64::engine::general_purpose::STANDARD.encode(bytes))
    }

    fn decode(&self) -> Vec<u8> {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.decode(&self.0).unwrap_or_default()
    }
}
