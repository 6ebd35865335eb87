//! Removes what has outlived its TTL, and tells those who listen.
//!
//! Knows nothing of why something was given a TTL. Nothing expired is ever seen: every turn begins with this.

use std::ops::Bound;
use std::sync::Arc;
use std::time::Duration;

use super::error::SyncError;
use super::maps;
use super::moment::Moment;
use super::record::{EXPIRIES, Expiry, MAPS, MapRecord};
use super::turn::{Turn, Writing};
use crate::app::App;

/// How often to look for what has expired when nobody asks for anything.
const PERIOD: Duration = Duration::from_millis(250);

/// Removes what expires, for as long as the emulator runs.
pub fn sweep_forever(app: &Arc<App>) {
    let app = Arc::downgrade(app);
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval(PERIOD);
        loop {
            ticks.tick().await;
            let Some(app) = app.upgrade() else { break };
            // The error was logged where it arose; the next turn tries again.
            let _turn = app.sync.turn(&app.store);
        }
    });
}

impl Turn<'_> {
    pub(super) fn remove_expired(&mut self) -> Result<(), SyncError> {
        let now = Moment::now().sortable();
        let mut due: Vec<Expiry> = Vec::new();
        self.store.scan(EXPIRIES, Bound::Unbounded, Bound::Excluded(&now), false, |_, expiry| {
            due.push(expiry);
            true
        })?;
        if due.is_empty() {
            return Ok(());
        }
        self.write(|writing| due.iter().try_for_each(|expiry| remove(writing, expiry)))
    }
}

/// An Item of a Map that expired just before it is gone already.
fn remove(writing: &mut Writing<'_, '_>, expiry: &Expiry) -> Result<(), SyncError> {
    let Some(mut map) = writing.tx.get::<MapRecord>(MAPS, &expiry.map_sid)? else { return Ok(()) };
    let Some(key) = &expiry.key else { return maps::remove(writing, map) };
    if let Some(item) = writing.item(&map, key)? {
        writing.bury(&mut map, item)?;
    }
    Ok(())
}
