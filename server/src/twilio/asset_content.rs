//! Reading a deployed asset back from the Environment's own domain.
//!
//! Knows nothing of what is in it. The REST API gives no content of assets; the domain serves a public one to
//! everybody and a protected one to whoever signs the request, which the holder of the auth token can do.
//! <https://www.twilio.com/docs/serverless/functions-assets/visibility>

use bytes::Bytes;

use super::client::Call;
use super::hosts::real_domain;
use super::signature::{SIGNATURE_HEADER, sign};
use super::{Twilio, TwilioError};

impl Twilio {
    /// The bytes of the asset at `path` of the Environment with this domain.
    pub(crate) async fn fetch_asset_content(&self, domain_name: &str, path: &str) -> Result<Bytes, TwilioError> {
        let signature = sign(&self.account.auth_token, &real_domain(domain_name, path), &[]);
        let call = Call::get("fetch asset", self.hosts.domain(domain_name, path)).header(SIGNATURE_HEADER, signature);
        let call = Call { with_credentials: false, ..call };
        Ok(self.send(call).await?.into_body())
    }
}
