//! The table of extensions: all of them, a page at a time, always current.

use leptos::prelude::*;

use super::reader::{Part, Reader, Text};
use super::{Dispatch, focus::Opener, pager, row};
use crate::model::{Draft, PAGE_SIZE, Reading, Roster};
use crate::strings;

pub(super) fn roster(reader: Reader, panel_opener: Opener, removal_opener: Opener, dispatch: Dispatch) -> AnyView {
    let keys = Memo::new(move |_| reader.draft(Roster::keys));
    let page = reader.number(|model| Some(model.roster.page_of(model.draft.len())));
    let shown = move || {
        let first = page.get().unwrap_or(0) * PAGE_SIZE;
        keys.with(|keys| keys.iter().skip(first).take(PAGE_SIZE).cloned().collect::<Vec<_>>())
    };
    let kind = Memo::new(move |_| Some(reader.draft(what_to_show)));
    let content: Part = Box::new(move || match kind.get() {
        Some(TABLE) => {
            let rows = view! {
                <For
                    each=shown
                    key=Clone::clone
                    children=move |key| row::row(&key, reader, panel_opener, removal_opener, dispatch)
                />
            };
            Some(table(rows.into_any()))
        }
        Some(EMPTY) => Some(empty()),
        _ => None,
    });
    let summary: Text = Box::new(move || reader.draft(summary));
    view! {
        <section class="ade-main" aria-label=strings::CAPTION>
            <div class="ade-summary">
                <p class="ade-count" role="status">
                    {summary}
                </p>
                {pager::pager(reader, page, dispatch)}
            </div>
            {content}
        </section>
    }
    .into_any()
}

const TABLE: usize = 1;
const EMPTY: usize = 0;
const NEITHER: usize = 2;

fn what_to_show(draft: &Draft) -> usize {
    match draft.reading {
        _ if !draft.is_empty() => TABLE,
        Reading::Done => EMPTY,
        _ => NEITHER,
    }
}

fn summary(draft: &Draft) -> String {
    match draft.reading {
        Reading::NotYet => strings::LOADING.to_owned(),
        Reading::Underway => strings::loading_rows(draft.len()),
        Reading::Failed(_) if draft.is_empty() => String::new(),
        Reading::Done | Reading::Failed(_) => strings::extensions(draft.len()),
    }
}

fn table(rows: AnyView) -> AnyView {
    view! {
        <div class="ade-table-frame" tabindex="0" role="region" aria-label=strings::CAPTION>
            <table class="ade-table">
                <caption class="ade-hidden">{strings::CAPTION}</caption>
                <thead>
                    <tr>
                        <th scope="col">{strings::AGENT}</th>
                        <th scope="col">{strings::EXTENSION}</th>
                        <th scope="col" class="ade-wide">{strings::WORKER_SID}</th>
                        <th scope="col">
                            <span class="ade-hidden">{strings::ACTIONS}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn empty() -> AnyView {
    view! {
        <div class="ade-empty">
            <h2 class="ade-empty-title">{strings::EMPTY_TITLE}</h2>
            <p class="ade-empty-text">{strings::EMPTY_TEXT}</p>
        </div>
    }
    .into_any()
}
