//! What the JavaScript entry starts, and what it mounts where Flex shows the view.
//!
//! The application outlives the view: Flex takes the view down whenever another one is chosen.

use std::any::Any;
use std::rc::Rc;

use leptos::mount::mount_to;
use leptos::prelude::IntoAny;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::flex::{Host, HostObject};
use crate::model::Event;
use crate::runtime::Runtime;
use crate::view::{Dispatch, shell};

/// The application. Dropping it (`free` in JavaScript) closes the connection and stops all timers.
#[wasm_bindgen]
pub struct Application {
    runtime: Rc<Runtime>,
}

/// The view in one element. Dropping it takes the view down.
#[wasm_bindgen]
pub struct Mounted {
    _handle: Box<dyn Any>,
}

/// Starts the application with what `plugin/src/host.js` hands over.
#[wasm_bindgen]
#[must_use]
pub fn start(host: HostObject) -> Application {
    Application { runtime: Runtime::start(Host::new(host)) }
}

#[wasm_bindgen]
impl Application {
    /// Shows the view in an element of the page.
    #[must_use]
    pub fn mount(&self, element: web_sys::HtmlElement) -> Mounted {
        let signals = self.runtime.signals();
        let runtime = Rc::downgrade(&self.runtime);
        let dispatch = move |event| {
            if let Some(runtime) = runtime.upgrade() {
                runtime.dispatch(event);
            }
        };
        let handle = mount_to(element, move || shell(signals, Dispatch::new(dispatch)).into_any());
        self.runtime.dispatch(Event::Shown);
        Mounted { _handle: Box::new(handle) }
    }

    /// Ends the application: the connection is closed, and nothing is left behind.
    pub fn dispose(self) {}
}

#[wasm_bindgen]
impl Mounted {
    /// Takes the view down. The application goes on.
    pub fn unmount(self) {}
}
