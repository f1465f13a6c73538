//! Dates in three fields, month first, as people in the United States write them.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use super::{FieldCode, FieldProblem};

/// A date of birth: not in the future, at most 130 years ago (nobody has lived longer).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BirthDate(pub Date);

impl BirthDate {
    pub const LONGEST_AGO_YEARS: i32 = 130;

    /// `field` is the stem of the three fields' names: `birth` for `birth_month`, `birth_day`, `birth_year`.
    /// `today` is the facility's local date.
    pub fn parse(field: &str, month: &str, day: &str, year: &str, today: Date) -> Result<Self, Vec<FieldProblem>> {
        let date = date_from_fields(field, month, day, year)?.ok_or_else(|| at(field, "month", FieldCode::Missing))?;
        if date > today {
            Err(at(field, "month", FieldCode::DateInFuture))
        } else if date < today.saturating_sub(Self::LONGEST_AGO_YEARS.years()) {
            Err(at(field, "year", FieldCode::DateTooLongAgo))
        } else {
            Ok(Self(date))
        }
    }
}

/// Reads a month as a number or a name in English or Spanish, a day and a year of four digits; a whole date pasted
/// into the first field is read too. None when all three are empty.
pub fn date_from_fields(field: &str, month: &str, day: &str, year: &str) -> Result<Option<Date>, Vec<FieldProblem>> {
    let (month, day, year) = (month.trim(), day.trim(), year.trim());
    if month.is_empty() && day.is_empty() && year.is_empty() {
        return Ok(None);
    }
    let pasted = if day.is_empty() && year.is_empty() { pasted(month) } else { None };
    let (month, day, year) = pasted.unwrap_or((month, day, year));

    let mut problems = Vec::new();
    let mut keep =
        |part, read: Result<i16, FieldCode>| read.map_err(|code| problems.extend(at(field, part, code))).ok();
    let month = keep("month", month_number(month));
    let day = keep("day", number(day, FieldCode::DayNotRead));
    let year = keep("year", year_number(year));
    let (Some(month), Some(day), Some(year)) = (month, day, year) else { return Err(problems) };

    let real = i8::try_from(month).ok().zip(i8::try_from(day).ok()).and_then(|(m, d)| Date::new(year, m, d).ok());
    real.map(Some).ok_or_else(|| at(field, "day", FieldCode::DateNotReal))
}

/// `3/27/2007`, `3-27-2007`, `March 27, 2007` or `2007-03-27`, all in one field.
fn pasted(text: &str) -> Option<(&str, &str, &str)> {
    let mut parts = text.split(|c: char| c.is_whitespace() || "/-.,".contains(c)).filter(|part| !part.is_empty());
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    match (parts.next(), first.len()) {
        (Some(_), _) => None,
        (None, 4) if first.bytes().all(|b| b.is_ascii_digit()) => Some((second, third, first)),
        (None, _) => Some((first, second, third)),
    }
}

fn month_number(text: &str) -> Result<i16, FieldCode> {
    const MONTHS: [[&str; 2]; 12] = [
        ["january", "enero"],
        ["february", "febrero"],
        ["march", "marzo"],
        ["april", "abril"],
        ["may", "mayo"],
        ["june", "junio"],
        ["july", "julio"],
        ["august", "agosto"],
        ["september", "septiembre"],
        ["october", "octubre"],
        ["november", "noviembre"],
        ["december", "diciembre"],
    ];
    if text.is_empty() {
        return Err(FieldCode::Missing);
    }
    let name = text.trim_end_matches('.').to_lowercase();
    let named = (1_i16..).zip(MONTHS).find(|(_, names)| {
        names.iter().any(|full| full == &name || (name.chars().count() >= 3 && full.starts_with(&name)))
            || (name == "setiembre" && names[0] == "september")
            || (name == "sept" && names[0] == "september")
    });
    match named {
        Some((month, _)) => Ok(month),
        None => number(text, FieldCode::MonthNotRead)
            .and_then(|month| if (1..=12).contains(&month) { Ok(month) } else { Err(FieldCode::MonthNotRead) }),
    }
}

