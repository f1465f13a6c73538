//! A request while it is being written, one question after the other.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Applicant, Ask, DeliveryMethod, Format, Scope, Sites};
use crate::{
    code::coded,
    form::{BirthDate, Contact, DateRange, FieldCode, FieldProblem, PersonName, RecordNumber},
    language::Language,
};

/// A request as far as it is written. Any part may be missing until it is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub scope: Option<Scope>,
    pub dates: Option<DateRange>,
    pub delivery: Option<DeliveryMethod>,
    pub help: Option<String>,
    pub name: Option<PersonName>,
    pub former_names: Vec<PersonName>,
    pub birth_date: Option<BirthDate>,
    pub contact: Option<Contact>,
    pub record_number: Option<RecordNumber>,
}

coded! {
    /// A question of the form that has to be answered before sending, in the order in which they are asked.
    pub enum Part {
        Records = "records",
        Dates = "dates",
        Name = "name",
        BirthDate = "birth_date",
        Contact = "contact",
        Delivery = "delivery",
    }
}

impl Draft {
    /// What is still missing, in order; empty when it can be signed and sent.
    pub fn missing(&self) -> Vec<Part> {
        let there = |part: &Part| match part {
            Part::Records => self.scope.is_some(),
            Part::Dates => self.dates.is_some(),
            Part::Name => self.name.is_some(),
            Part::BirthDate => self.birth_date.is_some(),
            Part::Contact => self.contact.is_some(),
            Part::Delivery => self.delivery.is_some(),
        };
        Part::ALL.iter().copied().filter(|part| !there(part)).collect()
    }

    /// Both halves, once nothing is missing.
    pub fn complete(self, language: Language) -> Option<(Ask, Applicant)> {
        let ask = Ask {
            scope: self.scope?,
            dates: self.dates?,
            sites: Sites::All,
            language,
            format: Format::Pdf,
            delivery: self.delivery?,
            help: self.help,
        };
        let applicant = Applicant {
            name: self.name?,
            former_names: self.former_names,
            birth_date: self.birth_date?,
            contact: self.contact?,
            record_number: self.record_number,
        };
        Some((ask, applicant))
    }
}

/// The presets for dates a form offers, and what it needs for the last two.
#[derive(Debug, Clone, Copy)]
pub struct DatesForm<'a> {
    /// `all`, `last_12_months`, `since` or `between`.
    pub preset: &'a str,
    /// Month, day, year.
    pub from: [&'a str; 3],
    pub to: [&'a str; 3],
}

impl DatesForm<'_> {
    /// The field of the preset is `dates`; those of the dates are `from_month` … `to_year`.
    pub fn parse(self, today: Date) -> Result<DateRange, Vec<FieldProblem>> {
        let wrong = |code| vec![FieldProblem { field: "dates".to_owned(), code }];
        match self.preset.trim() {
            "" => Err(wrong(FieldCode::NothingChosen)),
            "all" => Ok(DateRange::EVERYTHING),
            "last_12_months" => Ok(DateRange::last_12_months(today)),
            "since" => DateRange::parse(self.from, ["", "", ""], today),
            "between" => DateRange::parse(self.from, self.to, today),
            _ => Err(wrong(FieldCode::NotAChoice)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_says_what_is_missing_in_the_order_of_the_questions() {
        let mut draft = Draft::default();
        assert_eq!(draft.missing(), Part::ALL);
        draft.dates = Some(DateRange::EVERYTHING);
        draft.contact =
            Contact::new(None, None, crate::form::PostalAddress::parse("1 Elm", "", "Boston", "MA", "02110").unwrap())
                .ok();
        assert_eq!(draft.missing(), [Part::Records, Part::Name, Part::BirthDate, Part::Delivery]);
        assert_eq!(draft.complete(Language::English), None);
    }

    #[test]
    fn the_presets_become_days() {
        let today = jiff::civil::date(2026, 3, 3);
        let read = |preset| DatesForm { preset, from: ["1", "2", "2020"], to: ["", "", ""] }.parse(today);
        assert_eq!(read("all"), Ok(DateRange::EVERYTHING));
        assert_eq!(read("last_12_months").unwrap().from(), Some(jiff::civil::date(2025, 3, 3)));
        assert_eq!(read("between").unwrap().from(), Some(jiff::civil::date(2020, 1, 2)));
        let whole = |preset| DatesForm { preset, from: ["1", "2", "2020"], to: ["5", "6", "2021"] }.parse(today);
        assert_eq!(whole("since").unwrap().to(), None);
        assert_eq!(whole("between").unwrap().to(), Some(jiff::civil::date(2021, 5, 6)));
        assert_eq!(read("").unwrap_err()[0].code, FieldCode::NothingChosen);
    }
}
