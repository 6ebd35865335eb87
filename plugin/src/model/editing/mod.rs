//! Adding and editing one extension: the panel, what is wrong with what was typed, and saving it.
//! From outside: [`PanelEvent`] is all that can happen to it; the view reads [`Panel`].
//! Knows nothing of what becomes of a write that has to wait, and nothing of publishing.

mod agent;
mod agent_search;
mod number_advice;
mod panel;
mod saving;
#[cfg(test)]
mod stories;
mod theirs;

pub use agent::{Agent, AgentSearch};
pub use number_advice::{NumberProblem, NumberWarning};
pub use panel::{Panel, PanelEvent, PanelMode};
pub use theirs::Theirs;
