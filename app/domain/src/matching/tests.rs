use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn person(name: &str, born: Option<Date>) -> Described {
    Described { names: vec![name.to_owned()], birth_date: born, ..Described::default() }
}

fn of(identifier: Identifier, one: &Described, other: &Described) -> Agreement {
    compare(one, other).into_iter().find(|field| field.identifier == identifier).unwrap().agreement
}

fn names(one: &str, other: &str) -> Agreement {
    of(Identifier::Name, &person(one, None), &person(other, None))
}

#[test]
fn a_name_is_the_same_in_any_order_and_alike_in_another_spelling() {
    assert_eq!(names("evelyn mccullough", "mccullough evelyn"), Agreement::Same);
    assert_eq!(names("mary ann lee", "maryann lee"), Agreement::Same);
    assert_eq!(names("ana ruiz", "ana maria ruiz lopez"), Agreement::Close(Closeness::MoreNames));
    assert_eq!(names("ana m ruiz", "ana maria ruiz"), Agreement::Close(Closeness::OtherSpelling));
    assert_eq!(names("catherine jones", "katherine jones"), Agreement::Close(Closeness::OtherSpelling));
    assert_eq!(names("ana ruiz", "bruno ruiz"), Agreement::Close(Closeness::PartOfName));
    assert_eq!(names("ana ruiz", "tom okoro"), Agreement::Different);
    assert_eq!(names("", "tom okoro"), Agreement::CannotTell);
}

#[test]
fn a_former_name_agrees_but_is_not_the_same() {
    let chart = Described { names: vec!["ana lopez".into(), "ana ruiz".into()], ..Described::default() };
    assert_eq!(of(Identifier::Name, &person("ana ruiz", None), &chart), Agreement::Close(Closeness::FormerName));
}

#[test]
fn a_birth_date_with_day_and_month_swapped_is_close() {
    let (march, july) = (date(1957, 3, 7), date(1957, 7, 3));
    let compared = |one, other| of(Identifier::BirthDate, &person("a", Some(one)), &person("a", Some(other)));
    assert_eq!(compared(march, july), Agreement::Close(Closeness::SwappedDayAndMonth));
    assert_eq!(compared(march, date(1975, 3, 7)), Agreement::Close(Closeness::PartOfDate));
    assert_eq!(compared(march, date(1960, 1, 1)), Agreement::Different);
    assert_eq!((swapped(date(1957, 3, 3)), swapped(date(1957, 3, 27))), (None, None));
}

#[test]
fn numbers_and_phones_are_read_however_they_are_written() {
    let asked = Described {
        record_numbers: vec!["00-4177".into()],
        phone: Some("+1 (312) 555-0100".into()),
        ..Described::default()
    };
    let chart = Described {
        record_numbers: vec!["x".into(), "4177".into()],
        phone: Some("312.555.0100".into()),
        ..Described::default()
    };
    assert_eq!(agreeing(&compare(&asked, &chart)), [Identifier::Phone, Identifier::RecordNumber].into());
}

#[test]
fn what_is_merely_alike_counts_only_beside_what_agrees_outright() {
    let asked = person("catherine jones", Some(date(1957, 3, 7)));
    let alike = person("katherine jones", Some(date(1957, 7, 3)));
    assert_eq!(agreeing(&compare(&asked, &alike)), BTreeSet::new());
    let right_date = person("katherine jones", Some(date(1957, 3, 7)));
    assert_eq!(agreeing(&compare(&asked, &right_date)), [Identifier::Name, Identifier::BirthDate].into());
    let sibling = person("bruno jones", Some(date(1957, 3, 7)));
    assert_eq!(agreeing(&compare(&asked, &sibling)), BTreeSet::new());
    // a twin shares the household's telephone and address too: still nobody's chart but their own
    let household =
        |of: Described| Described { phone: Some("(312) 555-0142".into()), address: Some("1 elm street".into()), ..of };
    assert_eq!(agreeing(&compare(&household(asked.clone()), &household(sibling))), BTreeSet::new());
}

#[test]
fn father_and_son_are_told_apart_and_twins_are_pointed_out() {
    let day = Some(date(1957, 3, 7));
    assert_eq!(
        lookalike(&person("evelyn mccullough", day), &person("evelyn mccullough", day)),
        Some(Lookalike::SameNameAndBirthDate)
    );
    assert_eq!(lookalike(&person("ana ruiz", day), &person("eva ruiz", day)), Some(Lookalike::PerhapsTwins));
    assert_eq!(lookalike(&person("ana ruiz", day), &person("tom okoro", day)), None);
    assert_eq!(lookalike(&person("ana ruiz", day), &person("ana ruiz", Some(date(1980, 3, 7)))), None);
}

fn described() -> impl Strategy<Value = Described> {
    let name = prop::sample::select(vec!["ana ruiz", "anna ruiz", "ana maria ruiz", "ruiz", "tom okoro", "a ruiz", ""]);
    let day = prop::option::of(prop::sample::select(vec![date(1957, 3, 7), date(1957, 7, 3), date(1980, 1, 2)]));
    let number = prop::collection::vec(prop::sample::select(vec!["0041", "41", "77"]), 0..2);
    let phone = prop::option::of(prop::sample::select(vec!["3125550100", "13125550100", "3125550199"]));
    let address = prop::option::of(prop::sample::select(vec!["1 river street", "1 river road", "9 hill lane", ""]));
    (prop::collection::vec(name, 0..3), day, number, phone, address).prop_map(
        |(names, day, numbers, phone, address)| Described {
            names: names.into_iter().map(str::to_owned).collect(),
            birth_date: day,
            record_numbers: numbers.into_iter().map(str::to_owned).collect(),
            phone: phone.map(str::to_owned),
            email: None,
            address: address.map(str::to_owned),
        },
    )
}

proptest! {
    #[test]
    fn comparing_is_the_same_both_ways_round(one in described(), other in described()) {
        prop_assert_eq!(compare(&one, &other), compare(&other, &one));
        prop_assert_eq!(lookalike(&one, &other), lookalike(&other, &one));
    }

    #[test]
    fn any_two_names_compare_alike_both_ways_round(one in "[a-e ]{0,12}", other in "[a-e ]{0,12}") {
        prop_assert_eq!(names(&one, &other), names(&other, &one));
    }

    #[test]
    fn more_agreement_never_scores_lower(one in described(), other in described()) {
        let before = total(&compare(&one, &other));
        for nearer in [
            Described { names: one.names.clone(), ..other.clone() },
            Described { birth_date: one.birth_date, ..other.clone() },
            Described { record_numbers: one.record_numbers.clone(), ..other.clone() },
            Described { phone: one.phone.clone(), ..other.clone() },
            Described { address: one.address.clone(), ..other.clone() },
        ] {
            let said = [
                nearer.names != other.names && one.names.iter().any(|name| !name.is_empty()),
                nearer.birth_date != other.birth_date && one.birth_date.is_some(),
                nearer.record_numbers != other.record_numbers && !one.record_numbers.is_empty(),
                nearer.phone != other.phone && one.phone.is_some(),
                nearer.address != other.address && one.address.as_deref().is_some_and(|text| !text.is_empty()),
            ];
            if said.contains(&true) {
                prop_assert!(total(&compare(&one, &nearer)) >= before);
            }
        }
    }

    #[test]
    fn whoever_is_compared_with_themselves_agrees_in_all_that_is_said(one in described()) {
        for field in compare(&one, &one) {
            prop_assert!(matches!(field.agreement, Agreement::Same | Agreement::CannotTell));
        }
    }
}
