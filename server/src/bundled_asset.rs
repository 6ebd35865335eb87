//! The private asset in the Build that a Twilio Function belongs to: the published directory, bundled with the code.
//!
//! Knows nothing of what is in it. Twilio's API gives nobody the content of a private asset. The code of its Build
//! reads it as a file that never changes while the process lives. What this process publishes itself it remembers,
//! until Twilio starts processes of the new Build.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use jiff::Timestamp;

use crate::home::Home;
use crate::twilio::AssetVersion;

/// Why the content of a private version can not be told.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BundledAssetError {
    /// There is no private asset beside this code: only code in its Build reads one.
    #[error("no private asset in the Build of this process")]
    NotBundled,
    /// This process belongs to an older Build than the version.
    #[error("this process belongs to an older Build than the deployed one")]
    OlderBuild,
}

/// What this process knows of the private versions of the asset at `path`.
pub(crate) struct BundledAsset {
    home: Arc<dyn Home>,
    path: String,
    /// When this process began; the Build that it belongs to is older.
    began: Timestamp,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// The SID of the version that is bundled with the code, as Twilio named it when it was asked first.
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

/// Which version callers are answered from; as long as it stays the same, so does the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BundledVersion {
    /// The one that is bundled with the code.
    Own,
    /// The one with this SID, which this process published.
    Published(String),
}

impl BundledAsset {
    /// For a process that begins now.
    pub(crate) fn new(home: Arc<dyn Home>, path: String) -> Self {
        let began = home.now();
        Self { home, path, began, known: Mutex::default() }
    }

    /// Which version [`BundledAsset::current`] is the content of.
    pub(crate) fn current_version(&self) -> BundledVersion {
        let live = self.known().live.as_ref().map(|version| version.sid.clone());
        live.map_or(BundledVersion::Own, BundledVersion::Published)
    }

    /// What callers are answered from without asking Twilio; none where nothing is bundled with the code.
    pub(crate) fn current(&self) -> Option<Bytes> {
        let live = self.known().live.as_ref().map(|version| version.content.clone());
        live.or_else(|| self.home.private_asset(&self.path))
    }

    /// The content of a private version in the Build that is deployed and was requested at `requested`.
    ///
    /// # Errors
    ///
    /// [`BundledAssetError::NotBundled`] outside of its Build, [`BundledAssetError::OlderBuild`] in a process of an older Build.
    pub(crate) fn content_of(&self, asset: &AssetVersion, requested: Timestamp) -> Result<Bytes, BundledAssetError> {
        let mut known = self.known();
        let ours = [&known.live, &known.uploaded].into_iter().flatten().find(|version| version.sid == asset.sid);
        if let Some(version) = ours {
            return Ok(version.content.clone());
        }
        let content = self.home.private_asset(&self.path).ok_or(BundledAssetError::NotBundled)?;
        if known.own_version.is_none() && requested <= self.began {
            known.own_version = Some(asset.sid.clone());
        }
        if known.own_version.as_ref() == Some(&asset.sid) { Ok(content) } else { Err(BundledAssetError::OlderBuild) }
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
    const BUNDLED: Bytes = Bytes::from_static(b"[]");

    /// What a process knows that begins now, with this content in its Build.
    fn process(bundled: Option<Bytes>) -> BundledAsset {
        let home = ScriptedHome::new(|_| Answer::Refused);
        *home.private_asset.lock().unwrap() = bundled;
        BundledAsset::new(Arc::new(home), "/extensions.json".to_owned())
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
        let asset = process(None);
        assert!(asset.current().is_none());
        assert!(matches!(asset.content_of(&version("ZN1"), BEGAN), Err(BundledAssetError::NotBundled)));
    }

    #[test]
    fn a_process_never_passes_its_own_directory_off_as_a_newer_version() {
        let asset = process(Some(BUNDLED));
        assert_eq!(asset.content_of(&version("ZN1"), BEGAN).unwrap(), BUNDLED);
        assert!(matches!(asset.content_of(&version("ZN2"), BEGAN), Err(BundledAssetError::OlderBuild)));
        assert_eq!(asset.content_of(&version("ZN1"), BEGAN).unwrap(), BUNDLED);
    }

    #[test]
    fn a_build_that_was_requested_after_a_process_began_is_not_the_one_that_it_belongs_to() {
        let asset = process(Some(BUNDLED));
        let later = BEGAN + std::time::Duration::from_secs(1);
        assert!(matches!(asset.content_of(&version("ZN2"), later), Err(BundledAssetError::OlderBuild)));
        assert_eq!(asset.content_of(&version("ZN1"), BEGAN).unwrap(), BUNDLED);
    }

    #[test]
    fn what_a_process_published_it_answers_from_once_it_is_deployed() {
        let asset = process(Some(BUNDLED));
        let newer = Bytes::from_static(b"[1]");
        asset.uploaded("ZN2", newer.clone());
        assert_eq!(asset.current(), Some(BUNDLED));
        asset.went_live("ZN2");
        assert_eq!(asset.current_version(), BundledVersion::Published("ZN2".to_owned()));
        asset.uploaded("ZN3", Bytes::new());
        assert_eq!(asset.current(), Some(newer.clone()));
        assert_eq!(asset.content_of(&version("ZN2"), BEGAN).unwrap(), newer);
        asset.went_live("ZN9");
        assert_eq!(asset.current_version(), BundledVersion::Published("ZN2".to_owned()));
    }
}
