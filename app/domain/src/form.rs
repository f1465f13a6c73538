//! What people type becomes values here, once, at the edge; inside, a value is already right.
//! Every problem of a form is found, not the first only. A problem is a field's name and a code:
//! it never holds what was typed.

mod birth_date;
mod contact;
mod name;
mod password;
mod postal;
mod range;
mod text;

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use birth_date::{BirthDate, date_from_fields};
pub use contact::{Contact, EmailAddress, Phone};
pub use name::{PersonName, former_names, signed_name};
pub use password::Password;
pub use postal::PostalAddress;
pub use range::DateRange;
pub use text::{RecordNumber, optional_text, required_text};

use crate::code::coded;

coded! {
    /// What is wrong with a field. The sentence, and what to do, stand in [`crate::words`].
    pub enum FieldCode {
        Missing = "missing",
        TooLong = "too_long",
        ControlCharacters = "control_characters",
        NotAChoice = "not_a_choice",
        NothingChosen = "nothing_chosen",
        NoLetters = "no_letters",
        TooManyNames = "too_many_names",
        DateNotReal = "date_not_real",
        MonthNotRead = "month_not_read",
        DayNotRead = "day_not_read",
        YearNotRead = "year_not_read",
        YearTwoDigits = "year_two_digits",
        DateInFuture = "date_in_future",
        DateTooLongAgo = "date_too_long_ago",
        RangeReversed = "range_reversed",
        EmailNoAt = "email_no_at",
        EmailNotComplete = "email_not_complete",
        PhoneDigits = "phone_digits",
        AddressIncomplete = "address_incomplete",
        StateNotRead = "state_not_read",
        ZipNotRead = "zip_not_read",
        ContactNeeded = "contact_needed",
        /// A telephone alone: nothing can be sent there.
        AddressNeeded = "address_needed",
        SignatureDiffers = "signature_differs",
        PasswordTooShort = "password_too_short",
        PasswordTooLong = "password_too_long",
        /// It is on the list of passwords that are tried first; the office looks.
        PasswordCommon = "password_common",
        PasswordWrong = "password_wrong",
        PasswordsDiffer = "passwords_differ",
        CodeWrong = "code_wrong",
        EmailOrPasswordWrong = "email_or_password_wrong",
        NumberNotDigits = "number_not_digits",
        NumberLength = "number_length",
        NumberMistyped = "number_mistyped",
        KeyNotRead = "key_not_read",
        SystemsMissing = "systems_missing",
        OffSiteUnchecked = "off_site_unchecked",
        TwoNeeded = "two_needed",
        FileMissing = "file_missing",
        FileTooBig = "file_too_big",
        FileKind = "file_kind",
        FileUnreadable = "file_unreadable",
        /// Apple's own format, which few programs read.
        FileHeic = "file_heic",
        FileAnimated = "file_animated",
        /// Its end is missing.
        FileCut = "file_cut",
        FileLocked = "file_locked",
        EvidenceTooManyPages = "evidence_too_many_pages",
        ScanTooManyPages = "scan_too_many_pages",
    }
}

impl fmt::Display for FieldCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for FieldCode {}

/// One thing to mend, beside the field it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    pub field: String,
    pub code: FieldCode,
}

/// Gathers a form's problems while its fields are read.
///
/// ```
/// use domain::form::{PersonName, Problems};
/// let mut problems = Problems::default();
/// let name = problems.take("full_name", PersonName::parse(""));
/// assert!(name.is_none());
/// assert_eq!(problems.into_vec()[0].field, "full_name");
/// ```
#[derive(Debug, Default)]
pub struct Problems(Vec<FieldProblem>);

impl Problems {
    /// The value, or None with the problem noted.
    pub fn take<T>(&mut self, field: &str, read: Result<T, FieldCode>) -> Option<T> {
        read.map_err(|code| self.note(field, code)).ok()
    }

