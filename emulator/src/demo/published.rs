//! The published state that the demo starts with: one deployed Build with more in it than the extensions.

use serde_json::{Value, json};

use crate::account::Account;
use crate::clock::Clock;
use crate::records::{put, unique_now};
use crate::serverless::{
    AssetOrFunction, Build, Deployment, Environment, Kind, Service, Version, Visibility, put_version,
};
use crate::sid::random_sid;
use crate::store::{StoreError, Transaction};

/// What `/hello` would answer if Functions were run.
const HELLO: &str =
    "exports.handler = (context, event, callback) => callback(null, { hello: event.name ?? 'world' });\n";

/// One file of the first Build.
struct File<'a> {
    kind: Kind,
    path: &'a str,
    visibility: Visibility,
    content_type: &'a str,
    content: &'a [u8],
}

/// Makes the Service, its Environment and the first Build with `rows` in `/extensions.json`, and deploys it.
pub(super) fn publish(
    tx: &mut Transaction<'_>,
    clock: &Clock,
    account: &Account,
    rows: &[Value],
) -> Result<(), StoreError> {
    let service_sid = put_service(tx, clock, account)?;
    let rows = serde_json::to_vec(rows).unwrap_or_default();
    let asset =
        |path, visibility, content_type, content| File { kind: Kind::Asset, path, visibility, content_type, content };
    let files = [
        asset("/extensions.json", Visibility::Protected, "application/json", rows.as_slice()),
        asset("/greeting.txt", Visibility::Public, "text/plain; charset=utf-8", b"Thank you for calling.\n".as_slice()),
        File {
            kind: Kind::Function,
            path: "/hello",
            visibility: Visibility::Public,
            content_type: "application/javascript",
            content: HELLO.as_bytes(),
        },
    ];
    let mut versions = Vec::new();
    for file in &files {
        versions.push(put_file(tx, clock, &service_sid, file)?);
    }
    let build = put_build(tx, clock, &service_sid, versions)?;
    deploy(tx, clock, account, &build)
}

fn put_service(tx: &mut Transaction<'_>, clock: &Clock, account: &Account) -> Result<String, StoreError> {
    let sid = account.sids().serverless_service.clone();
    let service = Service {
        sid: sid.clone(),
        unique_name: "serverless".into(),
        friendly_name: "serverless".into(),
        domain_base: account.domain_base().to_owned(),
        created: unique_now(tx, clock)?,
    };
    put(tx, &service)?;
    Ok(sid)
}

fn put_file(
    tx: &mut Transaction<'_>,
    clock: &Clock,
    service_sid: &str,
    file: &File<'_>,
) -> Result<Version, StoreError> {
    let one = AssetOrFunction {
        sid: random_sid("ZH"),
        service_sid: service_sid.to_owned(),
        kind: file.kind,
        friendly_name: file.path.trim_start_matches('/').to_owned(),
        created: unique_now(tx, clock)?,
    };
    put(tx, &one)?;
    let version = Version {
        sid: random_sid("ZN"),
        service_sid: service_sid.to_owned(),
        kind: file.kind,
        parent_sid: one.sid,
        path: file.path.to_owned(),
        visibility: file.visibility,
        content_type: file.content_type.to_owned(),
        created: unique_now(tx, clock)?,
    };
    put_version(tx, &version, file.content)?;
    Ok(version)
}

fn put_build(
    tx: &mut Transaction<'_>,
    clock: &Clock,
    service_sid: &str,
    versions: Vec<Version>,
) -> Result<Build, StoreError> {
    let (asset_versions, function_versions) = versions.into_iter().partition(|version| version.kind == Kind::Asset);
    let created = unique_now(tx, clock)?;
    let build = Build {
        sid: random_sid("ZB"),
        service_sid: service_sid.to_owned(),
        asset_versions,
        function_versions,
        dependencies: vec![
            json!({"name": "@twilio/runtime-handler", "version": "2.1.0"}),
            json!({"name": "twilio", "version": "5.13.1"}),
        ],
        runtime: "node22".into(),
        created,
        ready: created,
        fails: false,
    };
    put(tx, &build)?;
    Ok(build)
}

fn deploy(tx: &mut Transaction<'_>, clock: &Clock, account: &Account, build: &Build) -> Result<(), StoreError> {
    let created = unique_now(tx, clock)?;
    let environment = Environment {
        sid: account.sids().serverless_environment.clone(),
        service_sid: build.service_sid.clone(),
        unique_name: "dev-environment".into(),
        domain_suffix: Some("dev".into()),
        domain_name: account.domain(),
        build_sid: Some(build.sid.clone()),
        created,
        updated: created,
    };
    put(tx, &environment)?;
    let deployment = Deployment {
        sid: random_sid("ZD"),
        service_sid: build.service_sid.clone(),
        environment_sid: environment.sid,
        build_sid: build.sid.clone(),
        created,
    };
    put(tx, &deployment)
}
