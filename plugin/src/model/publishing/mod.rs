//! Publishing: what is deployed, how the draft differs, the review before a publish, and the publish itself.
//! From outside: the view reads [`Published`], [`Publish`], [`Review`] and [`Discard`]; their events move them on.
//! Knows nothing of how rows are edited and written, and nothing of HTTP.

mod differences;
mod discard;
mod progress;
mod publish;
mod published;
mod review;
mod stage;
#[cfg(test)]
mod stories;

pub use differences::Differences;
pub use discard::{Discard, DiscardEvent, DiscardState};
pub use progress::{Progress, started_at_milliseconds};
pub use publish::{Publish, PublishEvent};
pub use published::{DeployedDirectory, Published, PublishedEvent};
pub use review::{BrokenRow, ChangedRow, Loss, Obstacle, Review, ReviewEvent};
pub use stage::{Conflict, PublishFailure, Stage};
