//! Whether a block that is marked as run by another step really is.
//!
//! Knows for each command which file of which step runs it, not what the command does.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::blocks::{Block, CONTAINER_STEP};

/// A command that a step runs: lines that begin with `command` are run by `file`, as `words` in it show.
struct Evidence {
    step: &'static str,
    command: &'static str,
    file: &'static str,
    words: &'static str,
}

/// Every command that a mark may name a step for; the longer one before the one that it begins with.
const EVIDENCE: &[Evidence] = &[
    Evidence {
        step: "container, where a Docker engine answers",
        command: "docker build --tag agent-extensions .",
        file: "xtask/src/container/mod.rs",
        words: "[\"build\", \"--tag\", \"agent-extensions\", \".\"]",
    },
    Evidence { step: "e2e", command: "cargo xtask start", file: "e2e/world.mjs", words: "['start', '--no-build'" },
    Evidence { step: "bundle", command: "npm ci", file: "xtask/src/test/steps.rs", words: "npm::install(&folder" },
    Evidence { step: "bundle", command: "cargo xtask wasm", file: "plugin/package.json", words: "cargo xtask wasm" },
    Evidence {
        step: "functions",
        command: "cargo xtask functions",
        file: "xtask/src/functions.rs",
        words: "build(project)?",
    },
    Evidence {
        step: "functions",
        command: "npm ci",
        file: "xtask/src/functions.rs",
        words: "npm::install(&folder(project)",
    },
    Evidence {
        step: "functions",
        command: "npm start",
        file: "test-world/src/functions.rs",
        words: "\"--no-live\", \"--no-fork-process\"",
    },
    Evidence {
        step: "functions",
        command: "npm run deploy -- --env .env.stage --environment=staging",
        file: "server/tests/it/deploying.rs",
        words: "\"--env\", \".env.stage\", \"--environment=staging\"",
    },
    Evidence {
        step: "functions",
        command: "npm run deploy",
        file: "server/tests/it/deploying.rs",
        words: "\"run\", \"--silent\", \"deploy\"",
    },
    Evidence {
        step: "flex-cli",
        command: "npm ci",
        file: "xtask/src/flex_cli.rs",
        words: "npm::install(&project.root.join(\"plugin\")",
    },
    Evidence {
        step: "flex-cli",
        command: "cargo xtask wasm",
        file: "xtask/src/flex_cli.rs",
        words: "wasm::build(project)?",
    },
    Evidence {
        step: "flex-cli",
        command: "npm run pull",
        file: "e2e/flex-cli/serverless.spec.mjs",
        words: "'run', '--silent', 'pull'",
    },
    Evidence {
        step: "flex-cli",
        command: "twilio serverless:deploy --env .env.stage --environment=staging",
        file: "e2e/flex-cli/serverless.spec.mjs",
        words: "'--env', '.env.stage', '--environment=staging'",
    },
    Evidence {
        step: "flex-cli",
        command: "twilio serverless:deploy",
        file: "e2e/flex-cli/serverless.spec.mjs",
        words: "'serverless:deploy'",
    },
    Evidence {
        step: "flex-cli",
        command: "twilio flex:plugins:build",
        file: "e2e/flex-cli/deployed.spec.mjs",
        words: "'flex:plugins:build'",
    },
    Evidence {
        step: "flex-cli",
        command: "twilio flex:plugins:start",
        file: "e2e/flex-cli/deployed.spec.mjs",
        words: "'flex:plugins:start'",
    },
    Evidence {
        step: "flex-cli",
        command: "twilio flex:plugins:deploy",
        file: "e2e/flex-cli/deployed.spec.mjs",
        words: "'flex:plugins:deploy'",
    },
    Evidence {
        step: "flex-cli",
        command: "twilio flex:plugins:release",
        file: "e2e/flex-cli/deployed.spec.mjs",
        words: "'flex:plugins:release'",
    },
];

/// Checks the mark of `block`, which names `step`, against the sources below `root`.
///
/// # Errors
///
/// When a command of the block has no evidence, or its evidence is gone.
pub(crate) fn check(root: &Path, block: &Block, step: &str) -> Result<()> {
    let one_line_each = block.text.replace("\\\n", " ");
    for line in one_line_each.lines().map(str::trim).filter(|line| is_command(line)) {
        // The step `container` runs what stands in the document; `cargo xtask test` is what runs this check.
        if step == CONTAINER_STEP || (step == "all" && line.starts_with("cargo xtask test")) {
            continue;
        }
        let known = EVIDENCE.iter().find(|evidence| evidence.step == step && line.starts_with(evidence.command));
        let Some(known) = known else { bail!("{}: nothing shows that {step} runs `{line}`", block.place()) };
        let text = fs::read_to_string(root.join(known.file)).with_context(|| format!("{} is missing", known.file))?;
        if !text.contains(known.words) {
            bail!("{}: {} no longer runs `{}`", block.place(), known.file, known.command);
        }
    }
    Ok(())
}

/// Whether the line does something to be shown: not a comment, an empty line or a change of folder.
fn is_command(line: &str) -> bool {
    !line.is_empty() && !line.starts_with('#') && !line.starts_with("cd ")
}
