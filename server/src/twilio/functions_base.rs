//! Requests to the address that Flex and Studio call, made the way that they make them.
//!
//! Knows nothing of what is answered. <https://www.twilio.com/docs/usage/security#validating-requests>

use bytes::Bytes;
use http::{Request, Response, header};

use super::Twilio;
use super::signature::{SIGNATURE_HEADER, sign};
use crate::home::SendError;

impl Twilio {
    /// What a browser asks before a page of `origin` may post JSON to `path` (a CORS preflight).
    pub(crate) async fn ask_as_browser(
        &self,
        base: &str,
        path: &str,
        origin: &str,
    ) -> Result<Response<Bytes>, SendError> {
        let request = Request::options(self.reached_at(base, path))
            .header(header::ORIGIN, origin)
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
            .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "content-type");
        self.send_once(request).await
    }

    /// Gets `path` with the signature that Twilio makes over the address.
    pub(crate) async fn ask_as_twilio(&self, base: &str, path: &str) -> Result<Response<Bytes>, SendError> {
        let signature = sign(&self.account.auth_token, &format!("{base}{path}"), &[]);
        self.send_once(Request::get(self.reached_at(base, path)).header(SIGNATURE_HEADER, signature)).await
    }

    /// A Serverless domain is reached where Twilio is; any other address is what it is.
    fn reached_at(&self, base: &str, path: &str) -> String {
        match base.strip_prefix("https://").filter(|domain| domain.ends_with(".twil.io")) {
            Some(domain) => self.hosts.domain(domain, path),
            None => format!("{base}{path}"),
        }
    }

    async fn send_once(&self, request: http::request::Builder) -> Result<Response<Bytes>, SendError> {
        let request = request.body(Bytes::new()).map_err(|error| SendError(error.to_string()))?;
        self.home.send(request).await
    }
}
