//! What is looked at when rows are found and put into an order, worked out once when a row arrives.
//!
//! Knows nothing of filters and of orders.

use memchr::memmem::Finder;
use shared::AgentExtension;

use super::item::Item;
use super::search_text;
use crate::model::rfc3339;

/// One row, ready to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowKeys {
    /// The key of its Map Item.
    pub key: String,
    /// Who last changed it, as the item says.
    pub updated_by: Option<String>,
    /// The same name, folded.
    updater: Option<String>,
    /// When it was last changed, in milliseconds since 1970: as the item says, or else as Sync does.
    pub updated_at: Option<i64>,
    /// The number of the event that made this version: what was written anew is never taken for what stood there.
    event_id: u64,
    /// The agent's name, the number and the Worker SID, folded, each on a line.
    folded: String,
    name_end: usize,
    number_end: usize,
}

impl RowKeys {
    /// Prepares a row that was read from an item.
    #[must_use]
    pub fn new(item: &Item, extension: &AgentExtension) -> Self {
        let mut folded = search_text::fold(&extension.worker_full_name).replace('\n', " ");
        let name_end = folded.len();
        folded.push('\n');
        folded.push_str(extension.extension_number.as_str());
        let number_end = folded.len();
        folded.push('\n');
        folded.push_str(&extension.worker_sid.as_str().to_ascii_lowercase());
        let updated_at = extension.updated_at.as_deref().and_then(rfc3339::parse);
        let updated_by = extension.updated_by.clone().filter(|name| !name.trim().is_empty());
        Self {
            key: item.key.clone(),
            updater: updated_by.as_deref().map(search_text::fold),
            updated_by,
            updated_at: updated_at.or(item.date_updated),
            event_id: item.event_id,
            folded,
            name_end,
            number_end,
        }
    }

    /// Whether all words stand in it, in whichever part.
    #[must_use]
    pub fn has(&self, words: &[Finder<'_>]) -> bool {
        words.iter().all(|word| word.find(self.folded.as_bytes()).is_some())
    }

    /// Who last changed it, folded.
    #[must_use]
    pub fn updater(&self) -> Option<&str> {
        self.updater.as_deref()
    }

    /// The agent's name, folded.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.folded[..self.name_end]
    }

    /// The extension number.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.folded[self.name_end + 1..self.number_end]
    }

    /// The Worker SID, in small letters.
    #[must_use]
    pub fn worker(&self) -> &str {
        &self.folded[self.number_end + 1..]
    }
}
