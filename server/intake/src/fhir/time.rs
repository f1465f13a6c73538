//! FHIR dates and times, exactly as precise as stated.

use std::fmt;

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

/// A stated date or time. `day` is the first day it may mean; a time falls on the day of the facility's calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment {
    pub day: Date,
    /// Only where a time with its offset is stated.
    pub at: Option<Timestamp>,
    pub precision: Precision,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    Year,
    Month,
    Day,
    Instant,
}

impl Moment {
    /// Reads a FHIR `date`, `dateTime` or `instant` (FHIR R4, 2.24.0.1: a time always has its offset).
    pub(super) fn parse(text: &str, zone: &TimeZone) -> Option<Self> {
        let bytes = text.as_bytes();
        let year = digits(bytes.get(0..4)?)?;
        if year == 0 {
            return None;
        }
        let of = |month, day, precision| {
            let day = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
            Some(Self { day, at: None, precision })
        };
        match bytes.len() {
            4 => of(1, 1, Precision::Year),
            7 if bytes[4] == b'-' => of(digits(&bytes[5..7])?, 1, Precision::Month),
            10.. if bytes[4] == b'-' && bytes[7] == b'-' => {
                let stated = of(digits(&bytes[5..7])?, digits(&bytes[8..10])?, Precision::Day)?;
                match bytes.get(10) {
                    None => Some(stated),
                    Some(b'T') => {
                        let at = instant(stated.day, bytes.get(11..)?)?;
                        Some(Self { day: zone.to_datetime(at).date(), at: Some(at), precision: Precision::Instant })
                    }
                    Some(_) => None,
                }
            }
            _ => None,
        }
    }

    /// The last day that it may mean.
    pub(super) fn last_day(&self) -> Date {
        match self.precision {
            Precision::Year => self.day.last_of_year(),
            Precision::Month => self.day.last_of_month(),
            Precision::Day | Precision::Instant => self.day,
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision {
            Precision::Year => write!(f, "{:04}", self.day.year()),
            Precision::Month => write!(f, "{:04}-{:02}", self.day.year(), self.day.month()),
            Precision::Day | Precision::Instant => self.day.fmt(f),
        }
    }
}

/// `hh:mm:ss[.s…](Z|±hh:mm)` on a day. A leap second is read as the second before it.
fn instant(day: Date, time: &[u8]) -> Option<Timestamp> {
    if time.get(2) != Some(&b':') || time.get(5) != Some(&b':') {
        return None;
    }
    let (hour, minute, second) = (digits(time.get(0..2)?)?, digits(time.get(3..5)?)?, digits(time.get(6..8)?)?);
    let rest = time.get(8..)?;
    let (nanos, offset) = match rest.split_first()? {
        (b'.', after) => {
            let end = after.iter().position(|byte| !byte.is_ascii_digit())?;
            if end == 0 {
                return None;
            }
            let kept = &after[..end.min(9)];
            let scale = 10_i32.pow(u32::try_from(9 - kept.len()).ok()?);
            (i32::try_from(digits(kept)?).ok()?.checked_mul(scale)?, &after[end..])
        }
        _ => (0, rest),
    };
    let second = if second == 60 { 59 } else { i8::try_from(second).ok()? };
    let clock = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, second, nanos).ok()?;
    let local = TimeZone::UTC.to_timestamp(day.to_datetime(clock)).ok()?;
    local.checked_sub(ahead_of_utc(offset)?).ok()
}

fn ahead_of_utc(offset: &[u8]) -> Option<SignedDuration> {
    let sign = match offset {
        b"Z" => return Some(SignedDuration::ZERO),
        [b'+', ..] => 1,
        [b'-', ..] => -1,
        _ => return None,
    };
    if offset.len() != 6 || offset[3] != b':' {
        return None;
    }
    let (hours, minutes) = (digits(&offset[1..3])?, digits(&offset[4..6])?);
    if hours > 14 || minutes > 59 {
        return None;
    }
    Some(SignedDuration::from_mins(sign * i64::from(hours * 60 + minutes)))
}

/// At most nine of them.
fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0, |number: u32, byte| {
        byte.is_ascii_digit().then(|| number.checked_mul(10)?.checked_add(u32::from(byte - b'0')))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn new_york() -> TimeZone {
        TimeZone::get("America/New_York").expect("the tests have the zones")
    }

    #[test]
    fn a_time_falls_on_the_facilitys_day() {
        let late = Moment::parse("2021-03-02T01:30:00+00:00", &new_york()).expect("a time");
        assert_eq!(late.day, date(2021, 3, 1));
        assert_eq!(late.at.map(|at| at.to_string()).as_deref(), Some("2021-03-02T01:30:00Z"));
    }

    #[test]
    fn a_date_without_a_time_is_the_day_it_says() {
        for (text, day, shown) in [
            ("2021", date(2021, 1, 1), "2021"),
            ("2021-03", date(2021, 3, 1), "2021-03"),
            ("2021-03-02", date(2021, 3, 2), "2021-03-02"),
        ] {
            let read = Moment::parse(text, &new_york()).expect("a date");
            assert_eq!((read.day, read.at, read.to_string().as_str()), (day, None, shown));
        }
    }

    #[test]
    fn a_year_and_a_month_may_mean_their_last_day() {
        for (text, last) in
            [("2021", date(2021, 12, 31)), ("2024-02", date(2024, 2, 29)), ("2021-03-02", date(2021, 3, 2))]
        {
            assert_eq!(Moment::parse(text, &new_york()).map(|read| read.last_day()), Some(last));
        }
    }

    #[test]
    fn fractions_offsets_and_leap_seconds_are_read() {
        let read = |text: &str| Moment::parse(text, &TimeZone::UTC)?.at.map(|at| at.to_string());
        assert_eq!(read("1991-07-08T01:39:26.097+00:00").as_deref(), Some("1991-07-08T01:39:26.097Z"));
        assert_eq!(read("2004-12-23T08:00:00+11:00").as_deref(), Some("2004-12-22T21:00:00Z"));
        assert_eq!(read("2016-12-31T23:59:60Z").as_deref(), Some("2016-12-31T23:59:59Z"));
        assert_eq!(read("2024-10-08T19:48:54.316108-07:00").as_deref(), Some("2024-10-09T02:48:54.316108Z"));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "21",
            "0000",
            "2021-13",
            "2021-02-30",
            "2021/02/03",
            "2021-2-3",
            "2021-02-03T",
            "2021-02-03T10:00",
            "2021-02-03T10:00:00",
            "2021-02-03 10:00:00Z",
            "2021-02-03T25:00:00Z",
            "2021-02-03T10:00:00.Z",
            "2021-02-03T10:00:00+1:00",
            "2021-02-03T10:00:00+15:00",
            "２０２１",
            "9999-12-31T23:59:59-14:00",
        ] {
            assert_eq!(Moment::parse(text, &TimeZone::UTC), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reading(text in ".{0,40}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.+Z-]{0,20}") {
            let _ = Moment::parse(&text, &new_york());
        }
    }
}
