//! The application: owns the model, carries out its effects, and is what the JavaScript entry starts and mounts.
//!
//! It outlives the view: Flex takes the view down whenever another one is chosen. Knows nothing of how things look.

use std::any::Any;
use std::cell::RefCell;
use std::mem::{Discriminant, discriminant};
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use leptos::mount::mount_to;
use leptos::prelude::{ArcRwSignal, IntoAny, Update};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

use crate::backend::Backend;
use crate::flex::{self, Host, HostObject, Subscription};
use crate::live::{LiveDraft, closed};
use crate::model::{
    ConnectionEvent, DraftEvent, Effect, Event, Model, PanelEvent, PublishEvent, PublishedEvent, RemovalEvent, Timer,
    update,
};
use crate::view::{Dispatch, shell};

/// The application. Dropping it (`free` in JavaScript) closes the connection and stops all timers.
#[wasm_bindgen]
pub struct Application {
    core: Rc<Core>,
}

/// The view in one element. Dropping it takes the view down.
#[wasm_bindgen]
pub struct Mounted {
    _handle: Box<dyn Any>,
}

/// What the effects need.
pub(crate) struct Core {
    this: Weak<Core>,
    model: ArcRwSignal<Model>,
    pub(crate) host: Host,
    backend: Backend,
    live: RefCell<Option<Rc<LiveDraft>>>,
    timers: RefCell<Vec<(Discriminant<Timer>, Timeout)>>,
    tokens: RefCell<Option<Subscription>>,
}

/// Starts the application with what `plugin/src/host.js` hands over.
#[wasm_bindgen]
#[must_use]
pub fn start(host: HostObject) -> Application {
    let host = Host::new(host);
    let core = Rc::new_cyclic(|this: &Weak<Core>| Core {
        this: this.clone(),
        model: ArcRwSignal::new(Model::default()),
        backend: Backend::new(host.functions_base()),
        host,
        live: RefCell::new(None),
        timers: RefCell::default(),
        tokens: RefCell::new(None),
    });
    let this = Rc::downgrade(&core);
    let tokens = core.host.on_token_updated(move || {
        if let Some(core) = this.upgrade() {
            core.dispatch(Event::Connection(ConnectionEvent::TokenUpdated));
        }
    });
    core.tokens.replace(Some(tokens));
    Application { core }
}

#[wasm_bindgen]
impl Application {
    /// Shows the view in an element of the page.
    #[must_use]
    pub fn mount(&self, element: web_sys::HtmlElement) -> Mounted {
        let model = self.core.model.clone();
        let this = Rc::downgrade(&self.core);
        let dispatch = move |event| {
            if let Some(core) = this.upgrade() {
                core.dispatch(event);
            }
        };
        let handle = mount_to(element, move || shell(model, Dispatch::new(dispatch)).into_any());
        self.core.dispatch(Event::Shown);
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

impl Core {
    pub(crate) fn dispatch(&self, event: Event) {
        let mut effects = Vec::new();
        self.model.update(|model| effects = update(model, event));
        for effect in effects {
            self.run(effect);
        }
    }

    fn run(&self, effect: Effect) {
        match effect {
            Effect::OpenDraft => self.open_draft(),
            Effect::RenewToken => self.renew_token(),
            Effect::Wait { milliseconds, timer } => self.wait(milliseconds, timer),
            Effect::Notify(notification) => {
                if let Err(problem) = self.host.notify(&notification) {
                    flex::log("notify", &problem);
                }
            }
            asked => self.ask(asked),
        }
    }

    /// Effects whose outcome comes later. The answer is dropped if the application is gone by then.
    fn ask(&self, effect: Effect) {
        let Some(core) = self.this.upgrade() else { return };
        spawn_local(async move {
            let this = Rc::downgrade(&core);
            let live = core.live.borrow().clone();
            let (host, backend) = (core.host.clone(), core.backend.clone());
            drop(core);
            let event = answer(effect, &host, &backend, live).await;
            if let (Some(core), Some(event)) = (this.upgrade(), event) {
                core.dispatch(event);
            }
        });
    }

    fn open_draft(&self) {
        self.live.replace(None);
        let this = self.this.clone();
        let dispatch = move |event| {
            if let Some(core) = this.upgrade() {
                core.dispatch(event);
            }
        };
        match LiveDraft::open(&self.host, dispatch.clone()) {
            Ok(live) => {
                self.live.replace(Some(live));
            }
            Err(problem) => dispatch(Event::Draft(DraftEvent::Failed(problem))),
        }
    }

    fn renew_token(&self) {
        let Some(live) = self.live.borrow().clone() else { return };
        let host = self.host.clone();
        spawn_local(async move {
            if let Err(problem) = live.renew_token(&host).await {
                flex::log("renew the token", &problem);
            }
        });
    }

    fn wait(&self, milliseconds: u32, timer: Timer) {
        let this = self.this.clone();
        let timeout = Timeout::new(milliseconds, move || {
            if let Some(core) = this.upgrade() {
                core.dispatch(Event::Elapsed(timer));
            }
        });
        let kind = discriminant(&timer);
        let mut timers = self.timers.borrow_mut();
        timers.retain(|(other, _)| *other != kind);
        timers.push((kind, timeout));
    }
}

async fn answer(effect: Effect, host: &Host, backend: &Backend, live: Option<Rc<LiveDraft>>) -> Option<Event> {
    let token = host.token();
    Some(match effect {
        Effect::List { request } => {
            Event::Published(PublishedEvent::Listed { request, answer: backend.list(token).await.map(Box::new) })
        }
        Effect::Update { attempt, rows, version } => {
            Event::Publish(PublishEvent::Updated { attempt, answer: backend.update(token, rows, version).await })
        }
        Effect::FetchStatus { attempt, build_sid } => Event::Publish(PublishEvent::StatusFetched {
            attempt,
            answer: backend.update_status(token, build_sid).await,
        }),
        Effect::Deploy { attempt, build_sid } => {
            Event::Publish(PublishEvent::Deployed { attempt, answer: backend.publish(token, build_sid).await })
        }
        Effect::SearchWorkers { request, text } => {
            Event::Panel(PanelEvent::Searched { request, answer: host.search_workers(&text).await })
        }
        Effect::Put(put) => {
            let request = put.request;
            let answer = match live {
                Some(live) => live.put(put, host).await,
                None => Err(closed()),
            };
            Event::Panel(PanelEvent::Written { request, answer })
        }
        Effect::Remove { key, request } => {
            let answer = match live {
                Some(live) => live.remove(&key).await,
                None => Err(closed()),
            };
            Event::Removal(RemovalEvent::Removed { request, answer })
        }
        Effect::OpenDraft | Effect::RenewToken | Effect::Wait { .. } | Effect::Notify(_) => return None,
    })
}
