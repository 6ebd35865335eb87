//! The account that the documents are tried with: a world of the emulator, reached under Twilio's own addresses.
//!
//! Knows which variables make curl, Node and our own program go through the emulator's proxy, not what they ask.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::env_file::{self, Variables};
use crate::process::Process;
use crate::project::Project;

/// The certificate authorities of the system.
const AUTHORITIES: &str = "/etc/ssl/certs/ca-certificates.crt";

/// A running world.
#[derive(Debug)]
pub(crate) struct World {
    process: Process,
    /// What a reader has in the environment: the account's credentials, and the way to Twilio.
    pub(crate) variables: Variables,
    /// What a reader fills in by hand; the rest is for `setup` to find.
    pub(crate) settings: Variables,
}

impl World {
    /// Starts a new one on free ports, with its state in `data`.
    ///
    /// # Errors
    ///
    /// When something is not built or does not start.
    pub(crate) async fn start(project: &Project, data: &Path) -> Result<Self> {
        fs::create_dir_all(data)?;
        let ports = ["--page-port", "--server-port", "--emulator-port", "--proxy-port"];
        let ports = ports.iter().flat_map(|name| [*name, "0"]).map(str::to_owned);
        let (no_build, data_flag) = (["start".to_owned(), "--no-build".to_owned()], "--data".to_owned());
        let arguments: Vec<String> =
            no_build.into_iter().chain(ports).chain([data_flag, data.display().to_string()]).collect();
        let logs = data.parent().unwrap_or(data);
        let mut process = Process::start("world", &project.xtask, &arguments, &Variables::new(), logs)?;
        process.wait_for_url_of("ready").await?;
        let settings = variables_named(data, &["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "FLEX_APP_FUNCTIONS_BASE"])?;
        Ok(Self { process, variables: variables(data)?, settings })
    }

    /// Stops everything in it.
    pub(crate) async fn stop(self) {
        self.process.stop().await;
    }
}

fn variables(data: &Path) -> Result<Variables> {
    let world: Value = serde_json::from_str(&fs::read_to_string(data.join("world.json"))?)?;
    let proxy = world["proxy"].as_str().context("the world has no proxy")?;
    let authorities = data.join("authorities.pem");
    let of_the_system = fs::read_to_string(AUTHORITIES).unwrap_or_default();
    fs::write(&authorities, of_the_system + &fs::read_to_string(data.join("proxy-ca.pem"))?)?;
    let mut variables = variables_named(data, &["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"])?;
    // The server of the world has its port already; one that a document starts takes a free one.
    variables.insert("PORT".to_owned(), "0".to_owned());
    variables.insert("HTTPS_PROXY".to_owned(), proxy.to_owned());
    for name in ["CURL_CA_BUNDLE", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"] {
        variables.insert(name.to_owned(), authorities.display().to_string());
    }
    Ok(variables)
}

/// The variables of the world with these names.
fn variables_named(data: &Path, names: &[&str]) -> Result<Variables> {
    Ok(env_file::read(data)?.into_iter().filter(|(name, _)| names.contains(&name.as_str())).collect())
}
