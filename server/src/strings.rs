//! Every sentence that a person may read, each with a next step.
//!
//! Knows nothing of statuses and codes; `crate::error` pairs them.

use shared::wire::BuildStatus;

/// The data was loaded before somebody else published. Worded by the original's README.
pub(crate) const VERSION_CONFLICT: &str =
    "Routes were updated by someone else and cannot be published. Please reload and try again.";
/// Somebody is publishing right now. Worded by the original's README.
pub(crate) const PUBLISH_IN_PROGRESS: &str =
    "Another route publish is in progress. Publishing now will overwrite other changes.";
pub(crate) const PUBLISH_DISCARDED: &str =
    "This publish was discarded, or it took too long. Nothing changed for callers. Publish again.";
pub(crate) const NOT_SIGNED_IN: &str = "You are not signed in, or your session has ended. Sign in to Flex again.";
pub(crate) const ROLE_NEEDED: &str =
    "Only supervisors and administrators may do this. Ask an administrator for the role if you need it.";
pub(crate) const NOT_SIGNED_BY_TWILIO: &str = "The request is not signed by Twilio. Call it from Studio, or use HTTP \
     Basic with the account SID and auth token; FLEX_APP_FUNCTIONS_BASE must be the address that Twilio calls.";
pub(crate) const NO_SUCH_PATH: &str = "There is nothing at this path. Check the address.";
pub(crate) const WRONG_METHOD: &str = "This path does not answer to this method. Use one that the Allow header names.";
pub(crate) const UNKNOWN_BUILD: &str =
    "There is no such Build in this Service: it may have been discarded. Publish again.";
pub(crate) const TOO_LARGE: &str = "The request is too large. Send less.";
pub(crate) const TOKEN_NOT_FIRST: &str = "A request of more than 64 kB must begin with who sends it. Send the Flex token \
     as Authorization: Bearer, or as the field Token before all others.";
pub(crate) const ROW_TOO_LARGE: &str =
    "the row is larger than the 16 kB of a Map Item, or has very many values in its fields";
pub(crate) const ROW_UNREADABLE: &str = "the row has something that is JSON and that not every reader takes: half of a \
     surrogate pair, a number beyond every type, or values too deep in each other";
pub(crate) const TOO_SLOW: &str = "The request did not arrive in time. Check the network and send it again.";
pub(crate) const BUSY: &str = "The server is taking in what others publish. Wait a moment and try again.";
pub(crate) const SIGN_INS_BUSY: &str =
    "Very many requests come with unknown sessions just now. Wait five seconds and try again: then yours is looked at.";
pub(crate) const TWILIO_BUSY: &str = "Twilio asks to slow down. Wait a moment and try again.";
pub(crate) const TWILIO_SILENT: &str = "Twilio can not be reached. Try again in a moment.";
pub(crate) const DEPLOYMENT_UNCLEAR: &str = "Twilio did not say whether the Build is live. Look again in a minute: \
     it is live, or you can go on with the publish or discard it.";
pub(crate) const TWILIO_REFUSED_US: &str =
    "Twilio refuses the server's credentials. Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.";
pub(crate) const TWILIO_KNOWS_NOTHING: &str = "Twilio does not know a resource that the server is set up with. Check the SIDs in the server's settings; \
     its log names what was asked for.";
pub(crate) const TWILIO_FAILED: &str =
    "Twilio did not do what was asked. Try again, and see detail or the server's log if it happens again.";
pub(crate) const TWILIO_FORBIDS: &str = "Twilio does not allow this to the account. Check that the account is active and \
     that TWILIO_AUTH_TOKEN is its primary auth token; the server's log says what Twilio said.";
pub(crate) const TWILIO_UNREADABLE: &str = "What came as Twilio's answer can not be read: something on the way may answer \
     in its place. Check HTTPS_PROXY and TWILIO_BASE_URL, and see the server's log.";
/// Why there is nothing to answer from, while nobody has tried to read it.
pub(crate) const NOT_READ_YET: &str = "The server has just started and reads it now. Try again in a moment.";
/// What keeps the lookup from newer rows; whoever watches the server reads it beside what callers are answered from.
pub(crate) const TWILIO_SLOW: &str = "Twilio takes too long to answer. It is asked again in a moment.";
pub(crate) const NO_ASSET: &str = "What is deployed has no asset with extensions, so callers are answered from the last \
     good directory. Publish from Flex, and check TWILIO_ASSET_NAME.";
pub(crate) const NO_USABLE_ROW: &str = "No row of the published asset leads to an agent, so callers are answered from the \
     last good directory, if there is one. Publish from Flex.";
