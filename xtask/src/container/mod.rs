//! The step `container`: builds the static binary as docs/deploy.md says, and runs it as the image would run.
//!
//! `check` is what others call, and `build` whoever wants its first half done early. The image itself is built where a Docker engine answers.
//!
//! Knows what must hold of the image, nothing of what the server does.

mod elf;
mod rootfs;

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use self::rootfs::Rootfs;
use crate::docs::{CONTAINER_STEP, Mark, shell_blocks};
use crate::env_file::{self, Variables};
use crate::process::Process;
use crate::project::Project;
use crate::{prepare, run};

/// The size that everything in the image together must stay under, in bytes.
const SIZE_LIMIT: u64 = 25 * 1024 * 1024;
/// The document with the steps by hand; what this step runs is marked there.
const DOCUMENT: &str = "docs/deploy.md";

/// Builds, looks at and runs what the image consists of.
///
/// # Errors
///
/// When the binary is not static or too large, or does not answer.
pub(crate) fn check(project: &Project) -> Result<()> {
    if !cfg!(target_os = "linux") {
        println!("container: left out, since the static program is built and run on Linux only");
        return Ok(());
    }
    prepare::emulator_and_server(project)?;
    let program = build(project)?;
    if !elf::is_static(&fs::read(&program)?)? {
        bail!("{} is not static: something in it asks for a dynamic loader.", program.display());
    }
    let data = project.root.join("target/tmp/container");
    if data.is_dir() {
        fs::remove_dir_all(&data)?;
    }
    fs::create_dir_all(&data)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    runtime.block_on(run_beside_the_emulator(project, &program, &data))?;
    build_image(project)
}

/// Runs the blocks of the document that are marked for this step, and gives the file that they build.
///
/// # Errors
///
/// When one of them fails, or they build no such file.
pub(crate) fn build(project: &Project) -> Result<PathBuf> {
    let text = fs::read_to_string(project.root.join(DOCUMENT))?;
    let blocks = shell_blocks(DOCUMENT, &text)?;
    let marked = blocks.iter().filter(|block| block.mark == Mark::RunBy(CONTAINER_STEP.to_owned()));
    for block in marked {
        let started = Instant::now();
        let mut command = Command::new("bash");
        command.args(["-euo", "pipefail", "-c", &block.text]).current_dir(&project.root).stdin(Stdio::null());
        run::quietly(&mut command).with_context(|| block.place())?;
        println!("{}: run in {:.0} s", block.place(), started.elapsed().as_secs_f32());
    }
    let target = format!("{}-unknown-linux-musl", std::env::consts::ARCH);
    let program = project.target.join(target).join("release/agent-extensions");
    if program.is_file() { Ok(program) } else { bail!("{DOCUMENT} does not build {}.", program.display()) }
}

/// Starts the emulator and the program, which reaches `twilio.com` by TLS through the emulator's proxy: in the image
/// there is no TWILIO_BASE_URL either.
async fn run_beside_the_emulator(project: &Project, program: &Path, data: &Path) -> Result<()> {
    let (port, proxy) = (free_port()?, free_port()?);
    let functions_base = format!("http://localhost:{port}");
    let arguments = [("--port", "0"), ("--demo", "25"), ("--functions-base", &functions_base)];
    let mut arguments: Vec<String> =
        arguments.iter().flat_map(|(name, value)| [*name, *value]).map(str::to_owned).collect();
    arguments.extend(["--proxy-port".to_owned(), proxy.to_string(), "--data".to_owned(), data.display().to_string()]);
    let mut emulator = Process::start("emulator", &project.binary("emulator"), &arguments, &Variables::new(), data)?;
    let base = emulator.wait_for_url().await?;
    let rootfs = Rootfs::make(&data.join("image"), program, &fs::read_to_string(data.join("proxy-ca.pem"))?)?;
    let size = rootfs.size()?;
    println!("image: {size} B, of them {} B the program", fs::metadata(program)?.len());
    if size >= SIZE_LIMIT {
        bail!("the image must stay under {SIZE_LIMIT} B.");
    }
    let variables = env_file::from_json(&reqwest::get(format!("{base}/control/env")).await?.json().await?)?;
    env_file::write(data, &variables)?;
    let environment = server_environment(&variables, port, proxy, &rootfs);
    let outcome = check_answers(project, &rootfs, &environment, data).await;
    emulator.stop().await;
    outcome
}

fn server_environment(variables: &Variables, port: u16, proxy: u16, rootfs: &Rootfs) -> Variables {
    let account = variables.iter().filter(|(name, _)| !name.starts_with("DEMO_") && *name != "TWILIO_BASE_URL");
    let mut environment: Variables = account.map(|(name, value)| (name.clone(), value.clone())).collect();
    for (name, value) in [
        ("HTTPS_PROXY", format!("http://127.0.0.1:{proxy}")),
        ("SSL_CERT_FILE", rootfs.path("/etc/ssl/certs/ca-certificates.crt")),
        ("LAST_GOOD_FILE", rootfs.path("/state/last-good.json")),
        ("BIND", "127.0.0.1".to_owned()),
        ("PORT", port.to_string()),
    ] {
        environment.insert(name.to_owned(), value);
    }
    environment
}

/// Health before, while and after it runs; and one call.
async fn check_answers(project: &Project, rootfs: &Rootfs, environment: &Variables, data: &Path) -> Result<()> {
    if is_healthy(rootfs, environment)? {
        bail!("the health check passes although nothing runs.");
    }
    let (program, arguments) = rootfs.command(&[]);
    let mut server = Process::start("server", &program, &arguments, environment, data)?;
    server.wait_for_url().await?;
    let answer = run::output_of(Command::new(&project.xtask).args(["dial", "2000", "--data"]).arg(data));
    // The call waited for the first directory, so callers can be answered now.
    let healthy = is_healthy(rootfs, environment)?;
    server.stop().await;
    let answer = answer.context("a call got no answer; see target/tmp/container/server.log")?;
    if !healthy || !answer.contains("\"workerSID\":\"WK") {
        bail!("healthy: {healthy}; dialling 2000 answered {answer}");
    }
    if is_healthy(rootfs, environment)? {
        bail!("the health check passes although the server was stopped.");
    }
    let how = if rootfs.is_in_chroot() { "alone in its folder, as a user without rights" } else { "as this user" };
    println!("container: healthy {how}; 2000 leads to an agent, by TLS");
    Ok(())
}

fn is_healthy(rootfs: &Rootfs, environment: &Variables) -> Result<bool> {
    let (program, arguments) = rootfs.command(&["health"]);
    let mut command = Command::new(program);
    command.args(arguments).envs(environment).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    Ok(command.status()?.success())
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// Builds the image where an engine answers.
fn build_image(project: &Project) -> Result<()> {
    if run::output_of(Command::new("docker").arg("info")).is_none() {
        println!("image: not built, since no Docker engine answers here; what it holds was run as above");
        return Ok(());
    }
    let mut build = Command::new("docker");
    run::quietly(build.args(["build", "--tag", "agent-extensions", "."]).current_dir(&project.root))?;
    let size =
        run::output_of(Command::new("docker").args(["image", "inspect", "--format", "{{.Size}}", "agent-extensions"]));
    let size: u64 = size.and_then(|size| size.parse().ok()).context("the image has no size")?;
    println!("image: {size} B");
    if size < SIZE_LIMIT { Ok(()) } else { bail!("the image must stay under {SIZE_LIMIT} B.") }
}
