//! Asset Versions and Function Versions: list and fetch.
//!
//! The content of an Asset Version cannot be fetched here, as at Twilio; a Function Version's can.
//! Knows nothing of uploads. <https://www.twilio.com/docs/serverless/api/resource/asset-version>

use axum::Json;
use axum::extract::Path;
use serde::Deserialize;
use serde_json::{Value, json};

use super::assets_and_functions::{OneAssetOrFunction, asset_or_function_url};
use crate::records::newest_first;
use crate::resource::{Reply, Resource};
use crate::rest::{RestError, date};
use crate::serverless::records::{Kind, Version, find};
use crate::serverless::version_content::content;
use crate::state::AppState;

impl Version {
    /// As a Build lists what is in it.
    pub(super) fn in_build(&self, app: &AppState) -> Value {
        json!({
            "sid": self.sid,
            "account_sid": app.account.account_sid(),
            "service_sid": self.service_sid,
            self.kind.sid_field(): self.parent_sid,
            "path": self.path,
            "visibility": self.visibility,
            "date_created": date(self.created),
        })
    }
}

impl Resource for Version {
    fn to_json(&self, app: &AppState) -> Value {
        let parent = asset_or_function_url(app, &self.service_sid, self.kind, &self.parent_sid);
        let url = format!("{parent}/Versions/{}", self.sid);
        let mut resource = self.in_build(app);
        resource["url"] = json!(url);
        if self.kind == Kind::Function {
            resource["links"] = json!({"function_version_content": format!("{url}/Content")});
        }
        resource
    }
}

/// The parameter of a path that names a Version.
#[derive(Deserialize)]
pub(super) struct VersionPath {
    /// `ZN…`.
    version: String,
}

impl OneAssetOrFunction {
    fn version(&self, sid: &str) -> Result<Version, RestError> {
        find::<Version>(&self.request.app.store, &self.one.service_sid, sid)?
            .filter(|version| version.parent_sid == self.one.sid)
            .ok_or_else(|| self.request.not_found())
    }
}

pub(super) async fn list(OneAssetOrFunction { request, one }: OneAssetOrFunction) -> Reply {
    let versions = newest_first::<Version>(&request.app.store, |version| version.parent_sid == one.sid)?;
    request.page_of(one.kind.version_list_key(), &versions)
}

pub(super) async fn fetch(one: OneAssetOrFunction, Path(path): Path<VersionPath>) -> Reply {
    one.request.reply(&one.version(&path.version)?)
}

pub(super) async fn fetch_content(one: OneAssetOrFunction, Path(path): Path<VersionPath>) -> Reply {
    let version = one.version(&path.version)?;
    let request = &one.request;
    if version.kind != Kind::Function {
        return Err(request.not_found());
    }
    let content = content(&request.app.store, &version.sid)?;
    Ok(Json(json!({
        "sid": version.sid,
        "account_sid": request.app.account.account_sid(),
        "service_sid": version.service_sid,
        "function_sid": version.parent_sid,
        "content": String::from_utf8_lossy(&content),
        "url": format!("{}{}", request.app.base, request.uri.path()),
    })))
}
