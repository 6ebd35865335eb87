//! Assets (ZH…) and the upload of Asset Versions (ZN…).
//!
//! Knows nothing of Builds: a version is served only once a Build that holds it is deployed.
//! <https://www.twilio.com/docs/serverless/api/resource/asset-version>

use std::time::Duration;

use bytes::Bytes;
use serde::Deserialize;

use super::client::{Call, Sid};
use super::settle::Attempt;
use super::signature::body_hash;
use super::{Twilio, TwilioError, Visibility};
use crate::home::blocking;

/// How long one upload may take; 25 MB are the most.
const UPLOADING: Duration = Duration::from_secs(60);

/// An Asset, as far as the server looks at it.
#[derive(Deserialize)]
struct Asset {
    sid: String,
    friendly_name: String,
}

/// A version to upload.
pub(crate) struct NewAssetVersion<'a> {
    /// The Asset that it is a version of.
    pub(crate) asset_sid: &'a str,
    /// Where it is to be served; begins with a slash.
    pub(crate) path: &'a str,
    /// Who may read it.
    pub(crate) visibility: Visibility,
    /// JSON.
    pub(crate) content: &'a Bytes,
}

impl Twilio {
    /// The SID of an Asset with this name: one that is there, such as that of an earlier publish that came to nothing,
    /// or else a new one.
    pub(crate) async fn find_or_create_asset(&self, friendly_name: &str) -> Result<String, TwilioError> {
        if let Some(sid) = self.find_asset(friendly_name).await? {
            return Ok(sid);
        }
        let create = || -> Attempt<'_, String> { Box::pin(self.create_asset(friendly_name)) };
        self.settle(create, || Box::pin(self.find_asset(friendly_name))).await
    }

    async fn create_asset(&self, friendly_name: &str) -> Result<String, TwilioError> {
        let call = Call::post_form("create Asset", self.serverless("/Assets"), &[("FriendlyName", friendly_name)]);
        Ok(self.send_for::<Sid>(call).await?.sid)
    }

    async fn find_asset(&self, friendly_name: &str) -> Result<Option<String>, TwilioError> {
        let assets: Vec<Asset> = self.list_all("list Assets", &self.serverless("/Assets"), "assets").await?;
        Ok(assets.into_iter().find(|asset| asset.friendly_name == friendly_name).map(|asset| asset.sid))
    }

    /// Uploads a version of an Asset and returns its SID. It is repeated where nobody knows whether it arrived: a version
    /// that no Build names does no harm, and Twilio tells nobody what a version holds.
    pub(crate) async fn create_asset_version(&self, version: &NewAssetVersion<'_>) -> Result<String, TwilioError> {
        let service = &self.account.serverless_service_sid;
        let path = format!("/v1/Services/{service}/Assets/{}/Versions", version.asset_sid);
        let url = self.hosts.product("serverless-upload", &path);
        let (path, visibility, content) = (version.path.to_owned(), version.visibility, version.content.clone());
        let (content_type, body) = blocking(&*self.home, move || multipart(&path, visibility, &content)).await;
        let call = Call::post("create Asset Version", url, &content_type, body);
        Ok(self.send_for::<Sid>(Call { patience: UPLOADING, ..call }.repeatable()).await?.sid)
    }
}

/// The Content-Type and the body of the upload (RFC 7578).
fn multipart(path: &str, visibility: Visibility, content: &[u8]) -> (String, Bytes) {
    // A boundary that is made from the content does not occur in it. It may have 70 characters.
    let boundary = format!("version-{}", &body_hash(content)[..40]);
    let field = |name: &str, value: &str| {
        format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let file_name = path.rsplit('/').next().unwrap_or_default();
    let mut body = field("Path", path).into_bytes();
    body.extend(field("Visibility", visibility.as_str()).into_bytes());
    body.extend(
        format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"Content\"; filename=\"{file_name}\"\r\n\
             Content-Type: application/json\r\n\r\n"
        )
        .into_bytes(),
    );
    body.extend_from_slice(content);
    body.extend(format!("\r\n--{boundary}--\r\n").into_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body.into())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use http::Method;
    use serde_json::json;

    use super::*;
    use crate::scripted_home::{Answer, ScriptedHome, config, ok};

    /// An account in which making an Asset succeeds although nobody is told.
    fn losing_every_reply() -> (Arc<ScriptedHome>, Twilio) {
        let mut assets = vec![json!({"sid": "ZH0", "friendly_name": "/other.json"})];
        let home = Arc::new(ScriptedHome::new(move |request| {
            if *request.method() == Method::GET {
                return ok(&json!({"assets": assets, "meta": {"next_page_url": null}}));
            }
            assets.push(json!({"sid": format!("ZH{}", assets.len()), "friendly_name": "/extensions.json"}));
            Answer::Refused
        }));
        (home.clone(), Twilio::new(config().twilio, home))
    }

    #[tokio::test]
    async fn publishes_that_come_to_nothing_leave_one_asset_and_not_one_each() {
        let (home, twilio) = losing_every_reply();
        for _ in 0..3 {
            assert_eq!(twilio.find_or_create_asset("/extensions.json").await.unwrap(), "ZH1");
        }
        assert_eq!(home.sent.lock().unwrap().iter().filter(|sent| sent.starts_with("POST")).count(), 1);
    }
}
