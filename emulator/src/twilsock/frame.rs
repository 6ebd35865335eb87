//! One Twilsock V3 frame: a line with the header's length, a JSON header, and as many bytes of payload as it says.
//!
//! All lengths are in bytes of UTF-8.

use bytes::Bytes;
use serde_json::{Map, Value, json};

const PROTOCOL: &[u8] = b"TWILSOCK V3.0 ";
const LINE_END: &[u8] = b"\r\n";

/// A received frame.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Frame {
    /// A JSON object: the `method`, an `id`, and what belongs to the method.
    pub(super) header: Value,
    /// The payload, which need not be what `payload_type` says.
    pub(super) payload: Vec<u8>,
}

/// Bytes that are not a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum FrameError {
    /// The first line is not `TWILSOCK V3.0 <length>`.
    #[error("not a Twilsock V3 frame")]
    Preamble,
    /// The header is cut off, not followed by a line end, or not a JSON object.
    #[error("the header of a Twilsock frame can not be read")]
    Header,
    /// There are fewer bytes than `payload_size`.
    #[error("the payload of a Twilsock frame is cut off")]
    Payload,
}

impl Frame {
    /// Reads one WebSocket message.
    ///
    /// # Errors
    ///
    /// [`FrameError`] when it is not a frame.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, FrameError> {
        let rest = bytes.strip_prefix(PROTOCOL).ok_or(FrameError::Preamble)?;
        let end = rest.windows(2).position(|pair| pair == LINE_END).ok_or(FrameError::Preamble)?;
        let length = std::str::from_utf8(&rest[..end]).ok().and_then(|text| text.parse::<usize>().ok());
        let rest = &rest[end + LINE_END.len()..];
        let (header, rest) = rest.split_at_checked(length.ok_or(FrameError::Preamble)?).ok_or(FrameError::Header)?;
        let rest = rest.strip_prefix(LINE_END).ok_or(FrameError::Header)?;
        let header: Map<String, Value> = serde_json::from_slice(header).map_err(|_| FrameError::Header)?;
        let size = header.get("payload_size").and_then(Value::as_u64).unwrap_or(0);
        let payload = usize::try_from(size).ok().and_then(|size| rest.get(..size)).ok_or(FrameError::Payload)?;
        Ok(Self { header: Value::Object(header), payload: payload.to_vec() })
    }

    /// A text field of the header, empty if it is missing.
    #[must_use]
    pub(super) fn text(&self, field: &str) -> &str {
        self.header[field].as_str().unwrap_or_default()
    }
}

/// Writes a frame; the payload, if any, is JSON. `header` is a JSON object.
#[must_use]
pub(super) fn encode(header: Value, payload: Option<&Value>) -> Bytes {
    encode_text(header, "application/json", &payload.map(Value::to_string).unwrap_or_default())
}

/// The same with a payload of any type, and whether or not it is what that type says.
#[must_use]
pub(super) fn encode_text(mut header: Value, payload_type: &str, payload: &str) -> Bytes {
    header["payload_size"] = json!(payload.len());
    if !payload.is_empty() {
        header["payload_type"] = json!(payload_type);
    }
    let header = header.to_string();
    let mut bytes = PROTOCOL.to_vec();
    bytes.extend(header.len().to_string().bytes());
    for part in [LINE_END, header.as_bytes(), LINE_END, payload.as_bytes()] {
        bytes.extend_from_slice(part);
    }
    bytes.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_count_bytes_not_characters() {
        let bytes = encode(json!({ "id": "é漢😀" }), Some(&json!({ "a": "é漢😀" })));
        let frame = Frame::parse(&bytes).unwrap();
        assert_eq!(frame.header["payload_size"], r#"{"a":"é漢😀"}"#.len());
        assert_eq!(frame.text("id"), "é漢😀");
        assert_eq!(serde_json::from_slice::<Value>(&frame.payload).unwrap(), json!({ "a": "é漢😀" }));
    }

    #[test]
    fn a_frame_without_a_payload_still_ends_its_header_line() {
        let bytes = encode(json!({ "id": "TM1" }), None);
        assert_eq!(&bytes[..], b"TWILSOCK V3.0 29\r\n{\"id\":\"TM1\",\"payload_size\":0}\r\n");
        assert_eq!(Frame::parse(&bytes).unwrap().payload, b"");
    }

    #[test]
    fn what_is_no_frame_is_refused() {
        for (bytes, error) in [
            (&b"GET / HTTP/1.1\r\n"[..], FrameError::Preamble),
            (b"TWILSOCK V3.0 x\r\n{}\r\n", FrameError::Preamble),
            (b"TWILSOCK V3.0 3", FrameError::Preamble),
            (b"TWILSOCK V3.0 99\r\n{}\r\n", FrameError::Header),
            (b"TWILSOCK V3.0 2\r\n{}", FrameError::Header),
            (b"TWILSOCK V3.0 2\r\n[]\r\n", FrameError::Header),
            (b"TWILSOCK V3.0 18\r\n{\"payload_size\":9}\r\nshort", FrameError::Payload),
        ] {
            assert_eq!(Frame::parse(bytes), Err(error), "{}", String::from_utf8_lossy(bytes));
        }
    }
}
