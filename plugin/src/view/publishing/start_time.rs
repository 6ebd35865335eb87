//! The time at which a publish began, in the person's language.

use shared::Publishing;

use crate::flex;
use crate::model::started_at_milliseconds;

/// None where Sync holds no such time.
pub(in crate::view) fn start_time(publishing: &Publishing) -> Option<String> {
    started_at_milliseconds(publishing).map(flex::time_of_day)
}
