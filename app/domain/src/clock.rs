//! The deadline: which day the law gives, worked out once when a request is received and stored with its rule.
//! The clock starts at receipt and nothing pauses it: HIPAA knows no tolling for questions or payment.
//! Service levels are the office's own aims and never appear here as promised dates.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, date},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

use crate::code::coded;

coded! {
    /// In what a rule counts.
    pub enum Unit {
        CalendarDays = "calendar_days",
    }
}

/// A rule of law as data: a facility can change it, switch it off and add its state's without a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub id: String,
    /// `US` or a state, `US-CA`.
    pub jurisdiction: String,
    pub length_days: u16,
    pub unit: Unit,
    pub citation: String,
    /// Binds what is received on or after this day.
    pub effective_from: Date,
    pub active: bool,
}

impl Rule {
    /// Act on a request for access within 30 calendar days of receipt: 45 CFR 164.524(b)(2)(i),
    /// as it reads since the Omnibus Rule's compliance date (before it, off-site records had 60).
    pub fn hipaa_access_30() -> Self {
        Self {
            id: "hipaa_access_30".to_owned(),
            jurisdiction: "US".to_owned(),
            length_days: 30,
            unit: Unit::CalendarDays,
            citation: "45 CFR 164.524(b)(2)(i)".to_owned(),
            effective_from: date(2013, 9, 23),
            active: true,
        }
    }

    fn due(&self, received_on: Date) -> Option<Candidate> {
        let binds = self.active && self.effective_from <= received_on;
        let due = match self.unit {
            Unit::CalendarDays => received_on.saturating_add(i64::from(self.length_days).days()),
        };
        binds.then(|| Candidate { rule_id: self.id.clone(), due })
    }
}

/// One rule's day for one request. All are kept; the earliest binds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Candidate {
    pub due: Date,
    pub rule_id: String,
}

/// Every rule's day, the binding one first. The day of receipt is the facility's local date and does not count.
pub fn due_dates(received_at: Timestamp, zone: &TimeZone, rules: &[Rule]) -> Vec<Candidate> {
    let received_on = zone.to_datetime(received_at).date();
    let mut candidates: Vec<_> = rules.iter().filter_map(|rule| rule.due(received_on)).collect();
    candidates.sort();
    candidates
}

/// The instant at which that local day is over: the first moment of the next one, whatever the clocks do that night.
/// At the end of representable time it is the last instant there is.
pub fn due_at(due: Date, zone: &TimeZone) -> Timestamp {
    due.tomorrow().and_then(|next| next.to_zoned(zone.clone())).map_or(Timestamp::MAX, |start| start.timestamp())
}

/// How the clock stands, worked out when read and never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ClockState {
    OnTrack { days_left: i32 },
    DueSoon { days_left: i32 },
    DueToday,
    Overdue { days_late: i32 },
    Met,
    MetLate { days_late: i32 },
}

/// How many days before the due date a request begins to be pressing.
pub const DUE_SOON_DAYS: i32 = 10;

