//! A call of a journey, with a fault: what a seed stands for.
//!
//! Knows nothing of what becomes of it.

use std::fmt;

use emulator::traffic::{RecordedCall, Target};
use shared::is_sid;

use super::fault::{CallFault, Times};
use super::journey::Journey;
use crate::world::World;

/// A call, recognised in any run of its journey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    method: String,
    /// A part of its path.
    path: String,
    /// How many calls like it come before it.
    nth: u32,
    /// How many calls of any kind come before it.
    position: u32,
}

/// One case.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) journey: Journey,
    pub(super) fault: CallFault,
    call: Call,
    times: Times,
}

/// The calls of a journey, in their order.
pub(super) fn calls(recorded: &[RecordedCall]) -> Vec<Call> {
    let mut calls = Vec::new();
    for (position, RecordedCall { call, .. }) in recorded.iter().enumerate() {
        let (method, path) = (call.method.clone(), recognised_by(&call.path));
        let like_it = Call { method, path, nth: 0, position: count(position) };
        let before = recorded[..position].iter().filter(|other| like_it.is_like(other)).count();
        calls.push(Call { nth: count(before), ..like_it });
    }
    calls
}

fn count(calls: usize) -> u32 {
    u32::try_from(calls).unwrap_or(u32::MAX)
}

/// The cases of a journey: each call with each fault. The lookup asks the same again and again, so that one of each kind
/// of its calls is enough, and they come in the order of their names, because it may be listened to from any of them on.
pub(super) fn cells(journey: Journey, calls: &[Call]) -> Vec<Cell> {
    let mut calls = calls.to_vec();
    if journey == Journey::Refresh {
        calls.retain(|call| call.nth == 0);
        calls.sort_by(|one, other| (&one.method, &one.path).cmp(&(&other.method, &other.path)));
    }
    let times = [Times::Once, Times::Always, Times::FromThenOn];
    let of_call = |call: &Call| {
        let cell = |fault, times| Cell { journey, fault, call: call.clone(), times };
        let of_fault = |fault| times.map(|times| cell(fault, times));
        CallFault::ALL.into_iter().flat_map(of_fault).collect::<Vec<_>>()
    };
    calls.iter().flat_map(of_call).collect()
}

/// The end of a path, without the SIDs that are others in the next run.
fn recognised_by(path: &str) -> String {
    let (start, last) = path.rsplit_once('/').unwrap_or(("", path));
    let is_any_sid = last.get(..2).is_some_and(|kind| is_sid(last, kind));
    let before = start.rsplit('/').next().unwrap_or_default();
    if is_any_sid { format!("/{before}/") } else { format!("/{last}") }
}

impl Call {
    fn is_like(&self, other: &RecordedCall) -> bool {
        self.method == other.call.method && other.call.path.contains(&self.path)
    }
}

impl Cell {
    /// From now on the call goes wrong.
    pub(super) fn inject(&self, world: &World) {
        let Call { method, path, nth, position } = self.call.clone();
        let target = |times, after| Target { method: Some(method.clone()), path: path.clone(), times, after };
        match self.times {
            Times::Once => world.inject(target(1, nth), self.fault.into()),
            Times::Always => world.inject(target(u32::MAX, nth), self.fault.into()),
            Times::FromThenOn => {
                let any = Target { method: None, path: String::new(), times: u32::MAX, after: position };
                world.inject(any, self.fault.into());
            }
        }
    }

    /// Whether every call that follows goes wrong, too.
    pub(super) fn is_everything(&self) -> bool {
        matches!(self.times, Times::FromThenOn)
    }

    /// Whether the call came that was to go wrong.
    pub(super) fn was_met(&self, calls: &[RecordedCall]) -> bool {
        calls.iter().filter(|call| self.call.is_like(call)).count() > self.call.nth as usize
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { journey, fault, call: Call { method, path, nth, .. }, times } = self;
        write!(formatter, "{journey}: {method} {path} (the {}.) {fault}, {times:?}", nth + 1)
    }
}

#[cfg(test)]
mod tests {
    use emulator::traffic::Call as Recorded;
    use serde_json::Value;

    use super::*;

    fn recorded(method: &str, path: &str) -> RecordedCall {
        let (query, body, method, path) = (Value::Null, Value::Null, method.to_owned(), path.to_owned());
        let call = Recorded { via: "rest", method, path, query, body, status: 200 };
        RecordedCall { seq: 1, at: String::new(), call }
    }

    #[test]
    fn a_call_is_recognised_by_the_end_of_its_path_and_how_many_like_it_came_before() {
        let build = format!("/serverless/v1/Services/ZS{0:032}/Builds/ZB{0:032}", 1);
        let list = build.rsplit_once('/').unwrap().0.to_owned();
        let calls =
            calls(&[recorded("GET", &build), recorded("POST", &list), recorded("GET", &list), recorded("GET", &build)]);
        let told: Vec<_> = calls.iter().map(|call| (&*call.method, &*call.path, call.nth, call.position)).collect();
        let expected =
            [("GET", "/Builds/", 0, 0), ("POST", "/Builds", 0, 1), ("GET", "/Builds", 1, 2), ("GET", "/Builds/", 1, 3)];
        assert_eq!(told, expected);
    }

    #[test]
    fn every_call_meets_every_fault_in_every_number() {
        let calls = calls(&[recorded("GET", "/a"), recorded("GET", "/a"), recorded("POST", "/b")]);
        assert_eq!(cells(Journey::Publish, &calls).len(), 3 * CallFault::ALL.len() * 3);
        assert_eq!(cells(Journey::Refresh, &calls).len(), 2 * CallFault::ALL.len() * 3);
    }
}
