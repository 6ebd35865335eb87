//! What the steps of `cargo xtask test` asked of the emulator, and what it answered, is as Twilio's own OpenAPI documents
//! have it: each step's samples are checked when its tests have passed, and all of them together by the step `openapi`.
//!
//! Knows where the documents come from and which steps leave samples, nothing of what is in them.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::npm::{self, Packages};
use crate::project::Project;
use crate::run;

/// The package in which Twilio ships its documents. It is unpacked, not installed: none of what it depends on is needed.
const PACKAGE: &str = "@twilio/cli-core";
const VERSION: &str = "9.0.0";
/// What npm says of the package's content, as a lockfile would name it.
const INTEGRITY: &str =
    "sha512-FPHm5gXAUwM2oATmQi3AGYPFz4Urg5G5/vDkpUu5WqNuwueQaS93HwXjdX1OM+miuq0LMimdfbXDTLEp4Nsjfg==";
/// Where the documents are in it.
const FOLDER: &str = "package/src/services/twilio-api";

/// The steps whose samples are checked.
const SAMPLED: [&str; 5] = ["unit", "conformance", "functions", "e2e", "flex-cli"];

/// Runs the tests of a step with every emulator writing samples, which loses those of the step's last run, and checks
/// them.
///
/// # Errors
///
/// When a test fails, there are no documents, or something is not as the documents have it.
pub(crate) fn sampled(project: &Project, step: &str, tests: &mut Command) -> Result<()> {
    let folder = samples(project, step);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("{} can not be removed", folder.display()))?;
    }
    run::with_output(tests.env("EMULATOR_SAMPLES", &folder))?;
    run::with_output(script(project, "check")?.arg(folder))
}

fn samples(project: &Project, step: &str) -> PathBuf {
    project.target.join("openapi/samples").join(step)
}

/// Checks all samples together, after the tests of the check itself: no exception may be there that none of them needs.
///
/// # Errors
///
/// When there are no samples or no documents, or something is not as the documents have it.
pub(crate) fn check(project: &Project) -> Result<()> {
    let folders = SAMPLED.map(|step| samples(project, step));
    for (step, folder) in SAMPLED.iter().zip(&folders) {
        if !folder.is_dir() {
            bail!("There are no samples of the step `{step}`: run `cargo xtask test --only {step}` first.");
        }
    }
    run::with_output(&mut script(project, "test")?)?;
    run::with_output(script(project, "check")?.arg("--all").args(folders))
}

/// A script of the check, with the documents and all that it needs.
fn script(project: &Project, name: &str) -> Result<Command> {
    let (folder, documents) = (project.root.join("emulator/openapi"), documents(project)?);
    npm::install(&folder, Packages::All)?;
    let mut command = Command::new("npm");
    command.args(["run", "--silent", name, "--"]).current_dir(&folder).env("OPENAPI_DOCUMENTS", documents);
    Ok(command)
}

/// The folder of the documents, which are fetched when they are not there yet.
fn documents(project: &Project) -> Result<PathBuf> {
    let parent = project.target.join("openapi");
    let folder = parent.join(VERSION);
    if folder.is_dir() {
        return Ok(folder);
    }
    let fetched = parent.join("fetched");
    std::fs::create_dir_all(&fetched).with_context(|| format!("{} can not be written", fetched.display()))?;
    let package = fetch(&fetched)?;
    let mut tar = Command::new("tar");
    tar.arg("-xzf").arg(package).arg("-C").arg(&fetched);
    run::quietly(tar.args(["--strip-components", &FOLDER.split('/').count().to_string(), FOLDER]))?;
    // Whatever is cut off before this is begun anew.
    std::fs::rename(&fetched, &folder).with_context(|| format!("{} can not be written", folder.display()))?;
    Ok(folder)
}

/// Has npm fetch the package into `folder`, and answers its file.
fn fetch(folder: &Path) -> Result<PathBuf> {
    let mut npm = Command::new("npm");
    npm.args(["pack", &format!("{PACKAGE}@{VERSION}"), "--json", "--pack-destination"]).arg(folder);
    let printed = run::output_of(&mut npm)
        .with_context(|| format!("npm could not fetch {PACKAGE} {VERSION}, which holds Twilio's OpenAPI documents"))?;
    Ok(folder.join(package_of(&printed)?))
}

/// The file that `npm pack --json` names, if its content is what it has to be.
fn package_of(printed: &str) -> Result<String> {
    let packed: serde_json::Value = serde_json::from_str(printed).context("npm pack printed no JSON")?;
    match (packed[0]["filename"].as_str(), packed[0]["integrity"].as_str()) {
        (Some(file), Some(INTEGRITY)) => Ok(file.to_owned()),
        (_, integrity) => bail!(
            "{PACKAGE} {VERSION} is {}, not {INTEGRITY}: find out why before you trust it.",
            integrity.unwrap_or("of unknown content")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_other_content_are_not_trusted() {
        let printed = |integrity| format!(r#"[{{"filename": "a.tgz", "integrity": "{integrity}"}}]"#);
        assert_eq!(package_of(&printed(INTEGRITY)).unwrap(), "a.tgz");
        assert!(package_of(&printed("sha512-other")).is_err());
        assert!(package_of("[]").is_err());
    }
}
