//! What is asked for: which records, from which dates, how they come, and what would help.

use domain::{
    ask::{Ask, DeliveryMethod, Scope},
    document::Category,
    form::DateRange,
    shown::requests::Asking,
    words::{category, delivery_method, scope_choice},
};
use leptos::prelude::*;

use super::Tried;
use crate::{
    ui::{CheckBoxes, Choice, DateField, Radios, TextArea},
    words::kind_hint,
};

pub(super) fn records(asking: Asking, tried: &Tried) -> AnyView {
    let (words, language) = (&tried.words.ask, tried.language);
    let scope = asking.draft.scope;
    let everything = matches!(scope, Some(Scope::Everything));
    let picked = |kind: Category| match &scope {
        Some(Scope::Chosen(chosen)) => chosen.categories().contains(&kind),
        _ => false,
    };
    let some = matches!(scope, Some(Scope::Chosen(_)));
    let kinds = Category::ALL
        .into_iter()
        .filter(|kind| kind.patient_can_pick())
        .map(|kind| {
            Choice::new(kind.code(), category(kind).patient.to(language))
                .hint(kind_hint(kind, language))
                .chosen(tried.chosen("categories[]", kind.code(), picked(kind)))
        })
        .collect();
    let ways =
        vec![
            Choice::new("everything", scope_choice(true).to(language))
                .hint(words.everything_hint)
                .chosen(tried.chosen("scope", "everything", everything)),
            Choice::new("chosen", scope_choice(false).to(language))
                .hint(words.chosen_hint)
                .chosen(tried.chosen("scope", "chosen", some)),
        ];
    view! {
        <Radios name="scope" legend=words.records question=true error=tried.error("scope") choices=ways/>
        <CheckBoxes name="categories" legend=words.kinds hint=words.kinds_hint error=tried.error("categories") choices=kinds/>
    }
    .into_any()
}

pub(super) fn dates(asking: Asking, tried: &Tried) -> AnyView {
    let words = &tried.words.ask;
    let range = asking.draft.dates;
    let stands = range.map(|range| match (range.from(), range.to()) {
        (None, None) => "all",
        (Some(_), None) => "since",
        (_, Some(_)) => "between",
    });
    let choice = |value: &str, label: &str, hint: Option<&str>| {
        let chosen = tried.chosen("dates", value, stands == Some(value));
        let choice = Choice::new(value, label).chosen(chosen);
        match hint {
            Some(hint) => choice.hint(hint),
            None => choice,
        }
    };
    let choices = vec![
        choice("all", words.all_dates, Some(words.all_dates_hint)),
        choice("last_12_months", words.last_12_months, None),
        choice("since", words.since, Some(words.since_hint)),
        choice("between", words.between, Some(words.between_hint)),
    ];
    let from = tried.date("from", range.and_then(DateRange::from));
    let to = tried.date("to", range.and_then(DateRange::to));
    view! {
        <Radios name="dates" legend=words.dates question=true error=tried.error("dates") choices/>
        <DateField name="from" legend=words.from typed=from error=tried.date_error("from")/>
        <DateField name="to" legend=words.to typed=to error=tried.date_error("to")/>
    }
    .into_any()
}

pub(super) fn delivery(asking: Asking, tried: &Tried) -> AnyView {
    let words = &tried.words.ask;
    let choice = |method: DeliveryMethod, hint: &str| {
        let chosen = tried.chosen("delivery", method.code(), asking.draft.delivery == Some(method));
        Choice::new(method.code(), delivery_method(method).to(tried.language)).hint(hint).chosen(chosen)
    };
    let choices =
        vec![choice(DeliveryMethod::Portal, words.portal_hint), choice(DeliveryMethod::PickUp, words.pick_up_hint)];
    view! { <Radios name="delivery" legend=words.delivery question=true error=tried.error("delivery") choices/> }
        .into_any()
}

pub(super) fn help(asking: Asking, tried: &Tried) -> AnyView {
    let words = &tried.words.ask;
    let value = tried.value("help", || asking.draft.help.unwrap_or_default());
    let limit = u32::try_from(Ask::LONGEST_HELP).unwrap_or(u32::MAX);
    view! {
        <TextArea name="help" label=words.help hint=words.help_hint question=true value error=tried.error("help") limit/>
    }
    .into_any()
}
