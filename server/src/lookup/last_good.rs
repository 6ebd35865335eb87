//! What the home keeps of the last good directory, for a start while Twilio is down: the content of the asset, and in a
//! line before it the Asset Version that it was read from.
//!
//! A file that is only an array, as earlier releases and `agent-extensions pull` write it, is read too.
//!
//! Knows nothing of where the home keeps it.

use bytes::{BufMut, Bytes, BytesMut};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Header {
    version: String,
}

/// A directory as it was kept.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LastGood {
    /// The SID of the Asset Version that it was read from (`ZN…`), if that was kept.
    pub(super) version: Option<String>,
    pub(super) content: Bytes,
}

impl LastGood {
    /// What the home is to keep.
    pub(super) fn to_bytes(&self) -> Bytes {
        let header = self.version.clone().and_then(|version| serde_json::to_vec(&Header { version }).ok());
        let Some(header) = header else { return self.content.clone() };
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
            Ok(header) => Self { version: Some(header.version), content: bytes.slice(line + 1..) },
            Err(_) => Self { version: None, content: bytes },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_read_byte_for_byte_with_its_version() {
        for content in ["[]", "[\n1\n]\n", ""] {
            for version in [None, Some("ZN1".to_owned())] {
                let kept = LastGood { version, content: Bytes::from(content) };
                assert_eq!(LastGood::read(kept.to_bytes()), kept);
            }
        }
    }

    #[test]
    fn a_file_that_is_only_an_array_is_read_too() {
        let array = Bytes::from_static(b"[\n {\"version\": \"ZN1\"}\n]");
        assert_eq!(LastGood::read(array.clone()), LastGood { version: None, content: array });
    }
}
