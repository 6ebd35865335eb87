//! Assets (ZH…) and the upload of Asset Versions (ZN…).
//!
//! Knows nothing of Builds: a version is served only once a Build that holds it is deployed.
//! <https://www.twilio.com/docs/serverless/api/resource/asset-version>

use bytes::Bytes;

use super::client::{Call, Sid};
use super::signature::body_hash;
use super::{Twilio, TwilioError, Visibility};

/// A version to upload.
pub(crate) struct NewAssetVersion<'a> {
    /// The Asset that it is a version of.
    pub(crate) asset_sid: &'a str,
    /// Where it is to be served; begins with a slash.
    pub(crate) path: &'a str,
    /// Who may read it.
    pub(crate) visibility: Visibility,
    /// JSON.
    pub(crate) content: &'a [u8],
}

impl Twilio {
    /// Makes an Asset without any version and returns its SID.
    pub(crate) async fn create_asset(&self, friendly_name: &str) -> Result<String, TwilioError> {
        let call = Call::post_form("create Asset", self.serverless("/Assets"), &[("FriendlyName", friendly_name)]);
        Ok(self.send_for::<Sid>(call).await?.sid)
    }

    /// Uploads a version of an Asset and returns its SID.
    pub(crate) async fn create_asset_version(&self, version: &NewAssetVersion<'_>) -> Result<String, TwilioError> {
        let service = &self.account.serverless_service_sid;
        let path = format!("/v1/Services/{service}/Assets/{}/Versions", version.asset_sid);
        let url = self.hosts.product("serverless-upload", &path);
        // A boundary that is made from the content does not occur in it. It may have 70 characters.
        let boundary = format!("version-{}", &body_hash(version.content)[..40]);
        let content_type = format!("multipart/form-data; boundary={boundary}");
        let call = Call::post("create Asset Version", url, &content_type, multipart(version, &boundary));
        Ok(self.send_for::<Sid>(call).await?.sid)
    }
}

/// The body of the upload (RFC 7578).
fn multipart(version: &NewAssetVersion<'_>, boundary: &str) -> Bytes {
    let field = |name: &str, value: &str| {
        format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let file_name = version.path.rsplit('/').next().unwrap_or_default();
    let mut body = field("Path", version.path).into_bytes();
    body.extend(field("Visibility", version.visibility.as_str()).into_bytes());
    body.extend(
        format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"Content\"; filename=\"{file_name}\"\r\n\
             Content-Type: application/json\r\n\r\n"
        )
        .into_bytes(),
    );
    body.extend_from_slice(version.content);
    body.extend(format!("\r\n--{boundary}--\r\n").into_bytes());
    body.into()
}
