//! What a Workflow does with a Task, by TaskRouter's rules, given the Workers as REST lists them.
//!
//! Knows nothing of Studio. <https://www.twilio.com/docs/taskrouter/workflow-configuration>

use emulator::taskrouter::expression::evaluates_true;
use serde_json::{Value, json};

use super::contact_centre::ContactCentre;

/// Where a Task ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// This Worker is rung.
    Worker(String),
    /// It is in this queue for as long as it takes, whoever is free next.
    Queue(String),
    /// TaskRouter cancels it, and the caller is dropped.
    Canceled(&'static str),
}

/// What a step of a filter does to a Task.
enum Step {
    Ends(Place),
    Skipped,
    TimedOut,
}

/// Where the Task ends, and the places it waited at in vain: a queue for each step that timed out.
pub(crate) async fn route(centre: &ContactCentre, workflow: &str, attributes: &Value) -> (Place, Vec<String>) {
    let routing = centre.configuration(workflow).await["task_routing"].clone();
    let filters = routing["filters"].as_array().into_iter().flatten();
    let mut waited = Vec::new();
    let mut matching =
        filters.filter(|filter| evaluates_true(filter["expression"].as_str().unwrap(), attributes).unwrap());
    if let Some(filter) = matching.next() {
        let mut timed_out = false;
        for target in with_queues(filter["targets"].as_array().unwrap()) {
            timed_out = match step(centre, &target, attributes).await {
                Step::Ends(place) => return (place, waited),
                Step::Skipped => false,
                Step::TimedOut => {
                    waited.push(queue_of(&target));
                    true
                }
            };
        }
        if timed_out {
            return (Place::Canceled("the last step timed out"), waited);
        }
    }
    // Nothing matched, or all that matched was skipped.
    let place = match routing["default_filter"]["queue"].as_str() {
        Some(queue) => Place::Queue(queue.to_owned()),
        None => Place::Canceled("there is no default filter"),
    };
    (place, waited)
}

/// A target without a queue has the queue of the one before.
fn with_queues(targets: &[Value]) -> Vec<Value> {
    let mut queue = Value::Null;
    let mut complete = targets.to_vec();
    for target in &mut complete {
        queue = target.get("queue").cloned().unwrap_or(queue);
        target["queue"] = queue.clone();
    }
    complete
}

fn queue_of(target: &Value) -> String {
    target["queue"].as_str().unwrap().to_owned()
}

async fn step(centre: &ContactCentre, target: &Value, attributes: &Value) -> Step {
    let queue = queue_of(target);
    if let Some(reference) = target["known_worker_sid"].as_str() {
        let workers = centre.workers_in(&queue).await;
        let is_available = |worker: &&Value| worker["available"] == json!(true);
        // A Worker who is not in the queue, or not at all, is an error in TaskRouter's debugger, and the Task stays.
        let known = &attributes[reference.strip_prefix("task.").unwrap()];
        if let Some(worker) = workers.iter().find(|worker| worker["sid"] == *known).filter(is_available) {
            return Step::Ends(Place::Worker(worker["sid"].as_str().unwrap().to_owned()));
        }
        let skip_if = target["skip_if"].as_str().unwrap_or("1==2");
        let available = workers.iter().filter(is_available).count();
        if evaluates_true(skip_if, &json!({"workers": {"available": available}})).unwrap() {
            return Step::Skipped;
        }
    }
    if target.get("timeout").is_some() { Step::TimedOut } else { Step::Ends(Place::Queue(queue)) }
}
