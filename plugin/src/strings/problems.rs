//! What went wrong outside, and what to do next.

use shared::wire::ErrorCode;

use crate::model::Problem;

/// What went wrong and what to do next.
pub(crate) fn problem(problem: &Problem) -> String {
    match problem {
        Problem::NotConfigured => {
            "The address of the server is not configured, so nothing can be published. Ask an administrator to set \
             functions_base in Flex's ui_attributes.agent_did_extensions, or FLEX_APP_FUNCTIONS_BASE when the plugin \
             is built."
                .to_owned()
        }
        Problem::Unreachable(_) => "The server does not answer. Check the network and try again.".to_owned(),
        Problem::Refused(body) => match body.code {
            ErrorCode::NotSignedIn => "Your Flex session has ended. Reload the page and sign in again.".to_owned(),
            ErrorCode::NotAllowed => "Only supervisors and administrators may do this. Ask one of them.".to_owned(),
            _ => body.message.clone(),
        },
        Problem::Twilio { status: 0, .. } => "The connection to Twilio was lost. Try again.".to_owned(),
        Problem::Twilio { status: 401 | 403, .. } => {
            "Twilio refused. Reload the page and sign in again; if it stays, ask an administrator.".to_owned()
        }
        Problem::Twilio { status: 429, .. } => "Twilio asks to slow down. Wait a moment and try again.".to_owned(),
        Problem::Twilio { code, message, .. } if *code > 0 => {
            format!("Twilio answered: {message} (error {code}). Try again.")
        }
        Problem::Twilio { message, .. } => format!("Twilio answered: {message}. Try again."),
    }
}
