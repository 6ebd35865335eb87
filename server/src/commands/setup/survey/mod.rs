//! The account as it is: what setup would need and what of that is there.
//!
//! Call [`survey`] for all of it; before something is made, [`serverless::find`] and [`call_flow::find`] look at a part again.
//!
//! It only reads, and does not know what has to be made; `plan` does.

pub(super) mod call_flow;
pub(super) mod serverless;

use shared::publishing_map_name;

use self::call_flow::CallFlowResources;
use self::serverless::ServerlessPlace;
use super::choices::Choices;
use crate::base::Base;
use crate::commands::CommandError;
use crate::config::Config;
use crate::twilio::TwilioError;

/// What was found in the account.
#[derive(Clone, Debug)]
pub struct Survey {
    /// The settings that the account was read with.
    pub(super) config: Config,
    /// The SID (`MP…`) of the draft's Sync Map.
    pub(super) draft_map_sid: Option<String>,
    /// Whether there is the Sync Map that says who is publishing.
    pub(super) has_publishing_map: bool,
    /// Where the directory is published.
    pub(super) serverless: ServerlessPlace,
    /// What callers go through; none where that is to be left alone.
    pub(super) call_flow: Option<CallFlowResources>,
}

/// Looks at the account. Nothing is changed.
///
/// # Errors
///
/// [`CommandError`] when the account can not be read or a name that was chosen is not there.
pub async fn survey(base: &Base, choices: &Choices) -> Result<Survey, CommandError> {
    let draft = &base.config.sync_map_name;
    let draft_map_sid = map_sid(base, draft).await?;
    let has_publishing_map = map_sid(base, &publishing_map_name(draft)).await?.is_some();
    let serverless = serverless::find(base, choices).await?;
    let call_flow = match &choices.call_flow {
        Some(choices) => Some(call_flow::find(base, choices).await?),
        None => None,
    };
    Ok(Survey { config: Config::clone(&base.config), draft_map_sid, has_publishing_map, serverless, call_flow })
}

async fn map_sid(base: &Base, name: &str) -> Result<Option<String>, TwilioError> {
    Ok(base.twilio.fetch_map(name).await?.map(|map| map.sid))
}
