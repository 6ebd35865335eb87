//! What the home keeps of the last good directory, for a start while Twilio is down: the content of the asset, and in a
//! line before it the Asset Version that it was read from and which contents it replaced.
//!
//! A file that is only an array, as earlier releases and `agent-extensions pull` write it, is read too.
//!
//! Knows nothing of where the home keeps it.

use bytes::{BufMut, Bytes, BytesMut};
use serde::{Deserialize, Serialize};

use super::index::ContentHash;

#[derive(Serialize, Deserialize)]
struct Header {
    version: String,
    replaced: Vec<ContentHash>,
}

/// A directory as it was kept.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LastGood {
    /// The SID of the Asset Version that it was read from (`ZN…`), if that was kept.
    pub(super) version: Option<String>,
    /// Contents that it replaced: an edge of the domain that lags behind may still serve one of them.
    pub(super) replaced: Vec<ContentHash>,
    pub(super) content: Bytes,
}

impl LastGood {
    /// What the home is to keep.
    pub(super) fn to_bytes(&self) -> Bytes {
        let header = self.version.clone().map(|version| Header { version, replaced: self.replaced.clone() });
        let Some(header) = header.and_then(|header| serde_json::to_vec(&header).ok()) else {
            return self.content.clone();
        };
        let mut bytes = BytesMut::with_capacity(header.len() + 1 + self.content.len());
        bytes.put_slice(&header);
        bytes.put_u8(b'\n');
        bytes.put_slice(&self.content);
        bytes.freeze()
    }

    /// What the home kept.
    pub(super) fn read(bytes: Bytes) -> Self {
        let line = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(0);
        match serde_json::from_slice::<Header>(&bytes[..line]) {
            Ok(Header { version, replaced }) => {
                Self { version: Some(version), replaced, content: bytes.slice(line + 1..) }
            }
            Err(_) => Self { version: None, replaced: Vec::new(), content: bytes },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_read_byte_for_byte_with_its_version() {
        for content in ["[]", "[\n1\n]\n", ""] {
            for (version, replaced) in [(None, vec![]), (Some("ZN1".to_owned()), vec![ContentHash::of(b"[1]")])] {
                let kept = LastGood { version, replaced, content: Bytes::from(content) };
                assert_eq!(LastGood::read(kept.to_bytes()), kept);
            }
        }
    }

    #[test]
    fn a_file_that_is_only_an_array_is_read_too() {
        let array = Bytes::from_static(b"[\n {\"version\": \"ZN1\"}\n]");
        assert_eq!(LastGood::read(array.clone()), LastGood { version: None, replaced: Vec::new(), content: array });
    }
}
