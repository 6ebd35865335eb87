//! The application: owns the model, carries out its effects, and is what the JavaScript entry starts and mounts.
//!
//! It outlives the view: Flex takes the view down whenever another one is chosen. Knows nothing of how things look.

use std::any::Any;
use std::cell::RefCell;
use std::mem::{Discriminant, discriminant};
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use leptos::mount::mount_to;
use leptos::prelude::IntoAny;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

use crate::backend::Backend;
use crate::flex::{self, Host, HostObject, Subscription};
use crate::intake::Intake;
use crate::live::{LiveDraft, closed};
use crate::model::{
    ConnectionEvent, DiscardEvent, DraftEvent, Effect, Event, OutboxEvent, PanelEvent, PublishEvent, PublishedEvent,
    RemovalEvent, Timer, UndoEvent,
};
use crate::signals::Signals;
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
    signals: Signals,
    pub(crate) host: Host,
    backend: Backend,
    live: RefCell<Option<Rc<LiveDraft>>>,
    timers: RefCell<Vec<(Discriminant<Timer>, Timeout)>>,
    intake: Intake,
    tokens: RefCell<Option<Subscription>>,
}

/// Starts the application with what `plugin/src/host.js` hands over.
#[wasm_bindgen]
#[must_use]
pub fn start(host: HostObject) -> Application {
    let host = Host::new(host);
    let core = Rc::new_cyclic(|this: &Weak<Core>| Core {
        this: this.clone(),
        signals: Signals::default(),
        backend: Backend::new(host.functions_base()),
        host,
        live: RefCell::new(None),
        timers: RefCell::default(),
        intake: Intake::default(),
        tokens: RefCell::new(None),
    });
    let this = Rc::downgrade(&core);
    let tokens = core.host.on_token_updated(move || {
        if let Some(core) = this.upgrade() {
            core.dispatch(Event::Connection(ConnectionEvent::TokenUpdated));
        }
    });
    core.tokens.replace(Some(tokens));
    core.dispatch(Event::Outbox(OutboxEvent::Recalled(flex::kept_writes())));
    Application { core }
}

#[wasm_bindgen]
impl Application {
    /// Shows the view in an element of the page.
    #[must_use]
    pub fn mount(&self, element: web_sys::HtmlElement) -> Mounted {
        let signals = self.core.signals.clone();
        let this = Rc::downgrade(&self.core);
        let dispatch = move |event| {
            if let Some(core) = this.upgrade() {
                core.dispatch(event);
            }
        };
        let handle = mount_to(element, move || shell(signals, Dispatch::new(dispatch)).into_any());
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
        let mut events = self.intake.waiting();
        events.push(event);
        self.take_in(events);
    }

    /// What Sync reports of rows may come in bursts; everything else is taken in at once.
    fn receive(&self, event: Event) {
        let row =
            matches!(event, Event::Draft(DraftEvent::PageRead(_) | DraftEvent::Written(_) | DraftEvent::Removed(_)));
        if !row {
            return self.dispatch(event);
        }
        if let Some(event) = self.intake.take(event, self.when_paused()) {
            self.dispatch(event);
        }
    }

    fn when_paused(&self) -> impl FnOnce() + 'static {
        let this = self.this.clone();
        move || {
            if let Some(core) = this.upgrade() {
                let events = core.intake.pause_ended(core.when_paused());
                core.take_in(events);
            }
        }
    }

    fn take_in(&self, events: Vec<Event>) {
        if events.is_empty() {
            return;
        }
        for effect in self.signals.apply(events) {
            self.run(effect);
        }
    }

    fn run(&self, effect: Effect) {
        match effect {
            Effect::OpenDraft => self.open_draft(),
            Effect::RenewToken => self.renew_token(),
            Effect::KeepWrites(writes) => flex::keep_writes(&writes),
            Effect::Wait { milliseconds, timer } => self.wait(milliseconds, timer),
            Effect::ReadClock => self.dispatch(Event::Clock(flex::now_milliseconds())),
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
                core.receive(event);
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
        Effect::Update { attempt, rows, version, confirmed_count } => Event::Publish(PublishEvent::Updated {
            attempt,
            answer: backend.update(token, rows, version, confirmed_count).await,
        }),
        Effect::Discard { request, build_sid, started_at } => Event::Discard(DiscardEvent::Answered {
            request,
            answer: backend.discard(token, build_sid, started_at).await,
        }),
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
        Effect::FetchTeams(workers) => Event::TeamsFetched(host.teams(&workers).await),
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
        Effect::Restore { key, row, request } => {
            let answer = match live {
                Some(live) => live.restore(&key, *row).await,
                None => Err(closed()),
            };
            Event::Undo(UndoEvent::Restored { request, answer })
        }
        Effect::OpenDraft
        | Effect::RenewToken
        | Effect::KeepWrites(_)
        | Effect::ReadClock
        | Effect::Wait { .. }
        | Effect::Notify(_) => return None,
    })
}
