//! What may take the place of the directory that callers are answered from.
//!
//! Only a publish changes whom callers reach. What leads nobody anywhere comes from a publish only if it says so.
//!
//! Knows nothing of where content is read.

use bytes::Bytes;

use super::index::Index;
use super::problem::Problem;
use crate::base::Base;
use crate::directory::{CONFIRMED_EMPTY, ReadError};
use crate::home::blocking;

/// The rows in the content of an asset, unless callers would reach nobody any more although nobody published that.
/// `last` is what they are answered from now.
pub(super) async fn read_index(base: &Base, content: &Bytes, last: Option<&Index>) -> Result<Index, Problem> {
    let reading = content.clone();
    let read = blocking(&*base.home, move || Index::read(&reading)).await;
    let index = read.map_err(|error| ReadError::of_rows(error, &base.config.asset_name))?;
    match index.rejected() {
        _ if is_good(&index, content) => {}
        // Before the first publish, tools deploy an empty one.
        0 if last.is_none_or(|last| last.len() == 0) => {}
        0 => return Err(Problem::EmptyUnconfirmed),
        rows => return Err(Problem::NoUsableRow { rows }),
    }
    tracing::info!(extensions = index.len(), rejected = index.rejected(), "reading the published directory");
    Ok(index)
}

/// Whether it is worth keeping: it leads to somebody, or somebody published that it leads to nobody.
pub(super) fn is_good(index: &Index, content: &[u8]) -> bool {
    index.len() > 0 || content == CONFIRMED_EMPTY
}