pub(crate) const EMPTY_UNCONFIRMED: &str = "The deployed asset is empty, and nobody published it so, so callers are \
     answered from the last good directory. Publish from Flex.";
pub(crate) const ASSET_UNREADABLE: &str =
    "The published asset is not a JSON array, so no caller is answered from it. Publish from Flex.";
pub(crate) const TOO_MANY_ROWS: &str =
    "The published asset has more rows than any directory, so no caller is answered from it. Publish from Flex.";
pub(crate) const BUILD_GONE: &str =
    "The Build that is deployed was removed. Publish from Flex and confirm the number of extensions.";
pub(crate) const ASSET_PRIVATE: &str = "The published asset is private, and this server is outside of its Build. Deploy it \
     once as a protected asset.";
pub(crate) const REPLACED: &str = "Somebody published, and Twilio is putting that into service. Reload in a moment.";
pub(crate) const INTERNAL: &str =
    "The server made a mistake. Try again, and report it with the time if it happens again.";

pub(crate) const BODY_UNREADABLE: &str = "The body could not be received. Send it again.";
pub(crate) const BODY_NOT_UNDERSTOOD: &str =
    "The body is neither a JSON object nor a form. Send one with its Content-Type.";
pub(crate) const AGENT_EXT_MISSING: &str = "agentExt is missing. Send the digits that the caller keyed in as agentExt.";
pub(crate) const AGENT_EXT_TOO_LONG: &str =
    "agentExt is too long to be an extension. Send the digits that the caller keyed in.";
pub(crate) const BUILD_SID_WRONG: &str =
    "buildSid must be ZB followed by 32 hexadecimal digits. Send the buildSid that /admin/update answered.";

/// What a reader says of a value repeats the value, which may be as long as the body.
const LONGEST_PROBLEM: usize = 200;

pub(crate) fn fields_wrong(problem: &str) -> String {
    let problem: String = problem.chars().take(LONGEST_PROBLEM).collect();
    format!("The request can not be understood: {problem}. Correct it and send it again.")
}

pub(crate) fn nothing_to_answer_from(why: &str) -> String {
    format!("No published directory was read so far, so there is nothing to answer callers from. {why}")
}

pub(crate) fn too_many_rows(most: usize) -> String {
    format!("data has more than {most} rows")
}

pub(crate) fn rows_wrong(count: usize) -> String {
    let rows = if count == 1 { "1 row breaks a rule".to_owned() } else { format!("{count} rows break a rule") };
    format!("{rows}, so nothing was published. Correct what detail lists and publish again.")
}

pub(crate) fn directory_too_large(bytes: usize, limit: usize) -> String {
    format!(
        "The directory would have {bytes} bytes, and Twilio takes at most {limit} of an asset like this one. \
         Remove extensions that nobody needs and publish again."
    )
}

pub(crate) fn confirmation_required(count: usize, published: Option<usize>) -> String {
    let loss = match published {
        Some(published) => {
            format!("Only {count} extensions would remain, and many of the {published} published ones would be lost.")
        }
        None => format!(
            "What is published can not be read, so nobody can tell what these {count} extensions would replace."
        ),
    };
    format!("{loss} Confirm the number {count} to publish anyway.")
}

pub(crate) fn build_not_ready(status: BuildStatus) -> &'static str {
    match status {
        BuildStatus::Building => "The Build is not completed yet. Wait for it and try again.",
        BuildStatus::Completed => "The Build is completed. Publish it.",
        BuildStatus::Failed => "The Build failed and can not be published. Publish again.",
    }
}

pub(crate) fn private_asset(path: &str) -> String {
    format!(
        "The published asset {path} is private, and Twilio lets nobody read a private asset back. \
         Deploy it once as a protected asset and reload."
    )
}

pub(crate) fn build_gone(sid: &str) -> String {
    format!(
        "The Build {sid} that is deployed was removed, and the Functions with it. Deploy the Functions again (`npm run \
         deploy`), then publish."
    )
}

pub(crate) fn not_a_directory(path: &str) -> String {
    format!(
        "The published asset {path} is not a JSON array. Publish the draft from Flex and confirm its number of extensions, \
         or write the asset with `agent-extensions pull --from draft` and deploy it."
    )
}

pub(crate) fn asset_has_too_many_rows(path: &str) -> String {
    format!(
        "The published asset {path} has more rows than any directory. Publish the draft from Flex and confirm its number of \
         extensions, or write the asset with `agent-extensions pull --from draft` and deploy it."
    )
}
