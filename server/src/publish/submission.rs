//! What somebody wants to publish, and whether it may replace what is published.
//!
//! Knows nothing of the lock and of Builds.

use bytes::Bytes;
use shared::{AgentExtension, Directory};

use crate::directory::CONFIRMED_EMPTY;
use crate::twilio::Visibility;

/// What a private asset may have, in bytes.
/// <https://www.twilio.com/docs/serverless/functions-assets/assets#limitations>
const LARGEST_PRIVATE: usize = 10 * 1024 * 1024;
/// What any other asset may have, in bytes.
const LARGEST: usize = 25 * 1024 * 1024;

/// Why a submission is not published.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SubmissionError {
    /// The rows can not be written as JSON.
    #[error(transparent)]
    Unwritable(#[from] serde_json::Error),
    /// The rows make a larger asset than Twilio takes.
    #[error("the asset would have {bytes} bytes, and {limit} are the most")]
    TooLarge {
        /// How large it would be, in bytes.
        bytes: usize,
        /// What an asset of this visibility may have, in bytes.
        limit: usize,
    },
    /// So much would be lost, or nobody can tell how much, that a person must confirm it.
    #[error("{count} rows in place of {published:?} need a confirmation")]
    ConfirmationRequired {
        /// How many rows there would be.
        count: usize,
        /// How many there are; none where what is published can not be read.
        published: Option<usize>,
    },
}

/// What somebody wants to publish.
#[derive(Debug)]
pub(crate) struct Submission {
    /// All rows; they break no rule.
    pub(crate) directory: Directory,
    /// The version that the changes are based on.
    pub(crate) version: Option<String>,
    /// The number of rows as a person confirmed it.
    pub(crate) confirmed_count: Option<usize>,
}

impl Submission {
    /// The rows as the content of an asset. Nothing of the draft's bookkeeping gets there, whatever a client sends.
    ///
    /// An empty directory that takes the place of another one says that somebody means it. The first one, which `setup`
    /// publishes, does not: nobody was asked whether callers may lose what they reach by an asset that is not there.
    pub(super) fn content(&self) -> Result<Bytes, SubmissionError> {
        if self.directory.is_empty() && self.version.is_some() {
            return Ok(Bytes::from_static(CONFIRMED_EMPTY));
        }
        let rows: Vec<_> = self.directory.iter().map(AgentExtension::published).collect();
        Ok(serde_json::to_vec(&rows)?.into())
    }

    /// What loses much of `published` must be confirmed.
    pub(super) fn must_not_lose_too_much(&self, published: &Directory) -> Result<(), SubmissionError> {
        if self.directory.loses_too_much(published) { self.confirmed_by_count(Some(published.len())) } else { Ok(()) }
    }

    /// What takes the place of something unreadable must be confirmed, because nobody can tell what is lost.
    pub(super) fn must_be_confirmed(&self) -> Result<(), SubmissionError> {
        self.confirmed_by_count(None)
    }

    fn confirmed_by_count(&self, published: Option<usize>) -> Result<(), SubmissionError> {
        let count = self.directory.len();
        if self.confirmed_count == Some(count) {
            return Ok(());
        }
        Err(SubmissionError::ConfirmationRequired { count, published })
    }
}

/// What Twilio would not take is refused before anything is written.
pub(super) fn must_fit(bytes: usize, visibility: Visibility) -> Result<(), SubmissionError> {
    let limit = if visibility == Visibility::Private { LARGEST_PRIVATE } else { LARGEST };
    if bytes > limit { Err(SubmissionError::TooLarge { bytes, limit }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use shared::NumberRules;

    fn row() -> impl Strategy<Value = Value> {
        let other = proptest::option::of(prop_oneof![any::<f64>().prop_map(Value::from), ".*".prop_map(Value::from)]);
        ("[^\\p{C}]{0,20}[a-z][^\\p{C}]{0,300}", "[0-9]{2,10}", "[0-9a-f]{32}", other).prop_map(
            |(name, number, sid, other)| {
                let worker_sid = format!("WK{sid}");
                json!({"workerFullName": name, "extensionNumber": number, "workerSid": worker_sid, "note": other})
            },
        )
    }

    proptest! {
        #[test]
        fn what_was_published_is_what_is_read(rows in proptest::collection::vec(row(), 0..30)) {
            let mut directory = Directory::default();
            for row in rows {
                if let Ok(row) = AgentExtension::parse(&row, &NumberRules::default()) {
                    let _ = directory.assign(row);
                }
            }
            let submission = Submission { directory, version: Some("ZN1".to_owned()), confirmed_count: None };
            let read = crate::directory::read(&submission.content().unwrap()).unwrap();
            prop_assert_eq!((read.rows, read.rejected), (submission.directory.len(), Vec::new()));
            prop_assert_eq!(submission.directory.changes_since(&read.directory), []);
        }
    }

    #[test]
    fn only_an_empty_directory_in_place_of_another_one_says_that_somebody_means_it() {
        let empty = |version: Option<&str>| Submission {
            directory: Directory::default(),
            version: version.map(str::to_owned),
            confirmed_count: Some(0),
        };
        assert_eq!(empty(Some("ZN1")).content().unwrap(), CONFIRMED_EMPTY);
        assert_eq!(empty(None).content().unwrap(), &b"[]"[..]);
    }

    #[test]
    fn only_the_number_of_rows_that_somebody_confirmed_lets_much_be_lost() {
        let of = |count: usize| {
            let mut directory = Directory::default();
            for number in 1_000..1_000 + count {
                let sid = format!("WK{number:032x}");
                let row = json!({"workerFullName": "Ann", "extensionNumber": number.to_string(), "workerSid": sid});
                directory.assign(AgentExtension::parse(&row, &NumberRules::default()).unwrap()).unwrap();
            }
            directory
        };
        let published = of(100);
        for (count, confirmed_count, may_be_published) in
            [(1, None, false), (1, Some(2), false), (1, Some(1), true), (100, None, true)]
        {
            let submission = Submission { directory: of(count), version: None, confirmed_count };
            let result = submission.must_not_lose_too_much(&published);
            assert_eq!(result.is_ok(), may_be_published, "{count} {confirmed_count:?}");
            assert_eq!(submission.must_be_confirmed().is_ok(), confirmed_count == Some(count));
        }
    }

    #[test]
    fn what_twilio_would_not_take_is_refused_before_anything_is_written() {
        let [private, other] = [10_485_760, 26_214_400];
        for (bytes, visibility) in [(private, Visibility::Private), (other, Visibility::Protected)] {
            assert!(must_fit(bytes, visibility).is_ok(), "{visibility:?}");
            let bytes = bytes + 1;
            assert!(matches!(must_fit(bytes, visibility), Err(SubmissionError::TooLarge { .. })), "{visibility:?}");
        }
    }
}
