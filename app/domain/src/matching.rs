//! How much a request and a chart have in common, field by field, with a weight that can be explained. It orders the
//! charts that a clerk looks at and says which fields agree; it never chooses one.
//!
//! The weights are those of Fellegi and Sunter: the logarithm of how much likelier an outcome is between two records of
//! one person than between records of two. Texts come folded (lower case, no accents, no punctuation): folding needs
//! tables that the browser has no use for.

mod names;

use std::{cmp::Reverse, collections::BTreeSet, fmt};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{code::coded, verification::Identifier};

/// Who a request or a chart is about.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Described {
    /// Folded; the present name first, then every other.
    pub names: Vec<String>,
    pub birth_date: Option<Date>,
    pub record_numbers: Vec<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// Folded, in one line.
    pub address: Option<String>,
}

/// A person gets into no log this way.
impl fmt::Debug for Described {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Described(..)")
    }
}

/// What comparing one field gave, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    Same,
    Close(Closeness),
    Different,
    /// One side says nothing.
    CannotTell,
}

coded! {
    /// How two values are alike that are not the same.
    pub enum Closeness {
        /// One has more names than the other.
        MoreNames = "more_names",
        /// A name that one of them had before.
        FormerName = "former_name",
        OtherSpelling = "other_spelling",
        /// One word of the name agrees, the others do not.
        PartOfName = "part_of_name",
        SwappedDayAndMonth = "swapped_day_and_month",
        /// Two of day, month and year agree.
        PartOfDate = "part_of_date",
        PartOfAddress = "part_of_address",
    }
}

impl Closeness {
    /// Whether it is as good as an agreement, where something else agrees outright.
    const fn counts(self) -> bool {
        matches!(self, Self::MoreNames | Self::FormerName | Self::OtherSpelling | Self::SwappedDayAndMonth)
    }
}

/// One field, compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    pub identifier: Identifier,
    pub agreement: Agreement,
    /// In tenths of a bit; below zero where it speaks against.
    pub weight: i32,
}

/// Every field, in the order of [`Identifier`].
pub fn compare(one: &Described, other: &Described) -> Vec<Compared> {
    Identifier::ALL
        .iter()
        .map(|identifier| {
            let agreement = match identifier {
                Identifier::Name => names::compare(&one.names, &other.names),
                Identifier::BirthDate => birth_dates(one.birth_date, other.birth_date),
                Identifier::Address => addresses(one.address.as_deref(), other.address.as_deref()),
                Identifier::Phone => both(one.phone.as_deref(), other.phone.as_deref(), phone),
                Identifier::Email => both(one.email.as_deref(), other.email.as_deref(), str::to_lowercase),
                Identifier::RecordNumber => record_numbers(&one.record_numbers, &other.record_numbers),
            };
            Compared { identifier: *identifier, agreement, weight: weight(*identifier, agreement) }
        })
        .collect()
}

pub fn total(fields: &[Compared]) -> i32 {
    fields.iter().map(|field| field.weight).sum()
}

/// What agrees. Where nothing agrees outright, what is merely alike counts for nothing; and twins share a birth date, an
/// address and a telephone, so without the name or the record number nothing counts.
pub fn agreeing(fields: &[Compared]) -> BTreeSet<Identifier> {
    let outright = fields.iter().any(|field| field.agreement == Agreement::Same);
    let counts = |agreement| match agreement {
        Agreement::Same => true,
        Agreement::Close(how) => outright && how.counts(),
        Agreement::Different | Agreement::CannotTell => false,
    };
    let agreeing: BTreeSet<_> =
        fields.iter().filter(|field| counts(field.agreement)).map(|field| field.identifier).collect();
    let tells_apart = [Identifier::Name, Identifier::RecordNumber].iter().any(|own| agreeing.contains(own));
    if tells_apart { agreeing } else { BTreeSet::new() }
}

/// Orders candidates, the likeliest first; equal ones stay in the order they came in.
pub fn by_weight<T>(candidates: &mut [T], fields: impl Fn(&T) -> &[Compared]) {
    candidates.sort_by_key(|candidate| Reverse(total(fields(candidate))));
}

/// The day that was meant if day and month were written in the other order; None where that is no other day.
pub fn swapped(day: Date) -> Option<Date> {
    let other = Date::new(day.year(), day.day(), day.month()).ok()?;
    (other != day).then_some(other)
}

