//! `doctor`: looks at an account from the credentials to the call flow, and says how to mend what it finds.
//!
//! Call [`examine`] for an account, [`lint_documents`] for files. Each part has a file; one that can not be looked at
//! is named in the report, and the others are looked at all the same.
//!
//! It only reads, and does not know terminals and exit codes.

mod account;
mod call_flow;
mod directory;
mod finding;
mod lint;
mod publishing;
mod running_server;
mod strings;
mod workers;

pub use finding::{Finding, Report, UncheckedPart};
pub use lint::{Document, NeitherFlowNorWorkflow, lint_documents};

use self::directory::{Directories, Environment};
use crate::base::Base;

/// Looks at everything; with `live`, also at what the running server answers.
pub async fn examine(base: &Base, live: bool) -> Report {
    let mut report = Report::default();
    if !report.add("credentials", account::credentials(base).await) {
        return report;
    }
    report.add("origins", Ok(account::origins(&base.config)));
    report.add("maps", account::maps(base).await);
    let mut directories = Directories::default();
    match directory::deployed(base).await {
        Ok(Environment::Found(deployed)) => {
            report.add("asset", directory::asset(base, &deployed, &mut directories).await);
            report.add("publish", publishing::unfinished(base, &deployed).await);
        }
        Ok(Environment::Missing(finding)) => _ = report.add("environment", Ok(vec![finding])),
        Err(error) => _ = report.add("environment", Err(error)),
    }
    report.add("draft", directory::draft(base, &mut directories).await);
    report.add("drift", Ok(directory::unpublished_changes(&directories).into_iter().collect()));
    report.add("workers", workers::check(base, &directories).await);
    report.add("call flow", call_flow::check(base, &directories).await);
    if live {
        report.add("server", running_server::check(base, &directories).await);
    }
    report
}
