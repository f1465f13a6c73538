//! Whose chart it is.

use std::{collections::BTreeMap, time::Instant};

use domain::{
    caller::Role,
    form::FieldCode,
    matching::{Agreement, Lookalike},
    refusal::Refusal,
    verification::Identifier,
};
use jiff::civil::{Date, date};
use office::worklist::{LookAtCharts, MatchChart, SearchTyped, UnmatchChart};

use super::{Scene, problems, refusal};
use crate::cases::{ANA, chart};

#[tokio::test]
async fn candidates_come_likeliest_first_with_what_agrees_and_none_is_chosen() {
    let scene = Scene::of(&ANA).await;
    let born = Some(date(1957, 3, 27));
    scene
        .hospital
        .import(vec![
            (chart("1", "Ana", "Ruiz", born), vec![]),
            (chart("2", "Anna", "Ruis", born), vec![]),
            (chart("3", "Eva", "Ruiz", born), vec![]),
            (chart("4", "Ana", "Ruiz", Some(date(1990, 1, 1))), vec![]),
            (chart("5", "Tom", "Okoro", Some(date(1980, 1, 2))), vec![]),
        ])
        .await;
    let page = scene.charts(SearchTyped::default()).await;
    let found: Vec<_> = page.candidates.iter().map(|one| (one.chart.name.as_str(), one.enough)).collect();
    assert_eq!(found[..2], [("Ana Ruiz", true), ("Anna Ruis", true)]);
    assert!(found.contains(&("Eva Ruiz", false)) && found.contains(&("Ana Ruiz", false)), "{found:?}");
    assert!(!found.iter().any(|(name, _)| *name == "Tom Okoro"), "nothing in common, not shown");
    let birth = page.candidates[0].fields.iter().find(|field| field.identifier == Identifier::BirthDate).unwrap();
    assert_eq!(birth.agreement, Agreement::Same);
    assert_eq!(page.candidates[0].lookalike, Some(Lookalike::PerhapsTwins));
    assert!(page.matched.is_none());
    let shown =
        "select cardinality(shown)::text from audit.event where act = 'look_at_charts' order by at desc limit 1";
    let shown = scene.hospital.at.says("postgres", shown).await.unwrap();
    assert_eq!(shown[0], page.candidates.len().to_string(), "whose charts were shown is on the trail");
}

#[tokio::test]
async fn two_charts_with_one_name_and_birth_date_are_pointed_out() {
    let scene = Scene::of(&ANA).await;
    let born = Some(date(1957, 3, 27));
    scene
        .hospital
        .import(vec![(chart("1", "Ana", "Ruiz", born), vec![]), (chart("2", "Ana", "Ruiz", born), vec![])])
        .await;
    let page = scene.charts(SearchTyped::default()).await;
    let warned: Vec<_> = page.candidates.iter().map(|one| one.lookalike).collect();
    assert_eq!(warned, [Some(Lookalike::SameNameAndBirthDate); 2]);
}

#[tokio::test]
async fn a_chart_is_matched_by_two_things_that_agree_and_by_no_fewer() {
    let scene = Scene::of(&ANA).await;
    let born = Some(date(1957, 3, 27));
    scene
        .hospital
        .import(vec![(chart("1", "Ana", "Ruiz", born), vec![]), (chart("2", "Tom", "Okoro", born), vec![])])
        .await;
    let page = scene.charts(SearchTyped::default()).await;
    let id = |name: &str| page.candidates.iter().find(|one| one.chart.name == name).unwrap().patient.to_string();
    let act = |seen: &str, patient: &str| MatchChart::parse(&scene.id, seen, patient);
    assert_eq!(problems(act("1", "")), [("patient".to_owned(), FieldCode::NothingChosen)]);
    assert_eq!(
        refusal(scene.hospital.performs(&scene.clerk, act("1", &id("Tom Okoro"))).await),
        Refusal::TooLittleAgrees
    );
    let nobody = uuid::Uuid::nil().to_string();
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, act("1", &nobody)).await), Refusal::NotFound);
    let dan = scene.hospital.staff("Dan Clerk", Role::Clerk).await;
    assert_eq!(refusal(scene.hospital.performs(&dan, act("1", &id("Ana Ruiz"))).await), Refusal::NotYours);
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, act("4", &id("Ana Ruiz"))).await), Refusal::MovedOn);
    scene.hospital.performs(&scene.clerk, act("1", &id("Ana Ruiz"))).await.unwrap();

    let page = scene.charts(SearchTyped::default()).await;
    let matched = page.matched.unwrap();
    assert_eq!(matched.agreeing, [Identifier::Name, Identifier::BirthDate]);
    assert!(page.candidates.is_empty() && page.may_unmatch, "one chart, and no look at others");
    assert_eq!(page.head.record_number.as_deref(), Some("MRN-1"));
    let seen = page.version.0.to_string();
    let again = act(&seen, &nobody.replace('0', "1"));
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, again).await), Refusal::NotFound);
    scene.hospital.performs(&scene.clerk, UnmatchChart::parse(&scene.id, &seen)).await.unwrap();
    assert_eq!(scene.charts(SearchTyped::default()).await.candidates.len(), 2);
    assert_eq!(scene.told().await, ["request.assigned", "patient.matched", "patient.unmatched"]);
}

