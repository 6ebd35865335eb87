//! The derived signals of components: a text, a flag, a part of the page, a number, a condition.
//!
//! Each is of one type, whatever it shows. What Leptos generates for every type of closure is then generated three times
//! instead of sixty times, which is a third of the module's size.

use leptos::prelude::*;

/// A text that follows the model.
pub(super) type Text = Box<dyn Fn() -> String + Send + Sync>;
/// A yes or no that follows the model.
pub(super) type Flag = Box<dyn Fn() -> bool + Send + Sync>;
/// A piece of the page, or none, that follows the model.
pub(super) type Part = Box<dyn Fn() -> Option<AnyView> + Send + Sync>;

/// A number, or none, compared before anything that depends on it is worked out anew.
pub(super) type Number = Memo<Option<usize>>;

/// Whether something holds, compared before anything that depends on it is worked out anew.
#[derive(Clone, Copy)]
pub(super) struct Condition(Number);

impl Condition {
    pub(super) fn new(holds: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self(Memo::new(move |_| holds().then_some(0)))
    }

    /// Holds while there is a number. What is shown meanwhile is built anew for another number.
    pub(super) fn while_some(number: Number) -> Self {
        Self(number)
    }

    pub(super) fn holds(self) -> bool {
        self.0.get().is_some()
    }

    pub(super) fn flag(self) -> Flag {
        Box::new(move || self.holds())
    }

    /// A part that is shown while this holds.
    pub(super) fn then(self, build: impl Fn() -> AnyView + Send + Sync + 'static) -> Part {
        Box::new(move || self.0.get().map(|_| build()))
    }
}
