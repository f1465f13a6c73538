//! A person's requests: what was not sent yet, what is open, what is closed.

use domain::{
    shown::requests::{Asked, Begun, Mine},
    status::Headline,
    words::{date, headline, time_in_sentence, time_of_day},
};
use leptos::prelude::*;

use super::{calls::my_requests, loaded::loaded, tried::Tried};
use crate::{
    ui::{Aloud, ButtonLink, Column, EmptyState, Page, Row, StatusTag, Table, Tone},
    words::{Language, Requests},
};

#[component]
pub fn MyRequests() -> impl IntoView {
    loaded(my_requests(), mine)
}

fn mine(mine: Mine, tried: Tried) -> AnyView {
    let (words, language) = (tried.words, tried.language);
    let Mine { drafts, open, closed } = mine;
    if drafts.is_empty() && open.is_empty() && closed.is_empty() {
        return view! {
            <Page title=words.place>
                <EmptyState heading=words.list.none_heading text=words.list.none_text>
                    <ButtonLink text=words.list.start address="/requests/new"/>
                </EmptyState>
            </Page>
        }
        .into_any();
    }
    view! {
        <Page title=words.place wide=true>
            {(!drafts.is_empty()).then(|| begun(drafts, words, language))}
            {(!open.is_empty()).then(|| asked(words.list.open, open, words, language))}
            {(!closed.is_empty()).then(|| asked(words.list.closed, closed, words, language))}
            <ButtonLink text=words.list.start address="/requests/new"/>
        </Page>
    }
    .into_any()
}

fn begun(drafts: Vec<Begun>, words: &'static Requests, language: Language) -> impl IntoView {
    let drafts: Vec<_> = drafts
        .into_iter()
        .map(|draft| {
            let (on, at) = (date(draft.saved.on, language), time_of_day(draft.saved.at, language));
            let saved = (words.list.saved)(&draft.facility, &on, &time_in_sentence(draft.saved.at, language));
            view! {
                <li>
                    {saved} " "
                    <a href=format!("/requests/{}/ask/check", draft.id)>{words.list.go_on}<span class="visually-hidden">" ("{on}", "{at}")"</span></a>
                </li>
            }
        })
        .collect();
    view! {
        <h2>{words.list.drafts}</h2>
        <ul>{drafts}</ul>
    }
}

fn asked(heading: &'static str, asked: Vec<Asked>, words: &'static Requests, language: Language) -> impl IntoView {
    let list = &words.list;
    let open = asked.iter().any(|asked| asked.due_on.is_some());
    let mut columns = vec![Column::new(list.number), Column::new(list.at), Column::new(list.received)];
    if open {
        columns.push(Column::new(list.due));
    }
    columns.push(Column::new(list.status));
    let rows = asked.into_iter().map(|asked| row(asked, open, language)).collect();
    view! {
        <h2>{heading}</h2>
        <Table caption=heading hidden_caption=true columns rows/>
    }
}

fn row(asked: Asked, open: bool, language: Language) -> Row {
    let tone = match asked.headline {
        Headline::ActionNeeded => Tone::ActionNeeded,
        Headline::Ready | Headline::Delivered => Tone::Done,
        _ => Tone::Information,
    };
    let mut cells = vec![
        view! { <a href=format!("/requests/{}", asked.id)><Aloud number=asked.number.to_string()/></a> }.into_any(),
        asked.facility.into_any(),
        date(asked.received_on, language).into_any(),
    ];
    if open {
        cells.push(asked.due_on.map(|due| date(due, language)).into_any());
    }
    let status = match asked.outcome {
        Some(outcome) => domain::words::outcome(outcome).to(language).into_any(),
        None => view! { <StatusTag text=headline(asked.headline).to(language) tone/> }.into_any(),
    };
    cells.push(status);
    Row::new(cells)
}
