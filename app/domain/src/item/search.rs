//! How something was searched that was not found, and who holds what is held elsewhere. Neither can be left half said:
//! "we have nothing" without a search log is how records go missing.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    code::coded,
    form::{DateRange, FieldCode, FieldProblem, Problems, choice, date_from_fields, optional_text, required_text},
};

coded! {
    /// What became of the paper and film stored away from the hospital.
    pub enum OffSite {
        Searched = "searched",
        /// The facility stores nothing off site for these years.
        NoneStored = "none_stored",
    }
}

/// What a search log says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchFacts {
    /// Which systems and archives, at least one.
    pub systems: Vec<String>,
    /// Under which names, at least one: the present one and every former one.
    pub names: Vec<String>,
    /// Under which dates of birth, at least one.
    pub birth_dates: Vec<Date>,
    pub dates: DateRange,
    pub off_site: OffSite,
    pub note: Option<String>,
}

/// A complete search log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "SearchFacts", into = "SearchFacts")]
pub struct SearchLog(SearchFacts);

impl SearchLog {
    pub const fn facts(&self) -> &SearchFacts {
        &self.0
    }
}

impl TryFrom<SearchFacts> for SearchLog {
    type Error = FieldCode;
    fn try_from(facts: SearchFacts) -> Result<Self, FieldCode> {
        let blank = |lines: &[String]| lines.is_empty() || lines.iter().any(|line| line.trim().is_empty());
        if blank(&facts.systems) {
            Err(FieldCode::SystemsMissing)
        } else if blank(&facts.names) || facts.birth_dates.is_empty() {
            Err(FieldCode::Missing)
        } else {
            Ok(Self(facts))
        }
    }
}

impl From<SearchLog> for SearchFacts {
    fn from(log: SearchLog) -> Self {
        log.0
    }
}

/// A search log as it is typed. Lists are one entry a line; `birth_dates` are month/day/year.
#[derive(Debug, Clone, Copy)]
pub struct SearchForm<'a> {
    pub systems: &'a str,
    pub names: &'a str,
    pub birth_dates: &'a str,
    pub off_site: &'a str,
    pub note: &'a str,
}

impl SearchForm<'_> {
    /// `dates` is the range that was searched: that of the item.
    pub fn parse(self, dates: DateRange) -> Result<SearchLog, Vec<FieldProblem>> {
        let mut problems = Problems::default();
        let systems = problems.take("systems", lines(self.systems, FieldCode::SystemsMissing));
        let names = problems.take("names", lines(self.names, FieldCode::Missing));
        let birth_dates = problems.take("birth_dates", birth_dates(self.birth_dates));
        let off_site = problems
            .take("off_site", choice(self.off_site, OffSite::from_code).map_err(|_| FieldCode::OffSiteUnchecked));
        let note = problems.take("note", optional_text(self.note, 2000));
        let facts = (|| {
            Some(SearchFacts {
                systems: systems?,
                names: names?,
                birth_dates: birth_dates?,
                dates,
                off_site: off_site?,
                note: note?,
            })
        })();
        let log = facts.and_then(|facts| problems.take("systems", SearchLog::try_from(facts)));
        problems.finish(log)
    }
}

fn lines(typed: &str, none: FieldCode) -> Result<Vec<String>, FieldCode> {
    let lines: Vec<_> = typed
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| required_text(line, 200))
        .collect::<Result<_, _>>()?;
    if lines.is_empty() { Err(none) } else { Ok(lines) }
}

fn birth_dates(typed: &str) -> Result<Vec<Date>, FieldCode> {
    lines(typed, FieldCode::Missing)?
        .iter()
        .map(|line| {
            let read = date_from_fields("birth_dates", line, "", "");
            read.map_err(|problems| problems.first().map_or(FieldCode::DateNotReal, |problem| problem.code))
                .and_then(|date| date.ok_or(FieldCode::Missing))
        })
        .collect()
}

/// Who holds it, and how to ask them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldBy {
    pub name: String,
    /// An address, a telephone number or a web address.
    pub how_to_reach: String,
}

impl HeldBy {
    pub fn parse(name: &str, how_to_reach: &str) -> Result<Self, Vec<FieldProblem>> {
        let mut problems = Problems::default();
        let name = problems.take("held_by", required_text(name, 200));
        let how_to_reach = problems.take("how_to_reach", required_text(how_to_reach, 500));
        let place = name.zip(how_to_reach).map(|(name, how_to_reach)| Self { name, how_to_reach });
        problems.finish(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_log_is_complete_or_says_all_that_is_missing() {
        let empty = SearchForm { systems: "", names: " \n", birth_dates: "x", off_site: "", note: "" };
        let problems = empty.parse(DateRange::EVERYTHING).unwrap_err();
        let codes: Vec<_> = problems.iter().map(|problem| (problem.field.as_str(), problem.code)).collect();
        assert_eq!(
            codes,
            [
                ("systems", FieldCode::SystemsMissing),
                ("names", FieldCode::Missing),
                ("birth_dates", FieldCode::MonthNotRead),
                ("off_site", FieldCode::OffSiteUnchecked),
            ]
            .map(|(field, code)| (field, code))
        );
    }

    #[test]
    fn a_search_log_keeps_what_was_tried() {
        let form = SearchForm {
            systems: "Main record\nFilm archive\n",
            names: "Ana Ruiz\nAna Lopez",
            birth_dates: "3/27/2007\n27/3/2007",
            off_site: "searched",
            note: "",
        };
        assert_eq!(form.parse(DateRange::EVERYTHING).unwrap_err()[0].field, "birth_dates");
        let log = SearchForm { birth_dates: "3/27/2007", ..form }.parse(DateRange::EVERYTHING).unwrap();
        assert_eq!((log.facts().systems.len(), log.facts().names.len(), log.facts().birth_dates.len()), (2, 2, 1));
        assert!(
            serde_json::from_str::<SearchLog>(&serde_json::to_string(&log).unwrap().replace("Film archive", " "))
                .is_err()
        );
    }

    #[test]
    fn held_elsewhere_says_by_whom_and_how_to_reach_them() {
        assert_eq!(HeldBy::parse("", " ").unwrap_err().len(), 2);
        assert!(HeldBy::parse("County Clinic", "555 010 4477").is_ok());
    }
}
