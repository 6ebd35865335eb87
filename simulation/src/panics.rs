//! What a task says when it panics, kept for the report in place of being printed.
//!
//! Knows nothing of tasks.

use std::cell::{Cell, RefCell};
use std::sync::Once;

thread_local! {
    static CAPTURING: Cell<bool> = const { Cell::new(false) };
    static MESSAGE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `work`. Also says what the last panic in it said, and where, even if `work` caught it: the server answers a
/// request that panicked. It is not printed.
pub(crate) fn captured<T>(work: impl FnOnce() -> T) -> (T, Option<String>) {
    install();
    MESSAGE.set(None);
    CAPTURING.set(true);
    let result = work();
    CAPTURING.set(false);
    (result, MESSAGE.take())
}

fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if CAPTURING.get() {
                MESSAGE.set(Some(panic.to_string().replace('\n', " ")));
            } else {
                usual(panic);
            }
        }));
    });
}
