//! The table: which rows it shows, in which order, which of them are chosen, and which others have just changed.
//! From outside: [`Roster`] and [`Listing`] turn the draft into the rows of a page; their events change what is shown.
//! Knows nothing of how a row is edited, written or published, and nothing of how it looks.

mod listing;
mod order;
mod recent_changes;
mod roster;
mod selection;
#[cfg(test)]
mod stories;
mod teams;

pub use listing::{Listing, SearchSteps};
pub use order::{Column, Sort, by_value};
pub use recent_changes::{Announcement, RecentChanges};
pub use roster::{Filter, PAGE_SIZES, Roster, RosterEvent};
pub use selection::{Selection, SelectionEvent};
pub use teams::{TEAM_ATTRIBUTE, Teams};
