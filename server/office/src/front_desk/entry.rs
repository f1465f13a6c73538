//! The entry form as it was typed, and how it is read: all problems at once, each at its field.

use std::fmt;

use domain::{
    ask::{Applicant, Ask, DatesForm, DeliveryMethod, Format, Scope, Sites},
    form::{
        BirthDate, Contact, EmailAddress, FieldCode, FieldProblem, PersonName, Phone, PostalAddress, Problems,
        RecordNumber, choice, date_from_fields, former_names, optional_text,
    },
    ids::BlobId,
    language::Language,
    request::Channel,
};
use jiff::civil::Date;

/// Dates are month, day and year; the address is two lines, city, state and ZIP code.
#[derive(Clone, Default)]
pub struct EntryTyped {
    pub channel: String,
    /// Of what came on paper: the ids of its scanned pages, with points between.
    pub scan: String,
    pub received: [String; 3],
    pub late_reason: String,
    pub name: String,
    pub former_names: String,
    pub birth: [String; 3],
    pub record_number: String,
    pub email: String,
    pub phone: String,
    pub postal: [String; 5],
    pub scope: String,
    pub categories: Vec<String>,
    pub dates: String,
    pub from: [String; 3],
    pub to: [String; 3],
    pub language: String,
    pub help: String,
}

/// What people typed stays out of logs.
impl fmt::Debug for EntryTyped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EntryTyped(..)")
    }
}

/// The form as it was read.
pub(super) struct Read {
    pub(super) channel: Channel,
    pub(super) scan: Vec<BlobId>,
    pub(super) received_on: Date,
    pub(super) late_reason: Option<String>,
    pub(super) ask: Ask,
    pub(super) applicant: Applicant,
}

const LONGEST_REASON: usize = 500;
/// Of one form on paper.
const MOST_PAGES: usize = 40;

impl EntryTyped {
    /// `today`: the facility's local date.
    pub(super) fn read(&self, today: Date) -> Result<Read, Vec<FieldProblem>> {
        let mut problems = Problems::default();
        let channel = problems.take("channel", choice(&self.channel, by_desk));
        let scan = problems.take("scan", self.pages());
        if channel == Some(Channel::Paper) && scan.as_ref().is_some_and(Vec::is_empty) {
            problems.note("scan", FieldCode::FileMissing);
        }
        let received_on = problems.take_all(received(&self.received, today));
        let late_reason = problems.take("late_reason", optional_text(&self.late_reason, LONGEST_REASON));
        let applicant = self.applicant(&mut problems, today);
        let ask = self.ask(&mut problems, today);
        let read = (|| {
            Some(Read {
                channel: channel?,
                scan: scan?,
                received_on: received_on?,
                late_reason: late_reason?,
                ask: ask?,
                applicant: applicant?,
            })
        })();
        problems.finish(read)
    }

    fn applicant(&self, problems: &mut Problems, today: Date) -> Option<Applicant> {
        let name = problems.take("name", PersonName::parse(&self.name));
        let former_names = problems.take("former_names", former_names(&self.former_names));
        let [month, day, year] = self.birth.each_ref().map(String::as_str);
        let birth_date = problems.take_all(BirthDate::parse("birth", month, day, year, today));
        let record_number = problems.take("record_number", RecordNumber::parse(&self.record_number));
        let contact = self.contact(problems);
        Some(Applicant {
            name: name?,
            former_names: former_names?,
            birth_date: birth_date?,
            contact: contact?,
            record_number: record_number?,
        })
    }

    fn pages(&self) -> Result<Vec<BlobId>, FieldCode> {
        let ids = self.scan.split('.').map(str::trim).filter(|id| !id.is_empty());
        let pages: Vec<BlobId> =
            ids.map(|id| id.parse().map_err(|_| FieldCode::FileMissing)).collect::<Result<_, _>>()?;
        if pages.len() > MOST_PAGES { Err(FieldCode::FileTooBig) } else { Ok(pages) }
    }

    /// A telephone is enough: what is written is printed and handed over.
    fn contact(&self, problems: &mut Problems) -> Option<Contact> {
        let email = typed(&self.email, EmailAddress::parse, problems, "email");
        let phone = typed(&self.phone, Phone::parse, problems, "phone");
        let [line1, line2, city, state, zip] = self.postal.each_ref().map(String::as_str);
        let postal = problems.take_all(PostalAddress::parse(line1, line2, city, state, zip));
        let (email, phone, postal) = (email?, phone?, postal?);
        problems.take("phone", Contact::new(email, phone, postal))
    }

    fn ask(&self, problems: &mut Problems, today: Date) -> Option<Ask> {
        let field = if self.scope.trim() == "chosen" { "categories" } else { "scope" };
        let scope = problems.take(field, Scope::parse(&self.scope, &self.categories));
        let dates = DatesForm {
            preset: &self.dates,
            from: self.from.each_ref().map(String::as_str),
            to: self.to.each_ref().map(String::as_str),
        };
        let dates = problems.take_all(dates.parse(today));
        let language = problems.take("language", choice(&self.language, Language::from_code));
        let help = problems.take("help", optional_text(&self.help, Ask::LONGEST_HELP));
        Some(Ask {
            scope: scope?,
            dates: dates?,
            sites: Sites::All,
            language: language?,
            format: Format::Pdf,
            // without an account there is nowhere else to go
            delivery: DeliveryMethod::PickUp,
            help: help?,
        })
    }
}

/// The ways that the desk can enter: the portal is the person's own.
fn by_desk(code: &str) -> Option<Channel> {
    Channel::from_code(code).filter(|channel| *channel != Channel::Portal)
}

fn received([month, day, year]: &[String; 3], today: Date) -> Result<Date, Vec<FieldProblem>> {
    let at = |code| vec![FieldProblem { field: "received_month".to_owned(), code }];
    match date_from_fields("received", month, day, year)? {
        None => Err(at(FieldCode::Missing)),
        Some(on) if on > today => Err(at(FieldCode::DateInFuture)),
        Some(on) => Ok(on),
    }
}

#[expect(clippy::option_option, reason = "a problem, nothing typed, and a value are three things")]
fn typed<T>(
    text: &str,
    read: impl Fn(&str) -> Result<T, FieldCode>,
    problems: &mut Problems,
    field: &str,
) -> Option<Option<T>> {
    if text.trim().is_empty() { Some(None) } else { problems.take(field, read(text)).map(Some) }
}
