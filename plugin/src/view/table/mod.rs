//! The table: finding extensions, choosing some, and seeing what others have just changed.
//! From outside: `roster`, the main part of the screen, and `announcement` for those who do not see the table.
//! Knows nothing of what comes of the buttons in a row: panels and dialogs are drawn elsewhere.

mod announcement;
mod column_heads;
mod content;
mod extension_table;
mod filters;
mod highlight;
mod loading_progress;
mod pager;
mod pipeline;
mod progressive_rendering;
mod roster;
mod row;
mod row_actions;
mod selection_bar;
mod selection_boxes;
mod show_all_button;
mod slot_signals;
mod slots;
mod summary;
mod time_ago;
mod toolbar;

pub(super) use announcement::announcement;
pub(super) use roster::roster;