#[tokio::test]
async fn who_does_not_hold_the_case_is_shown_no_chart() {
    let scene = Scene::with_chart(&ANA).await;
    let dan = scene.hospital.staff("Dan Clerk", Role::Clerk).await;
    let page = scene.hospital.performs(&dan, LookAtCharts::parse(&scene.id, &SearchTyped::default())).await.unwrap();
    assert!(page.candidates.is_empty());
    assert_eq!(scene.charts(SearchTyped::default()).await.candidates.len(), 1);
}

#[tokio::test]
async fn a_chart_is_found_by_a_swapped_date_another_spelling_a_maiden_name_and_its_number() {
    let scene = Scene::of(&ANA).await;
    let mut married = chart("1", "Katherine", "Meyer", Some(date(1960, 7, 4)));
    married.names.push(office::charts::Name {
        used_as: "maiden".into(),
        name: "Katherine O'Keefe".into(),
        family: "O'Keefe".into(),
        given: "Katherine".into(),
    });
    scene.hospital.import(vec![(married, vec![])]).await;
    let found = async |name: &str, born: [&str; 3], record_number: &str| {
        !scene.charts(SearchTyped { name, born, record_number }).await.candidates.is_empty()
    };
    assert!(found("Someone Else", ["4", "7", "1960"], "").await, "day and month swapped");
    assert!(found("Catherine Maier", ["1", "1", "1990"], "").await, "as it sounds");
    assert!(found("Meyer Katherine", ["1", "1", "1990"], "").await, "family name first");
    assert!(found("Katherine OKeefe", ["1", "1", "1990"], "").await, "a former name");
    assert!(found("Someone Else", ["1", "1", "1990"], "MRN-1").await, "its record number");
    assert!(!found("Someone Else", ["1", "1", "1990"], "MRN-2").await);
    let page = scene.charts(SearchTyped { born: ["13", "40", "x"], ..SearchTyped::default() }).await;
    assert!(page.searched.unread && page.searched.born.is_none());
}

/// People as FEBRL made them, with the errors that people and typists make; which record is whose is known.
#[tokio::test]
async fn charts_are_found_in_spite_of_typing_errors() {
    let Ok(folder) = std::env::var("PORTAL_TEST_DATA") else {
        eprintln!("SKIPPED: PORTAL_TEST_DATA names no folder with real input");
        return;
    };
    let text =
        std::fs::read_to_string(format!("{folder}/names/febrl_dataset1.csv")).expect("PORTAL_TEST_DATA has this file");
    let people: BTreeMap<&str, Febrl> = text.lines().skip(1).filter_map(Febrl::read).collect();
    let scene = Scene::of(&ANA).await;
    let originals = people.iter().filter(|(id, _)| id.ends_with("-org"));
    scene
        .hospital
        .import(originals.map(|(id, one)| (chart(id, one.given, one.family, one.born), vec![])).collect())
        .await;

    let (mut asked, mut found, mut took) = (0_u32, 0_u32, Vec::new());
    for (id, one) in people.iter().filter(|(id, _)| id.contains("-dup-")) {
        let born = one.born.map(|day| [day.month().to_string(), day.day().to_string(), day.year().to_string()]);
        let born = born.unwrap_or_default();
        let name = format!("{} {}", one.given, one.family);
        let began = Instant::now();
        let page =
            scene.charts(SearchTyped { name: &name, born: [&born[0], &born[1], &born[2]], record_number: "" }).await;
        took.push(began.elapsed());
        let (number, _) = id.split_once("-dup-").unwrap();
        let own = format!("MRN-{number}-org");
        asked += 1;
        found += u32::from(page.candidates.iter().take(5).any(|one| one.chart.record_number.as_deref() == Some(&own)));
    }
    took.sort_unstable();
    let recall = f64::from(found) / f64::from(asked);
    eprintln!(
        "recall at 5: {found} of {asked} ({:.1} %); half of the looks took {:?} or less",
        recall * 100.0,
        took[took.len() / 2]
    );
    assert!(asked >= 400 && recall >= 0.95, "{found} of {asked}");
}

struct Febrl<'a> {
    given: &'a str,
    family: &'a str,
    born: Option<Date>,
}

impl<'a> Febrl<'a> {
    fn read(line: &'a str) -> Option<(&'a str, Self)> {
        let fields: Vec<&str> = line.split(',').map(str::trim).collect();
        let [id, given, family, .., born, _] = fields.as_slice() else { return None };
        let part = |range: std::ops::Range<usize>| born.get(range)?.parse::<i16>().ok();
        let small = |range| part(range).and_then(|number| i8::try_from(number).ok());
        let born = (|| Date::new(part(0..4)?, small(4..6)?, small(6..8)?).ok())();
        Some((id, Self { given, family, born }))
    }
}
