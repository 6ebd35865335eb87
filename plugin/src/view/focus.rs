//! Where the keyboard focus goes when a panel or a dialog opens and closes.

use leptos::html;
use leptos::prelude::{
    Effect, GetUntracked, GetValue, LocalStorage, NodeRef, SetValue, StoredValue, document, request_animation_frame,
};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlElement};

use super::derived::Condition;

/// The buttons that the focus may return to, and what opened each panel and dialog.
#[derive(Clone, Copy)]
pub(super) struct Focus {
    pub(super) add_button: NodeRef<html::Button>,
    pub(super) publish_button: NodeRef<html::Button>,
    pub(super) undo_button: NodeRef<html::Button>,
    pub(super) panel: Opener,
    pub(super) review: Opener,
    pub(super) removal: Opener,
    pub(super) bulk_removal: Opener,
}

/// The button that opened a panel or a dialog, with its label.
#[derive(Clone, Copy)]
pub(super) struct Opener(StoredValue<Option<(HtmlElement, Option<String>)>, LocalStorage>);

/// Where the focus returns to: the first of these that is on the page.
#[derive(Clone, Copy)]
pub(super) struct ReturnTo {
    /// What opened it, where that is known. It may be gone by then, with its row.
    pub(super) opener: Option<Opener>,
    /// The next best. The button for adding comes last, because it is always there.
    pub(super) or_else: NodeRef<html::Button>,
}

impl Focus {
    pub(super) fn new() -> Self {
        Self {
            add_button: NodeRef::new(),
            publish_button: NodeRef::new(),
            undo_button: NodeRef::new(),
            panel: Opener::new(),
            review: Opener::new(),
            removal: Opener::new(),
            bulk_removal: Opener::new(),
        }
    }

    /// Returns the focus when something closes, unless the person has moved it elsewhere meanwhile.
    pub(super) fn return_when_closed(self, open: Condition, to: ReturnTo) {
        Effect::new(move |was_open: Option<bool>| {
            let is_open = open.holds();
            if was_open == Some(true) && !is_open {
                request_animation_frame(move || self.give_back(to));
            }
            is_open
        });
    }

    fn give_back(self, to: ReturnTo) {
        let lost = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
        if !lost {
            return;
        }
        let opener = to.opener.and_then(Opener::element);
        let buttons = [to.or_else, self.add_button].into_iter().filter_map(|button| button.get_untracked());
        let mut others = buttons.filter(|button| button.is_connected()).map(HtmlElement::from);
        // Focusing fails only where the element is not on the page.
        _ = opener.or_else(|| others.next()).map(|element| element.focus());
    }
}

impl Opener {
    fn new() -> Self {
        Self(StoredValue::new_local(None))
    }

    /// Remembers the button that was pressed.
    pub(super) fn remember(self, event: &Event) {
        let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let button = pressed.and_then(|element| element.closest("button").ok().flatten());
        let button = button.and_then(|element| element.dyn_into::<HtmlElement>().ok());
        self.0.set_value(button.map(|button| (button.clone(), label_of(&button))));
    }

    /// The button, if it is still there. A button of the table may belong to another row by now.
    fn element(self) -> Option<HtmlElement> {
        let (element, label) = self.0.get_value()?;
        (element.is_connected() && label_of(&element) == label).then_some(element)
    }
}

fn label_of(button: &HtmlElement) -> Option<String> {
    button.get_attribute("aria-label")
}

/// Focuses an input as soon as it is on the page.
pub(super) fn focus_on_load(input: NodeRef<html::Input>) {
    input.on_load(|input| request_animation_frame(move || _ = input.focus()));
}

/// Focuses an input that is on the page; the element that was pressed is about to go.
pub(super) fn focus_now(input: NodeRef<html::Input>) {
    _ = input.try_get_untracked().flatten().map(|input| input.focus());
}
