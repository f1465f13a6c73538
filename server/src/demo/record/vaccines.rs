//! Vaccines, at the ages and in the years in which people are given them.

use jiff::{
    ToSpan as _,
    civil::{Date, date},
};
use serde_json::json;

use super::Making;
use crate::{
    command::Failure,
    demo::{cast::Story, seed::Seed},
};

/// What children are given, and at what age in months.
const CHILDHOOD: [(&str, i32); 21] = [
    ("Hepatitis B", 0),
    ("Hepatitis B", 1),
    ("DTaP", 2),
    ("Polio", 2),
    ("DTaP", 4),
    ("Polio", 4),
    ("DTaP", 6),
    ("Hepatitis B", 6),
    ("Polio", 6),
    ("MMR", 12),
    ("Varicella", 12),
    ("DTaP", 15),
    ("DTaP", 48),
    ("Polio", 48),
    ("MMR", 48),
    ("Varicella", 48),
    ("Tdap", 132),
    ("HPV", 132),
    ("HPV", 138),
    ("Meningococcal", 132),
    ("Meningococcal", 192),
];

/// Few people had one before.
const COVID: Date = date(2021, 3, 1);
/// Since then in the two doses of today.
const SHINGLES: Date = date(2018, 2, 1);

pub(super) fn add(making: &mut Making<'_>, until: Date) -> Result<(), Failure> {
    let is_young = matches!(making.patient.story, Story::Newborn | Story::Child | Story::Teenager);
    let mut seed = Seed::of(&making.id("vaccines"));
    let born = making.born;
    let given = if is_young { of_a_child(&mut seed, born)? } else { of_an_adult(&mut seed, born, until)? };
    for (number, (vaccine, on)) in given.into_iter().filter(|(_, on)| *on <= until).enumerate() {
        let shot = json!({
            "resourceType": "Immunization", "id": making.id(&format!("vaccine-{number}")), "status": "completed",
            "vaccineCode": { "text": vaccine }, "patient": making.me(), "occurrenceDateTime": on.to_string(),
        });
        making.resources.push(shot);
    }
    Ok(())
}

fn of_a_child(seed: &mut Seed, born: Date) -> Result<Vec<(&'static str, Date)>, Failure> {
    let mut given = Vec::new();
    for (vaccine, months) in CHILDHOOD {
        // the first one in the maternity ward, the others at the next visit
        let days = if months == 0 { 1 } else { seed.between(1, 12) };
        given.push((vaccine, born.checked_add(months.months())?.checked_add(days.days())?));
    }
    Ok(given)
}

fn of_an_adult(seed: &mut Seed, born: Date, until: Date) -> Result<Vec<(&'static str, Date)>, Failure> {
    let mut given = Vec::new();
    for year in until.year() - 4..=until.year() {
        given.push(("Influenza", Date::new(year, 10, 1)?.checked_add(seed.between(0, 40).days())?));
    }
    let first = COVID.checked_add(seed.between(0, 75).days())?;
    for days in [0, 28, 230, 590, 940] {
        given.push(("COVID-19", first.checked_add(days.days())?));
    }
    let booster = until.checked_sub(seed.between(400, 3_000).days())?;
    given.push(("Tdap", booster));
    let before = booster.checked_sub(10.years())?;
    if before >= born.checked_add(18.years())? {
        given.push(("Td", before));
    }
    given.push(("Pneumococcal", born.checked_add(65.years())?.checked_add(seed.between(10, 200).days())?));
    let shingles = born.checked_add(50.years())?.max(SHINGLES).checked_add(seed.between(10, 200).days())?;
    given.push(("Shingles", shingles));
    given.push(("Shingles", shingles.checked_add(90.days())?));
    Ok(given)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seed() -> Seed {
        Seed::of("ana-vaccines")
    }

    #[test]
    fn a_child_has_had_what_its_age_asks_for() {
        let born = date(2016, 5, 20);
        let given = of_a_child(&mut seed(), born).unwrap();
        let first = |vaccine: &str| given.iter().find(|(name, _)| *name == vaccine).unwrap().1;
        assert_eq!(first("Hepatitis B"), date(2016, 5, 21));
        assert!(first("MMR") > date(2017, 5, 20), "not before the first birthday");
        assert!(first("Tdap") > date(2027, 5, 20), "at eleven years");
    }

    #[test]
    fn an_adults_vaccines_count_back_from_today_and_none_is_older_than_itself() {
        let today = date(2026, 3, 2);
        let given = of_an_adult(&mut seed(), date(1929, 9, 18), today).unwrap();
        assert_eq!(given, of_an_adult(&mut seed(), date(1929, 9, 18), today).unwrap(), "every time the same");
        let of =
            |vaccine: &str| given.iter().filter(|(name, _)| *name == vaccine).map(|(_, on)| *on).collect::<Vec<_>>();
        assert!(of("COVID-19").iter().all(|on| *on >= COVID), "{:?}", of("COVID-19"));
        assert!(of("Shingles").iter().all(|on| *on >= SHINGLES));
        assert_eq!(of("Influenza").len(), 5);
        assert!((date(1994, 9, 18)..date(1995, 9, 18)).contains(&of("Pneumococcal")[0]), "at sixty-five");
    }
}
