//! A running emulator for black-box tests, and the few requests that many of them make.

use std::time::Duration;

use base64::Engine as _;
use emulator::pages::PageOrigins;
use emulator::{Emulator, StartOptions};
use hmac::{KeyInit, Mac};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

/// What has not come by then will not come: the test fails instead of hanging.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// The origin of the page that hosts the Flex UI.
pub(crate) const PAGE: &str = "http://localhost:3000";

pub(crate) struct Fixture {
    pub(crate) emulator: Emulator,
    pub(crate) client: Client,
    pub(crate) env: Value,
    _data: tempfile::TempDir,
}

/// The TLS library wants a provider before the first client is made, although everything here is plain HTTP.
pub(crate) fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::new()
}

pub(crate) async fn start(demo: usize, build_delay: Duration) -> Fixture {
    let data = tempfile::tempdir().unwrap();
    let emulator = emulator::start(StartOptions {
        port: 0,
        data: data.path().to_owned(),
        demo,
        build_delay,
        token_lifetime: Duration::from_secs(3600),
        functions_base: "http://localhost:8787".into(),
        page_origins: PageOrigins::new(vec![PAGE.to_owned()]),
    })
    .await
    .unwrap();
    let client = client();
    let env = answer_to(client.get(format!("{}/control/env", emulator.base()))).await.body;
    Fixture { emulator, client, env, _data: data }
}

/// What a request was answered with.
#[derive(Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// The JSON body; a text if it is no JSON.
    pub(crate) body: Value,
}

/// Where something is on the deployed domain.
pub(crate) struct DomainUrl {
    /// Where the emulator serves it.
    pub(crate) served_at: String,
    /// Where Twilio would serve it, over which a signature is made.
    pub(crate) real: String,
}

pub(crate) async fn answer_to(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let status = response.status();
    let text = response.text().await.unwrap();
    Answer { status, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) }
}

impl Fixture {
    pub(crate) fn env(&self, name: &str) -> &str {
        self.env[name].as_str().unwrap()
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.emulator.base())
    }

    /// A request with the account's credentials.
    pub(crate) fn twilio(&self, method: Method, path: &str) -> RequestBuilder {
        let (user, password) = (self.env("TWILIO_ACCOUNT_SID"), self.env("TWILIO_AUTH_TOKEN"));
        self.client.request(method, self.url(path)).basic_auth(user, Some(password))
    }

    pub(crate) async fn fetch(&self, path: &str) -> Value {
        let Answer { status, body } = answer_to(self.twilio(Method::GET, path)).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        body
    }

    pub(crate) async fn control(&self, command: &str, body: Value) {
        let Answer { status, body } =
            answer_to(self.client.post(self.url(&format!("/control/{command}"))).json(&body)).await;
        assert_eq!(status, StatusCode::OK, "{body}");
    }

    /// A path under the Serverless Service.
    pub(crate) fn service(&self, path: &str) -> String {
        format!("/serverless/v1/Services/{}{path}", self.env("TWILIO_SERVERLESS_SERVICE_SID"))
    }

    pub(crate) async fn environment(&self) -> Value {
        let sid = self.env("TWILIO_SERVERLESS_ENVIRONMENT_SID");
        self.fetch(&self.service(&format!("/Environments/{sid}"))).await
    }

    pub(crate) async fn deployed_build(&self) -> Value {
        let build_sid = self.environment().await["build_sid"].as_str().unwrap().to_owned();
        self.fetch(&self.service(&format!("/Builds/{build_sid}"))).await
    }

    pub(crate) async fn deploy(&self, build_sid: &str) -> Answer {
        let sid = self.env("TWILIO_SERVERLESS_ENVIRONMENT_SID");
        let path = self.service(&format!("/Environments/{sid}/Deployments"));
        answer_to(self.twilio(Method::POST, &path).form(&[("BuildSid", build_sid)])).await
    }

    /// Uploads a Version of an Asset as multipart.
    pub(crate) async fn upload(&self, asset_sid: &str, path: &str, visibility: &str, content: &str) -> Answer {
        let service_sid = self.env("TWILIO_SERVERLESS_SERVICE_SID");
        let address = format!("/serverless-upload/v1/Services/{service_sid}/Assets/{asset_sid}/Versions");
        let body = format!(
            "--b\r\nContent-Disposition: form-data; name=\"Path\"\r\n\r\n{path}\r\n\
             --b\r\nContent-Disposition: form-data; name=\"Visibility\"\r\n\r\n{visibility}\r\n\
             --b\r\nContent-Disposition: form-data; name=\"Content\"; filename=\"f\"\r\n\
             Content-Type: application/json\r\n\r\n{content}\r\n--b--\r\n"
        );
        let request = self.twilio(Method::POST, &address).header("content-type", "multipart/form-data; boundary=b");
        answer_to(request.body(body)).await
    }

    /// Polls until a Build is not `building` any more.
    pub(crate) async fn finished_status(&self, build_sid: &str) -> String {
        let poll = async {
            loop {
                let body = self.fetch(&self.service(&format!("/Builds/{build_sid}/Status"))).await;
                match body["status"].as_str().unwrap() {
                    "building" => tokio::task::yield_now().await,
                    status => return status.to_owned(),
                }
            }
        };
        tokio::time::timeout(LONGEST_WAIT, poll).await.expect("the Build is finished")
    }

    /// The URL of a path on the deployed domain.
    pub(crate) async fn domain(&self, path: &str) -> DomainUrl {
        let domain = self.environment().await["domain_name"].as_str().unwrap().to_owned();
        DomainUrl { served_at: self.url(&format!("/twil.io/{domain}{path}")), real: format!("https://{domain}{path}") }
    }

    /// X-Twilio-Signature of a GET request.
    pub(crate) fn signature(&self, url: &str) -> String {
        let mut mac = hmac::Hmac::<sha1::Sha1>::new_from_slice(self.env("TWILIO_AUTH_TOKEN").as_bytes()).unwrap();
        mac.update(url.as_bytes());
        base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes())
    }

    /// The rows of the deployed `/extensions.json`.
    pub(crate) async fn published(&self) -> Value {
        let DomainUrl { served_at: address, real } = self.domain("/extensions.json").await;
        let Answer { status, body } =
            answer_to(self.client.get(address).header("X-Twilio-Signature", self.signature(&real))).await;
        assert_eq!(status, StatusCode::OK);
        body
    }

    pub(crate) async fn calls(&self) -> Vec<Value> {
        let Answer { body, .. } = answer_to(self.client.get(self.url("/control/calls"))).await;
        body["calls"].as_array().cloned().unwrap()
    }

    pub(crate) async fn validate(&self, token: &str) -> Value {
        let path = format!("/iam/v1/Accounts/{}/Tokens/validate", self.env("TWILIO_ACCOUNT_SID"));
        answer_to(self.twilio(Method::POST, &path).json(&json!({"token": token}))).await.body
    }
}
