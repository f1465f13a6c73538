//! The status sentence, in both languages.

use super::*;
use crate::{
    package::PackageStage,
    request::RequestStatus,
    status::{
        ItemView, RequestView, ShowId, status,
        tests::{any_view, life},
    },
};
use jiff::civil::date as day;
use proptest::prelude::*;

fn aloud(at: usize, language: Language) -> String {
    status_sentence(&status(&life()[at].1, day(2026, 3, 10)), None, language).aloud()
}

#[test]
fn the_sentence_says_where_it_is_what_is_next_and_by_when() {
    assert_eq!(
        aloud(1, Language::English),
        "We got your request on March 3, 2026. Next, we check that it is really you. You do not need to do anything \
         now. By law you get an answer by April 2, 2026."
    );
    assert_eq!(
        aloud(3, Language::English),
        "We need one thing from you: a clearer picture of your ID. Once you answer, we go on. Your answer date has not \
         changed. By law you get an answer by April 2, 2026."
    );
    assert_eq!(
        aloud(4, Language::Spanish),
        "Estamos buscando sus expedientes. 1 de 2 partes está lista. Después prepararemos su copia. Por el momento no \
         tiene que hacer nada. Por ley tendrá respuesta a más tardar el 2 de abril de 2026."
    );
    assert_eq!(aloud(7, Language::English), "Your records have been ready since March 8, 2026. Sign in to open them.");
}

/// As it would be had nothing been found.
fn with_nothing_given(view: RequestView) -> RequestView {
    let items = vec![ItemView { found: true, decided: true, given: false }; view.items.len().max(1)];
    RequestView { items, ..view }
}

#[test]
fn where_the_letter_goes_alone_the_sentence_says_so() {
    let said = |at: usize, delivery, language| {
        let view = RequestView { delivery, ..with_nothing_given(life().swap_remove(at).1) };
        status_sentence(&status(&view, day(2026, 3, 10)), None, language).aloud()
    };
    assert_eq!(
        said(7, DeliveryMethod::Portal, Language::English),
        "Our answer has been ready since March 8, 2026. We found no records that we can give you; our letter says why. \
         Sign in to open it."
    );
    assert_eq!(
        said(7, DeliveryMethod::PickUp, Language::Spanish),
        "Nuestra respuesta está lista desde el 8 de marzo de 2026. No encontramos expedientes que podamos darle; \
         nuestra carta dice por qué. La imprimimos para usted: venga a nuestra ventanilla a recogerla y traiga una \
         identificación con foto."
    );
    assert_eq!(
        said(5, DeliveryMethod::Portal, Language::English),
        "We are writing our answer to you. Next, a second person checks every page. You do not need to do anything now. \
         By law you get an answer by April 2, 2026."
    );
    assert_eq!(
        said(6, DeliveryMethod::Portal, Language::Spanish),
        "Otra persona está revisando nuestra respuesta para usted. Después, nuestra respuesta estará lista para usted. \
         Por el momento no tiene que hacer nada. Por ley tendrá respuesta a más tardar el 2 de abril de 2026."
    );
    for (delivery, language, begins) in [
        (DeliveryMethod::Portal, Language::English, "You opened our letter on March 9, 2026."),
        (DeliveryMethod::Portal, Language::Spanish, "Usted abrió nuestra carta el 9 de marzo de 2026."),
        (DeliveryMethod::PickUp, Language::English, "You picked up our letter on March 9, 2026."),
        (DeliveryMethod::PickUp, Language::Spanish, "Usted recogió nuestra carta el 9 de marzo de 2026."),
    ] {
        let said = said(8, delivery, language);
        assert!(said.starts_with(begins), "{said}");
    }
}

#[test]
fn while_their_id_is_not_here_nobody_is_told_that_there_is_nothing_to_do() {
    for (way, said) in [
        (ShowId::PhotoOrDesk, "You can send a photo of it now, or show it at our desk."),
        (ShowId::Desk, "If we have not seen it yet, bring it to our desk."),
    ] {
        for at in [1, 2] {
            let view = RequestView { show_id: Some(way), ..life()[at].1.clone() };
            let text = status_sentence(&status(&view, day(2026, 3, 10)), None, Language::English);
            assert!(text.next.ends_with(said), "{}", text.next);
            assert!(!text.aloud().contains("do not need to do anything"), "{}", text.aloud());
        }
    }
}

#[test]
fn a_usual_time_is_said_only_where_it_is_known() {
    let status = status(&life()[1].1, day(2026, 3, 10));
    assert!(
        status_sentence(&status, Some(6), Language::English).next.ends_with("Most people get theirs in about 6 days.")
    );
    assert!(!status_sentence(&status, None, Language::English).next.contains("Most people"));
}

#[test]
fn lateness_is_said_with_how_much_and_since_when() {
    let late = status(&life()[4].1, day(2026, 4, 3));
    let text = clock_text(&late, Language::English).unwrap();
    assert!(text.starts_with("We are late by 1 day: by law you should have had an answer by April 2, 2026."), "{text}");
    let soon = status(&life()[4].1, day(2026, 3, 31));
    assert_eq!(clock_text(&soon, Language::English).unwrap(), "By law you get an answer by April 2, 2026, in 2 days.");
    let today = status(&life()[4].1, day(2026, 4, 2));
    assert_eq!(clock_text(&today, Language::Spanish).unwrap(), "Por ley tendrá respuesta hoy, 2 de abril de 2026.");
}

proptest! {
    #[test]
    fn where_nothing_is_given_no_status_speaks_of_records_that_are_there(view in any_view()) {
        for package in [PackageStage::Building, PackageStage::Built, PackageStage::Checking, PackageStage::Released] {
            let view = RequestView {
                status: RequestStatus::Open,
                package: Some(package),
                question: None,
                ..with_nothing_given(view.clone())
            };
            let status = status(&view, day(2026, 3, 10));
            for language in Language::ALL {
                let text = status_sentence(&status, None, *language);
                let said = format!("{}. {}", text.tag, text.aloud()).to_lowercase();
                for claim in ["your records", "your copy", "sus expedientes", "su copia"] {
                    prop_assert!(!said.contains(claim), "{}", said);
                }
            }
        }
    }

    #[test]
    fn every_status_speaks_in_both_languages(view in any_view(), today in -40_i32..60) {
        use jiff::ToSpan;
        let view: RequestView = view;
        let status = status(&view, day(2026, 3, 10).saturating_add(today.days()));
        let [english, spanish] = [Language::English, Language::Spanish].map(|l| status_sentence(&status, Some(6), l));
        for text in [&english, &spanish] {
            prop_assert!(text.sentence.ends_with('.') && !text.next.is_empty() && !text.tag.is_empty());
            let unfilled = text.aloud().contains("{}") || text.aloud().contains("  ");
            prop_assert!(!unfilled, "{}", text.aloud());
        }
        prop_assert_ne!(&english.sentence, &spanish.sentence);
        prop_assert_eq!(english.clock.is_some(), spanish.clock.is_some());
    }
}
