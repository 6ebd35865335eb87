//! `agent-extensions doctor`: prints what is found. The exit code is 0 for nothing, 1 for findings, and 2 where
//! something could not be checked.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use call_flow::Severity;
use clap::{Args, Subcommand};
use serde_json::json;
use server::Base;
use server::commands::doctor::{Document, Report, examine, lint_documents};
use shared::NumberRules;

use super::print::print_line;
use super::strings;

/// The options of `doctor`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Prints the findings as JSON.
    #[arg(long, global = true)]
    json: bool,
    /// Also asks the server at FLEX_APP_FUNCTIONS_BASE, as Flex and Studio do.
    #[arg(long)]
    live: bool,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Checks Studio Flow definitions and TaskRouter Workflow configurations in files, without an account.
    Lint(Lint),
}

#[derive(Debug, Args)]
struct Lint {
    /// JSON files; a Flow is compared with the Workflow that is named beside it.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The fewest digits that an extension has, to judge how the Flow gathers them.
    #[arg(long, value_name = "DIGITS", requires = "max_digits")]
    min_digits: Option<usize>,
    /// The most digits that an extension has.
    #[arg(long, value_name = "DIGITS", requires = "min_digits")]
    max_digits: Option<usize>,
}

/// Looks at the account that `base` reaches, or at files.
pub(super) async fn run(arguments: &Arguments, base: impl FnOnce() -> anyhow::Result<Base>) -> ExitCode {
    let report = match &arguments.what {
        Some(What::Lint(lint)) => lint_files(lint),
        None => match base() {
            Ok(base) => Ok(examine(&base, arguments.live).await),
            Err(error) => Err(error),
        },
    };
    match report {
        Ok(report) => {
            if arguments.json {
                print_json(&report);
            } else {
                print_text(&report);
            }
            exit_code(&report)
        }
        Err(error) => {
            eprintln!("Error: {error:?}");
            ExitCode::from(2)
        }
    }
}

fn exit_code(report: &Report) -> ExitCode {
    match (report.unchecked.is_empty(), report.findings.is_empty()) {
        (false, _) => ExitCode::from(2),
        (true, false) => ExitCode::from(1),
        (true, true) => ExitCode::SUCCESS,
    }
}

fn lint_files(lint: &Lint) -> anyhow::Result<Report> {
    let read = |file: &PathBuf| {
        let text = std::fs::read_to_string(file).with_context(|| strings::unreadable(file))?;
        Ok(Document { name: file.display().to_string(), text })
    };
    let documents = lint.files.iter().map(read).collect::<anyhow::Result<Vec<_>>>()?;
    let rules = lint.min_digits.zip(lint.max_digits);
    let rules = rules.map(|(min_digits, max_digits)| NumberRules { min_digits, max_digits, reserved: Vec::new() });
    let findings = lint_documents(&documents, rules)?;
    Ok(Report { findings, checked: documents.into_iter().map(|document| document.name).collect(), ..Report::default() })
}

fn print_json(report: &Report) {
    let healthy = report.findings.is_empty() && report.unchecked.is_empty();
    let report = json!({"healthy": healthy, "findings": report.findings, "checked": report.checked,
                        "unchecked": report.unchecked});
    print_line(&format!("{report:#}"));
}

fn print_text(report: &Report) {
    for finding in &report.findings {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        print_line(&format!(
            "{severity}: {} [{}]\n  {}\n  -> {}",
            finding.place, finding.code, finding.message, finding.advice
        ));
    }
    for unchecked in &report.unchecked {
        print_line(&format!("not checked: {}\n  {}", unchecked.part, unchecked.reason));
    }
    let checked = report.checked.join(", ");
    match report.findings.len() {
        0 if report.unchecked.is_empty() => print_line(&format!("healthy: {checked}")),
        0 => print_line(&format!("nothing found in what could be checked: {checked}")),
        1 => print_line("1 finding"),
        count => print_line(&format!("{count} findings")),
    }
}
