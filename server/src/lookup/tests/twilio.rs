//! A Twilio that has deployed something, and whose domain serves something.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::scripted_home::{Answer, ScriptedHome, config, ok};

pub(super) fn worker(n: u32) -> String {
    format!("WK{n:032x}")
}

/// What is deployed, and what the domain serves.
#[derive(Clone)]
pub(super) struct Twilio {
    /// The Build that the Environment names.
    pub(super) build: Option<u32>,
    /// Our asset's version in that Build.
    pub(super) version: Option<u32>,
    /// What the domain serves.
    pub(super) content: String,
    /// Whether the domain gives entity tags.
    pub(super) gives_tags: bool,
}

impl Twilio {
    /// 7777 leads to Worker `n`; Build and Asset Version have that number too.
    pub(super) fn leading_to(n: u32) -> Self {
        let rows = json!([{"workerFullName": "Ann", "extensionNumber": "7777", "workerSid": worker(n)}, "junk"]);
        Self { build: Some(n), version: Some(n), content: rows.to_string(), gives_tags: false }
    }

    pub(super) fn serving(self, content: &str) -> Self {
        Self { content: content.to_owned(), ..self }
    }

    /// How it answers.
    pub(super) fn script(&self) -> impl FnMut(&Request<Bytes>) -> Answer + Send + use<> {
        let twilio = self.clone();
        move |request| match request.uri().path() {
            "/extensions.json" => twilio.asset(request),
            path if path.contains("/Builds/") => ok(&twilio.build()),
            _ => ok(&json!({"build_sid": twilio.build.map(|n| format!("ZB{n}")), "domain_name": "d.twil.io"})),
        }
    }

    fn asset(&self, request: &Request<Bytes>) -> Answer {
        let tag = format!("\"{}\"", STANDARD.encode(Sha256::digest(&self.content)));
        if !self.gives_tags {
            return Answer::Status(200, None, self.content.clone());
        }
        match request.headers().get("if-none-match") {
            Some(known) if known == tag.as_str() => Answer::Status(304, None, String::new()),
            _ => Answer::Tagged(tag, self.content.clone()),
        }
    }

    fn build(&self) -> Value {
        let version = self.version.map(|n| {
            json!({"sid": format!("ZN{n}"), "asset_sid": "ZH1", "path": "/extensions.json", "visibility": "protected"})
        });
        json!({
            "sid": format!("ZB{}", self.build.unwrap_or_default()), "status": "completed",
            "asset_versions": version.into_iter().collect::<Vec<_>>(), "function_versions": null,
            "dependencies": null, "runtime": null, "date_created": "2026-01-01T00:00:00Z",
        })
    }
}

pub(super) fn world(script: impl FnMut(&Request<Bytes>) -> Answer + Send + 'static) -> (Arc<ScriptedHome>, App) {
    let home = Arc::new(ScriptedHome::new(script));
    (home.clone(), App::new(config(), home))
}

/// Whom 7777 leads to.
pub(super) async fn ask(app: &App) -> Option<String> {
    app.lookup.find(&app.base, "7777").await.unwrap().worker_sid
}

/// A server that starts now with what another one kept.
pub(super) fn restarted(
    home: &ScriptedHome,
    script: impl FnMut(&Request<Bytes>) -> Answer + Send + 'static,
) -> (Arc<ScriptedHome>, App) {
    let disk = home.disk.lock().unwrap().clone();
    let (home, app) = world(script);
    *home.disk.lock().unwrap() = disk;
    (home, app)
}
