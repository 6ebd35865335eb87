//! Runs the model: hands it what happened, carries out the effects that it asks for, and brings their answers back.
//!
//! Knows nothing of how things look, and decides nothing: that is the model's.

use std::cell::RefCell;
use std::mem::{Discriminant, discriminant};
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use crate::backend::Backend;
use crate::burst::Burst;
use crate::draft_connection::{DraftConnection, closed};
use crate::flex::{self, Host, Subscription};
use crate::model::{
    ConnectionEvent, DiscardEvent, DraftEvent, Effect, Event, OutboxEvent, PanelEvent, PublishEvent, PublishedEvent,
    Timer,
};
use crate::signals::Signals;

/// The model, and what its effects need. Dropping it closes the connection and stops all timers.
pub(crate) struct Runtime {
    this: Weak<Runtime>,
    signals: Signals,
    host: Host,
    backend: Backend,
    draft: RefCell<Option<Rc<DraftConnection>>>,
    timers: RefCell<Vec<(Discriminant<Timer>, Timeout)>>,
    burst: Burst,
    tokens: RefCell<Option<Subscription>>,
}

impl Runtime {
    /// Begins with an empty model, and with the writes that were kept when the page was left.
    pub(crate) fn start(host: Host) -> Rc<Self> {
        let runtime = Rc::new_cyclic(|this: &Weak<Self>| Self {
            this: this.clone(),
            signals: Signals::default(),
            backend: Backend::new(host.functions_base()),
            host,
            draft: RefCell::new(None),
            timers: RefCell::default(),
            burst: Burst::default(),
            tokens: RefCell::new(None),
        });
        let this = Rc::downgrade(&runtime);
        let tokens = runtime.host.on_token_updated(move || {
            if let Some(runtime) = this.upgrade() {
                runtime.dispatch(Event::Connection(ConnectionEvent::TokenUpdated));
            }
        });
        runtime.tokens.replace(Some(tokens));
        runtime.dispatch(Event::Outbox(OutboxEvent::Recalled(flex::stored_pending())));
        runtime
    }

    /// The model, for whoever shows it.
    pub(crate) fn signals(&self) -> Signals {
        self.signals.clone()
    }

    /// Something happened. What Sync reported before is taken in before it.
    pub(crate) fn dispatch(&self, event: Event) {
        let mut events = self.burst.waiting();
        events.push(event);
        self.apply(events);
    }

    /// What Sync reports of rows may come in bursts; everything else is taken in at once.
    fn receive(&self, event: Event) {
        let row =
            matches!(event, Event::Draft(DraftEvent::PageRead(_) | DraftEvent::Written(_) | DraftEvent::Removed(_)));
        if !row {
            return self.dispatch(event);
        }
        if let Some(event) = self.burst.take(event, self.when_paused()) {
            self.dispatch(event);
        }
    }

    fn when_paused(&self) -> impl FnOnce() + 'static {
        let this = self.this.clone();
        move || {
            if let Some(runtime) = this.upgrade() {
                let events = runtime.burst.pause_ended(runtime.when_paused());
                runtime.apply(events);
            }
        }
    }

    fn apply(&self, events: Vec<Event>) {
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
            Effect::StorePending(writes) => flex::store_pending(&writes),
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
        let Some(runtime) = self.this.upgrade() else { return };
        spawn_local(async move {
            let this = Rc::downgrade(&runtime);
            let draft = runtime.draft.borrow().clone();
            let (host, backend) = (runtime.host.clone(), runtime.backend.clone());
            drop(runtime);
            let event = answer(effect, &host, &backend, draft).await;
            if let (Some(runtime), Some(event)) = (this.upgrade(), event) {
                runtime.dispatch(event);
            }
        });
    }

    fn open_draft(&self) {
        self.draft.replace(None);
        let this = self.this.clone();
        let dispatch = move |event| {
            if let Some(runtime) = this.upgrade() {
                runtime.receive(event);
            }
        };
        match DraftConnection::open(&self.host, dispatch.clone()) {
            Ok(draft) => {
                self.draft.replace(Some(draft));
            }
            Err(problem) => dispatch(Event::Draft(DraftEvent::Failed(problem))),
        }
    }

    fn renew_token(&self) {
        let Some(draft) = self.draft.borrow().clone() else { return };
        let host = self.host.clone();
        spawn_local(async move {
            if let Err(problem) = draft.renew_token(&host).await {
                flex::log("renew the token", &problem);
            }
        });
    }

    fn wait(&self, milliseconds: u32, timer: Timer) {
        let this = self.this.clone();
        let timeout = Timeout::new(milliseconds, move || {
            if let Some(runtime) = this.upgrade() {
                runtime.dispatch(Event::Elapsed(timer));
            }
        });
        let kind = discriminant(&timer);
        let mut timers = self.timers.borrow_mut();
        timers.retain(|(other, _)| *other != kind);
        timers.push((kind, timeout));
    }
}

/// Carries out an effect that takes time, and tells what came of it; none where there is nothing to tell.
async fn answer(effect: Effect, host: &Host, backend: &Backend, draft: Option<Rc<DraftConnection>>) -> Option<Event> {
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
        Effect::FetchBuildStatus { attempt, build_sid } => Event::Publish(PublishEvent::BuildStatusFetched {
            attempt,
            answer: backend.build_status(token, build_sid).await,
        }),
        Effect::Deploy { attempt, build_sid } => {
            Event::Publish(PublishEvent::Deployed { attempt, answer: backend.deploy(token, build_sid).await })
        }
        Effect::SearchWorkers { request, text } => {
            Event::Panel(PanelEvent::Searched { request, answer: host.search_workers(&text).await })
        }
        Effect::FetchTeams(workers) => Event::TeamsFetched(host.teams(&workers).await),
        Effect::Write { request, key, what } => {
            let answer = match draft {
                Some(draft) => draft.write(&key, what, host).await,
                None => Err(closed()),
            };
            Event::Answered { request, answer }
        }
        Effect::OpenDraft
        | Effect::RenewToken
        | Effect::StorePending(_)
        | Effect::ReadClock
        | Effect::Wait { .. }
        | Effect::Notify(_) => return None,
    })
}
