//! `pull`: the live directory as the content of the asset that the next deploy of the Functions brings along. A deploy
//! replaces the asset, so without a pull it would take callers back to an old directory.
//!
//! Call [`pull`].
//!
//! It does not know the file that the content is written to.

mod strings;

use std::fmt;

use bytes::Bytes;
use shared::{AgentExtension, Directory, Reading};

use super::CommandError;
use super::draft::read_draft;
use crate::base::Base;
use crate::directory::{ReadError, fetch_content, fetch_deployed, read};
use crate::publish::SubmissionError;

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
    /// How many of its rows lead to an agent.
    pub extensions: usize,
    /// Where it was read; the draft, if the published one can not be.
    pub source: Source,
    /// What whoever runs the command should know, one sentence each.
    pub notes: Vec<String>,
}

/// Reads the directory. It always leads to somebody while the other source has rows.
///
/// # Errors
///
/// [`CommandError`] when it can not be read, or when it would lose what the other source has.
pub async fn pull(base: &Base, source: Source) -> Result<Pulled, CommandError> {
    let pulled = match source {
        Source::Draft => from_draft(base).await?,
        Source::Published => from_published(base).await?,
    };
    if pulled.extensions == 0 {
        must_be_empty_everywhere(base, pulled.source).await?;
    }
    Ok(pulled)
}

async fn from_published(base: &Base) -> Result<Pulled, CommandError> {
    if base.config.twilio.serverless_service_sid.is_empty() || base.config.twilio.serverless_environment_sid.is_empty()
    {
        return Err(CommandError::new(strings::SERVICE_NOT_NAMED));
    }
    match read_published(base).await {
        Err(ReadError::Private(path)) => {
            let mut pulled = from_draft(base).await?;
            pulled.notes.insert(0, strings::private_so_draft(&path));
            Ok(pulled)
        }
        Err(error) => Err(error.into()),
        Ok(Published { content, reading }) => {
            let (extensions, notes) = (reading.directory.len(), rejected(&reading));
            Ok(Pulled { content, extensions, source: Source::Published, notes })
        }
    }
}

/// The published asset.
struct Published {
    content: Bytes,
    /// Its rows, sound or not.
    reading: Reading,
}

async fn read_published(base: &Base) -> Result<Published, ReadError> {
    let deployed = fetch_deployed(base).await?;
    let content = fetch_content(base, &deployed).await?;
    let reading = read(&content).map_err(|error| ReadError::of_rows(error, &base.config.asset_name))?;
    Ok(Published { content, reading })
}

fn rejected(reading: &Reading) -> Vec<String> {
    match reading.rejected.len() {
        0 => Vec::new(),
        count => vec![strings::rejected_rows_kept(count)],
    }
}

/// The draft in the form of a publish. What a publish would refuse is refused here too.
async fn from_draft(base: &Base) -> Result<Pulled, CommandError> {
    let rows = read_draft(base).await?.ok_or_else(|| CommandError::new(strings::no_map(&base.config.sync_map_name)))?;
    let reading = Directory::read(&rows);
    if let Some(first) = reading.rejected.first() {
        return Err(CommandError::new(strings::draft_breaks_rules(reading.rejected.len(), &first.problem)));
    }
    let nameless = |row: &&AgentExtension| row.worker_full_name.is_empty();
    if let Some(first) = reading.directory.iter().find(nameless) {
        let count = reading.directory.iter().filter(nameless).count();
        let problem = strings::no_name(first.extension_number.as_str());
        return Err(CommandError::new(strings::draft_breaks_rules(count, &problem)));
    }
    let rows: Vec<_> = reading.directory.iter().map(AgentExtension::published).collect();
    let content = serde_json::to_vec(&rows).map_err(SubmissionError::Unwritable)?;
    Ok(Pulled { content: content.into(), extensions: rows.len(), source: Source::Draft, notes: Vec::new() })
}

async fn must_be_empty_everywhere(base: &Base, source: Source) -> Result<(), CommandError> {
    let other = match source {
        Source::Draft => match read_published(base).await {
            // Then the draft is the only source there is, and it was read.
            Err(ReadError::Private(_)) => return Err(CommandError::new(strings::EMPTY_AND_PRIVATE)),
            result => result.map_err(|error| CommandError::with_cause(strings::EMPTY_AND_UNSURE, &error))?.reading.rows,
        },
        Source::Published => match read_draft(base).await {
            Ok(rows) => rows.map_or(0, |rows| rows.len()),
            Err(error) => return Err(CommandError::with_cause(strings::EMPTY_AND_UNSURE, &error)),
        },
    };
    if other == 0 { Ok(()) } else { Err(CommandError::new(strings::would_lose(source, other))) }
}
