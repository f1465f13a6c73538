//! The ways in which records write a birth date.

use jiff::civil::Date;

use crate::language::{MONTHS_EN, MONTHS_ES};

/// The date as runs of words, in lower case without accents. Numbers alone mean month before day, as the facilities
/// write them: the other order would take one person's birthday for another's.
pub(super) fn written(date: Date) -> Vec<Vec<String>> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    let at = usize::from(month.unsigned_abs()) - 1;
    let (english, spanish) = (MONTHS_EN[at].to_lowercase(), MONTHS_ES[at]);
    let mut months = vec![english.clone(), english[..3].to_owned(), spanish.to_owned(), spanish[..3].to_owned()];
    if month == 9 {
        months.push("sept".to_owned());
    }
    months.sort_unstable();
    months.dedup();
    let years = [format!("{year:04}"), format!("{:02}", year % 100)];
    let days = [format!("{day}"), format!("{day:02}")];
    let mut written = vec![
        vec![format!("{year:04}{month:02}{day:02}")],
        vec![format!("{month:02}{day:02}{year:04}")],
        vec![years[0].clone(), format!("{month:02}"), days[1].clone()],
        vec![years[0].clone(), format!("{month}"), days[0].clone()],
        // As XML and FHIR write an instant: the day runs into the time.
        vec![years[0].clone(), format!("{month:02}"), format!("{day:02}t00")],
    ];
    for year in &years {
        for day in &days {
            written.push(vec![format!("{month:02}"), day.clone(), year.clone()]);
            written.push(vec![format!("{month}"), day.clone(), year.clone()]);
            for month in &months {
                written.push(vec![month.clone(), day.clone(), year.clone()]);
                written.push(vec![day.clone(), month.clone(), year.clone()]);
                written.push(vec![format!("{day}{month}{year}")]);
                written.push(vec![day.clone(), "de".to_owned(), month.clone(), "de".to_owned(), year.clone()]);
            }
            for ending in ["st", "nd", "rd", "th"] {
                written.push(vec![english.clone(), format!("{day}{ending}"), year.clone()]);
            }
        }
    }
    written
}

/// Whether words begin like a date: what follows a birth date's label and is none says nothing about another person.
pub(super) fn looks_like_one(words: &[&str]) -> bool {
    let number = |word: &&str| word.chars().all(|c| c.is_ascii_digit()) && (1..=8).contains(&word.len());
    let month = |word: &&str| {
        word.len() >= 3 && MONTHS_EN.iter().chain(&MONTHS_ES).any(|month| month.to_lowercase().starts_with(*word))
    };
    match words {
        [one, ..] if number(one) && one.len() == 8 => true,
        [a, b, c, ..] => {
            let parts = [a, b, c];
            parts.iter().all(|part| number(part) || month(part) || ***part == *"de")
                && parts.iter().any(|part| number(part))
        }
        _ => false,
    }
}
