//! A published directory as a hash map, so that an answer takes the same time whatever its size.
//!
//! Knows nothing of where the rows come from.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use shared::AgentExtension;
use shared::wire::LookupReply;

use crate::directory::{RowsError, for_each_row};

/// What tells the content of one asset from that of another: SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ContentHash([u8; 32]);

impl ContentHash {
    pub(super) fn of(content: &[u8]) -> Self {
        Self(Sha256::digest(content).into())
    }
}

/// Agents by extension number.
pub(super) struct Index {
    by_number: HashMap<Box<str>, Agent>,
    rejected: usize,
    content: ContentHash,
}

struct Agent {
    worker_sid: Box<str>,
    full_name: Box<str>,
}

impl Index {
    /// Nobody, read from `content`.
    pub(super) fn empty(content: &[u8]) -> Self {
        Self { by_number: HashMap::new(), rejected: 0, content: ContentHash::of(content) }
    }

    /// Takes in every row of an asset that leads to an agent; another one takes nothing else down.
    pub(super) fn read(content: &[u8]) -> Result<Self, RowsError> {
        let mut index = Self::empty(content);
        for_each_row(content, |row| index.take(row))?;
        Ok(index)
    }

    /// Of rows with one number the first one counts, as in a [`Directory`](shared::Directory).
    fn take(&mut self, row: &Value) {
        let Ok((extension, _)) = AgentExtension::read(row) else {
            self.rejected += 1;
            return;
        };
        match self.by_number.entry(extension.extension_number.as_str().into()) {
            Entry::Occupied(_) => self.rejected += 1,
            Entry::Vacant(free) => {
                let worker_sid = extension.worker_sid.as_str().into();
                free.insert(Agent { worker_sid, full_name: extension.worker_full_name.into() });
            }
        }
    }

    /// What it was built from.
    pub(super) fn content(&self) -> ContentHash {
        self.content
    }

    /// How many extensions there are.
    pub(super) fn len(&self) -> usize {
        self.by_number.len()
    }

    /// How many rows lead nowhere.
    pub(super) fn rejected(&self) -> usize {
        self.rejected
    }

    /// The answer to Studio: every key, found or not.
    pub(super) fn find(&self, extension: &str) -> LookupReply {
        let agent = self.by_number.get(extension);
        let worker_sid = agent.map(|agent| agent.worker_sid.to_string());
        LookupReply {
            found: agent.is_some(),
            worker_sid_original: worker_sid.clone(),
            worker_sid,
            worker_full_name: agent.map(|agent| agent.full_name.to_string()),
            extension: extension.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_extension_is_found_exactly_as_it_is_written() {
        let worker = "WK0123456789abcdef0123456789abcdef";
        let rows = json!([
            {"workerFullName": "Ann", "extensionNumber": "0077", "workerSid": worker, "mapKey": "k"},
            {"workerFullName": "Bob", "extensionNumber": "78", "workerSid": "WKxxxx"},
            {"extensionNumber": "79", "workerSid": worker, "updatedAt": 5},
            {"extensionNumber": "79", "workerSid": worker.replace('0', "9")},
        ]);
        let content = rows.to_string();
        let index = Index::read(content.as_bytes()).unwrap();
        let reply = index.find("0077");
        assert!(
            reply.found && reply.worker_sid.as_deref() == Some(worker) && reply.worker_sid_original == reply.worker_sid
        );
        for unknown in ["77", "78", " 0077", "0077 ", "", "abc", "٠٠٧٧"] {
            let reply = index.find(unknown);
            assert!(!reply.found && reply.worker_sid.is_none() && reply.extension == unknown, "{unknown}");
        }
        assert_eq!(index.len(), 2);
        assert_eq!(index.rejected(), 2);
        assert_eq!(index.find("79").worker_sid.as_deref(), Some(worker));
        assert!(index.content() == ContentHash::of(content.as_bytes()) && index.content() != ContentHash::of(b"other"));
    }

    #[test]
    fn of_an_agent_whose_name_can_not_be_read_the_name_is_empty() {
        let worker = "WK0123456789abcdef0123456789abcdef";
        let content = json!([{"extensionNumber": "79", "workerSid": worker, "updatedAt": 5}]).to_string();
        let index = Index::read(content.as_bytes()).unwrap();
        let reply = index.find("79");
        assert_eq!((reply.worker_sid.as_deref(), reply.worker_full_name.as_deref()), (Some(worker), Some("")));
    }
}
