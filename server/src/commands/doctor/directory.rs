//! The two directories: whether the published one can be read, and how the draft differs from it.

use shared::{Change, Directory, Reading};

use super::{Finding, strings};
use crate::base::Base;
use crate::commands::CommandError;
use crate::commands::draft::read_draft;
use crate::directory::{Deployed, MOST_ROWS, ReadError, fetch_deployed, fetch_reading};
use crate::twilio::{TwilioError, Visibility};

/// What could be read of the two directories.
#[derive(Debug, Default)]
pub(super) struct Directories {
    pub(super) published: Option<Directory>,
    pub(super) draft: Option<Directory>,
}

impl Directories {
    /// What callers are answered from, as far as that is known.
    pub(super) fn live(&self) -> Option<&Directory> {
        self.published.as_ref().or(self.draft.as_ref())
    }
}

/// The Environment that the settings name.
pub(super) enum Environment {
    /// It is there, with what it has deployed.
    Found(Deployed),
    /// It is not there, or not named.
    Missing(Finding),
}

/// Looks for the Environment and for what it has deployed.
pub(super) async fn deployed(base: &Base) -> Result<Environment, CommandError> {
    let account = &base.config.twilio;
    let place = "TWILIO_SERVERLESS_SERVICE_SID, TWILIO_SERVERLESS_ENVIRONMENT_SID";
    let missing = |words| Ok(Environment::Missing(Finding::error("environment-missing", place, words)));
    if account.serverless_service_sid.is_empty() || account.serverless_environment_sid.is_empty() {
        return missing(strings::environment_not_named());
    }
    match fetch_deployed(base).await {
        Ok(deployed) => Ok(Environment::Found(deployed)),
        Err(TwilioError::NotFound { .. }) => missing(strings::environment_unknown()),
        Err(error) => Err(error.into()),
    }
}

/// Whether callers and supervisors can be answered from the asset, and nobody else.
pub(super) async fn asset(
    base: &Base,
    deployed: &Deployed,
    directories: &mut Directories,
) -> Result<Vec<Finding>, CommandError> {
    let path = base.config.asset_name.as_str();
    if let Some(sid) = deployed.gone_build() {
        return Ok(vec![Finding::error("build-gone", "TWILIO_SERVERLESS_ENVIRONMENT_SID", strings::build_gone(sid))]);
    }
    let Some(asset) = deployed.asset() else {
        return Ok(vec![Finding::error("nothing-published", path, strings::nothing_published(path))]);
    };
    if asset.visibility == Visibility::Private {
        return Ok(private_asset(base, deployed).into_iter().collect());
    }
    let reading = match fetch_reading(base, deployed).await {
        Ok(reading) => reading,
        Err(ReadError::NotADirectory { problem, .. }) => {
            return Ok(vec![Finding::error("asset-malformed", path, strings::asset_malformed(&problem))]);
        }
        Err(ReadError::TooManyRows(_)) => {
            return Ok(vec![Finding::error("asset-malformed", path, strings::asset_has_too_many_rows(MOST_ROWS))]);
        }
        Err(error) => return Err(error.into()),
    };
    let public = || Finding::error("asset-public", path, strings::asset_public());
    let public = (asset.visibility == Visibility::Public).then(public);
    let findings = public.into_iter().chain(malformed_rows(path, &reading)).chain(odd_rows(path, &reading)).collect();
    directories.published = Some(reading.directory);
    Ok(findings)
}

/// The Functions of the same Build read a private asset; nobody else can, the doctor included.
fn private_asset(base: &Base, deployed: &Deployed) -> Option<Finding> {
    let functions_base = &base.config.functions_base;
    let own_domain = format!("https://{}", deployed.environment.domain_name);
    let words = strings::asset_private(functions_base);
    let finding = || Finding::error("asset-private", base.config.asset_name.as_str(), words);
    (*functions_base != own_domain).then(finding)
}

/// Whether every row of the draft can be published.
pub(super) async fn draft(base: &Base, directories: &mut Directories) -> Result<Vec<Finding>, CommandError> {
    let Some(rows) = read_draft(base).await? else { return Ok(Vec::new()) };
    let reading = Directory::read(&rows);
    let map = &base.config.sync_map_name;
    let findings = malformed_rows(map, &reading).into_iter().chain(odd_rows(map, &reading)).collect();
    directories.draft = Some(reading.directory);
    Ok(findings)
}

fn malformed_rows(place: &str, reading: &Reading) -> Option<Finding> {
    let first = reading.rejected.first()?;
    let words = strings::rows_malformed(reading.rejected.len(), &first.problem);
    Some(Finding::warning("rows-malformed", place, words))
}

fn odd_rows(place: &str, reading: &Reading) -> Option<Finding> {
    let first = reading.odd.first()?;
    let what = first.oddities.first()?.to_string();
    let words = strings::rows_odd(reading.odd.len(), first.number.as_str(), &what);
    Some(Finding::warning("rows-odd", place, words))
}

/// Whether supervisors changed what callers do not reach yet.
pub(super) fn unpublished_changes(directories: &Directories) -> Option<Finding> {
    let changes = directories.draft.as_ref()?.changes_since(directories.published.as_ref()?);
    let first = changes.first()?.number().as_str();
    let count = |is: fn(&Change) -> bool| changes.iter().filter(|change| is(change)).count();
    let added = count(|change| matches!(change, Change::Added(_)));
    let changed = count(|change| matches!(change, Change::Changed { .. }));
    let removed = count(|change| matches!(change, Change::Removed(_)));
    Some(Finding::warning("drift", "draft and published", strings::unpublished_changes(added, changed, removed, first)))
}
