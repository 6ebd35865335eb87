//! Builds (ZB…): which Asset Versions, Function Versions, dependencies and runtime belong together.
//!
//! Knows nothing of what the assets hold.
//! <https://www.twilio.com/docs/serverless/api/resource/build>

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared::wire::BuildStatus;

use super::client::{Call, Sid};
use super::settle::Attempt;
use super::{Twilio, TwilioError};

/// Who may read an asset over HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Visibility {
    /// Everybody.
    Public,
    /// Whoever signs the request with the account's auth token.
    Protected,
    /// Nobody; only code in the same Build.
    Private,
}

impl Visibility {
    /// The word that the API uses.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Protected => "protected",
            Self::Private => "private",
        }
    }
}

/// An Asset Version (ZN…) in a Build.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct AssetVersion {
    pub(crate) sid: String,
    pub(crate) asset_sid: String,
    pub(crate) path: String,
    pub(crate) visibility: Visibility,
}

/// A Function Version (ZN…) in a Build.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct FunctionVersion {
    pub(crate) sid: String,
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(default)]
    function_sid: String,
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(default)]
    path: String,
}

/// An npm package that the Functions of a Build use.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    pub(crate) version: String,
}

/// A Build. The API declares every list as nullable.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Build {
    pub(crate) sid: String,
    pub(crate) status: BuildStatus,
    pub(crate) asset_versions: Option<Vec<AssetVersion>>,
    pub(crate) function_versions: Option<Vec<FunctionVersion>>,
    pub(crate) dependencies: Option<Vec<Dependency>>,
    pub(crate) runtime: Option<String>,
    /// When it was requested, in whole seconds.
    pub(crate) date_created: Timestamp,
}

impl Build {
    /// The version of the asset at `path`, if the Build has one.
    pub(crate) fn asset_version_at(&self, path: &str) -> Option<&AssetVersion> {
        self.asset_versions.iter().flatten().find(|version| version.path == path)
    }

    /// Whether deploying this one in place of the other one changes nothing that is served, as when a request to make it
    /// was carried out twice.
    pub(crate) fn is_made_of_the_same(&self, other: &Self) -> bool {
        self.versions() == other.versions()
    }

    /// The SIDs of everything in it.
    fn versions(&self) -> BTreeSet<&str> {
        let assets = self.asset_versions.iter().flatten().map(|version| version.sid.as_str());
        let functions = self.function_versions.iter().flatten().map(|version| version.sid.as_str());
        assets.chain(functions).collect()
    }

    /// The SID of the Function (`ZH…`) at `path`, if the Build has one.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn function_at(&self, path: &str) -> Option<&str> {
        let function = self.function_versions.iter().flatten().find(|version| version.path == path);
        function.map(|version| version.function_sid.as_str())
    }
}

/// What a new Build is made of.
#[derive(Debug)]
pub(crate) struct NewBuild<'a> {
    pub(crate) asset_versions: Vec<&'a str>,
    pub(crate) function_versions: Vec<&'a str>,
    pub(crate) dependencies: Option<&'a [Dependency]>,
    pub(crate) runtime: Option<&'a str>,
}

impl NewBuild<'_> {
    fn form(&self) -> Vec<(&str, String)> {
        let assets = self.asset_versions.iter().map(|sid| ("AssetVersions", (*sid).to_owned()));
        let functions = self.function_versions.iter().map(|sid| ("FunctionVersions", (*sid).to_owned()));
        let dependencies = self.dependencies.filter(|list| !list.is_empty());
        let dependencies = dependencies.and_then(|list| serde_json::to_string(list).ok());
        assets
            .chain(functions)
            .chain(dependencies.map(|text| ("Dependencies", text)))
            .chain(self.runtime.map(|runtime| ("Runtime", runtime.to_owned())))
            .collect()
    }
}

#[derive(Deserialize)]
struct Page {
    builds: Vec<Build>,
}

#[derive(Deserialize)]
struct Status {
    status: BuildStatus,
}

impl Twilio {
    /// One Build of our Service.
    pub(crate) async fn fetch_build(&self, sid: &str) -> Result<Build, TwilioError> {
        self.send_for(Call::get("fetch Build", self.serverless(&format!("/Builds/{sid}")))).await
    }

    /// How far a Build is.
    pub(crate) async fn fetch_build_status(&self, sid: &str) -> Result<BuildStatus, TwilioError> {
        let call = Call::get("fetch Build Status", self.serverless(&format!("/Builds/{sid}/Status")));
        Ok(self.send_for::<Status>(call).await?.status)
    }

    /// The Builds of our Service that were requested after the given one (or all, without one), newest first.
    ///
    /// One page is read: an account may make 100 Builds an hour, and only the last minutes matter here.
    /// Times have whole seconds, so among Builds of the same second Twilio's own order decides: newest first.
    pub(crate) async fn list_builds_after(&self, sid: Option<&str>) -> Result<Vec<Build>, TwilioError> {
        let mut builds =
            self.send_for::<Page>(Call::get("list Builds", self.serverless("/Builds?PageSize=100"))).await?.builds;
        builds.sort_by_key(|build| std::cmp::Reverse(build.date_created));
        if let Some(position) = builds.iter().position(|build| Some(build.sid.as_str()) == sid) {
            builds.truncate(position);
        }
        Ok(builds)
    }

    /// Removes a Build; one that is gone is left gone. Twilio keeps a deployed one, and says so with 400.
    pub(crate) async fn remove_build(&self, sid: &str) -> Result<(), TwilioError> {
        match self.send(Call::delete("remove Build", self.serverless(&format!("/Builds/{sid}")))).await {
            Err(TwilioError::NotFound { .. }) => Ok(()),
            result => result.map(|_| ()),
        }
    }

    /// Requests a Build and returns its SID. `new_version` is the one among its Asset Versions that no other Build has:
    /// by it the Build is found again when the answer got lost.
    pub(crate) async fn create_build(&self, build: &NewBuild<'_>, new_version: &str) -> Result<String, TwilioError> {
        let form = &build.form();
        let create = || self.request_build(form);
        let look = || -> Attempt<'_, _> { Box::pin(async { Ok(self.list_builds_with(new_version).await?.pop()) }) };
        self.settle(create, look).await
    }

    fn request_build<'a>(&'a self, form: &'a [(&str, String)]) -> Attempt<'a, String> {
        let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let call = Call::post_form("create Build", self.serverless("/Builds"), &form);
        Box::pin(async { Ok(self.send_for::<Sid>(call).await?.sid) })
    }

    /// The SIDs of the Builds of the last time that have this Asset Version, newest first.
    pub(crate) async fn list_builds_with(&self, version: &str) -> Result<Vec<String>, TwilioError> {
        let mut builds = self.list_builds_after(None).await?;
        builds.retain(|build| build.asset_versions.iter().flatten().any(|asset| asset.sid == version));
        Ok(builds.into_iter().map(|build| build.sid).collect())
    }
}
