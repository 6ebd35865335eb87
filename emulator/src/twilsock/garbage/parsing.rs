//! Bytes become a frame and a wrapped request, or are refused; nothing panics. Knows nothing of connections.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use super::nearly_frames::{header, name, value};
use crate::twilsock::frame::{Frame, encode};
use crate::twilsock::request::Request;

proptest! {
    #[test]
    fn bytes_that_are_no_frame_are_refused_without_a_panic(
        start in select(vec!["", "TWILSOCK V3.0 ", "TWILSOCK V3.0 2\r\n", "TWILSOCK V3.0 2\r\n{}\r\n"]),
        rest in prop::collection::vec(any::<u8>(), 0..64),
    ) {
        let _ = Frame::parse(&[start.as_bytes(), &rest].concat());
    }

    #[test]
    fn a_length_that_is_not_the_headers_own_does_not_reach_beyond_the_frame(
        header in header(),
        length in any::<u64>(),
        size in prop_oneof![0u64..30, any::<u64>()],
        payload in ".{0,20}",
    ) {
        let mut header = header;
        header["payload_size"] = json!(size);
        let header = header.to_string();
        let _ = Frame::parse(format!("TWILSOCK V3.0 {length}\r\n{header}\r\n{payload}").as_bytes());
        let own = Frame::parse(format!("TWILSOCK V3.0 {}\r\n{header}\r\n{payload}", header.len()).as_bytes());
        prop_assert_eq!(own.is_ok(), size <= payload.len() as u64);
    }

    #[test]
    fn a_frame_that_is_written_is_read_again(header in header(), payload in value()) {
        let frame = Frame::parse(&encode(header.clone(), Some(&payload))).unwrap();
        prop_assert_eq!(frame.text("method"), header["method"].as_str().unwrap());
        prop_assert_eq!(frame.payload, payload.to_string().into_bytes());
    }

    #[test]
    fn a_wrapped_request_may_be_anything(
        header in header(),
        payload in prop::collection::vec(any::<u8>(), 0..32),
        name in name(),
    ) {
        let request = Request::from_frame(&Frame { header, payload });
        prop_assert!(!request.segments().is_empty());
        prop_assert!(request.logged_path().starts_with('/'));
        let _ = request.parameter(&name);
    }
}
