//! What must be true of a Workflow. <https://www.twilio.com/docs/taskrouter/workflow-configuration>

use std::ops::RangeInclusive;

use serde_json::Value;

use super::task_queue::TaskQueue;
use crate::records::find;
use crate::rest::RestError;
use crate::store::Store;

/// How many seconds a Worker may have to answer a reservation.
const RESERVATION_TIMEOUTS: RangeInclusive<u32> = 1..=86_400;

/// Refuses a configuration that is no JSON, has no `task_routing`, or names a queue that is not there.
pub(super) fn require_sound_configuration(store: &Store, configuration: &str) -> Result<(), RestError> {
    let refused = |why: &str| RestError::bad_parameter(format!("Workflow configuration: {why}"));
    let parsed: Value = serde_json::from_str(configuration).map_err(|error| refused(&error.to_string()))?;
    let routing = parsed.get("task_routing").and_then(Value::as_object).ok_or_else(|| refused("no task_routing"))?;
    let filters = routing.get("filters").and_then(Value::as_array).into_iter().flatten();
    let targets = filters.flat_map(|filter| filter["targets"].as_array().into_iter().flatten());
    for queue in targets.chain(routing.get("default_filter")).filter_map(|target| target.get("queue")) {
        let sid = queue.as_str().ok_or_else(|| refused("a queue is no SID"))?;
        find::<TaskQueue>(store, sid)?.ok_or_else(|| refused(&format!("queue {sid} does not exist")))?;
    }
    Ok(())
}

/// Reads how many seconds a Worker has to answer a reservation.
pub(super) fn task_reservation_timeout(text: &str) -> Result<u32, RestError> {
    let sound = text.parse().ok().filter(|seconds| RESERVATION_TIMEOUTS.contains(seconds));
    sound.ok_or_else(|| RestError::bad_parameter("TaskReservationTimeout must be 1 to 86400"))
}