impl ClockState {
    /// `met_on`: the local day on which everything was released; from then on today no longer matters.
    pub fn of(due: Date, today: Date, met_on: Option<Date>) -> Self {
        let days_left = (due - met_on.unwrap_or(today)).get_days();
        match (met_on, days_left) {
            (Some(_), 0..) => Self::Met,
            (Some(_), _) => Self::MetLate { days_late: -days_left },
            (None, 0) => Self::DueToday,
            (None, 1..=DUE_SOON_DAYS) => Self::DueSoon { days_left },
            (None, 1..) => Self::OnTrack { days_left },
            (None, _) => Self::Overdue { days_late: -days_left },
        }
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::OnTrack { .. } => "on_track",
            Self::DueSoon { .. } => "due_soon",
            Self::DueToday => "due_today",
            Self::Overdue { .. } => "overdue",
            Self::Met => "met",
            Self::MetLate { .. } => "met_late",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ZONES: [&str; 9] = [
        "America/New_York",
        "America/Los_Angeles",
        "America/Sao_Paulo",
        "America/Havana",
        "Pacific/Apia",
        "Pacific/Kiritimati",
        "Asia/Kathmandu",
        "Africa/Cairo",
        "UTC",
    ];

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    fn due(received: &str, zone_name: &str) -> Date {
        let received_at: Timestamp = received.parse().unwrap();
        due_dates(received_at, &zone(zone_name), &[Rule::hipaa_access_30()])[0].due
    }

    #[test]
    fn thirty_days_count_from_the_local_day_of_receipt() {
        assert_eq!(due("2026-03-03T15:00:00Z", "America/New_York"), date(2026, 4, 2));
        // Eleven at night on March 3 in New York is March 4 in UTC; the day is still March 3.
        assert_eq!(due("2026-03-04T04:00:00Z", "America/New_York"), date(2026, 4, 2));
        assert_eq!(due("2026-03-04T04:00:00Z", "UTC"), date(2026, 4, 3));
    }

    #[test]
    fn a_leap_day_is_a_day() {
        assert_eq!(due("2028-02-01T12:00:00Z", "UTC"), date(2028, 3, 2));
        assert_eq!(due("2027-02-01T12:00:00Z", "UTC"), date(2027, 3, 3));
        assert_eq!(due("2028-01-30T12:00:00Z", "UTC"), date(2028, 2, 29));
    }

    #[test]
    fn the_due_day_lasts_until_local_midnight_even_when_midnight_does_not_exist() {
        assert_eq!(due_at(date(2026, 4, 2), &zone("America/New_York")).to_string(), "2026-04-03T04:00:00Z");
        // In Sao Paulo the clocks went from 23:59:59 to 01:00 on November 4, 2018.
        assert_eq!(due_at(date(2018, 11, 3), &zone("America/Sao_Paulo")).to_string(), "2018-11-04T03:00:00Z");
        // In Havana midnight comes twice on November 1, 2026; the day begins with the first.
        assert_eq!(due_at(date(2026, 10, 31), &zone("America/Havana")).to_string(), "2026-11-01T04:00:00Z");
        assert_eq!(due_at(Date::MAX, &TimeZone::UTC), Timestamp::MAX);
    }

    #[test]
    fn the_earliest_rule_binds_and_the_others_are_kept() {
        let state = Rule { id: "state_15".to_owned(), length_days: 15, ..Rule::hipaa_access_30() };
        let off = Rule { id: "off".to_owned(), length_days: 1, active: false, ..Rule::hipaa_access_30() };
        let later = Rule { id: "later".to_owned(), effective_from: date(2027, 1, 1), ..off.clone() };
        let received = "2026-03-03T15:00:00Z".parse().unwrap();
        let all = due_dates(received, &TimeZone::UTC, &[Rule::hipaa_access_30(), off, later, state]);
        let ids: Vec<_> = all.iter().map(|candidate| candidate.rule_id.as_str()).collect();
        assert_eq!(ids, ["state_15", "hipaa_access_30"]);
        assert_eq!(all[0].due, date(2026, 3, 18));
    }

    #[test]
    fn the_clock_reads_by_days() {
        let due = date(2026, 4, 2);
        for (today, state) in [
            (date(2026, 3, 22), ClockState::OnTrack { days_left: 11 }),
            (date(2026, 3, 23), ClockState::DueSoon { days_left: 10 }),
            (date(2026, 4, 1), ClockState::DueSoon { days_left: 1 }),
            (due, ClockState::DueToday),
            (date(2026, 4, 3), ClockState::Overdue { days_late: 1 }),
        ] {
            assert_eq!(ClockState::of(due, today, None), state);
        }
        assert_eq!(ClockState::of(due, date(2030, 1, 1), Some(due)), ClockState::Met);
        assert_eq!(ClockState::of(due, due, Some(date(2026, 4, 4))), ClockState::MetLate { days_late: 2 });
    }

    proptest! {
        #[test]
        fn the_deadline_is_thirty_local_days_on_in_every_zone(second in 1_400_000_000_i64..4_000_000_000, at in 0..ZONES.len()) {
            let zone = zone(ZONES[at]);
            let received_at = Timestamp::from_second(second).unwrap();
            let received_on = zone.to_datetime(received_at).date();
            let due = due_dates(received_at, &zone, &[Rule::hipaa_access_30()])[0].due;
            prop_assert_eq!((due - received_on).get_days(), 30);
            // The last instant of the due day is still that day; the deadline is the next one.
            let over = due_at(due, &zone);
            prop_assert_eq!(zone.to_datetime(over).date(), due.tomorrow().unwrap());
            let last = over.checked_sub(jiff::SignedDuration::from_nanos(1)).unwrap();
            prop_assert!(zone.to_datetime(last).date() <= due);
            prop_assert!(over > received_at);
        }

        #[test]
        fn a_clock_never_improves_as_days_pass(left in -400_i32..400) {
            let due = date(2026, 4, 2);
            let rank = |days: i32| match ClockState::of(due, due.saturating_sub(days.days()), None) {
                ClockState::OnTrack { .. } => 0,
                ClockState::DueSoon { .. } => 1,
                ClockState::DueToday => 2,
                ClockState::Overdue { .. } => 3,
                ClockState::Met | ClockState::MetLate { .. } => 4,
            };
            prop_assert!(rank(left) <= rank(left - 1));
            prop_assert!(rank(left) < 4);
        }
    }
}
