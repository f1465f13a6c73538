//! What the letter says beside the press's own sentences: how something was searched that was not found, and from when
//! it was asked for. In the letter's language; both languages of a sentence stand side by side.

use domain::{
    document::Category,
    form::DateRange,
    item::{OffSite, SearchLog},
    language::Language,
    words,
};
use jiff::civil::Date;

/// What was asked for, as the requester knows it.
pub(super) fn asked(category: Option<Category>, dates: DateRange, language: Language) -> String {
    let what = match (category, language) {
        (Some(category), language) => words::category(category).patient.to(language),
        (None, Language::English) => "Everything else that you asked for",
        (None, Language::Spanish) => "Todo lo demás que pidió",
    };
    match between(dates, language) {
        Some(dates) => format!("{what}, {dates}"),
        None => what.to_owned(),
    }
}

/// Where, under which names and dates of birth, and for which days.
pub(super) fn searched(log: &SearchLog, language: Language) -> Vec<String> {
    let facts = log.facts();
    let (places, names, born, days) = match language {
        Language::English => ("Systems and archives", "Names", "Dates of birth", "Dates of the records"),
        Language::Spanish => ("Sistemas y archivos", "Nombres", "Fechas de nacimiento", "Fechas de los documentos"),
    };
    let line = |what: &str, said: &[String]| format!("{what}: {}", said.join("; "));
    let births: Vec<String> = facts.birth_dates.iter().map(|day| words::date(*day, language)).collect();
    let mut lines = vec![line(places, &facts.systems), line(names, &facts.names), line(born, &births)];
    lines.extend(between(facts.dates, language).map(|dates| format!("{days}: {dates}")));
    lines.push(off_site(facts.off_site, language).to_owned());
    lines
}

/// For the reader of the letter, who does not know what "off site" is.
const fn off_site(off_site: OffSite, language: Language) -> &'static str {
    match (off_site, language) {
        (OffSite::Searched, Language::English) => "We also searched the paper and film that we store in another place.",
        (OffSite::Searched, Language::Spanish) => {
            "También buscamos en los papeles y las placas que guardamos en otro lugar."
        }
        (OffSite::NoneStored, Language::English) => "We do not store paper or film of these years in another place.",
        (OffSite::NoneStored, Language::Spanish) => "No guardamos papeles ni placas de estos años en otro lugar.",
    }
}

/// Everything has no dates to name.
fn between(dates: DateRange, language: Language) -> Option<String> {
    let day = |day: Date| words::date(day, language);
    Some(match (dates.from(), dates.to(), language) {
        (None, None, _) => return None,
        (Some(from), Some(to), Language::English) => format!("{} to {}", day(from), day(to)),
        (Some(from), None, Language::English) => format!("from {} on", day(from)),
        (None, Some(to), Language::English) => format!("until {}", day(to)),
        (Some(from), Some(to), Language::Spanish) => format!("del {} al {}", day(from), day(to)),
        (Some(from), None, Language::Spanish) => format!("desde el {}", day(from)),
        (None, Some(to), Language::Spanish) => format!("hasta el {}", day(to)),
    })
}

#[cfg(test)]
mod tests {
    use domain::item::SearchFacts;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_letter_says_where_and_under_which_names_was_searched() {
        let facts = SearchFacts {
            systems: vec!["Main record".to_owned(), "Film archive".to_owned()],
            names: vec!["Ana Ruiz".to_owned(), "Ana Lopez".to_owned()],
            birth_dates: vec![date(1980, 3, 7)],
            dates: DateRange::new(Some(date(2020, 1, 1)), None).unwrap(),
            off_site: OffSite::NoneStored,
            note: Some("for the office alone".to_owned()),
        };
        let log = SearchLog::try_from(facts).unwrap();
        assert_eq!(
            searched(&log, Language::English),
            [
                "Systems and archives: Main record; Film archive",
                "Names: Ana Ruiz; Ana Lopez",
                "Dates of birth: March 7, 1980",
                "Dates of the records: from January 1, 2020 on",
                "We do not store paper or film of these years in another place.",
            ]
        );
        assert!(searched(&log, Language::Spanish)[3].ends_with("desde el 1 de enero de 2020"));
    }

    #[test]
    fn what_was_asked_for_is_named_with_its_days() {
        let year = DateRange::new(Some(date(2024, 1, 1)), Some(date(2024, 12, 31))).unwrap();
        let asked = |category, dates| asked(category, dates, Language::English);
        assert_eq!(asked(Some(Category::Lab), year), "Lab results, January 1, 2024 to December 31, 2024");
        assert_eq!(asked(None, DateRange::EVERYTHING), "Everything else that you asked for");
    }
}
