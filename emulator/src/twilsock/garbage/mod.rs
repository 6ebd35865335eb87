//! Property tests with frames that no SDK sends: whatever comes in, it is answered or refused, and nothing panics.
//! Nothing may be called from outside.
//! Knows nothing of what a right answer is; Twilio's own SDKs do, in `conformance/`.

mod connection;
mod nearly_frames;
mod parsing;
