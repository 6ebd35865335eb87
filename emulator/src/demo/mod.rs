//! The demo data: people, their Workers, their extensions, and a first publish of them.
//!
//! Knows nothing of HTTP but for `login`, which the host page asks who is signed in.

mod extensions;
pub mod login;
mod names;
pub mod people;
mod published;

use std::sync::Arc;

use crate::app::App;
use crate::flex::SYNC_MAP_NAME;
use crate::records::put;
use crate::store::StoreError;
use crate::taskrouter::{has_queues, put_defaults};

/// Where it is kept that the seed is complete: it is written last.
const SEEDED: &str = "demo.seeded";

/// How many Workers have no extension.
const WITHOUT_EXTENSION: usize = 30;

/// Seeds the storage, unless a seed was completed in it before.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be read or written.
pub fn seed_if_empty(app: &Arc<App>) -> Result<(), StoreError> {
    match app.store.get::<usize>(SEEDED, SEEDED)? {
        Some(_) => put_missing_defaults(app),
        None => start_over(app, app.options.demo),
    }
}

/// A state that was seeded before there were TaskQueues gets those of a new account.
fn put_missing_defaults(app: &App) -> Result<(), StoreError> {
    if has_queues(&app.store)? {
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
pub fn start_over(app: &App, demo: usize) -> Result<(), StoreError> {
    app.store.write(|tx| {
        tx.clear()?;
        app.account.keep(tx)
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
    app.store.write(|tx| published::publish(tx, &app.account, &rows))?;
    app.store.write(|tx| tx.put(SEEDED, SEEDED, &demo))
}
