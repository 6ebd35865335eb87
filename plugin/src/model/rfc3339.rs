//! Moments, as they are written in Map Items: RFC 3339 text, read as milliseconds since 1970.
//!
//! Knows nothing of the present moment and of time zones.
//!
//! <https://www.rfc-editor.org/rfc/rfc3339#section-5.6>

/// The moment that a text names; none where it names none.
#[must_use]
pub(in crate::model) fn parse(text: &str) -> Option<i64> {
    let (date, rest) = text.split_once(['T', 't', ' '])?;
    let at = rest.find(['Z', 'z', '+', '-'])?;
    let (time, zone) = rest.split_at(at);
    let [year, month, day] = numbers(date, '-')?;
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let [hour, minute, second] = numbers(time, ':')?;
    let fits = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second <= 60;
    let seconds = ((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second - offset(zone)?;
    let thousandths = format!("{fraction:0<3}").get(..3)?.parse::<i64>().ok()?;
    fits.then_some(seconds * 1000 + thousandths)
}

fn numbers(text: &str, mark: char) -> Option<[i64; 3]> {
    let mut parts = text.split(mark).map(|part| part.parse::<u16>().ok().map(i64::from));
    let three = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(three)
}

/// How many seconds a zone is ahead.
fn offset(zone: &str) -> Option<i64> {
    let sign = match zone.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return (zone.len() == 1).then_some(0),
    };
    let (hours, minutes) = zone[1..].split_once(':')?;
    Some(sign * (hours.parse::<i64>().ok()? * 3600 + minutes.parse::<i64>().ok()? * 60))
}

/// How many days a date is after 1970-01-01, in the Gregorian calendar.
///
/// <https://howardhinnant.github.io/date_algorithms.html#days_from_civil>
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_moment_is_read_whatever_its_zone_and_its_fraction() {
        assert_eq!(parse("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(parse("2026-11-22T13:20:58Z"), Some(1_795_353_658_000));
        assert_eq!(parse("2026-11-22T13:20:58.5Z"), Some(1_795_353_658_500));
        assert_eq!(parse("2026-11-22T13:20:58.123456Z"), Some(1_795_353_658_123));
        assert_eq!(parse("2026-11-22T15:20:58+02:00"), Some(1_795_353_658_000));
        assert_eq!(parse("2024-02-29T23:59:59-01:30"), Some(1_709_256_599_000));
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for wrong in ["", "yesterday", "2026-11-22", "2026-13-01T00:00:00Z", "2026-11-22T13:20Z", "2026-11-22T1:2:3+é"]
        {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
