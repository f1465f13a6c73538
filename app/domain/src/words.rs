//! What the office says, in every language it speaks: the one place for what status, timeline, notices, refusals and
//! fields say, so that every page, letter and voice says the same. Plain words, at about the reading age of twelve;
//! Spanish as spoken in the United States, addressed as usted. Both languages of a sentence stand side by side, so that
//! one cannot be added without the other.

mod account_mail;
mod categories;
mod fields;
mod notices;
mod refusals;
mod requests;
pub mod staff;
mod status;
mod timeline;

use jiff::civil::{Date, Time};

pub use account_mail::account_mail;
pub use categories::{CategoryWords, category};
pub use fields::field_problem;
pub use notices::message;
pub use refusals::refusal;
pub use requests::{
    channel, delivery_method, draft_part, outcome, question_reason, scope, scope_choice, statement, step, way_to_answer,
};
pub use staff::{
    closeness, error_code, evidence_kind, fail_reason, identifier, item_state, leave_out_reason, lookalike, method,
    off_site, page_check, role,
};
pub use status::{StatusText, clock_text, headline, status_sentence};
pub use timeline::entry;

use crate::{document::DatesOfService, language::Language};

/// A sentence in each language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    pub en: &'static str,
    pub es: &'static str,
}

impl Said {
    pub const fn to(self, language: Language) -> &'static str {
        match language {
            Language::English => self.en,
            Language::Spanish => self.es,
        }
    }
}

pub(crate) const fn said(en: &'static str, es: &'static str) -> Said {
    Said { en, es }
}

/// A date written out: "March 3, 2026", "3 de marzo de 2026".
pub fn date(day: Date, language: Language) -> String {
    const MONTHS: [Said; 12] = [
        said("January", "enero"),
        said("February", "febrero"),
        said("March", "marzo"),
        said("April", "abril"),
        said("May", "mayo"),
        said("June", "junio"),
        said("July", "julio"),
        said("August", "agosto"),
        said("September", "septiembre"),
        said("October", "octubre"),
        said("November", "noviembre"),
        said("December", "diciembre"),
    ];
    let month = usize::try_from(day.month()).ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
    let month = month.map_or("", |month| month.to(language));
    match language {
        Language::English => format!("{month} {}, {}", day.day(), day.year()),
        Language::Spanish => format!("{} de {month} de {}", day.day(), day.year()),
    }
}

/// From when to when a document is about: one day, "March 3, 2024 – March 3, 2026", "since March 3, 2024". None where
/// that is not known. What lasted is not said to be of its first day alone.
pub fn care(care: DatesOfService, language: Language) -> Option<String> {
    let day = |day| date(day, language);
    Some(match (care.first, care.last) {
        (None, None) => return None,
        (Some(first), Some(last)) if first == last => day(first),
        (Some(first), Some(last)) => format!("{} – {}", day(first), day(last)),
        (Some(first), None) => format!("{} {}", said("since", "desde el").to(language), day(first)),
        (None, Some(last)) => format!("{} {}", said("until", "hasta el").to(language), day(last)),
    })
}

/// A time of day written out: "4:05 pm", "4:05 p. m.".
pub fn time_of_day(time: Time, language: Language) -> String {
    let half = if time.hour() < 12 { said("am", "a. m.") } else { said("pm", "p. m.") };
    let hour = match time.hour() % 12 {
        0 => 12,
        hour => hour,
    };
    format!("{hour}:{:02} {}", time.minute(), half.to(language))
}

/// A time of day behind "at" or "until": in Spanish with its article, which one o'clock has for itself.
pub fn time_in_sentence(time: Time, language: Language) -> String {
    let written = time_of_day(time, language);
    match language {
        Language::English => written,
        Language::Spanish if time.hour() % 12 == 1 => format!("la {written}"),
        Language::Spanish => format!("las {written}"),
    }
}

/// "1 day", "2 days"; "1 día", "2 días".
pub fn days(count: i32, language: Language) -> String {
    counted(count.unsigned_abs(), said("day", "d\u{ed}a"), said("days", "d\u{ed}as"), language)
}

/// "1 page", "2 pages"; "1 página", "2 páginas".
pub fn pages(count: u32, language: Language) -> String {
    counted(count, said("page", "p\u{e1}gina"), said("pages", "p\u{e1}ginas"), language)
}

fn counted(count: u32, one: Said, many: Said, language: Language) -> String {
    let word = if count == 1 { one } else { many };
    format!("{count} {}", word.to(language))
}

