//! `doctor`: looks at an account from the credentials to the call flow, and says how to mend what it finds.
//!
//! It only reads. Each part has a file; a part that can not be looked at is named, and the others still are.
//! Knows nothing of terminals and exit codes.

mod account;
mod call_flow;
mod directory;
mod finding;
mod lint;
mod live;
mod publishing;
mod strings;
mod workers;

pub use finding::{Finding, Report, Unchecked};
pub use lint::{Document, NotALintedFile, lint_documents};

use self::directory::Rows;
use crate::app::App;

/// Looks at everything; with `live`, also at what the running server answers.
pub async fn examine(app: &App, live: bool) -> Report {
    let mut report = Report::default();
    if !report.take("credentials", account::credentials(app).await) {
        return report;
    }
    report.take("origins", Ok(account::origins(&app.base.config)));
    report.take("maps", account::maps(app).await);
    let deployed = match directory::deployed(app).await {
        Ok(Ok(deployed)) => Some(deployed),
        Ok(Err(findings)) => {
            report.take("environment", Ok(findings));
            None
        }
        Err(stopped) => {
            report.take("environment", Err(stopped));
            None
        }
    };
    let mut rows = Rows::default();
    if let Some(deployed) = &deployed {
        report.take("asset", directory::asset(app, deployed, &mut rows).await);
        report.take("publish", publishing::unfinished(app, deployed).await);
    }
    report.take("draft", directory::draft(app, &mut rows).await);
    report.take("drift", Ok(directory::drift(&rows)));
    report.take("workers", workers::check(app, &rows).await);
    report.take("call flow", call_flow::check(app, &rows).await);
    if live {
        report.take("server", live::check(app, &rows).await);
    }
    report
}
