//! Dates as Twilio's REST APIs write them.

use jiff::Timestamp;

/// An instant, in microseconds since 1970, as Twilio writes dates: `2015-07-30T20:00:00Z`.
#[must_use]
pub(crate) fn date(microseconds: i64) -> String {
    Timestamp::from_second(microseconds.div_euclid(1_000_000)).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_in_whole_seconds_of_utc() {
        assert_eq!(date(1_438_286_400_999_999), "2015-07-30T20:00:00Z");
    }
}
