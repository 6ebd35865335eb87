//! What is kept of each Serverless resource, and how records are found.
//!
//! Knows nothing of HTTP. Every record carries the instant of its creation, no two the same,
//! so that "newest first" is never in doubt.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::kind::{Kind, Visibility};
use crate::rest::now;
use crate::store::{Store, StoreError, Transaction};

const CLOCK: &str = "serverless.clock";
const CONTENTS: &str = "serverless.contents";

/// A record of one Serverless resource. Instants are microseconds since 1970.
pub trait Record: Serialize + DeserializeOwned {
    /// Where the records of this kind are kept.
    const COLLECTION: &'static str;
    /// The resource's SID.
    fn sid(&self) -> &str;
    /// The SID of the Service it belongs to; a Service's own.
    fn service_sid(&self) -> &str;
    /// When it was made.
    fn created(&self) -> i64;
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

macro_rules! record {
    ($type:ty, $collection:literal, $service_sid:ident) => {
        impl Record for $type {
            const COLLECTION: &'static str = $collection;
            fn sid(&self) -> &str {
                &self.sid
            }
            fn service_sid(&self) -> &str {
                &self.$service_sid
            }
            fn created(&self) -> i64 {
                self.created
            }
        }
    };
}

record!(Service, "serverless.services", sid);
record!(Environment, "serverless.environments", service_sid);
record!(Parent, "serverless.parents", service_sid);
record!(Version, "serverless.versions", service_sid);
record!(Build, "serverless.builds", service_sid);
record!(Deployment, "serverless.deployments", service_sid);
record!(Variable, "serverless.variables", service_sid);

/// Now, but later than every instant that was given out before.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be written.
pub fn tick(tx: &mut Transaction<'_>) -> Result<i64, StoreError> {
    let last: i64 = tx.get(CLOCK, CLOCK)?.unwrap_or(0);
    let instant = now().max(last + 1);
    tx.put(CLOCK, CLOCK, &instant)?;
    Ok(instant)
}

/// Writes a record, in place of the one with the same SID.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be written.
pub fn create<T: Record>(tx: &mut Transaction<'_>, record: &T) -> Result<(), StoreError> {
    tx.put(T::COLLECTION, record.sid(), record)
}

/// Writes a Version with its bytes.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be written.
pub fn put_version(tx: &mut Transaction<'_>, version: &Version, content: &[u8]) -> Result<(), StoreError> {
    create(tx, version)?;
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
pub(super) fn find<T: Record>(store: &Store, service_sid: &str, sid: &str) -> Result<Option<T>, StoreError> {
    Ok(store.get::<T>(T::COLLECTION, sid)?.filter(|record| record.service_sid() == service_sid))
}

/// The records of a kind that pass `filter`, newest first.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be read.
pub fn newest_first<T: Record>(store: &Store, filter: impl Fn(&T) -> bool) -> Result<Vec<T>, StoreError> {
    let mut records = store.all::<T>(T::COLLECTION)?;
    records.retain(filter);
    records.sort_by_key(|record| std::cmp::Reverse(record.created()));
    Ok(records)
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
