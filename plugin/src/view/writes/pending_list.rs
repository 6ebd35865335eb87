//! A list of writes that are not done yet, each with what can be done about it. A long one is cut and counted.

use leptos::prelude::*;

use crate::strings;

/// How many are listed; the rest is counted.
pub(super) const MOST_SHOWN: usize = 5;

/// The first few of `all`, if there are any, and what went wrong with what a person did about them.
pub(super) fn pending_list(shown: Vec<AnyView>, all: usize, problem: String) -> Option<AnyView> {
    let more = all.checked_sub(MOST_SHOWN).filter(|more| *more > 0).map(strings::more_pending);
    let view = view! {
        <div class="ade-alert ade-alert-warning">
            <div class="ade-alert-text">
                {shown} <p>{more}</p> <p role="alert">{problem}</p>
            </div>
        </div>
    };
    (all > 0).then(|| view.into_any())
}

pub(super) fn pending_line(text: String, buttons: Vec<AnyView>) -> AnyView {
    view! {
        <div class="ade-pending">
            <p role="status">{text}</p>
            {buttons}
        </div>
    }
    .into_any()
}
