//! The dialogs of publishing: the review before it, and the question whether to discard one that was left.

use leptos::html;
use leptos::prelude::*;

use super::reader::{Part, Reader};
use super::{Dispatch, discard, focus::Opener, review};

/// `buttons` are where the focus returns to where the opener is gone: the publish button, then the next best.
pub(super) fn dialogs(
    reader: Reader,
    review_opener: Opener,
    buttons: [NodeRef<html::Button>; 2],
    dispatch: Dispatch,
) -> AnyView {
    let discard_opener = Opener::new();
    let review_open = reader.number(|model| model.review.as_ref().map(|review| review.opening));
    let discard_open = reader.number(|model| model.discard.as_ref().map(|_| 0));
    review_opener.return_or_else(review_open, buttons);
    discard_opener.return_or_else(discard_open, buttons);
    let review: Part = Box::new(move || review_open.get().map(|_| review::review(reader, dispatch)));
    let discard: Part = Box::new(move || discard_open.get().map(|_| discard::discard(reader, dispatch)));
    view! { {review} {discard} }.into_any()
}
