//! The answers of a request as a list, the same before and after it was sent.

use domain::{
    ask::{AskStep, DeliveryMethod, Scope},
    form::{BirthDate, Contact, DateRange, PersonName},
    words::{category, date, delivery_method, draft_part, scope},
};

use super::tried::Tried;
use crate::{ui::Answer, words::Language};

/// What there is to list, sent or not.
pub(super) struct Answers<'a> {
    pub(super) name: Option<&'a PersonName>,
    pub(super) former_names: &'a [PersonName],
    pub(super) birth_date: Option<BirthDate>,
    pub(super) contact: Option<&'a Contact>,
    pub(super) scope: Option<&'a Scope>,
    pub(super) dates: Option<DateRange>,
    pub(super) delivery: Option<DeliveryMethod>,
    pub(super) help: Option<&'a str>,
}

/// `change`: the address before the question's own, where an answer can still be changed.
pub(super) fn rows(answers: &Answers<'_>, change: Option<&str>, tried: &Tried) -> Vec<Answer> {
    let (words, language) = (tried.words, tried.language);
    let row = |question: &str, step: AskStep, lines: Vec<String>| Answer {
        question: question.to_owned(),
        lines,
        change: change.map(|before| format!("{before}/{}?change=1", step.code())),
    };
    let asked = |step: AskStep, lines| {
        row(step.part().map_or(words.check.help, |part| draft_part(part).to(language)), step, lines)
    };
    let lines = |text: Option<String>| text.into_iter().collect::<Vec<_>>();
    vec![
        asked(AskStep::Name, lines(answers.name.map(ToString::to_string))),
        row(words.check.former, AskStep::Name, answers.former_names.iter().map(ToString::to_string).collect()),
        asked(AskStep::BirthDate, lines(answers.birth_date.map(|born| date(born.0, language)))),
        asked(AskStep::Contact, answers.contact.map(reached).unwrap_or_default()),
        asked(AskStep::Records, answers.scope.map(|scope| records(scope, language)).unwrap_or_default()),
        asked(AskStep::Dates, lines(answers.dates.map(|range| dates(range, tried)))),
        asked(AskStep::Delivery, lines(answers.delivery.map(|way| delivery_method(way).to(language).to_owned()))),
        asked(AskStep::Help, answers.help.map(|help| help.lines().map(str::to_owned).collect()).unwrap_or_default()),
    ]
}

fn reached(contact: &Contact) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    lines.extend(contact.email().map(|email| email.as_str().to_owned()));
    lines.extend(contact.phone().map(|phone| phone.as_str().to_owned()));
    if let Some(postal) = contact.postal() {
        lines.push(postal.line1.clone());
        lines.extend(postal.line2.clone());
        lines.push(format!("{}, {} {}", postal.city, postal.state, postal.zip));
    }
    lines
}

fn records(of: &Scope, language: Language) -> Vec<String> {
    match of {
        Scope::Everything => vec![scope(of).to(language).to_owned()],
        Scope::Chosen(chosen) => {
            chosen.categories().iter().map(|kind| category(*kind).patient.to(language).to_owned()).collect()
        }
    }
}

fn dates(range: DateRange, tried: &Tried) -> String {
    let (words, language) = (&tried.words.check, tried.language);
    match (range.from(), range.to()) {
        (None, None) => tried.words.ask.all_dates.to_owned(),
        (Some(from), None) => (words.from)(&date(from, language)),
        (None, Some(to)) => (words.until)(&date(to, language)),
        (Some(from), Some(to)) => (words.between)(&date(from, language), &date(to, language)),
    }
}
