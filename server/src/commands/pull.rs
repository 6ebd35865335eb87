//! `pull`: the live directory as the content of the asset that the next deploy of the Functions brings along.
//!
//! A deploy replaces the asset, so without a pull it would take callers back to an old directory.
//! Knows nothing of the file that it is written to.

use std::fmt;

use bytes::Bytes;
use serde_json::Value;
use shared::Directory;

use super::draft::read_draft;
use super::{Stopped, strings};
use crate::app::App;
use crate::directory::{ReadError, fetch_content, fetch_deployed, read_rows};
use crate::error::ApiError;

/// Where a directory is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// What callers are answered from.
    Published,
    /// The Sync Map, with edits that nobody published yet.
    Draft,
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Published => "published",
            Self::Draft => "draft",
        })
    }
}

/// A directory that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pulled {
    /// A JSON array of rows, as a publish writes it.
    pub content: Bytes,
    /// How many rows it has.
    pub rows: usize,
    /// Where it was read; the draft, if the published one can not be.
    pub source: Source,
    /// What whoever runs the command should know, one sentence each.
    pub notes: Vec<String>,
}

/// Reads the directory. It is never empty while the other source has rows.
///
/// # Errors
///
/// [`Stopped`] when it can not be read, or when it would lose what the other source has.
pub async fn pull(app: &App, source: Source) -> Result<Pulled, Stopped> {
    let pulled = match source {
        Source::Draft => from_draft(app).await?,
        Source::Published => from_published(app).await?,
    };
    if pulled.rows == 0 {
        must_be_empty_everywhere(app, pulled.source).await?;
    }
    Ok(pulled)
}

async fn from_published(app: &App) -> Result<Pulled, Stopped> {
    if app.base.config.twilio.serverless_service_sid.is_empty()
        || app.base.config.twilio.serverless_environment_sid.is_empty()
    {
        return Err(Stopped::new(strings::SERVICE_NOT_NAMED));
    }
    match read_published(app).await {
        Err(ReadError::Private(path)) => {
            let mut pulled = from_draft(app).await?;
            pulled.notes.insert(0, strings::private_so_draft(&path));
            Ok(pulled)
        }
        Err(error) => Err(error.into()),
        Ok((content, rows)) => {
            Ok(Pulled { content, rows: rows.len(), source: Source::Published, notes: rejected(&rows) })
        }
    }
}

async fn read_published(app: &App) -> Result<(Bytes, Vec<Value>), ReadError> {
    let deployed = fetch_deployed(&app.base).await?;
    let content = fetch_content(&app.base, &deployed).await?;
    let rows = read_rows(&app.base, &content)?;
    Ok((content, rows))
}

fn rejected(rows: &[Value]) -> Vec<String> {
    match Directory::read(rows).rejected.len() {
        0 => Vec::new(),
        count => vec![strings::rejected_rows_kept(count)],
    }
}

/// The draft in the form of a publish. What a publish would refuse is refused here too.
async fn from_draft(app: &App) -> Result<Pulled, Stopped> {
    let rows = read_draft(app).await?.ok_or_else(|| Stopped::new(strings::no_map(&app.base.config.sync_map_name)))?;
    let reading = Directory::read(&rows);
    if let Some(first) = reading.rejected.first() {
        return Err(Stopped::new(strings::draft_breaks_rules(reading.rejected.len(), &first.problem)));
    }
    let mut rows: Vec<_> = reading.directory.iter().cloned().collect();
    rows.iter_mut().for_each(|row| row.replaces_key = None);
    let content = serde_json::to_vec(&rows).map_err(|error| ApiError::Internal(error.to_string()))?;
    Ok(Pulled { content: content.into(), rows: rows.len(), source: Source::Draft, notes: Vec::new() })
}

async fn must_be_empty_everywhere(app: &App, source: Source) -> Result<(), Stopped> {
    let other = match source {
        Source::Draft => match read_published(app).await {
            // Then the draft is the only source there is, and it was read.
            Err(ReadError::Private(_)) => return Err(Stopped::new(strings::EMPTY_AND_PRIVATE)),
            result => result.map_err(|error| Stopped::because(strings::EMPTY_AND_UNSURE, &error))?.1.len(),
        },
        Source::Published => match read_draft(app).await {
            Ok(rows) => rows.map_or(0, |rows| rows.len()),
            Err(error) => return Err(Stopped::because(strings::EMPTY_AND_UNSURE, &error)),
        },
    };
    if other == 0 { Ok(()) } else { Err(Stopped::new(strings::would_lose(source, other))) }
}
