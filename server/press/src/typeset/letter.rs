//! The cover letter: what is in the copy, what is not and why, and what the reader can do next.
//!
//! What it must say: where to direct a request for what is held elsewhere (45 CFR 164.524(d)(3)); the basis of a
//! denial, the right to its review, and how to complain to the facility and to HHS (164.524(d)(2)); how to ask for a
//! correction (164.526).

use domain::document::{Category, DatesOfService, Whose};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Typeset, Unprintable,
    world::{plain, print, ymd},
};
use crate::{language::Language, words::words};

const TEMPLATE: &str = concat!(include_str!("page.typ"), include_str!("letter.typ"));

/// Everything a cover letter says that is not a sentence of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub language: Language,
    pub facility: Facility,
    /// As people say it aloud, with its check digit.
    pub request_number: String,
    /// Name and address, line by line.
    pub recipient: Vec<String>,
    pub patient: Whose,
    pub date: Date,
    /// Empty when nothing can be given: then the letter goes alone and opens so.
    pub included: Vec<Included>,
    pub not_included: Vec<NotIncluded>,
}

/// Who answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facility {
    pub name: String,
    pub address: Vec<String>,
    pub phone: String,
    pub email: Option<String>,
    /// Who takes complaints about privacy and access.
    pub complaints: Contact,
}

/// A person or an office, with a telephone number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub title: String,
    pub phone: String,
}

/// One line of what is in the copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Included {
    pub category: Category,
    /// How many documents.
    pub count: u32,
    /// From when to when all of them together are about.
    pub care: DatesOfService,
}

/// One thing that was asked for and is not in the copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotIncluded {
    /// As the requester named it.
    pub what: String,
    pub why: WhyNot,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyNot {
    /// The places and dates that were searched.
    NotFound { searched: Vec<String> },
    /// Who has it, and how to reach them.
    HeldElsewhere { ask: Vec<String> },
    /// Denied, in whole or in part.
    Withheld { basis: String, reviewable: bool },
}

/// Typesets the letter, in the letter's language.
///
/// # Errors
/// [`Unprintable`]: the letter is longer than a document may be, or cannot be laid out.
pub fn letter(letter: &Letter) -> Result<Typeset, Unprintable> {
    let table = words(letter.language);
    let words = &table.letter;
    let one_line = |text: &str| plain(text).replace('\n', " ");
    let mut facts = vec![
        (words.request, one_line(&letter.request_number)),
        (words.date, letter.language.date(letter.date)),
        (words.patient, one_line(&letter.patient.name)),
    ];
    if let Some(born) = letter.patient.born {
        facts.push((words.born, letter.language.date(born)));
    }
    if let Some(number) = &letter.patient.record_number {
        facts.push((words.record_number, one_line(number)));
    }
    // Every page of the letter says whose it is, as every page of the copy must.
    let head = facts[2..].iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("   ");
    let facility = &letter.facility;
    let complaints = &facility.complaints;
    let sheet = Sheet {
        title: words.title,
        date: Some(ymd(letter.date)),
        lang: letter.language.code(),
        head: Some(head),
        foot: format!("{} {}", words.request, one_line(&letter.request_number)),
        page: table.page,
        of: table.of,
        words: Labels { phone: words.phone, email: words.email, included: words.included, missing: words.not_included },
        facility: Sender {
            name: one_line(&facility.name),
            address: facility.address.iter().map(|line| one_line(line)).collect(),
            phone: one_line(&facility.phone),
            email: facility.email.as_deref().map(one_line),
        },
        recipient: letter.recipient.iter().map(|line| one_line(line)).collect(),
        facts,
        opening: match (letter.included.is_empty(), letter.not_included.is_empty()) {
            (true, _) => words.opening_nothing,
            (false, true) => words.opening_all,
            (false, false) => words.opening,
        },
        included: letter.included.iter().map(|line| included(line, letter.language)).collect(),
        missing: letter.not_included.iter().map(|part| missing(part, letter.language)).collect(),
        sections: vec![
            (words.rest, vec![(words.rest_how)(&one_line(&facility.phone))]),
            (words.correct, vec![(words.correct_how)(&one_line(&facility.phone))]),
            (
                words.complain,
                vec![
                    (words.complain_us)(&one_line(&complaints.title), &one_line(&complaints.phone)),
                    words.complain_hhs.to_owned(),
                    words.complain_safe.to_owned(),
                ],
            ),
        ],
    };
    print(TEMPLATE, &sheet)
}

#[derive(Serialize)]
struct Sheet {
    title: &'static str,
    date: Option<[i16; 3]>,
    lang: &'static str,
    head: Option<String>,
    foot: String,
    page: &'static str,
    of: &'static str,
    words: Labels,
    facility: Sender,
    recipient: Vec<String>,
    facts: Vec<(&'static str, String)>,
    opening: &'static str,
    included: Vec<String>,
    missing: Vec<Missing>,
    sections: Vec<(&'static str, Vec<String>)>,
}

#[derive(Serialize)]
struct Labels {
    phone: &'static str,
    email: &'static str,
    included: &'static str,
    missing: &'static str,
}

#[derive(Serialize)]
struct Sender {
    name: String,
    address: Vec<String>,
    phone: String,
    email: Option<String>,
}

#[derive(Serialize)]
struct Missing {
    what: String,
    why: String,
    list: Vec<String>,
    after: Option<&'static str>,
}

fn included(line: &Included, language: Language) -> String {
    let table = words(language);
    let what = format!("{}: {}", (table.category)(line.category), (table.letter.count)(line.count));
    match (table.care)(line.care) {
        Some(dated) => format!("{what}, {dated}"),
        None => what,
    }
}

fn missing(part: &NotIncluded, language: Language) -> Missing {
    let words = &words(language).letter;
    let list = |lines: &[String]| lines.iter().map(|line| plain(line)).collect();
    let what = plain(&part.what).replace('\n', " ");
    match &part.why {
        WhyNot::NotFound { searched } => Missing {
            what,
            why: if searched.is_empty() {
                words.not_found.to_owned()
            } else {
                format!("{} {}", words.not_found, words.searched)
            },
            list: list(searched),
            after: None,
        },
        WhyNot::HeldElsewhere { ask } => Missing {
            what,
            why: if ask.is_empty() {
                words.held_elsewhere.to_owned()
            } else {
                format!("{} {}", words.held_elsewhere, words.ask_there)
            },
            list: list(ask),
            after: None,
        },
        WhyNot::Withheld { basis, reviewable } => Missing {
            what,
            why: words.withheld.to_owned(),
            list: vec![plain(basis)],
            after: Some(if *reviewable { words.review } else { words.no_review }),
        },
    }
}
