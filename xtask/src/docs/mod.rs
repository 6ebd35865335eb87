//! The step `docs`: what README and docs/ tell people to type works, and what they link to is there.
//!
//! `check` is the step; `shell_blocks` lends the blocks of a document to a step that runs them itself.
//!
//! Knows which documents there are and what they run in, a copy of the checkout beside a running world. Does not know
//! what their commands do.

mod blocks;
mod evidence;
mod links;
mod runner;
mod scratch;
mod world;

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use self::blocks::Block;
use self::runner::Runner;
use self::scratch::Scratch;
use self::world::World;
use crate::project::Project;
use crate::{debian, run};

pub(crate) use self::blocks::{CONTAINER_STEP, Mark, shell_blocks};

/// How many blocks went which way.
#[derive(Default)]
struct Tally {
    run: usize,
    elsewhere: usize,
    account: usize,
}

/// Runs every shell block that can be run here, and says of the others why not. Everything must be built.
///
/// # Errors
///
/// When a block fails, a mark is not true, or a link leads nowhere; with the document and the line.
pub(crate) fn check(project: &Project) -> Result<()> {
    let documents = documents(&project.root)?;
    links::check(&project.root, &documents)?;
    // A reader has it; a bare machine may not.
    if run::output_of(Command::new("curl").arg("--version")).is_none() {
        debian::install("curl")?;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut tally = Tally::default();
    for (file, text) in &documents {
        let blocks = shell_blocks(file, text)?;
        if !blocks.is_empty() {
            runtime.block_on(check_document(project, &blocks, &mut tally))?;
        }
    }
    println!(
        "docs: {} blocks run, {} run by other steps, {} need an account",
        tally.run, tally.elsewhere, tally.account
    );
    Ok(())
}

/// README, ARCHITECTURE and every document of docs/, by path from the root, with its text.
fn documents(root: &Path) -> Result<Vec<(String, String)>> {
    let mut files = vec!["README.md".to_owned(), "ARCHITECTURE.md".to_owned()];
    for entry in std::fs::read_dir(root.join("docs")).context("docs/ is missing")? {
        let name = entry?.file_name().into_string().unwrap_or_default();
        if name.ends_with(".md") {
            files.push(format!("docs/{name}"));
        }
    }
    files.sort();
    let read = |file: String| Ok((file.clone(), std::fs::read_to_string(root.join(&file))?));
    files.into_iter().map(read).collect()
}

/// Each document has a copy of the checkout and a world of its own, so that none depends on another.
async fn check_document(project: &Project, blocks: &[Block], tally: &mut Tally) -> Result<()> {
    let scratch = Scratch::copy_of(project)?;
    let is_run_here = |block: &Block| matches!(block.mark, Mark::RunHere | Mark::UntilStopped);
    if !blocks.iter().any(is_run_here) {
        return check_blocks(project, blocks, None, tally).await;
    }
    let world = World::start(project, &scratch.root.join(".local")).await?;
    let runner = Runner { scratch: &scratch, world: &world };
    let outcome = check_blocks(project, blocks, Some(&runner), tally).await;
    world.stop().await;
    outcome
}

async fn check_blocks(
    project: &Project,
    blocks: &[Block],
    runner: Option<&Runner<'_>>,
    tally: &mut Tally,
) -> Result<()> {
    for block in blocks {
        let (place, line) = (block.place(), block.first_line());
        match &block.mark {
            Mark::NeedsAccount(why) => {
                tally.account += 1;
                println!("{place}: not run, needs an account ({why}): {line}");
            }
            Mark::RunBy(step) => {
                evidence::check(&project.root, block, step)?;
                tally.elsewhere += 1;
                println!("{place}: run by the step {step}: {line}");
            }
            Mark::RunHere | Mark::UntilStopped => {
                let started = Instant::now();
                let runner = runner.context("there is no world to run it in")?;
                runner.run(block).await.with_context(|| format!("{place}: `{line}`"))?;
                tally.run += 1;
                println!("{place}: run in {:.1} s: {line}", started.elapsed().as_secs_f32());
            }
        }
    }
    Ok(())
}
