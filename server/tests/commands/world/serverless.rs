//! Deploying to the account's Serverless Service, as other tools do.

use reqwest::Method;
use serde_json::Value;

use super::{World, answer};

impl World {
    pub(crate) async fn deployed_build(&self) -> Value {
        let environment = self.service(&format!("/Environments/{}", self.env["TWILIO_SERVERLESS_ENVIRONMENT_SID"]));
        let build = self.fetch(&environment).await["build_sid"].as_str().unwrap().to_owned();
        self.fetch(&self.service(&format!("/Builds/{build}"))).await
    }

    /// Deploys a Build that has nothing but one asset, as a deploy of the toolkit replaces everything.
    pub(crate) async fn deploy_asset(&self, visibility: &str, content: &str) {
        let build = self.deployed_build().await;
        let assets = build["asset_versions"].as_array().unwrap();
        let asset = assets.iter().find(|asset| asset["path"] == "/extensions.json").unwrap()["asset_sid"].clone();
        let parent = format!("/Assets/{}", asset.as_str().unwrap());
        let version = self.upload(&parent, "/extensions.json", visibility, content).await;
        self.deploy(&[("AssetVersions", &version), ("Runtime", "node22")]).await;
    }

    /// Deploys a Function beside the assets that are deployed, and answers its SID.
    pub(crate) async fn deploy_function(&self, path: &str) -> String {
        let function = self.write(&self.service("/Functions"), &[("FriendlyName", path)]).await["sid"].clone();
        let function = function.as_str().unwrap().to_owned();
        let version = self.upload(&format!("/Functions/{function}"), path, "protected", "exports.handler = 0").await;
        let build = self.deployed_build().await;
        let assets = build["asset_versions"].as_array().unwrap().iter();
        let mut form: Vec<_> = assets.map(|asset| ("AssetVersions", asset["sid"].as_str().unwrap())).collect();
        form.push(("FunctionVersions", &version));
        self.deploy(&form).await;
        function
    }

    /// Uploads a Version and answers its SID.
    async fn upload(&self, parent: &str, path: &str, visibility: &str, content: &str) -> String {
        let body = format!(
            "--b\r\nContent-Disposition: form-data; name=\"Path\"\r\n\r\n{path}\r\n\
             --b\r\nContent-Disposition: form-data; name=\"Visibility\"\r\n\r\n{visibility}\r\n\
             --b\r\nContent-Disposition: form-data; name=\"Content\"; filename=\"f\"\r\n\
             Content-Type: application/json\r\n\r\n{content}\r\n--b--\r\n"
        );
        let url = self.service(&format!("{parent}/Versions")).replace("/serverless/", "/serverless-upload/");
        let request = self.twilio(Method::POST, &url).header("content-type", "multipart/form-data; boundary=b");
        answer(request.body(body)).await["sid"].as_str().unwrap().to_owned()
    }

    async fn deploy(&self, build: &[(&str, &str)]) {
        let build = self.write(&self.service("/Builds"), build).await["sid"].clone();
        let environment = self.service(&format!("/Environments/{}", self.env["TWILIO_SERVERLESS_ENVIRONMENT_SID"]));
        self.write(&format!("{environment}/Deployments"), &[("BuildSid", build.as_str().unwrap())]).await;
    }
}
