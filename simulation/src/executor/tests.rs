//! The executor: the order of time, groups, panics and limits.

use std::sync::atomic::{AtomicBool, Ordering};

use super::*;

const SECOND: Duration = Duration::from_secs(1);

/// Runs every task to its end.
fn run(executor: &Executor) -> Vec<String> {
    let choices = Mutex::new(Choices::new(1));
    let mut panics = Vec::new();
    loop {
        match executor.step(&choices) {
            Ok(true) => {}
            Ok(false) => return panics,
            Err(panic) => panics.push(panic),
        }
    }
}

fn executor() -> Executor {
    Executor::new(crate::beginning::clock())
}

#[test]
fn tasks_go_on_in_the_order_of_time_and_the_clock_goes_with_them() {
    let (executor, order) = (executor(), Arc::new(Mutex::new(Vec::new())));
    let began = executor.clock().now();
    for seconds in [3, 1, 2] {
        let (sleep, order) = (executor.sleep(seconds * SECOND), order.clone());
        executor.spawn(None, async move {
            sleep.await;
            lock(&order).push(seconds);
        });
    }
    assert!(run(&executor).is_empty());
    assert_eq!(*lock(&order), [1, 2, 3]);
    assert_eq!(executor.clock().now(), began + 3 * SECOND);
}

#[test]
fn a_group_that_is_ended_does_nothing_more_and_drops_what_it_holds() {
    let executor = executor();
    let held = Arc::new(());
    for group in [Some(1), Some(2)] {
        let (sleep, held) = (executor.sleep(SECOND), held.clone());
        executor.spawn(group, async move {
            sleep.await;
            drop(held);
        });
    }
    executor.end_group(1);
    assert_eq!(Arc::strong_count(&held), 2);
    assert!(run(&executor).is_empty());
    assert_eq!(Arc::strong_count(&held), 1);
}

#[test]
fn a_panic_is_reported_and_ends_that_task_alone() {
    let (executor, done) = (executor(), Arc::new(AtomicBool::new(false)));
    executor.spawn(None, async { panic!("as the test wants it") });
    let (sleep, goes_on) = (executor.sleep(SECOND), done.clone());
    executor.spawn(None, async move {
        sleep.await;
        goes_on.store(true, Ordering::Relaxed);
    });
    let panics = run(&executor);
    assert!(panics.len() == 1 && panics[0].contains("as the test wants it"), "{panics:?}");
    assert!(done.load(Ordering::Relaxed));
}

#[test]
fn a_panic_that_a_task_catches_itself_is_reported_too() {
    let executor = executor();
    executor.spawn(None, async { drop(catch_unwind(|| panic!("as the test wants it"))) });
    let panics = run(&executor);
    assert!(panics.len() == 1 && panics[0].contains("as the test wants it"), "{panics:?}");
}

#[test]
fn what_takes_longer_than_its_limit_is_given_up() {
    let (executor, outcomes) = (executor(), Arc::new(Mutex::new(Vec::new())));
    let (inner, kept) = (executor.clone(), outcomes.clone());
    executor.spawn(None, async move {
        for limit in [SECOND, 3 * SECOND] {
            let outcome = inner.timeout(limit, inner.sleep(2 * SECOND)).await;
            lock(&kept).push(outcome.is_some());
        }
    });
    assert!(run(&executor).is_empty());
    assert_eq!(*lock(&outcomes), [false, true]);
}