/// Two charts that are easily taken for one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lookalike {
    /// The same name and date of birth: two charts of one person, or two people.
    SameNameAndBirthDate,
    /// The same date of birth, and the same family name or address: twins, often.
    PerhapsTwins,
}

/// How two charts are alike, if they are.
pub fn lookalike(one: &Described, other: &Described) -> Option<Lookalike> {
    if birth_dates(one.birth_date, other.birth_date) != Agreement::Same {
        return None;
    }
    let address = addresses(one.address.as_deref(), other.address.as_deref());
    match names::compare(&one.names, &other.names) {
        Agreement::Same | Agreement::Close(Closeness::MoreNames) => Some(Lookalike::SameNameAndBirthDate),
        Agreement::Close(_) => Some(Lookalike::PerhapsTwins),
        _ if address == Agreement::Same => Some(Lookalike::PerhapsTwins),
        _ => None,
    }
}

const fn weight(identifier: Identifier, agreement: Agreement) -> i32 {
    let (same, different) = match identifier {
        Identifier::Name => (95, -50),
        Identifier::BirthDate => (125, -60),
        Identifier::Address => (80, -10),
        Identifier::Phone => (100, -10),
        Identifier::Email => (120, -10),
        // people copy it wrong, and have several: a wrong one speaks hardly against
        Identifier::RecordNumber => (160, -15),
    };
    match agreement {
        Agreement::Same => same,
        Agreement::Different => different,
        Agreement::CannotTell => 0,
        Agreement::Close(how) => match how {
            Closeness::MoreNames => 80,
            Closeness::FormerName | Closeness::SwappedDayAndMonth => 70,
            Closeness::OtherSpelling => 60,
            Closeness::PartOfName => 10,
            Closeness::PartOfDate => 45,
            Closeness::PartOfAddress => 35,
        },
    }
}

fn both(one: Option<&str>, other: Option<&str>, read: impl Fn(&str) -> String) -> Agreement {
    match (one.map(&read).filter(|text| !text.is_empty()), other.map(&read).filter(|text| !text.is_empty())) {
        (Some(one), Some(other)) if one == other => Agreement::Same,
        (Some(_), Some(_)) => Agreement::Different,
        _ => Agreement::CannotTell,
    }
}

/// The last ten digits: with or without the country's code.
fn phone(typed: &str) -> String {
    let digits: Vec<char> = typed.chars().filter(char::is_ascii_digit).collect();
    digits.get(digits.len().saturating_sub(10)..).unwrap_or_default().iter().collect()
}

fn birth_dates(one: Option<Date>, other: Option<Date>) -> Agreement {
    let (Some(one), Some(other)) = (one, other) else { return Agreement::CannotTell };
    let agree = usize::from(one.year() == other.year())
        + usize::from(one.month() == other.month())
        + usize::from(one.day() == other.day());
    match agree {
        3 => Agreement::Same,
        _ if swapped(one) == Some(other) => Agreement::Close(Closeness::SwappedDayAndMonth),
        2 => Agreement::Close(Closeness::PartOfDate),
        _ => Agreement::Different,
    }
}

/// As it is printed or as it is read out: without blanks, hyphens and leading zeros.
fn record_number(number: &str) -> String {
    let plain: String = number.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    plain.trim_start_matches('0').to_owned()
}

fn record_numbers(one: &[String], other: &[String]) -> Agreement {
    let plain = |numbers: &[String]| -> BTreeSet<String> {
        numbers.iter().map(|number| record_number(number)).filter(|number| !number.is_empty()).collect()
    };
    let (one, other) = (plain(one), plain(other));
    if one.is_empty() || other.is_empty() {
        Agreement::CannotTell
    } else if one.is_disjoint(&other) {
        Agreement::Different
    } else {
        Agreement::Same
    }
}

/// Half of the words agree, the house's number among them where both have one: written differently, or moved next door.
fn addresses(one: Option<&str>, other: Option<&str>) -> Agreement {
    let words = |text: Option<&str>| -> BTreeSet<String> {
        text.unwrap_or_default().split_whitespace().map(str::to_owned).collect()
    };
    let (one, other) = (words(one), words(other));
    let common = one.intersection(&other).count();
    if one.is_empty() || other.is_empty() {
        Agreement::CannotTell
    } else if one == other {
        Agreement::Same
    } else if 2 * common >= one.len().min(other.len()) {
        Agreement::Close(Closeness::PartOfAddress)
    } else {
        Agreement::Different
    }
}

#[cfg(test)]
mod tests;