    /// As [`Self::take`], for a reader that names its own fields (a date in three parts).
    pub fn take_all<T>(&mut self, read: Result<T, Vec<FieldProblem>>) -> Option<T> {
        read.map_err(|more| self.0.extend(more)).ok()
    }

    pub fn note(&mut self, field: &str, code: FieldCode) {
        self.0.push(FieldProblem { field: field.to_owned(), code });
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn into_vec(self) -> Vec<FieldProblem> {
        self.0
    }

    /// `read` once every part of it is there; otherwise what is to be mended.
    pub fn finish<T>(self, read: Option<T>) -> Result<T, Vec<FieldProblem>> {
        match read {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(self.0),
        }
    }
}

/// A code that a form posts as one of a closed list.
pub fn choice<T>(typed: &str, from_code: impl Fn(&str) -> Option<T>) -> Result<T, FieldCode> {
    match typed.trim() {
        "" => Err(FieldCode::NothingChosen),
        code => from_code(code).ok_or(FieldCode::NotAChoice),
    }
}

/// The key that makes a form posted twice one act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct IdempotencyKey(pub Uuid);

impl IdempotencyKey {
    pub fn parse(typed: &str) -> Result<Self, FieldCode> {
        Uuid::try_parse(typed.trim()).map(Self).map_err(|_| FieldCode::KeyNotRead)
    }
}

/// A person never gets into a log by way of `{:?}`.
macro_rules! unprinted {
    ($($name:ident),*) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    )*};
}
use unprinted;

/// White space at the ends gone, runs of it one space.
fn one_line(typed: &str) -> String {
    typed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters that do not print, or that make what follows read backwards: what a page shows must be what is stored.
fn misleads(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_key_is_a_uuid() {
        assert!(IdempotencyKey::parse(" 018f2b6e-1111-7222-8333-444455556666 ").is_ok());
        assert_eq!(IdempotencyKey::parse("1"), Err(FieldCode::KeyNotRead));
    }

    #[test]
    fn an_empty_choice_is_not_a_wrong_one() {
        assert_eq!(choice("", crate::language::Language::from_code), Err(FieldCode::NothingChosen));
        assert_eq!(choice("fr", crate::language::Language::from_code), Err(FieldCode::NotAChoice));
    }

    fn read_everything(typed: &str) {
        let today = jiff::civil::date(2026, 3, 3);
        let _ = PersonName::parse(typed);
        let _ = former_names(typed);
        let _ = BirthDate::parse("birth", typed, typed, typed, today);
        let _ = BirthDate::parse("birth", typed, "", "", today);
        let _ = EmailAddress::parse(typed);
        let _ = Phone::parse(typed);
        let _ = PostalAddress::parse(typed, typed, typed, typed, typed);
        let _ = RecordNumber::parse(typed);
        let _ = Password::parse(typed);
        let _ = IdempotencyKey::parse(typed);
        let _ = crate::number::RequestNumber::parse(typed);
        if let Ok(text) = required_text(typed, 500) {
            assert!(!text.is_empty() && text.chars().count() <= 500);
        }
        if let Ok(name) = PersonName::parse(typed) {
            assert_eq!(PersonName::parse(name.as_str()).as_ref(), Ok(&name), "reading a name twice changes nothing");
            assert_eq!(signed_name(typed, &name), Ok(name.as_str().to_owned()));
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_any_reader(typed in "\\PC*|.*") {
            read_everything(&typed);
        }
    }

    #[test]
    fn the_big_list_of_naughty_strings_breaks_no_reader() {
        let Ok(folder) = std::env::var("PORTAL_TEST_DATA") else {
            eprintln!("SKIPPED: PORTAL_TEST_DATA names no folder with real input");
            return;
        };
        let list = std::fs::read_to_string(format!("{folder}/names/naughty-strings.json"))
            .expect("PORTAL_TEST_DATA has this file");
        let list: Vec<String> = serde_json::from_str(&list).unwrap();
        assert!(list.len() > 200);
        for typed in &list {
            read_everything(typed);
        }
    }
}
