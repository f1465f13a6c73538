//! From when to when: either end may be open.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use super::{FieldCode, FieldProblem, Problems, birth_date::date_from_fields};
use crate::document::DatesOfService;

/// Days of care, both ends included. Open at both ends it is everything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Ends")]
pub struct DateRange {
    from: Option<Date>,
    to: Option<Date>,
}

impl DateRange {
    pub const EVERYTHING: Self = Self { from: None, to: None };

    pub fn new(from: Option<Date>, to: Option<Date>) -> Result<Self, FieldCode> {
        match (from, to) {
            (Some(from), Some(to)) if from > to => Err(FieldCode::RangeReversed),
            _ => Ok(Self { from, to }),
        }
    }

    /// The twelve months up to and with today.
    pub fn last_12_months(today: Date) -> Self {
        Self { from: Some(today.saturating_sub(12.months())), to: Some(today) }
    }

    /// Two dates in three fields each (`from_month` … `to_year`). At least one must be there; `from` not in the future.
    pub fn parse(from: [&str; 3], to: [&str; 3], today: Date) -> Result<Self, Vec<FieldProblem>> {
        let mut problems = Problems::default();
        let from = problems.take_all(date_from_fields("from", from[0], from[1], from[2]));
        let to = problems.take_all(date_from_fields("to", to[0], to[1], to[2]));
        match (from, to) {
            (Some(None), Some(None)) => problems.note("from_month", FieldCode::Missing),
            (Some(Some(from)), _) if from > today => problems.note("from_month", FieldCode::DateInFuture),
            _ => {}
        }
        let range = from.zip(to).and_then(|(from, to)| problems.take("to_month", Self::new(from, to)));
        problems.finish(range)
    }

    pub const fn from(self) -> Option<Date> {
        self.from
    }

    pub const fn to(self) -> Option<Date> {
        self.to
    }

    /// Whether a day of it is inside, or may be: leaving out what may be inside would hold it back.
    pub fn meets(self, care: DatesOfService) -> bool {
        let begins_in_time = care.first.zip(self.to).is_none_or(|(first, to)| first <= to);
        let ends_in_time = care.last.zip(self.from).is_none_or(|(last, from)| last >= from);
        begins_in_time && ends_in_time
    }
}

#[derive(Deserialize)]
struct Ends {
    from: Option<Date>,
    to: Option<Date>,
}

impl TryFrom<Ends> for DateRange {
    type Error = FieldCode;
    fn try_from(ends: Ends) -> Result<Self, FieldCode> {
        Self::new(ends.from, ends.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2028, 2, 29);
    const NONE: [&str; 3] = ["", "", ""];

    #[test]
    fn either_end_may_be_open_but_not_both_when_dates_were_asked_for() {
        let open = DateRange::parse(["1", "2", "2020"], NONE, TODAY).unwrap();
        let on = |day| open.meets(DatesOfService::on(day));
        assert!(on(Some(date(2020, 1, 2))) && !on(Some(date(2020, 1, 1))));
        assert!(on(Some(date(2050, 1, 1))) && on(None));
        assert_eq!(DateRange::parse(NONE, NONE, TODAY).unwrap_err()[0].code, FieldCode::Missing);
    }

    #[test]
    fn what_lasted_is_inside_if_any_day_of_it_is() {
        let year = DateRange::new(Some(date(2024, 1, 1)), Some(date(2024, 12, 31))).unwrap();
        let lasted = |first, last| year.meets(DatesOfService { first, last });
        assert!(lasted(Some(date(1950, 7, 27)), Some(date(2024, 3, 18))), "the last vaccine of a list");
        assert!(lasted(Some(date(1950, 7, 27)), Some(date(2030, 1, 1))) && lasted(Some(date(1950, 7, 27)), None));
        assert!(!lasted(Some(date(1950, 7, 27)), Some(date(2023, 12, 31))));
        assert!(!lasted(Some(date(2025, 1, 1)), None), "it began later");
        assert!(lasted(None, Some(date(2024, 1, 1))) && !lasted(None, Some(date(2023, 1, 1))));
    }

    #[test]
    fn the_end_is_not_before_the_beginning() {
        let problems = DateRange::parse(["1", "2", "2020"], ["1", "1", "2020"], TODAY).unwrap_err();
        assert_eq!((problems[0].field.as_str(), problems[0].code), ("to_month", FieldCode::RangeReversed));
        let problems = DateRange::parse(["3", "1", "2028"], NONE, TODAY).unwrap_err();
        assert_eq!(problems[0].code, FieldCode::DateInFuture);
        assert!(serde_json::from_str::<DateRange>(r#"{"from":"2020-01-02","to":"2020-01-01"}"#).is_err());
    }

    #[test]
    fn twelve_months_before_a_leap_day_begin_on_the_last_of_february() {
        assert_eq!(DateRange::last_12_months(TODAY).from(), Some(date(2027, 2, 28)));
    }
}
