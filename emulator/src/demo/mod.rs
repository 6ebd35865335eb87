//! The demo data: people, their Workers, their extensions, and a first publish of them.
//! [`seed_if_empty`] and [`reset`] write it; [`people`] says who can sign in, [`login`] lets the host page do so.
//! Does not know how any of it is shown.

mod extensions;
pub(crate) mod login;
mod names;
pub(crate) mod people;
mod published;

use std::sync::Arc;

use crate::flex::SYNC_MAP_NAME;
use crate::records::put;
use crate::state::AppState;
use crate::store::StoreError;
use crate::taskrouter::{has_defaults, put_defaults};

/// Where it is kept that the seed is complete: it is written last.
const SEEDED: &str = "demo.seeded";

/// How many Workers have no extension.
const WITHOUT_EXTENSION: usize = 30;

/// Seeds the storage, unless a seed was completed in it before.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be read or written.
pub(crate) fn seed_if_empty(app: &Arc<AppState>) -> Result<(), StoreError> {
    match app.store.get::<usize>(SEEDED, SEEDED)? {
        Some(_) => put_missing_defaults(app),
        None => reset(app, app.demo),
    }
}

/// A state that was seeded before there were TaskQueues gets those of a new account.
fn put_missing_defaults(app: &AppState) -> Result<(), StoreError> {
    if has_defaults(&app.store)? {
        return Ok(());
    }
    app.store.write(|tx| put_defaults(tx, &app.account))
}

/// Clears everything but the account and seeds `demo` extensions.
///
/// A process that is killed half-way leaves no mark, so the next start does it all again.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be read or written.
pub(crate) fn reset(app: &AppState, demo: usize) -> Result<(), StoreError> {
    app.store.write(|tx| {
        tx.clear()?;
        app.account.restore(tx)
    })?;
    app.sync.reset(&app.store)?;
    let people = people::workers(&app.account, demo, WITHOUT_EXTENSION);
    app.store.write(|tx| {
        put_defaults(tx, &app.account)?;
        people.iter().try_for_each(|worker| put(tx, worker))
    })?;
    let editor = people::user(&app.account, "supervisor").map(|user| user.full_name).unwrap_or_default();
    let rows = extensions::rows(&people[..demo], &editor);
    app.sync.seed_map(&app.store, SYNC_MAP_NAME, rows.iter().cloned())?;
    app.sync.seed_map(&app.store, &shared::publishing_map_name(SYNC_MAP_NAME), std::iter::empty())?;
    let rows: Vec<_> = rows.into_iter().map(|(_, row)| row).collect();
    app.store.write(|tx| published::publish(tx, &app.clock, &app.account, &rows))?;
    app.store.write(|tx| tx.put(SEEDED, SEEDED, &demo))?;
    app.worker_events.index_has_changed();
    Ok(())
}
