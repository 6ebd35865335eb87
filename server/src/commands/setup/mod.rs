//! `setup`: finds or makes what the account needs, from the Sync Map to the Studio Flow.
//!
//! Call [`survey`], which only reads the account, then [`plan`], which says what is missing, then [`make`], which makes
//! that and nothing else.
//!
//! It does not know prompts and files.

mod change;
mod choices;
mod flow_definition;
mod make;
mod plan;
mod settings;
mod strings;
mod survey;

pub use change::Change;
pub use choices::{CallFlowChoices, Choices};
pub use make::make;
pub use plan::{Plan, plan};
pub use settings::Setting;
pub use survey::{Survey, survey};
