//! The teams of Workers, through the client that Flex itself uses for its directories.
//!
//! Knows nothing of the filter that they are for.

use serde_json::Value;
use shared::WorkerSid;

use super::{Host, json, workers};
use crate::model::{Problem, TEAM_ATTRIBUTE};

impl Host {
    /// The Workers' SIDs with the names of their teams; Workers without a team are left out.
    ///
    /// # Errors
    ///
    /// [`Problem`] when Flex's own client is not connected or the search is refused.
    pub async fn teams(&self, workers: &[WorkerSid]) -> Result<Vec<(String, String)>, Problem> {
        let sids: Vec<_> = workers.iter().map(|sid| format!("\"{sid}\"")).collect();
        let found = workers::search(self, &format!("data.worker_sid IN [{}]", sids.join(", "))).await?;
        Ok(teams(&found, json::parse))
    }
}

fn teams(items: &Value, parse: fn(&str) -> Value) -> Vec<(String, String)> {
    let team = |worker: &Value| {
        let attributes = workers::attributes(worker, parse)?;
        attributes.get(TEAM_ATTRIBUTE)?.as_str().map(str::trim).filter(|team| !team.is_empty()).map(str::to_owned)
    };
    items.as_object().into_iter().flatten().filter_map(|(key, worker)| Some((key.clone(), team(worker)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn teams_are_read_whatever_the_form_of_the_attributes() {
        let items = json!({
            "WK1": {"attributes": {"team_name": "Sales"}},
            "WK2": {"attributes": "{\"team_name\":\" Support \"}"},
            "WK3": {"attributes": {"team_name": ""}},
            "WK4": {"attributes": {}},
            "WK5": {},
        });
        let found = teams(&items, |text| serde_json::from_str(text).unwrap());
        let pair = |worker: &str, team: &str| (worker.to_owned(), team.to_owned());
        assert_eq!(found, [pair("WK1", "Sales"), pair("WK2", "Support")]);
    }
}
