//! Every sentence of the doctor's own findings: what was found, and how to mend it.
//!
//! What is found in Flows and Workflows is worded by the crate `call_flow`.

/// What was found, and the advice.
type SentenceAndAdvice = (String, &'static str);

pub(super) const NEITHER: &str = "it has neither states nor task_routing";

pub(super) const NO_ADDRESS: &str =
    "FLEX_APP_FUNCTIONS_BASE is not set, so there is no server to ask. Set it to the address that Twilio calls.";

pub(super) fn credentials() -> SentenceAndAdvice {
    (
        "Twilio refuses the account's credentials.".to_owned(),
        "Copy the Account SID and the primary Auth Token from the Console into TWILIO_ACCOUNT_SID and \
         TWILIO_AUTH_TOKEN; an API key does not do.",
    )
}

pub(super) fn origins(flex: &str, origins: &[String]) -> SentenceAndAdvice {
    (
        format!("Pages of {flex} may not call the server: FLEX_ORIGINS has only {}.", origins.join(", ")),
        "Add https://flex.twilio.com to FLEX_ORIGINS, separated by a comma, and restart the server.",
    )
}

pub(super) fn no_map(name: &str) -> SentenceAndAdvice {
    (
        format!("There is no Sync Map {name}."),
        "Run `agent-extensions setup`, or set FLEX_SYNC_MAP_NAME to the unique name of the Map that supervisors edit.",
    )
}

pub(super) fn environment_not_named() -> SentenceAndAdvice {
    (
        "The Serverless Service and Environment are not set.".to_owned(),
        "Run `agent-extensions setup`, which finds or creates them and writes them to .env.",
    )
}

pub(super) fn environment_unknown() -> SentenceAndAdvice {
    (
        "The account has no such Serverless Service or Environment.".to_owned(),
        "Correct the two SIDs, or leave them out and run `agent-extensions setup`.",
    )
}

pub(super) fn nothing_published(path: &str) -> SentenceAndAdvice {
    (
        format!("The deployed Build has no asset {path}, so every caller hears that the extension is unknown."),
        "Publish once from Flex, or run `agent-extensions setup`; check TWILIO_ASSET_NAME if it was published under \
         another path.",
    )
}

pub(super) fn asset_private(functions_base: &str) -> SentenceAndAdvice {
    (
        format!(
            "The asset is private, and the server at {functions_base} is outside of its Build, so it can not read it."
        ),
        "Deploy it once as a protected asset (extensions.protected.json), or let the Functions of the same Environment \
         answer: FLEX_APP_FUNCTIONS_BASE is their domain then.",
    )
}

pub(super) fn asset_public() -> SentenceAndAdvice {
    (
        "The asset is public: anybody who knows the address reads every agent's name and SID.".to_owned(),
        "Deploy it once as a protected asset (extensions.protected.json); later publishes keep that.",
    )
}

pub(super) fn asset_malformed(problem: &str) -> SentenceAndAdvice {
    (
        format!("The published asset is not a JSON array ({problem}), so no caller is answered from it."),
        "Publish the draft from Flex and confirm its number of extensions, or write the asset with `agent-extensions pull \
         --from draft` and deploy it.",
    )
}

pub(super) fn asset_has_too_many_rows(most: usize) -> SentenceAndAdvice {
    (
        format!("The published asset has more than {most} rows, so no caller is answered from it."),
        "Publish the draft from Flex and confirm its number of extensions, or write the asset with `agent-extensions pull \
         --from draft` and deploy it.",
    )
}

pub(super) fn build_gone(sid: &str) -> SentenceAndAdvice {
    (
        format!("The Environment has deployed the Build {sid}, and there is no such Build any more."),
        "Deploy the Functions of this Service again if it has any; then publish the draft from Flex and confirm its number \
         of extensions.",
    )
}

pub(super) fn rows_malformed(count: usize, first: &str) -> SentenceAndAdvice {
    (
        format!("{count} rows lead nowhere because they are malformed; the first one: {first}."),
        "Correct or remove them in Flex, then publish.",
    )
}

pub(super) fn rows_odd(count: usize, first: &str, what: &str) -> SentenceAndAdvice {
    (
        format!("{count} rows lead to their agent and have something odd in them; the first one is {first}: {what}."),
        "Edit and save them in Flex, then publish.",
    )
}

pub(super) fn unpublished_changes(added: usize, changed: usize, removed: usize, first: &str) -> SentenceAndAdvice {
    (
        format!(
            "The draft differs from what callers reach: {added} added, {changed} changed, {removed} removed; the first \
             is {first}."
        ),
        "Publish Extensions in Flex, or take the edits back there.",
    )
}

pub(super) fn publish_left(by: &str, since: &str) -> SentenceAndAdvice {
    (
        format!("{by} began to publish at {since} and has not finished, so nobody else can publish."),
        "Finish or discard it in Flex; left alone, it expires 15 minutes after it began.",
    )
}

pub(super) fn not_deployed() -> SentenceAndAdvice {
    (
        "A newer Build with this asset was made and is not deployed: versionIsDeployed is false.".to_owned(),
        "Wait if somebody is deploying with the Twilio CLI; otherwise publish again from Flex.",
    )
}

pub(super) fn deleted(count: usize) -> SentenceAndAdvice {
    (
        format!("{count} extensions lead to Workers who were deleted; their callers end at the fallback."),
        "Give these extensions to other agents or remove them in Flex, then publish.",
    )
}

pub(super) fn renamed(count: usize) -> SentenceAndAdvice {
    (
        format!("{count} extensions have a name that their agent no longer has."),
        "Save these extensions again in Flex, which takes over the name, then publish.",
    )
}

pub(super) fn no_flow() -> SentenceAndAdvice {
    (
        "No Studio Flow asks for agentExtensions, so no caller reaches an agent by extension.".to_owned(),
        "Run `agent-extensions setup`, or import a Flow of docs/import in Studio.",
    )
}

pub(super) fn no_workflow() -> SentenceAndAdvice {
    (
        "Send to Flex names no Workflow of this Workspace, so the call ends there.".to_owned(),
        "Choose the Workflow with the filters of agent extensions in the Send to Flex widget and publish the Flow.",
    )
}

pub(super) fn outside_queue(count: usize, queue: &str, workflow: &str) -> SentenceAndAdvice {
    (
        format!(
            "{count} agents with an extension are not in the Task Queue {queue} that the Workflow {workflow} rings them \
             in, so TaskRouter never does (40152)."
        ),
        "Widen that queue's expression, for instance to 1==1, or ring them in a queue that has every agent.",
    )
}

pub(super) fn not_linted(name: &str, reason: &str) -> String {
    format!(
        "{name} can not be checked: {reason}. Name a Studio Flow definition or a TaskRouter Workflow configuration, as \
         JSON."
    )
}

pub(super) fn server_unreachable(why: &str) -> SentenceAndAdvice {
    (
        format!("Nothing answers there ({why})."),
        "Start the server, or correct FLEX_APP_FUNCTIONS_BASE: it is the public address that Twilio and Flex call.",
    )
}

pub(super) fn preflight_refused(flex: &str) -> SentenceAndAdvice {
    (
        format!("A browser may not send the requests of {flex} to this server, so supervisors can not publish."),
        "Add https://flex.twilio.com to the server's FLEX_ORIGINS and restart it; let proxies pass OPTIONS requests on.",
    )
}

pub(super) fn lookup_refused(status: u16) -> SentenceAndAdvice {
    (
        format!("The lookup answers {status} to a request that is signed as Twilio signs, so callers reach nobody."),
        "Give the server the same TWILIO_AUTH_TOKEN, and as FLEX_APP_FUNCTIONS_BASE exactly the address that Twilio \
         calls.",
    )
}

pub(super) fn lookup_differs(number: &str) -> SentenceAndAdvice {
    (
        format!("The lookup answers otherwise than what is published says for {number}."),
        "Compare the server's TWILIO_SERVERLESS_ENVIRONMENT_SID and TWILIO_ASSET_NAME with these; wait a few seconds \
         after a publish.",
    )
}
