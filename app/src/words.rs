//! The pages' own words. What status, notices and letters say lives in `domain`; nothing else stands as a sentence in
//! code. Each slice has one file with its words in both languages and changes no other. Patients' pages are in English
//! and Spanish; what only staff read may be English in both.

mod account;
mod charts;
mod copy;
mod files;
mod front_desk;
mod oversight;
mod requests;
mod sign_in;
mod ui;
mod worklist;

pub use domain::language::Language;

pub use self::{
    account::Account,
    charts::Charts,
    copy::Copy,
    files::{described, size},
    front_desk::FrontDesk,
    oversight::Oversight,
    requests::{Contents, Requests, kind_hint},
    sign_in::SignIn,
    ui::Ui,
    worklist::Worklist,
};

/// Everything in one language. A missing word does not compile.
#[derive(Debug)]
pub struct Words {
    pub ui: Ui,
    pub sign_in: SignIn,
    pub account: Account,
    pub requests: Requests,
    pub front_desk: FrontDesk,
    pub worklist: Worklist,
    pub copy: Copy,
    pub charts: Charts,
    pub oversight: Oversight,
}

pub const fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Spanish => &SPANISH,
    }
}

static ENGLISH: Words = Words {
    ui: ui::ENGLISH,
    sign_in: sign_in::ENGLISH,
    account: account::ENGLISH,
    requests: requests::ENGLISH,
    front_desk: front_desk::ENGLISH,
    worklist: worklist::ENGLISH,
    copy: copy::ENGLISH,
    charts: charts::ENGLISH,
    oversight: oversight::ENGLISH,
};

static SPANISH: Words = Words {
    ui: ui::SPANISH,
    sign_in: sign_in::SPANISH,
    account: account::SPANISH,
    requests: requests::SPANISH,
    front_desk: front_desk::SPANISH,
    worklist: worklist::SPANISH,
    copy: copy::SPANISH,
    charts: charts::SPANISH,
    oversight: oversight::SPANISH,
};

/// A whole number as it is written in both languages of the United States: 12,000.
pub fn number(value: u32) -> String {
    let digits = value.to_string();
    let mut written = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_groups_of_three() {
        let written = [0, 999, 1_000, 12_000, 999_999, 4_294_967_295].map(number);
        assert_eq!(written, ["0", "999", "1,000", "12,000", "999,999", "4,294,967,295"]);
    }

    #[test]
    fn each_language_names_itself() {
        let names: Vec<_> = Language::ALL.iter().map(|language| words(*language).ui.language).collect();
        assert_eq!(names, ["English", "Español"]);
    }
}
