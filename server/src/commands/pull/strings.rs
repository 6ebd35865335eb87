//! Every sentence of `pull`, each with a next step.

use super::Source;

pub(super) const SERVICE_NOT_NAMED: &str = "The Serverless Service and Environment are not known. Set \
     TWILIO_SERVERLESS_SERVICE_SID and TWILIO_SERVERLESS_ENVIRONMENT_SID, or let `agent-extensions setup` find them.";
pub(super) const EMPTY_AND_PRIVATE: &str = "The draft has no extensions, and the published asset is private, so nobody \
     can tell whether it has any. Nothing was written. Publish from Flex first, or write [] into the file yourself if \
     callers are to find nobody.";
pub(super) const EMPTY_AND_UNSURE: &str = "There are no extensions here, and the other source could not be read to tell \
     whether that is right. Nothing was written. Try again in a moment.";

pub(super) fn private_so_draft(path: &str) -> String {
    format!(
        "The published asset {path} is private, and Twilio lets nobody read a private asset back. The draft was read \
         instead: it may hold edits that nobody published yet, and the next deploy publishes them."
    )
}

pub(super) fn rejected_rows_kept(count: usize) -> String {
    format!(
        "{count} published rows are malformed and lead nowhere. They were kept as they are; publish again from Flex to \
         be rid of them."
    )
}

pub(super) fn no_map(name: &str) -> String {
    format!(
        "There is no Sync Map {name}, so there is no draft. Run `agent-extensions setup`, or set FLEX_SYNC_MAP_NAME to \
         the Map's unique name."
    )
}

pub(super) fn draft_breaks_rules(count: usize, first: &str) -> String {
    format!(
        "{count} rows of the draft can not be published; the first one: {first}. Nothing was written. Correct them in \
         Flex, or pull with --from published."
    )
}

pub(super) fn no_name(number: &str) -> String {
    format!("{number} has no agent's name")
}

pub(super) fn would_lose(source: Source, other: usize) -> String {
    let (empty, full) = match source {
        Source::Published => ("No published row leads to an agent", "the draft"),
        Source::Draft => ("The draft is empty", "the published directory"),
    };
    let from = match source {
        Source::Published => Source::Draft,
        Source::Draft => Source::Published,
    };
    format!(
        "{empty}, but {full} has {other} extensions. Nothing was written, so that a deploy does not lose them. Pull \
         with --from {from} if those are the ones that callers should reach."
    )
}