fn year_number(text: &str) -> Result<i16, FieldCode> {
    let year = number(text, FieldCode::YearNotRead)?;
    match text.chars().count() {
        1 | 2 => Err(FieldCode::YearTwoDigits),
        4 => Ok(year),
        _ => Err(FieldCode::YearNotRead),
    }
}

fn number(text: &str, otherwise: FieldCode) -> Result<i16, FieldCode> {
    if text.is_empty() {
        Err(FieldCode::Missing)
    } else if text.bytes().all(|b| b.is_ascii_digit()) {
        text.parse().map_err(|_| otherwise)
    } else {
        Err(otherwise)
    }
}

fn at(field: &str, part: &str, code: FieldCode) -> Vec<FieldProblem> {
    vec![FieldProblem { field: format!("{field}_{part}"), code }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const TODAY: Date = date(2026, 3, 3);

    fn read(month: &str, day: &str, year: &str) -> Result<Date, Vec<(String, FieldCode)>> {
        BirthDate::parse("birth", month, day, year, TODAY)
            .map(|birth| birth.0)
            .map_err(|problems| problems.into_iter().map(|problem| (problem.field, problem.code)).collect())
    }

    fn one(field: &str, code: FieldCode) -> Result<Date, Vec<(String, FieldCode)>> {
        Err(vec![(field.to_owned(), code)])
    }

    #[test]
    fn a_month_is_a_number_or_a_word_in_either_language() {
        for month in ["3", "03", "March", "mar", "Mar.", "MARZO", " marzo "] {
            assert_eq!(read(month, "27", "2007"), Ok(date(2007, 3, 27)), "{month}");
        }
        for (month, number) in
            [("ene", 1), ("ago", 8), ("Sept", 9), ("setiembre", 9), ("dic.", 12), ("abr", 4), ("jul", 7)]
        {
            assert_eq!(read(month, "1", "2000"), Ok(date(2000, number, 1)), "{month}");
        }
        for month in ["13", "0", "ma", "Smarch", "-3", "3.5", "99999999"] {
            assert_eq!(read(month, "27", "2007"), one("birth_month", FieldCode::MonthNotRead), "{month}");
        }
    }

    #[test]
    fn a_whole_date_pasted_into_the_first_field_is_read() {
        for whole in ["3/27/2007", "03-27-2007", "3.27.2007", "March 27, 2007", "2007-03-27"] {
            assert_eq!(read(whole, "", ""), Ok(date(2007, 3, 27)), "{whole}");
        }
    }

    #[test]
    fn each_wrong_part_is_named_and_all_at_once() {
        assert_eq!(read("", "", ""), one("birth_month", FieldCode::Missing));
        assert_eq!(read("3", "27", "07"), one("birth_year", FieldCode::YearTwoDigits));
        assert_eq!(read("2", "30", "2007"), one("birth_day", FieldCode::DateNotReal));
        assert_eq!(read("2", "29", "2007"), one("birth_day", FieldCode::DateNotReal));
        assert_eq!(read("2", "29", "2008"), Ok(date(2008, 2, 29)));
        assert_eq!(
            read("x", "", "19777"),
            Err(vec![
                ("birth_month".to_owned(), FieldCode::MonthNotRead),
                ("birth_day".to_owned(), FieldCode::Missing),
                ("birth_year".to_owned(), FieldCode::YearNotRead),
            ])
        );
    }

    #[test]
    fn nobody_is_born_tomorrow_or_131_years_ago() {
        assert_eq!(read("3", "3", "2026"), Ok(TODAY));
        assert_eq!(read("3", "4", "2026"), one("birth_month", FieldCode::DateInFuture));
        assert_eq!(read("3", "3", "1896"), Ok(date(1896, 3, 3)));
        assert_eq!(read("3", "2", "1896"), one("birth_year", FieldCode::DateTooLongAgo));
    }

    proptest! {
        #[test]
        fn every_real_day_reads_back(days in 0_i32..47_000) {
            let day = TODAY.saturating_sub(days.days());
            prop_assert_eq!(read(&day.month().to_string(), &day.day().to_string(), &day.year().to_string()), Ok(day));
            prop_assert_eq!(read(&day.strftime("%m/%d/%Y").to_string(), "", ""), Ok(day));
        }
    }
}
