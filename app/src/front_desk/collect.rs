//! A printed copy is handed out: to whom, against which ID, signed for by whom. What is in it is not shown here.

use domain::{
    language::Language,
    shown::front_desk::Collect as Shown,
    verification::EvidenceKind,
    words::{date, evidence_kind},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::calls::{self, CollectCopyCall};
use crate::{
    around::Around,
    ui::{
        Aloud, Answer, Button, ButtonKind, ButtonLink, Choice, Field, Form, Notice, Page, Radios, SummaryList, Tone,
        Tried, Way, Width, loaded, param,
    },
    words::FrontDesk,
};

#[component]
pub fn Collect() -> impl IntoView {
    let request = param("request");
    loaded(calls::collect_page(request), |collect, tried| {
        let words = &Around::here().words().front_desk;
        let wrong = tried.wrong();
        let number = collect.number.to_string();
        let facts = facts(&collect, words);
        view! {
            <Page
                title=words.collect_title
                caption=collect.recipient.clone()
                back=Way::new("/front-desk", words.place)
                wrong
            >
                <p>{words.number}" "<Aloud number/></p>
                <SummaryList answers=facts/>
                {next(&collect, &tried, words)}
            </Page>
        }
    })
}

fn facts(collect: &Shown, words: &'static FrontDesk) -> Vec<Answer> {
    let mut answers = vec![
        Answer::new(words.recipient, collect.recipient.clone()),
        Answer::new(words.birth, date(collect.born, Language::English)),
    ];
    answers.extend(collect.printed_on.map(|day| Answer::new(words.printed, date(day, Language::English))));
    answers
}

/// What stands at the desk now: it is handed out, it can be, or it is not printed yet.
fn next(collect: &Shown, tried: &Tried, words: &'static FrontDesk) -> AnyView {
    if let Some((by, on)) = &collect.collected {
        let said = format!("{} {by}, {}", words.collected_by, date(*on, Language::English));
        return view! {
            <Notice tone=Tone::Done heading=words.collected><p>{said}</p></Notice>
            <ButtonLink text=words.search_again address="/front-desk" kind=ButtonKind::Secondary/>
        }
        .into_any();
    }
    if collect.printed_on.is_none() {
        return view! { <Notice heading=words.not_printed><p>{words.not_printed_text}</p></Notice> }.into_any();
    }
    hand_out(collect, tried, words)
}

fn hand_out(collect: &Shown, tried: &Tried, words: &'static FrontDesk) -> AnyView {
    let kinds: Vec<_> = EvidenceKind::ALL
        .iter()
        .map(|kind| {
            Choice::new(kind.code(), evidence_kind(*kind).to(Language::English))
                .chosen(tried.ticked("evidence", kind.code()))
        })
        .collect();
    let (request, version) = (collect.request.to_string(), collect.version.0.to_string());
    let (kind_error, name_error, signed_error) =
        (tried.error("evidence"), tried.error("evidence_name"), tried.error("signed_name"));
    let (evidence_name, signed_name) = (tried.typed("evidence_name"), tried.typed("signed_name"));
    view! {
        <p>{words.collect_text}</p>
        <Form action=CollectCopyCall::PATH key=collect.key.to_string()>
            <input type="hidden" name="request" value=request/>
            <input type="hidden" name="version" value=version/>
            <Radios name="evidence" legend=words.collect_evidence choices=kinds error=kind_error/>
            <Field
                name="evidence_name"
                label=words.collect_evidence_name
                width=Width::Half
                value=evidence_name
                error=name_error
                autocomplete="off"
            />
            <Field
                name="signed_name"
                label=words.collect_signed
                hint=words.collect_signed_hint
                value=signed_name
                error=signed_error
                autocomplete="off"
            />
            <Button text=words.collect_button/>
        </Form>
    }
    .into_any()
}
