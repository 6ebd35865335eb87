//! The draft in Sync while it is open: the connection, the Map, the publish lock, and reading all pages.
//!
//! Translates between Map Items and the model's events. Knows nothing of the server and of the view.

use std::cell::{OnceCell, RefCell};
use std::rc::{Rc, Weak};

use serde_json::Value;
use shared::{PUBLISHING_KEY, Publishing, publishing_map_name};
use wasm_bindgen_futures::spawn_local;

use crate::flex::{self, Host, MapEvent, Subscription, SyncConnection, SyncMap};
use crate::model::{DraftEvent, Event, Guard, Problem, Put, Write, Written};

/// The open draft. Dropping it ends all subscriptions and closes the connection.
pub(crate) struct DraftConnection {
    // Fields are dropped in this order: listeners first, then what they listen to.
    subscriptions: RefCell<Vec<Subscription>>,
    draft: OnceCell<SyncMap>,
    lock: OnceCell<SyncMap>,
    sync: SyncConnection,
}

impl DraftConnection {
    /// Connects, and begins to read. What happens is reported to `dispatch`.
    pub(crate) fn open(host: &Host, dispatch: impl Fn(Event) + Clone + 'static) -> Result<Rc<Self>, Problem> {
        let connection = Rc::new(Self {
            subscriptions: RefCell::default(),
            draft: OnceCell::new(),
            lock: OnceCell::new(),
            sync: host.connect()?,
        });
        let report = dispatch.clone();
        let listeners = connection.sync.on_event(move |event| report(Event::Connection(event)));
        connection.subscriptions.borrow_mut().extend(listeners);
        let (name, this, report) = (host.sync_map_name(), Rc::downgrade(&connection), dispatch.clone());
        let lock_name = publishing_map_name(&name);
        spawn_local(async move {
            if let Err(problem) = Self::read_draft(this, &name, &report).await {
                flex::log("read the draft", &problem);
                report(Event::Draft(DraftEvent::Failed(problem)));
            }
        });
        let this = Rc::downgrade(&connection);
        spawn_local(async move {
            if let Err(problem) = Self::watch_lock(this, &lock_name, &dispatch).await {
                // Publishing is still safe, because the server asks for the lock itself.
                flex::log("watch who is publishing", &problem);
            }
        });
        Ok(connection)
    }

    /// Subscribes first and reads then, so that nothing is missed in between. Stops when the draft is closed.
    async fn read_draft(
        this: Weak<Self>,
        name: &str,
        dispatch: &(impl Fn(Event) + Clone + 'static),
    ) -> Result<(), Problem> {
        let Some(map) =
            Self::open_map(&this, name, dispatch.clone(), draft_event, |connection| &connection.draft).await?
        else {
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
        let Some(connection) =
            Self::open_map(&this, name, dispatch.clone(), lock_event, |connection| &connection.lock).await?
        else {
            return Ok(());
        };
        let page = connection.lock.get().ok_or_else(closed)?.first_page().await?;
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
        let Some(connection) = this.upgrade() else { return Ok(None) };
        let map = connection.sync.map(name).await?;
        let listeners = map.on_event(move |event| {
            if let Some(event) = translate(event) {
                dispatch(Event::Draft(event));
            }
        });
        connection.subscriptions.borrow_mut().extend(listeners);
        _ = place(&connection).set(map);
        Ok(Some(connection))
    }

    pub(crate) async fn renew_token(&self, host: &Host) -> Result<(), Problem> {
        self.sync.renew_token(&host.token()).await
    }

    /// Writes or removes one Map Item. What is written is signed with the person's name and the time, unless it is a
    /// removed row that comes back as it was.
    pub(crate) async fn write(&self, key: &str, what: Write, host: &Host) -> Result<Written, Problem> {
        let map = self.draft.get().ok_or_else(closed)?;
        let Write::Put(put) = what else {
            map.remove(key).await?;
            return Ok(Written::default());
        };
        let Put { mut row, guard } = *put;
        if guard != Guard::Restore {
            row.updated_by = Some(host.user_name()).filter(|name| !name.is_empty());
            row.updated_at = Some(flex::now());
        }
        let judge =
            move |remote: &Value| guard.judge(&row, remote).map(|row| serde_json::to_value(row).unwrap_or(Value::Null));
        let (item, refused) = map.put(key, judge).await?;
        Ok(Written { item, refused })
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

/// The publish in the item, unless it is over and the item only says what it left behind.
fn publishing(data: &Value) -> Option<Publishing> {
    Some(Publishing::read(data)).filter(|publishing| !publishing.is_over())
}

/// The connection is not there (yet), as Sync would say it.
pub(crate) fn closed() -> Problem {
    Problem::Twilio { status: 0, code: 0, message: "the Sync Map is not open".to_owned() }
}
