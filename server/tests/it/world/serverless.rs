//! Deploying to the account's Serverless Service, as other tools do.

use reqwest::RequestBuilder;
use serde_json::Value;

use super::World;

impl World {
    /// Deploys a Build that has nothing but our asset with this content, as a deploy of the toolkit replaces everything.
    /// Answers the SID of the Asset Version.
    pub(crate) async fn deploy_asset(&self, content: impl AsRef<[u8]>) -> String {
        self.deploy_asset_at("/extensions.json", content).await
    }

    /// The same for an asset at any path: then the Build does not have ours.
    pub(crate) async fn deploy_asset_at(&self, path: &str, content: impl AsRef<[u8]>) -> String {
        let asset = self.sid_of(self.http.post(self.service("Assets")).form(&[("FriendlyName", "extensions")])).await;
        let head = format!(
            "--b\r\nContent-Disposition: form-data; name=\"Path\"\r\n\r\n{path}\r\n\
             --b\r\nContent-Disposition: form-data; name=\"Visibility\"\r\n\r\nprotected\r\n\
             --b\r\nContent-Disposition: form-data; name=\"Content\"; filename=\"f\"\r\n\
             Content-Type: application/json\r\n\r\n"
        );
        let body = [head.as_bytes(), content.as_ref(), b"\r\n--b--\r\n"].concat();
        let url = self.service(&format!("Assets/{asset}/Versions")).replace("/serverless/", "/serverless-upload/");
        let upload = self.http.post(url).header("content-type", "multipart/form-data; boundary=b").body(body);
        let version = self.sid_of(upload).await;
        self.deploy_build(&[("AssetVersions", &version), ("Runtime", "node22")]).await;
        version
    }

    async fn deploy_build(&self, form: &[(&str, &str)]) {
        let build = self.sid_of(self.http.post(self.service("Builds")).form(form)).await;
        let environment = &self.env["TWILIO_SERVERLESS_ENVIRONMENT_SID"];
        let deployments = self.service(&format!("Environments/{environment}/Deployments"));
        self.sid_of(self.http.post(deployments).form(&[("BuildSid", build)])).await;
    }

    fn service(&self, path: &str) -> String {
        let service = &self.env["TWILIO_SERVERLESS_SERVICE_SID"];
        format!("{}/serverless/v1/Services/{service}/{path}", self.emulator.base())
    }

    async fn sid_of(&self, request: RequestBuilder) -> String {
        let response = self.with_credentials(request).send().await.unwrap();
        let created: Value = response.error_for_status().unwrap().json().await.unwrap();
        created["sid"].as_str().unwrap().to_owned()
    }
}
