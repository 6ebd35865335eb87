//! The lists in the review: what is added, changed and removed, and what breaks a rule. Long ones are cut and counted.

use leptos::prelude::*;
use shared::AgentExtension;

use crate::model::{BrokenRow, ChangedRow, Review};
use crate::strings;

/// How many rows of each kind are listed.
const MOST_LISTED: usize = 100;

pub(super) fn review_lists(review: &Review) -> AnyView {
    view! {
        <div class="ade-review" tabindex="0" role="region" aria-label=strings::REVIEW_LIST>
            {list(strings::BROKEN, &review.broken, broken)}
            {list(strings::ADDED, &review.added, plain)}
            {list(strings::CHANGED, &review.changed, changed)}
            {list(strings::REMOVED, &review.removed, plain)}
        </div>
    }
    .into_any()
}

fn plain(row: &AgentExtension) -> AnyView {
    item(row.extension_number.to_string(), strings::agent_name(row).into_any())
}

fn changed(ChangedRow { before, after }: &ChangedRow) -> AnyView {
    let (was, is) = (strings::agent_name(before), strings::agent_name(after));
    let becomes = view! {
        <del>{was}</del>
        <span aria-hidden="true">" → "</span>
        <span class="ade-hidden">{strings::BECOMES}</span>
        <ins>{is}</ins>
    };
    item(after.extension_number.to_string(), becomes.into_any())
}

fn broken(row: &BrokenRow) -> AnyView {
    let what = view! {
        {row.agent.clone()}
        <span class="ade-problem">{strings::broken_row(row)}</span>
    };
    item(row.number.clone(), what.into_any())
}

fn list<T>(title: &str, rows: &[T], item: fn(&T) -> AnyView) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let items: Vec<_> = rows.iter().take(MOST_LISTED).map(item).collect();
    let more = rows.len().checked_sub(MOST_LISTED).filter(|more| *more > 0).map(strings::more_rows);
    let view = view! {
        <h3 class="ade-review-title">{strings::review_section(title, rows.len())}</h3>
        <ul class="ade-review-rows">{items}</ul>
        <p class="ade-hint">{more}</p>
    };
    Some(view.into_any())
}

fn item(number: String, what: AnyView) -> AnyView {
    view! {
        <li>
            <span class="ade-review-number">{number}</span>
            <span class="ade-review-what">{what}</span>
        </li>
    }
    .into_any()
}
