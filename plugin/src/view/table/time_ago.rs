//! When something happened: how long ago at a glance, and the exact moment for whoever points at it or listens.

use gloo_timers::callback::Interval;
use leptos::prelude::*;

use crate::{flex, strings};

/// How often "how long ago" is worked out anew, in milliseconds.
const TICK: u32 = 20_000;

/// A clock in seconds since 1970 that ticks while the component that asks for it is on the page.
pub(super) fn clock() -> RwSignal<Option<usize>> {
    let now = || Some((flex::now_milliseconds() / 1000) as usize);
    let clock = RwSignal::new(now());
    // The interval ends when its owner, the component, is taken down with what is stored in it.
    StoredValue::new_local(Interval::new(TICK, move || clock.set(now())));
    clock
}

/// A moment, in milliseconds since 1970, as seen by the clock.
pub(super) fn time_ago(moment: i64, clock: RwSignal<Option<usize>>) -> AnyView {
    let now = clock.get().unwrap_or(0) as i64;
    let exact = flex::exact(moment);
    view! {
        <time datetime=flex::iso(moment) title=exact.clone()>
            {strings::time_ago(now - moment.div_euclid(1000))}
            <span class="ade-hidden">{format!(", {exact}")}</span>
        </time>
    }
    .into_any()
}
