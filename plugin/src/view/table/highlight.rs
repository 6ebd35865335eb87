//! A text in which the words that were searched for are marked.

use leptos::prelude::*;

use crate::model::matches;

pub(super) fn highlight(text: &str, words: &[String]) -> AnyView {
    let matches = if words.is_empty() { Vec::new() } else { matches(text, words) };
    if matches.is_empty() {
        return text.to_owned().into_any();
    }
    let mut pieces = Vec::with_capacity(matches.len() * 2 + 1);
    let mut done = 0;
    for range in matches {
        pieces.push(text[done..range.start].to_owned().into_any());
        done = range.end;
        pieces.push(view! { <mark class="ade-found">{text[range].to_owned()}</mark> }.into_any());
    }
    pieces.push(text[done..].to_owned().into_any());
    pieces.into_any()
}
