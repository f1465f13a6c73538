//! The form, one question a page: in which order it is asked, and how each answer is read.

use std::fmt;

use jiff::civil::Date;

use super::{Ask, DatesForm, DeliveryMethod, Draft, Part, Scope};
use crate::{
    code::coded,
    form::{
        BirthDate, Contact, EmailAddress, FieldCode, FieldProblem, PersonName, Phone, PostalAddress, Problems, choice,
        former_names, optional_text,
    },
};

coded! {
    /// A question of the form, in the order of the pages; the code stands in its address.
    pub enum AskStep {
        Name = "name",
        BirthDate = "birth-date",
        Contact = "contact",
        Records = "records",
        Dates = "dates",
        Delivery = "delivery",
        /// The one that need not be answered.
        Help = "help",
    }
}

impl AskStep {
    pub fn next(self) -> Option<Self> {
        Self::ALL.iter().copied().find(|step| *step > self)
    }

    pub fn before(self) -> Option<Self> {
        Self::ALL.iter().copied().rev().find(|step| *step < self)
    }

    /// What must be answered before sending; None where nothing must.
    pub const fn part(self) -> Option<Part> {
        match self {
            Self::Name => Some(Part::Name),
            Self::BirthDate => Some(Part::BirthDate),
            Self::Contact => Some(Part::Contact),
            Self::Records => Some(Part::Records),
            Self::Dates => Some(Part::Dates),
            Self::Delivery => Some(Part::Delivery),
            Self::Help => None,
        }
    }

    /// The questions that a draft still lacks an answer to, in the order of the pages.
    pub fn missing_of(draft: &Draft) -> Vec<Self> {
        let missing = draft.missing();
        Self::ALL.iter().copied().filter(|step| step.part().is_some_and(|part| missing.contains(&part))).collect()
    }
}

/// One page's fields as they were typed.
#[derive(Clone, PartialEq, Eq)]
pub enum Answer {
    Name {
        name: String,
        former_names: String,
    },
    /// Month, day, year.
    BirthDate([String; 3]),
    /// `postal`: two lines, city, state, ZIP code.
    Contact {
        email: String,
        phone: String,
        postal: [String; 5],
    },
    Records {
        scope: String,
        categories: Vec<String>,
    },
    Dates {
        preset: String,
        from: [String; 3],
        to: [String; 3],
    },
    Delivery(String),
    Help(String),
}

/// What people typed stays out of logs.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Answer({})", self.step().code())
    }
}

impl Answer {
    pub const fn step(&self) -> AskStep {
        match self {
            Self::Name { .. } => AskStep::Name,
            Self::BirthDate(_) => AskStep::BirthDate,
            Self::Contact { .. } => AskStep::Contact,
            Self::Records { .. } => AskStep::Records,
            Self::Dates { .. } => AskStep::Dates,
            Self::Delivery(_) => AskStep::Delivery,
            Self::Help(_) => AskStep::Help,
        }
    }

    /// The draft with this answer in it. `today` is the facility's local date.
    pub fn write_into(&self, draft: Draft, today: Date) -> Result<Draft, Vec<FieldProblem>> {
        match self {
            Self::Name { name, former_names: former } => {
                let mut problems = Problems::default();
                let name = problems.take("name", PersonName::parse(name));
                let former = problems.take("former_names", former_names(former));
                let (name, former_names) = problems.finish(name.zip(former))?;
                Ok(Draft { name: Some(name), former_names, ..draft })
            }
            Self::BirthDate([month, day, year]) => {
                Ok(Draft { birth_date: Some(BirthDate::parse("birth", month, day, year, today)?), ..draft })
            }
            Self::Contact { email, phone, postal } => {
                Ok(Draft { contact: Some(contact(email, phone, postal)?), ..draft })
            }
            Self::Records { scope, categories } => {
                let field = if scope.trim() == "chosen" { "categories" } else { "scope" };
                let scope = Scope::parse(scope, categories).map_err(|code| at(field, code))?;
                Ok(Draft { scope: Some(scope), ..draft })
            }
            Self::Dates { preset, from, to } => {
                let form = DatesForm {
                    preset,
                    from: from.each_ref().map(String::as_str),
                    to: to.each_ref().map(String::as_str),
                };
                Ok(Draft { dates: Some(form.parse(today)?), ..draft })
            }
            Self::Delivery(method) => {
                let method = choice(method, DeliveryMethod::from_code).map_err(|code| at("delivery", code))?;
                Ok(Draft { delivery: Some(method), ..draft })
            }
            Self::Help(text) => {
                let help = optional_text(text, Ask::LONGEST_HELP).map_err(|code| at("help", code))?;
                Ok(Draft { help, ..draft })
            }
        }
    }
}

