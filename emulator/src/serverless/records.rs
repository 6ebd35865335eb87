//! What is kept of each Serverless resource, and how what is in a Service is found.
//!
//! Knows nothing of HTTP. Every record carries the instant of its creation in microseconds since 1970, no two the same,
//! so that "newest first" is never in doubt.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::visibility::Visibility;
use crate::records::{self, Named, Record, record};
use crate::store::{Store, StoreError};

/// A record of something in a Service.
pub trait ServiceRecord: Record {
    /// The SID of the Service.
    fn service_sid(&self) -> &str;
}

/// A Service (`ZS…`).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Service {
    /// `ZS…`.
    pub sid: String,
    /// What it can be asked for in place of its SID; its domains begin with it.
    pub unique_name: String,
    /// Its name for people.
    pub friendly_name: String,
    /// What its domains begin with: `<unique name>-<4 digits>`.
    pub domain_base: String,
    /// When it was created.
    pub created: i64,
}

/// An Environment (`ZE…`): a domain and the Build that it serves.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Environment {
    /// `ZE…`.
    pub sid: String,
    /// The Service that it belongs to (`ZS…`).
    pub service_sid: String,
    /// A name that no other Environment of the Service has.
    pub unique_name: String,
    /// What its domain ends in, before `.twil.io`.
    pub domain_suffix: Option<String>,
    /// `<domain base>[-<domain suffix>].twil.io`.
    pub domain_name: String,
    /// The deployed Build (`ZB…`), if any.
    pub build_sid: Option<String>,
    /// When it was created.
    pub created: i64,
    /// When it last changed.
    pub updated: i64,
}

/// Which of the two: an Asset or a Function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A static file.
    Asset,
    /// JavaScript that Twilio runs for each request.
    Function,
}

/// An Asset or a Function (`ZH…`), which has Versions. They work alike but for what is in them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AssetOrFunction {
    /// `ZH…`.
    pub sid: String,
    /// The Service that it belongs to (`ZS…`).
    pub service_sid: String,
    /// Which of the two it is.
    pub kind: Kind,
    /// Its name for people.
    pub friendly_name: String,
    /// When it was created.
    pub created: i64,
}

/// An Asset Version or a Function Version (`ZN…`). It never changes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Version {
    /// `ZN…`.
    pub sid: String,
    /// The Service that it belongs to (`ZS…`).
    pub service_sid: String,
    /// Which of the two it is.
    pub kind: Kind,
    /// The Asset or Function that it is a Version of (`ZH…`).
    pub parent_sid: String,
    /// Where the domain serves it.
    pub path: String,
    /// Who may read it.
    pub visibility: Visibility,
    /// The content type it was uploaded with.
    pub content_type: String,
    /// When it was created.
    pub created: i64,
}

/// A Build (`ZB…`).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Build {
    /// `ZB…`.
    pub sid: String,
    /// The Service that it belongs to (`ZS…`).
    pub service_sid: String,
    /// The Asset Versions in it.
    pub asset_versions: Vec<Version>,
    /// The Function Versions in it.
    pub function_versions: Vec<Version>,
    /// npm packages, as they were sent.
    pub dependencies: Vec<Value>,
    /// The runtime of its Functions.
    pub runtime: String,
    /// When it was created.
    pub created: i64,
    /// When it stops being `building`.
    pub ready: i64,
    /// Whether it is `failed` then.
    pub fails: bool,
}

/// A Deployment (`ZD…`).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Deployment {
    /// `ZD…`.
    pub sid: String,
    /// The Service that it belongs to (`ZS…`).
    pub service_sid: String,
    /// The Environment that it belongs to (`ZE…`).
    pub environment_sid: String,
    /// The Build that was deployed (`ZB…`).
    pub build_sid: String,
    /// When it was deployed.
    pub created: i64,
}

/// A Variable (`ZV…`) of an Environment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Variable {
    /// `ZV…`.
    pub sid: String,
    /// The Service that it belongs to (`ZS…`).
    pub service_sid: String,
    /// The Environment that it belongs to (`ZE…`).
    pub environment_sid: String,
    /// A name that no other Variable of the Environment has.
    pub key: String,
    /// What Functions read under that name.
    pub value: String,
    /// When it was created.
    pub created: i64,
    /// When it last changed.
    pub updated: i64,
}

macro_rules! service_record {
    ($type:ty, $collection:literal) => {
        record!($type, $collection);
        impl ServiceRecord for $type {
            fn service_sid(&self) -> &str {
                &self.service_sid
            }
        }
    };
}

record!(Service, "serverless.services");
service_record!(Environment, "serverless.environments");
service_record!(AssetOrFunction, "serverless.parents");
service_record!(Version, "serverless.versions");
service_record!(Build, "serverless.builds");
service_record!(Deployment, "serverless.deployments");
service_record!(Variable, "serverless.variables");

impl Named for Service {
    fn unique_name(&self) -> &str {
        &self.unique_name
    }
}

/// A record of a Service by its SID.
pub(super) fn find<T: ServiceRecord>(store: &Store, service_sid: &str, sid: &str) -> Result<Option<T>, StoreError> {
    Ok(records::find::<T>(store, sid)?.filter(|record| record.service_sid() == service_sid))
}

impl Kind {
    /// By its name in a path: `Assets` or `Functions`.
    pub(super) fn of_path(name: &str) -> Option<Self> {
        match name {
            "Assets" => Some(Self::Asset),
            "Functions" => Some(Self::Function),
            _ => None,
        }
    }

    /// Its name in a path.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Asset => "Assets",
            Self::Function => "Functions",
        }
    }

    /// The key of a list of them.
    pub(super) fn list_key(self) -> &'static str {
        match self {
            Self::Asset => "assets",
            Self::Function => "functions",
        }
    }

    /// The field that names one of them in a Version.
    pub(super) fn sid_field(self) -> &'static str {
        match self {
            Self::Asset => "asset_sid",
            Self::Function => "function_sid",
        }
    }

    /// The key of a list of their Versions.
    pub(super) fn version_list_key(self) -> &'static str {
        match self {
            Self::Asset => "asset_versions",
            Self::Function => "function_versions",
        }
    }
}
