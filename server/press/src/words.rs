//! What letters, manifests and stamps say, a table for each language. No sentence stands anywhere else in this crate;
//! kinds of records are called what [`domain::words`] calls them, so that a page and its letter agree.

mod en;
mod es;

use domain::document::{Category, DatesOfService, Standing};

use crate::{language::Language, merge::Reason};

/// The table for a language.
pub const fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &en::WORDS,
        Language::Spanish => &es::WORDS,
    }
}

/// Everything that is said in one language.
pub struct Words {
    pub letter: LetterWords,
    pub manifest: ManifestWords,
    pub record: RecordWords,
    pub category: fn(Category) -> &'static str,
    pub beside: fn(Reason) -> &'static str,
    /// Of a document that is not its source's last word.
    pub standing: fn(Standing) -> &'static str,
    /// From when to when a document is about; None where that is not known.
    pub care: fn(DatesOfService) -> Option<String>,
    /// The stamp's place: the words before the number of this page, and between it and the last page's.
    pub page: &'static str,
    pub of: &'static str,
    /// How a bookmark names documents that belong to no visit.
    pub no_visit: &'static str,
}

/// The cover letter.
pub struct LetterWords {
    pub title: &'static str,
    pub request: &'static str,
    pub date: &'static str,
    pub patient: &'static str,
    pub born: &'static str,
    pub record_number: &'static str,
    pub phone: &'static str,
    pub email: &'static str,
    /// Where some of what was asked for is in the copy and some is not.
    pub opening: &'static str,
    pub opening_all: &'static str,
    pub opening_nothing: &'static str,
    pub included: &'static str,
    pub count: fn(u32) -> String,
    pub not_included: &'static str,
    pub not_found: &'static str,
    pub searched: &'static str,
    pub held_elsewhere: &'static str,
    pub ask_there: &'static str,
    pub withheld: &'static str,
    pub review: &'static str,
    pub no_review: &'static str,
    pub rest: &'static str,
    pub rest_how: fn(&str) -> String,
    pub correct: &'static str,
    pub correct_how: fn(&str) -> String,
    pub complain: &'static str,
    pub complain_us: fn(&str, &str) -> String,
    pub complain_hhs: &'static str,
    pub complain_safe: &'static str,
}

/// The list of what a package holds.
pub struct ManifestWords {
    pub title: &'static str,
    pub opening: &'static str,
    pub number: &'static str,
    pub document: &'static str,
    pub dated: &'static str,
    pub category: &'static str,
    pub pages: &'static str,
    pub digest: &'static str,
    pub to: &'static str,
    pub beside: &'static str,
    pub undated: &'static str,
    pub removed: &'static str,
    pub removed_scripts: &'static str,
    pub removed_attachments: &'static str,
    pub removed_media: &'static str,
    pub removed_signatures: &'static str,
    pub missing_pages: &'static str,
}

/// The head of a typeset record.
pub struct RecordWords {
    pub untitled: &'static str,
    pub source: &'static str,
    pub dated: &'static str,
    pub standing: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_calls_records_what_every_page_calls_them() {
        for kind in Category::ALL {
            let said = domain::words::category(kind).patient;
            let called = [Language::English, Language::Spanish].map(|language| (words(language).category)(kind));
            assert_eq!(called, [said.en, said.es]);
        }
    }
}
