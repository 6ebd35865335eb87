//! The draft: the Map Items, merged from the pages that are read and the events that arrive meanwhile.
//!
//! Knows nothing of Sync's client. Every operation may be repeated without effect, because Sync repeats events,
//! and no event comes for an item that was first seen in a page.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;
use shared::{AgentExtension, Directory, NumbersInUse, Oddity, RowError, WorkerSid};

use super::index::DraftIndex;
use super::item::Item;
use super::row_keys::RowKeys;
use crate::model::Problem;

/// How far the Map has been read.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Reading {
    /// Nobody has looked at the view yet.
    #[default]
    NotYet,
    /// Pages are arriving.
    Underway,
    /// All pages are in; events keep it current.
    Done,
    /// Reading stopped.
    Failed(Problem),
}

/// A Map Item as it is kept. One that holds something other than an extension is left alone and not published.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    extension: Option<AgentExtension>,
    keys: Option<Arc<RowKeys>>,
    event_id: u64,
}

/// The extensions that the supervisors are editing, by the keys of their Map Items.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// How far the Map has been read.
    pub reading: Reading,
    /// Rises whenever an item or the progress of reading changes, so that what is derived from the draft is worked out
    /// only then.
    pub stamp: usize,
    rows: BTreeMap<String, Row>,
    index: DraftIndex,
    /// Keys that were removed while pages were on their way: a late page must not bring them back.
    removed_meanwhile: Vec<String>,
    /// Why an item is no extension, by its key.
    unreadable: BTreeMap<String, RowError>,
    /// What is odd in an extension that leads to its agent all the same, by its key.
    odd: BTreeMap<String, Vec<Oddity>>,
}

impl Draft {
    /// The extension under a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&AgentExtension> {
        self.rows.get(key)?.extension.as_ref()
    }

    /// How many extensions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len() - self.unreadable.len()
    }

    /// The items that hold something other than an extension, by their keys, and why they are none.
    #[must_use]
    pub fn unreadable(&self) -> &BTreeMap<String, RowError> {
        &self.unreadable
    }

    /// What is odd in the row under a key; saving the row puts it right.
    #[must_use]
    pub fn oddities(&self, key: &str) -> &[Oddity] {
        self.odd.get(key).map_or(&[], Vec::as_slice)
    }

    /// Whether there is no extension at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every key with its extension, in the order of the keys as text.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &AgentExtension)> {
        self.rows.iter().filter_map(|(key, row)| Some((key.as_str(), row.extension.as_ref()?)))
    }

    /// What is needed to find and to order each row, in the order of the keys as text.
    pub fn row_keys(&self) -> impl Iterator<Item = &Arc<RowKeys>> {
        self.rows.values().filter_map(|row| row.keys.as_ref())
    }

    /// What is needed to find and to order the row under a key.
    #[must_use]
    pub fn row_keys_of(&self, key: &str) -> Option<&Arc<RowKeys>> {
        self.rows.get(key)?.keys.as_ref()
    }

    /// Whoever has a number, unless it is the row under `except`.
    #[must_use]
    pub fn owner(&self, number: &str, except: Option<&str>) -> Option<&AgentExtension> {
        if !self.index.numbers.contains(number) {
            return None;
        }
        self.iter()
            .find(|(key, extension)| Some(*key) != except && extension.extension_number.as_str() == number)
            .map(|(_, extension)| extension)
    }

    /// The numbers that are in use.
    #[must_use]
    pub fn numbers(&self) -> &NumbersInUse {
        &self.index.numbers
    }

    /// The other extensions of an agent.
    pub fn others_of(&self, worker: &WorkerSid, except: Option<&str>) -> impl Iterator<Item = &AgentExtension> {
        self.iter().filter(move |(key, row)| Some(*key) != except && row.worker_sid == *worker).map(|(_, row)| row)
    }

    /// The row that was written to take the place of the one under this key.
    #[must_use]
    pub fn successor(&self, key: &str) -> Option<&AgentExtension> {
        self.get(self.index.successors.get(key)?)
    }

    /// The keys of all rows that are there beside the one that was written to take their place.
    pub fn unfinished_renumbering_keys(&self) -> impl Iterator<Item = &str> {
        self.index.unfinished_renumbering_keys.iter().map(String::as_str)
    }

    /// The draft as a directory. Where older tools left one number to two agents, the first key wins.
    #[must_use]
    pub fn directory(&self) -> Directory {
        let mut directory = Directory::default();
        for (_, extension) in self.iter() {
            // A second owner is left out here; it is still sent when publishing, and the server names it.
            _ = directory.assign(extension.clone());
        }
        directory
    }

    /// The rows to publish. A row that stands under two keys while its number changes is sent once.
    #[must_use]
    pub fn snapshot(&self) -> Vec<Value> {
        let mut sent = Directory::default();
        let mut rows = Vec::new();
        for (_, row) in self.iter() {
            let twice = sent.get(row.extension_number.as_str()).is_some_and(|one| one.worker_sid == row.worker_sid);
            if !twice {
                _ = sent.assign(row.clone());
                rows.extend(serde_json::to_value(row.published()));
            }
        }
        rows
    }

    /// Takes an item in, unless a newer version of it is known.
    pub(in crate::model) fn write(&mut self, item: Item) {
        if self.rows.get(&item.key).is_some_and(|known| known.event_id > item.event_id) {
            return;
        }
        self.stamp += 1;
        self.removed_meanwhile.retain(|key| *key != item.key);
        self.forget(&item.key);
        let extension = self.read_extension(&item);
        let keys = extension.as_ref().map(|extension| Arc::new(RowKeys::new(&item, extension)));
        if let Some(row) = &extension {
            let rows = &self.rows;
            self.index.add(&item.key, row, |key| rows.contains_key(key));
        }
        self.rows.insert(item.key, Row { extension, keys, event_id: item.event_id });
    }

    /// The extension in an item. What is odd or wrong with it is noted.
    fn read_extension(&mut self, item: &Item) -> Option<AgentExtension> {
        match AgentExtension::read(&item.data) {
            Ok((extension, oddities)) => {
                if !oddities.is_empty() {
                    self.odd.insert(item.key.clone(), oddities);
                }
                Some(extension)
            }
            Err(why) => {
                self.unreadable.insert(item.key.clone(), why);
                None
            }
        }
    }

    /// Takes a row out. Says whether there was one.
    fn forget(&mut self, key: &str) -> bool {
        let Some(row) = self.rows.remove(key) else { return false };
        self.odd.remove(key);
        self.unreadable.remove(key);
        if let Some(row) = row.extension {
            self.index.remove(key, &row);
        }
        true
    }

    pub(in crate::model) fn read(&mut self, items: Vec<Item>) {
        for item in items {
            if !self.removed_meanwhile.contains(&item.key) {
                self.write(item);
            }
        }
    }

    pub(in crate::model) fn remove(&mut self, key: &str) {
        if self.reading == Reading::Underway {
            self.removed_meanwhile.push(key.to_owned());
        }
        if self.forget(key) {
            self.stamp += 1;
        }
    }

    pub(in crate::model) fn set_reading(&mut self, reading: Reading) {
        if reading == Reading::Done {
            self.removed_meanwhile.clear();
        }
        self.reading = reading;
        self.stamp += 1;
    }

    /// Forgets everything and reads anew: what was missed meanwhile can not be told apart otherwise.
    pub(in crate::model) fn reopen(&mut self) {
        *self = Self { reading: Reading::Underway, stamp: self.stamp + 1, ..Self::default() };
    }
}
