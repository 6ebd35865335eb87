//! The sentences that several commands say, each with a next step.

pub(super) const NO_WORKSPACE: &str = "It is not clear which TaskRouter Workspace is the one of Flex. Set TASKROUTER_WORKSPACE_SID, or create the Flex \
     account first; `setup --no-call-flow` does without.";

pub(super) fn not_in_account(variable: &str) -> String {
    format!("{variable} names something that is not in this account. Correct it, or leave it out to find it by name.")
}
