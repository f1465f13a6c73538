//! A case at a glance: what was asked, what is known, what was found, what is open, what happened last.

mod way;

use domain::{
    shown::worklist::{Case, ItemShown},
    words,
};
use leptos::prelude::*;

use self::way::way;
use super::{
    calls::look_at_case,
    frame::{At, address, frame},
    loaded::loaded,
    tried::Tried,
};
use crate::ui::{Answer, ButtonKind, ButtonLink, Column, Notice, Row, SummaryList, Table, Timeline, Tone, param};

#[component]
pub fn CasePage() -> impl IntoView {
    loaded(look_at_case(param("request")), |case, tried| page(case, &tried))
}

fn page(case: Case, tried: &Tried) -> AnyView {
    let (words, language) = (tried.words, tried.language);
    let base = address(case.head.request);
    let title = words::staff::headline(case.head.headline).to(language);
    let question = case.question.clone().map(|question| {
        let what = words::question_reason(question.reason).to(language);
        let heading = format!("{}: {what}", words.question_open);
        let base = base.clone();
        let since = format!("{} {}", words.asked_on, tried.date(question.asked_on));
        view! {
            <Notice tone=Tone::Information heading>
                <p>{question.message.unwrap_or_default()}</p>
                <p>{since}</p>
                <ButtonLink text=words.write_answer_down address=format!("{base}/question") kind=ButtonKind::Secondary/>
            </Notice>
        }
    });
    let body = view! {
        {way(&case, tried)}
        {question}
        <h2>{words.facts}</h2>
        <SummaryList answers=facts(&case, tried)/>
        <h2>{words.parts}</h2>
        {parts(case.items, tried)}
        <h2>{words.latest}</h2>
        <Timeline days=tried.days_of(case.latest)/>
        <p><a href=format!("{base}/history")>{words.all_history}</a></p>
    }
    .into_any();
    frame(&case.head, At::Overview, title, tried, body)
}

fn facts(case: &Case, tried: &Tried) -> Vec<Answer> {
    let (words, language, fact) = (tried.words, tried.language, &case.fact);
    let base = address(case.head.request);
    let kinds = if fact.categories.is_empty() {
        vec![words.everything.to_owned()]
    } else {
        fact.categories.iter().map(|one| words::category(*one).clerk.to(language).to_owned()).collect()
    };
    let listed = |all: &[domain::verification::Identifier]| {
        all.iter().map(|one| words::identifier(*one).to(language)).collect::<Vec<_>>().join(", ")
    };
    let identity = match &case.identity {
        None => Answer::new(words.identity, words.not_verified),
        Some(identity) => Answer {
            question: words.identity.to_owned(),
            lines: vec![
                format!("{}: {}", words::method(identity.method).to(language), listed(&identity.matched)),
                format!("{} · {}", identity.by, tried.date(identity.on)),
            ],
            change: None,
        },
    };
    let chart = match &case.chart {
        None => Answer::new(words.chart, words.not_matched),
        Some(matched) => Answer {
            question: words.chart.to_owned(),
            lines: vec![
                format!("{} {}", matched.chart.name, matched.chart.record_number.clone().unwrap_or_default()),
                format!("{}: {}", words.agreeing, listed(&matched.agreeing)),
                format!("{} · {}", matched.by, tried.date(matched.on)),
            ],
            change: None,
        },
    };
    let way = words::channel(fact.channel).to(language);
    let receipt = fact.received_on.map(|day| format!("{} ({way})", tried.date(day))).unwrap_or_default();
    let mut answers = vec![
        Answer::new(words.requester, case.head.requester.clone()),
        identity.change(format!("{base}/identity")),
        chart.change(format!("{base}/chart")),
        Answer { question: words.asked_for.to_owned(), lines: kinds, change: None },
        Answer::new(words.dates, tried.dates(fact.dates)),
        Answer::new(words.received, receipt),
        Answer::new(words.delivery, words::staff::delivery_method(fact.delivery).to(language)),
        Answer::new(words.language, crate::words::words(fact.language).ui.language),
    ];
    answers.extend(fact.help.clone().map(|help| Answer::new(words.help, help)));
    answers.extend(fact.late_entry_reason.clone().map(|why| Answer::new(words.late_entry, why)));
    answers
}

fn parts(items: Vec<ItemShown>, tried: &Tried) -> AnyView {
    let words = tried.words;
    let columns = vec![
        Column::new(words.part),
        Column::new(words.dates),
        Column::figures(words.documents),
        Column::new(words.decided_by),
        Column::new(words.status),
    ];
    let rows = items
        .into_iter()
        .map(|item| {
            let by = item.by.as_ref().map(|(by, on)| format!("{by}, {}", tried.date(*on))).unwrap_or_default();
            Row::new(vec![
                tried.part(&item).into_any(),
                tried.dates(item.dates).into_any(),
                item.documents.map(|count| count.to_string()).unwrap_or_default().into_any(),
                by.into_any(),
                words::item_state(&item.state).to(tried.language).into_any(),
            ])
        })
        .collect();
    view! { <Table caption=words.parts hidden_caption=true columns rows/> }.into_any()
}
