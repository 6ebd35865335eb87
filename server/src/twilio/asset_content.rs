//! Reading a deployed asset back from the Environment's own domain.
//!
//! Knows nothing of what is in it. The REST API gives no content of assets; the domain serves a public one to
//! everybody and a protected one to whoever signs the request, which the holder of the auth token can do.
//! <https://www.twilio.com/docs/serverless/functions-assets/visibility>

use bytes::Bytes;
use http::{StatusCode, header};

use super::client::Call;
use super::hosts::real_domain;
use super::signature::{SIGNATURE_HEADER, sign};
use super::{Twilio, TwilioError};

/// What the domain serves at the path of an asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ServedAsset {
    pub(crate) content: Bytes,
    /// Its entity tag (RFC 9110, 8.8.3), where the domain gives one.
    pub(crate) tag: Option<String>,
}

impl Twilio {
    /// The bytes of the asset at `path` of the Environment with this domain.
    pub(crate) async fn fetch_asset_content(&self, domain_name: &str, path: &str) -> Result<Bytes, TwilioError> {
        Ok(self.send(self.asset_call(domain_name, path)).await?.into_body())
    }

    /// The same with its entity tag; none if the domain still serves what has the tag `known`.
    pub(crate) async fn fetch_asset_unless(
        &self,
        domain_name: &str,
        path: &str,
        known: Option<&str>,
    ) -> Result<Option<ServedAsset>, TwilioError> {
        let call = self.asset_call(domain_name, path);
        let call = match known {
            Some(tag) => call.header("if-none-match", tag.to_owned()),
            None => call,
        };
        let response = match self.send(call).await {
            Err(error) if error.rejected_status() == Some(StatusCode::NOT_MODIFIED.as_u16()) => return Ok(None),
            response => response?,
        };
        let tag = response.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok()).map(str::to_owned);
        Ok(Some(ServedAsset { content: response.into_body(), tag }))
    }

    fn asset_call(&self, domain_name: &str, path: &str) -> Call {
        let signature = sign(&self.account.auth_token, &real_domain(domain_name, path), &[]);
        let call = Call::get("fetch asset", self.hosts.domain(domain_name, path)).header(SIGNATURE_HEADER, signature);
        Call { with_credentials: false, ..call }
    }
}
