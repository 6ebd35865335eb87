//! Deploying to the account's Serverless Service, as other tools do.
//!
//! Knows nothing of what the server makes of it.

use anyhow::{Context, Result};
use reqwest::{Client, RequestBuilder};
use serde_json::Value;

use crate::server::Env;

const BOUNDARY: &str = "end-of-a-part-and-nowhere-in-a-content";

/// A tool with the account's credentials.
#[derive(Debug)]
pub struct Tools<'a> {
    env: &'a Env,
    http: &'a Client,
}

impl<'a> Tools<'a> {
    /// One for the account that these variables name.
    #[must_use]
    pub fn new(env: &'a Env, http: &'a Client) -> Self {
        Self { env, http }
    }

    /// Deploys a Build that has nothing but an asset with this path and content, as a deploy of the toolkit replaces
    /// everything. Answers the SID of the Asset Version.
    ///
    /// # Errors
    ///
    /// When Twilio refuses.
    pub async fn deploy_asset(&self, path: &str, content: &[u8]) -> Result<String> {
        let named = self.http.post(self.service("Assets")?).form(&[("FriendlyName", "extensions")]);
        let asset = self.sid_of(named).await?;
        let url = self.service(&format!("Assets/{asset}/Versions"))?.replace("/serverless/", "/serverless-upload/");
        let upload = self.http.post(url).header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"));
        let version = self.sid_of(upload.body(multipart(path, content))).await?;
        self.deploy_build(&[("AssetVersions", &version), ("Runtime", "node22")]).await?;
        Ok(version)
    }

    async fn deploy_build(&self, form: &[(&str, &str)]) -> Result<()> {
        let build = self.sid_of(self.http.post(self.service("Builds")?).form(form)).await?;
        let environment = self.variable("TWILIO_SERVERLESS_ENVIRONMENT_SID")?;
        let deployments = self.service(&format!("Environments/{environment}/Deployments"))?;
        self.sid_of(self.http.post(deployments).form(&[("BuildSid", build)])).await?;
        Ok(())
    }

    fn service(&self, path: &str) -> Result<String> {
        let (base, service) = (self.variable("TWILIO_BASE_URL")?, self.variable("TWILIO_SERVERLESS_SERVICE_SID")?);
        Ok(format!("{base}/serverless/v1/Services/{service}/{path}"))
    }

    fn variable(&self, name: &str) -> Result<&str> {
        Ok(self.env.get(name).with_context(|| format!("{name} is not set"))?)
    }

    async fn sid_of(&self, request: RequestBuilder) -> Result<String> {
        let token = self.variable("TWILIO_AUTH_TOKEN")?;
        let response = request.basic_auth(self.variable("TWILIO_ACCOUNT_SID")?, Some(token)).send().await?;
        let created: Value = response.error_for_status()?.json().await?;
        Ok(created["sid"].as_str().context("what was created has no SID")?.to_owned())
    }
}

fn multipart(path: &str, content: &[u8]) -> Vec<u8> {
    let field = |name: &str, value: &str| {
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let file = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"Content\"; filename=\"f\"\r\n\
         Content-Type: application/json\r\n\r\n"
    );
    let before = format!("{}{}{file}", field("Path", path), field("Visibility", "protected"));
    [before.as_bytes(), content, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat()
}