/// A telephone alone is not enough: the law's answer is written.
fn contact(email: &str, phone: &str, postal: &[String; 5]) -> Result<Contact, Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let email = optional(email, EmailAddress::parse, &mut problems, "email");
    let phone = optional(phone, Phone::parse, &mut problems, "phone");
    let [line1, line2, city, state, zip] = postal.each_ref().map(String::as_str);
    let postal = problems.take_all(PostalAddress::parse(line1, line2, city, state, zip));
    let all = email.zip(phone).zip(postal);
    let contact = all.and_then(|((email, phone), postal)| problems.take("email", Contact::new(email, phone, postal)));
    if contact.as_ref().is_some_and(|contact| !contact.can_be_written_to()) {
        problems.note("email", FieldCode::AddressNeeded);
    }
    problems.finish(contact)
}

#[expect(clippy::option_option, reason = "a problem, nothing typed, and a value are three things")]
fn optional<T>(
    typed: &str,
    read: impl Fn(&str) -> Result<T, FieldCode>,
    problems: &mut Problems,
    field: &str,
) -> Option<Option<T>> {
    if typed.trim().is_empty() { Some(None) } else { problems.take(field, read(typed)).map(Some) }
}

fn at(field: &str, code: FieldCode) -> Vec<FieldProblem> {
    vec![FieldProblem { field: field.to_owned(), code }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 3, 3);

    fn text<const N: usize>(parts: [&str; N]) -> [String; N] {
        parts.map(str::to_owned)
    }

    fn codes(answer: &Answer) -> Vec<(String, FieldCode)> {
        let problems = answer.write_into(Draft::default(), TODAY).unwrap_err();
        problems.into_iter().map(|problem| (problem.field, problem.code)).collect()
    }

    #[test]
    fn the_questions_follow_each_other_and_each_that_must_be_answered_is_asked() {
        assert_eq!(AskStep::Name.before(), None);
        assert_eq!(AskStep::Name.next(), Some(AskStep::BirthDate));
        assert_eq!(AskStep::Help.next(), None);
        let asked: Vec<_> = AskStep::ALL.iter().filter_map(|step| step.part()).collect();
        assert_eq!(asked.len(), Part::ALL.len());
        assert_eq!(AskStep::missing_of(&Draft::default()).len(), asked.len());
    }

    #[test]
    fn every_problem_of_a_page_is_found_and_an_answer_changes_its_own_question_only() {
        let postal = text(["1 Elm Street", "", "", "", "1"]);
        let wrong = Answer::Contact { email: "ana".into(), phone: "1".into(), postal };
        let fields: Vec<_> = codes(&wrong).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["email", "phone", "city", "state", "zip"]);

        let before = Draft { dates: Some(crate::form::DateRange::EVERYTHING), ..Draft::default() };
        let name = Answer::Name { name: "Ana Ruiz".into(), former_names: "Ana Soto; Ana Lee".into() };
        let after = name.write_into(before.clone(), TODAY).unwrap();
        assert_eq!(after.former_names.len(), 2);
        assert_eq!(after.dates, before.dates);
    }

    #[test]
    fn a_telephone_alone_cannot_be_written_to() {
        let postal = || text(["", "", "", "", ""]);
        let phone = Answer::Contact { email: String::new(), phone: "312 555 0142".into(), postal: postal() };
        assert_eq!(codes(&phone), [("email".to_owned(), FieldCode::AddressNeeded)]);
        let none = Answer::Contact { email: " ".into(), phone: String::new(), postal: postal() };
        assert_eq!(codes(&none), [("email".to_owned(), FieldCode::ContactNeeded)]);
    }

    #[test]
    fn a_choice_of_kinds_without_a_kind_is_mended_at_the_kinds() {
        let none = Answer::Records { scope: "chosen".into(), categories: vec![] };
        assert_eq!(codes(&none), [("categories".to_owned(), FieldCode::NothingChosen)]);
        let nothing = Answer::Records { scope: String::new(), categories: vec!["lab".into()] };
        assert_eq!(codes(&nothing), [("scope".to_owned(), FieldCode::NothingChosen)]);
    }

    #[test]
    fn what_was_typed_is_not_in_the_debug_text() {
        let answer = Answer::Name { name: "Ana Ruiz".into(), former_names: String::new() };
        assert_eq!(format!("{answer:?}"), "Answer(name)");
    }
}