/// A sentence or a subject begins with a capital, whatever stands first in it.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        document::Category,
        form::FieldCode,
        matching::Closeness,
        package::{ErrorCode, FailReason, LeaveOutReason, PageCheck},
        question::{QuestionReason, WayToAnswer},
        refusal::Refusal,
        request::{Channel, Outcome},
        status::{Headline, Step},
        verification::{EvidenceKind, Identifier},
    };

    /// Every fixed sentence of the catalogues.
    fn all() -> Vec<(&'static str, Said)> {
        let mut all = Vec::new();
        all.extend(Refusal::ALL.iter().map(|it| (it.code(), refusal(*it))));
        all.extend(FieldCode::ALL.iter().map(|it| (it.code(), field_problem(*it))));
        all.extend(
            Category::ALL.iter().flat_map(|it| [(it.code(), category(*it).patient), (it.code(), category(*it).clerk)]),
        );
        all.extend(Headline::ALL.iter().map(|it| (it.code(), headline(*it))));
        all.extend(Headline::ALL.iter().map(|it| (it.code(), staff::headline(*it))));
        all.extend(Step::ALL.iter().map(|it| (it.code(), step(*it))));
        all.extend(Outcome::ALL.iter().map(|it| (it.code(), outcome(*it))));
        all.extend(Channel::ALL.iter().map(|it| (it.code(), channel(*it))));
        all.extend(QuestionReason::ALL.iter().map(|it| (it.code(), question_reason(*it))));
        all.extend(WayToAnswer::ALL.iter().map(|it| (it.code(), way_to_answer(*it))));
        all.extend(PageCheck::ALL.iter().map(|it| (it.code(), page_check(*it))));
        all.extend(ErrorCode::ALL.iter().map(|it| (it.code(), error_code(*it))));
        all.extend(LeaveOutReason::ALL.iter().map(|it| (it.code(), leave_out_reason(*it))));
        all.extend(FailReason::ALL.iter().map(|it| (it.code(), fail_reason(*it))));
        all.extend(EvidenceKind::ALL.iter().map(|it| (it.code(), evidence_kind(*it))));
        all.extend(Identifier::ALL.iter().map(|it| (it.code(), identifier(*it))));
        all.extend(Closeness::ALL.iter().map(|it| (it.code(), closeness(*it))));
        all
    }

    #[test]
    fn dates_and_counts_read_as_people_write_them() {
        let day = jiff::civil::date(2026, 3, 3);
        assert_eq!(date(day, Language::English), "March 3, 2026");
        assert_eq!(date(day, Language::Spanish), "3 de marzo de 2026");
        let time = |hour, language| time_of_day(jiff::civil::time(hour, 5, 0, 0), language);
        assert_eq!([0, 12, 16].map(|hour| time(hour, Language::English)), ["12:05 am", "12:05 pm", "4:05 pm"]);
        assert_eq!(time(9, Language::Spanish), "9:05 a. m.");
        let said = |hour, language| time_in_sentence(jiff::civil::time(hour, 5, 0, 0), language);
        assert_eq!(
            [0, 1, 2, 12, 13, 14].map(|hour| said(hour, Language::Spanish)),
            [
                "las 12:05 a. m.",
                "la 1:05 a. m.",
                "las 2:05 a. m.",
                "las 12:05 p. m.",
                "la 1:05 p. m.",
                "las 2:05 p. m."
            ]
        );
        assert_eq!(said(13, Language::English), "1:05 pm");
        assert_eq!(
            (days(1, Language::English), days(-2, Language::Spanish)),
            ("1 day".to_owned(), "2 d\u{ed}as".to_owned())
        );
        assert_eq!(
            (pages(0, Language::English), pages(1, Language::Spanish)),
            ("0 pages".to_owned(), "1 p\u{e1}gina".to_owned())
        );
    }

    #[test]
    fn what_lasted_is_said_from_its_first_day_to_its_last() {
        let (first, last) = (jiff::civil::date(1950, 7, 27), jiff::civil::date(2024, 3, 3));
        let says = |first, last, language| care(DatesOfService { first, last }, language).unwrap_or_default();
        assert_eq!(says(Some(first), Some(last), Language::English), "July 27, 1950 – March 3, 2024");
        assert_eq!(says(Some(last), Some(last), Language::English), "March 3, 2024");
        assert_eq!(says(Some(first), None, Language::English), "since July 27, 1950");
        assert_eq!(says(None, Some(last), Language::English), "until March 3, 2024");
        assert_eq!(says(Some(first), None, Language::Spanish), "desde el 27 de julio de 1950");
        assert_eq!(care(DatesOfService::default(), Language::Spanish), None);
    }

    #[test]
    fn every_sentence_is_there_in_both_languages_and_they_differ() {
        for (code, sentence) in all() {
            assert!(!sentence.en.is_empty() && !sentence.es.is_empty(), "{code}");
            assert!(sentence.en.is_ascii(), "{code}: plain characters in English");
            let same_word = matches!(code, "email" | "other");
            assert!(sentence.en != sentence.es || same_word, "{code}");
        }
    }

    #[test]
    fn refusals_and_field_problems_are_sentences() {
        let sentences =
            Refusal::ALL.iter().map(|it| refusal(*it)).chain(FieldCode::ALL.iter().map(|it| field_problem(*it)));
        for sentence in sentences {
            for text in [sentence.en, sentence.es] {
                assert!(text.ends_with('.') && text.starts_with(|c: char| c.is_uppercase() || c == '\u{bf}'), "{text}");
            }
        }
    }

    #[test]
    fn no_sentence_uses_the_words_that_people_stumble_over() {
        const NOT: [&str; 16] = [
            "invalid",
            "please",
            "sorry",
            "requestor",
            "requester",
            "disclosure",
            "disposition",
            "adjudicate",
            "custodian",
            "encounter",
            "successfully",
            "utiliz",
            "utilis",
            " roi ",
            " phi ",
            " him ",
        ];
        for (code, sentence) in all() {
            let padded = format!(" {} ", sentence.en.to_lowercase());
            assert!(!NOT.iter().any(|word| padded.contains(word)), "{code}: {padded}");
        }
    }

    #[test]
    fn every_code_reads_back_and_is_used_once() {
        let mut codes: Vec<_> = Refusal::ALL.iter().map(|refusal| refusal.code()).collect();
        assert!(Refusal::ALL.iter().all(|refusal| Refusal::from_code(refusal.code()) == Some(*refusal)));
        assert!(FieldCode::ALL.iter().all(|field| FieldCode::from_code(field.code()) == Some(*field)));
        assert_eq!(Refusal::from_code("granted"), None);
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Refusal::ALL.len());
    }
}
