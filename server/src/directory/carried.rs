//! The directory that lies beside the code: a private asset of the Build that a Twilio Function belongs to.
//!
//! Knows nothing of what is in it. Nobody can fetch a private asset, but the one beside the code never changes while
//! the process lives, and what this process publishes it remembers until Twilio starts processes of the new Build.

use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use jiff::Timestamp;

use crate::error::ApiError;
use crate::home::Home;
use crate::twilio::AssetVersion;

/// What this process knows of private versions of the directory.
pub(crate) struct Carried {
    /// When this process began; the Build that it belongs to is older.
    began: Timestamp,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// The version beside the code, as Twilio named it when it was asked first.
    own_version: Option<String>,
    /// What this process uploaded last.
    uploaded: Option<Version>,
    /// What this process deployed last.
    live: Option<Version>,
}

#[derive(Clone)]
struct Version {
    sid: String,
    content: Bytes,
}

/// Where callers are answered from; as long as it stays the same, so does the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The file beside the code.
    BesideTheCode,
    /// The version with this SID, which this process published.
    Published(String),
}

impl Carried {
    /// For a process that begins now.
    pub(crate) fn new(began: Timestamp) -> Self {
        Self { began, known: Mutex::default() }
    }

    /// Where [`Carried::current`] is taken from.
    pub(crate) fn origin(&self) -> Origin {
        let live = self.known().live.as_ref().map(|version| version.sid.clone());
        live.map_or(Origin::BesideTheCode, Origin::Published)
    }

    /// What callers are answered from without asking Twilio; none where no directory lies beside the code.
    pub(crate) fn current(&self, home: &dyn Home, path: &str) -> Option<Bytes> {
        let live = self.known().live.as_ref().map(|version| version.content.clone());
        live.or_else(|| home.private_asset(path))
    }

    /// The content of a private version in the Build that is deployed and was requested at `requested`.
    ///
    /// # Errors
    ///
    /// [`ApiError::PrivateAsset`] outside of its Build, [`ApiError::Replaced`] in a process of an older Build.
    pub(crate) fn content_of(
        &self,
        home: &dyn Home,
        asset: &AssetVersion,
        requested: Timestamp,
    ) -> Result<Bytes, ApiError> {
        let mut known = self.known();
        let ours = [&known.live, &known.uploaded].into_iter().flatten().find(|version| version.sid == asset.sid);
        if let Some(version) = ours {
            return Ok(version.content.clone());
        }
        let content = home.private_asset(&asset.path).ok_or_else(|| ApiError::PrivateAsset(asset.path.clone()))?;
        if known.own_version.is_none() && requested <= self.began {
            known.own_version = Some(asset.sid.clone());
        }
        if known.own_version.as_ref() == Some(&asset.sid) { Ok(content) } else { Err(ApiError::Replaced) }
    }

    /// Remembers what was uploaded as a private version.
    pub(crate) fn uploaded(&self, version: &str, content: Bytes) {
        self.known().uploaded = Some(Version { sid: version.to_owned(), content });
    }

    /// This version is deployed now.
    pub(crate) fn went_live(&self, version: &str) {
        let mut known = self.known();
        if known.uploaded.as_ref().is_some_and(|uploaded| uploaded.sid == version) {
            known.live = known.uploaded.take();
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted_home::{Answer, ScriptedHome};
    use crate::twilio::Visibility;

    const BEGAN: Timestamp = Timestamp::UNIX_EPOCH;
    const BESIDE: Bytes = Bytes::from_static(b"[]");

    fn function() -> ScriptedHome {
        let home = ScriptedHome::new(|_| Answer::Refused);
        *home.beside_the_code.lock().unwrap() = Some(BESIDE);
        home
    }

    fn version(sid: &str) -> AssetVersion {
        AssetVersion {
            sid: sid.to_owned(),
            asset_sid: "ZH1".to_owned(),
            path: "/extensions.json".to_owned(),
            visibility: Visibility::Private,
        }
    }

    #[test]
    fn outside_of_its_build_a_private_version_can_not_be_read() {
        let (carried, home) = (Carried::new(BEGAN), ScriptedHome::new(|_| Answer::Refused));
        assert!(carried.current(&home, "/extensions.json").is_none());
        assert!(matches!(carried.content_of(&home, &version("ZN1"), BEGAN), Err(ApiError::PrivateAsset(_))));
    }

    #[test]
    fn a_process_never_passes_its_own_directory_off_as_a_newer_version() {
        let (carried, home) = (Carried::new(BEGAN), function());
        assert_eq!(carried.content_of(&home, &version("ZN1"), BEGAN).unwrap(), BESIDE);
        assert!(matches!(carried.content_of(&home, &version("ZN2"), BEGAN), Err(ApiError::Replaced)));
        assert_eq!(carried.content_of(&home, &version("ZN1"), BEGAN).unwrap(), BESIDE);
    }

    #[test]
    fn a_build_that_was_requested_after_a_process_began_is_not_the_one_that_it_belongs_to() {
        let (carried, home) = (Carried::new(BEGAN), function());
        let later = BEGAN + std::time::Duration::from_secs(1);
        assert!(matches!(carried.content_of(&home, &version("ZN2"), later), Err(ApiError::Replaced)));
        assert_eq!(carried.content_of(&home, &version("ZN1"), BEGAN).unwrap(), BESIDE);
    }

    #[test]
    fn what_a_process_published_it_answers_from_once_it_is_deployed() {
        let (carried, home) = (Carried::new(BEGAN), function());
        let newer = Bytes::from_static(b"[1]");
        carried.uploaded("ZN2", newer.clone());
        assert_eq!(carried.current(&home, "/extensions.json"), Some(BESIDE));
        carried.went_live("ZN2");
        assert_eq!(carried.origin(), Origin::Published("ZN2".to_owned()));
        carried.uploaded("ZN3", Bytes::new());
        assert_eq!(carried.current(&home, "/extensions.json"), Some(newer.clone()));
        assert_eq!(carried.content_of(&home, &version("ZN2"), BEGAN).unwrap(), newer);
        carried.went_live("ZN9");
        assert_eq!(carried.origin(), Origin::Published("ZN2".to_owned()));
    }
}
