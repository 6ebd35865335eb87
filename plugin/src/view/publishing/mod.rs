//! Publishing: the review before it, how far it got, and discarding one that was left half-way.
//! From outside: `stages`, `review` and `discard` on the screen, and `start_time` for whoever names a publish.
//! Knows nothing of what keeps a person from publishing before the review opens: that is said among the alerts.

mod count_field;
mod discard;
mod review;
mod review_lists;
mod review_notes;
mod stages;
mod start_time;

pub(super) use discard::discard;
pub(super) use review::review;
pub(super) use stages::stages;
pub(super) use start_time::start_time;
