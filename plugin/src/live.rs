//! The draft in Sync while it is open: the connection, the Map, the word who is publishing, and reading all pages.
//!
//! Translates between Map Items and the model's events. Knows nothing of the server and of the view.

use std::cell::{OnceCell, RefCell};
use std::rc::{Rc, Weak};

use serde_json::Value;
use shared::{AgentExtension, PUBLISHING_KEY, Publishing, publishing_map_name};
use wasm_bindgen_futures::spawn_local;

use crate::flex::{self, Host, MapEvent, Subscription, SyncConnection, SyncMap};
use crate::model::{DraftEvent, Event, Problem, Put, PutOutcome, judge_restore};

/// The open draft. Dropping it ends all subscriptions and closes the connection.
pub(crate) struct LiveDraft {
    // Fields are dropped in this order: listeners first, then what they listen to.
    subscriptions: RefCell<Vec<Subscription>>,
    draft: OnceCell<SyncMap>,
    lock: OnceCell<SyncMap>,
    connection: SyncConnection,
}

impl LiveDraft {
    /// Connects, and begins to read. What happens is reported to `dispatch`.
    pub(crate) fn open(host: &Host, dispatch: impl Fn(Event) + Clone + 'static) -> Result<Rc<Self>, Problem> {
        let live = Rc::new(Self {
            subscriptions: RefCell::default(),
            draft: OnceCell::new(),
            lock: OnceCell::new(),
            connection: host.connect()?,
        });
        let report = dispatch.clone();
        let connection = live.connection.on_event(move |event| report(Event::Connection(event)));
        live.subscriptions.borrow_mut().extend(connection);
        let (name, this, report) = (host.sync_map_name(), Rc::downgrade(&live), dispatch.clone());
        let lock_name = publishing_map_name(&name);
        spawn_local(async move {
            if let Err(problem) = Self::read_draft(this, &name, &report).await {
                flex::log("read the draft", &problem);
                report(Event::Draft(DraftEvent::Failed(problem)));
            }
        });
        let this = Rc::downgrade(&live);
        spawn_local(async move {
            if let Err(problem) = Self::watch_lock(this, &lock_name, &dispatch).await {
                // Publishing is still safe, because the server asks for the lock itself.
                flex::log("watch who is publishing", &problem);
            }
        });
        Ok(live)
    }

    /// Subscribes first and reads then, so that nothing is missed in between. Stops when the draft is closed.
    async fn read_draft(
        this: Weak<Self>,
        name: &str,
        dispatch: &(impl Fn(Event) + Clone + 'static),
    ) -> Result<(), Problem> {
        let Some(map) = Self::open_map(&this, name, dispatch.clone(), draft_event, |live| &live.draft).await? else {
            return Ok(());
        };
        let mut page = Some(map.draft.get().ok_or_else(closed)?.first_page().await?);
        drop(map);
        while let Some(mut read) = page {
            if this.strong_count() == 0 {
                return Ok(());
            }
            dispatch(Event::Draft(DraftEvent::PageRead(std::mem::take(&mut read.items))));
            page = read.next().await?;
        }
        if this.strong_count() > 0 {
            dispatch(Event::Draft(DraftEvent::AllRead));
        }
        Ok(())
    }

    async fn watch_lock(
        this: Weak<Self>,
        name: &str,
        dispatch: &(impl Fn(Event) + Clone + 'static),
    ) -> Result<(), Problem> {
        let Some(live) = Self::open_map(&this, name, dispatch.clone(), lock_event, |live| &live.lock).await? else {
            return Ok(());
        };
        let page = live.lock.get().ok_or_else(closed)?.first_page().await?;
        let lock = page.items.iter().find(|item| item.key == PUBLISHING_KEY).and_then(|item| publishing(&item.data));
        dispatch(Event::Draft(DraftEvent::Lock(lock)));
        Ok(())
    }

    /// Opens a Map and listens to it; none if the draft was closed meanwhile.
    async fn open_map(
        this: &Weak<Self>,
        name: &str,
        dispatch: impl Fn(Event) + Clone + 'static,
        translate: fn(MapEvent) -> Option<DraftEvent>,
        place: fn(&Self) -> &OnceCell<SyncMap>,
    ) -> Result<Option<Rc<Self>>, Problem> {
        let Some(live) = this.upgrade() else { return Ok(None) };
        let map = live.connection.map(name).await?;
        let listeners = map.on_event(move |event| {
            if let Some(event) = translate(event) {
                dispatch(Event::Draft(event));
            }
        });
        live.subscriptions.borrow_mut().extend(listeners);
        _ = place(&live).set(map);
        Ok(Some(live))
    }

    pub(crate) async fn renew_token(&self, host: &Host) -> Result<(), Problem> {
        self.connection.renew_token(host).await
    }

    /// Writes a row under its number, signed with the person's name and the time.
    pub(crate) async fn put(&self, put: Put, host: &Host) -> Result<PutOutcome, Problem> {
        let map = self.draft.get().ok_or_else(closed)?;
        let Put { mut row, guard, .. } = put;
        row.updated_by = Some(host.user_name()).filter(|name| !name.is_empty());
        row.updated_at = Some(flex::now());
        let key = row.extension_number.to_string();
        let judge =
            move |remote: &Value| guard.judge(&row, remote).map(|row| serde_json::to_value(row).unwrap_or(Value::Null));
        let (item, refused) = map.put(&key, judge).await?;
        Ok(PutOutcome { item, refused })
    }

    /// Writes a removed row again as it was, if nobody has used its place meanwhile.
    pub(crate) async fn restore(&self, key: &str, row: AgentExtension) -> Result<PutOutcome, Problem> {
        let map = self.draft.get().ok_or_else(closed)?;
        let judge = move |remote: &Value| {
            judge_restore(&row, remote).map(|row| serde_json::to_value(row).unwrap_or(Value::Null))
        };
        let (item, refused) = map.put(key, judge).await?;
        Ok(PutOutcome { item, refused })
    }

    pub(crate) async fn remove(&self, key: &str) -> Result<(), Problem> {
        self.draft.get().ok_or_else(closed)?.remove(key).await
    }
}

fn draft_event(event: MapEvent) -> Option<DraftEvent> {
    Some(match event {
        MapEvent::Written(item) => DraftEvent::Written(item),
        MapEvent::Removed(key) => DraftEvent::Removed(key),
        MapEvent::Lost => {
            DraftEvent::Failed(Problem::Twilio { status: 404, code: 0, message: "the Sync Map was removed".to_owned() })
        }
    })
}

fn lock_event(event: MapEvent) -> Option<DraftEvent> {
    match event {
        MapEvent::Written(item) if item.key == PUBLISHING_KEY => Some(DraftEvent::Lock(publishing(&item.data))),
        MapEvent::Removed(key) if key == PUBLISHING_KEY => Some(DraftEvent::Lock(None)),
        MapEvent::Written(_) | MapEvent::Removed(_) => None,
        MapEvent::Lost => Some(DraftEvent::Lock(None)),
    }
}

fn publishing(data: &Value) -> Option<Publishing> {
    serde_json::from_value(data.clone()).ok()
}

/// The connection is not there (yet), as Sync would say it.
pub(crate) fn closed() -> Problem {
    Problem::Twilio { status: 0, code: 0, message: "the Sync Map is not open".to_owned() }
}
