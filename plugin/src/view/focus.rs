//! Where the keyboard focus goes when a panel or a dialog opens and closes.
//!
//! Knows nothing of what they are about.

use leptos::html;
use leptos::prelude::{
    Effect, Get, GetUntracked, GetValue, LocalStorage, Memo, NodeRef, SetValue, StoredValue, document,
    request_animation_frame,
};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlElement};

/// The attribute of a row that holds its place.
pub(super) const PLACE: &str = "data-place";

/// The element that opened the panel or the dialog, with its name.
#[derive(Clone, Copy)]
pub(super) struct Opener(StoredValue<Option<(HtmlElement, Option<String>)>, LocalStorage>);

impl Opener {
    pub(super) fn new() -> Self {
        Self(StoredValue::new_local(None))
    }

    /// Remembers the button that was pressed.
    pub(super) fn remember(self, event: &Event) {
        let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let button = pressed.and_then(|element| element.closest("button").ok().flatten());
        let button = button.and_then(|element| element.dyn_into::<HtmlElement>().ok());
        self.0.set_value(button.map(|button| (button.clone(), name_of(&button))));
    }

    /// Returns the focus when `open` becomes none, unless the person has moved it elsewhere meanwhile.
    /// The opener may be gone by then, with its row; the focus goes to `otherwise` then.
    pub(super) fn return_when_closed(self, open: Memo<Option<usize>>, otherwise: NodeRef<html::Button>) {
        self.return_or_else(open, [otherwise; 2]);
    }

    /// Likewise, to the first of the two buttons that is there.
    pub(super) fn return_or_else(self, open: Memo<Option<usize>>, otherwise: [NodeRef<html::Button>; 2]) {
        Effect::new(move |before: Option<Option<usize>>| {
            let now = open.get();
            if before.flatten().is_some() && now.is_none() {
                request_animation_frame(move || self.give_back(otherwise));
            }
            now
        });
    }

    fn give_back(self, otherwise: [NodeRef<html::Button>; 2]) {
        let lost = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
        if !lost {
            return;
        }
        // A button of the table may belong to another row by now.
        let same =
            |(element, name): &(HtmlElement, Option<String>)| element.is_connected() && name_of(element) == *name;
        let opener = self.0.get_value().filter(same).map(|(element, _)| element);
        let buttons = otherwise.into_iter().filter_map(|button| button.get_untracked());
        let mut others = buttons.filter(|button| button.is_connected()).map(HtmlElement::from);
        // Focusing fails only where the element is not on the page.
        _ = opener.or_else(|| others.next()).map(|element| element.focus());
    }
}

fn name_of(button: &HtmlElement) -> Option<String> {
    button.get_attribute("aria-label")
}

/// The place in the table that the focus is in.
pub(super) fn place() -> Option<usize> {
    let row = document().active_element()?.closest("tr").ok().flatten()?;
    row.get_attribute(PLACE)?.parse().ok()
}

/// Focuses an input as soon as it is on the page.
pub(super) fn focus_at_once(input: NodeRef<html::Input>) {
    input.on_load(|input| request_animation_frame(move || _ = input.focus()));
}

/// Focuses an input that is on the page; the element that was pressed is about to go.
pub(super) fn focus_now(input: NodeRef<html::Input>) {
    _ = input.try_get_untracked().flatten().map(|input| input.focus());
}
