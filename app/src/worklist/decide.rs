//! One part: nothing was found and how it was searched, somebody else holds it, or "everything" made into its kinds.

use domain::{
    item::OffSite,
    refusal::Refusal,
    shown::worklist::{ItemPage, ItemShown},
    words,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    calls::{ExpandCall, HeldElsewhereCall, NotFoundCall, look_at_item},
    frame::{At, frame},
    loaded::loaded,
    tried::Tried,
};
use crate::ui::{Answer, Button, ButtonKind, Choice, Field, Form, Radios, SummaryList, TextArea, param};

#[component]
pub fn ItemDecisionPage() -> impl IntoView {
    loaded(look_at_item(param("request"), param("item")), |item, tried| page(item, &tried))
}

fn page(shown: ItemPage, tried: &Tried) -> AnyView {
    let words = tried.words;
    let item = &shown.item;
    let answers = vec![
        Answer::new(words.part, tried.part(item)),
        Answer::new(words.dates, tried.dates(item.dates)),
        Answer::new(words.status, words::item_state(&item.state).to(tried.language)),
        Answer {
            question: words.documents.to_owned(),
            lines: item.documents.map(|count| count.to_string()).into_iter().collect(),
            change: None,
        },
    ];
    let has_documents = item.documents.is_some_and(|count| count > 0);
    let body = if let Some(why) = shown.missing {
        view! { <p>{words::refusal(why).to(tried.language)}</p> }.into_any()
    } else if !shown.head.may.work {
        view! { <p>{words.claim_first}</p> }.into_any()
    } else if item.category.is_none() && has_documents {
        expand(&shown, tried)
    } else if has_documents {
        view! { <p>{words::refusal(Refusal::RecordsFound).to(tried.language)}</p> }.into_any()
    } else {
        view! {
            {not_found(&shown, tried)}
            {held_elsewhere(&shown, tried)}
        }
        .into_any()
    };
    let body = view! { <SummaryList answers/> {body} }.into_any();
    frame(&shown.head, At::Records, words.item_title, tried, body)
}

fn hidden(shown: &ItemPage) -> AnyView {
    let ItemShown { id, version, .. } = &shown.item;
    view! {
        <input type="hidden" name="request" value=shown.head.request.to_string()/>
        <input type="hidden" name="item" value=format!("{id}:{}", version.0)/>
    }
    .into_any()
}

fn expand(shown: &ItemPage, tried: &Tried) -> AnyView {
    let words = tried.words;
    let (hidden, log) = (hidden(shown), search_log(shown, tried));
    view! {
        <h2>{words.expand_heading}</h2>
        <p>{words.expand_text}</p>
        <Form action=ExpandCall::PATH key=shown.head.keys.of(4)>
            {hidden}
            {log}
            <Button text=words.expand_button/>
        </Form>
    }
    .into_any()
}

fn not_found(shown: &ItemPage, tried: &Tried) -> AnyView {
    let words = tried.words;
    let (hidden, log) = (hidden(shown), search_log(shown, tried));
    view! {
        <h2>{words.not_found_heading}</h2>
        <p>{words.not_found_text}</p>
        <Form action=NotFoundCall::PATH key=shown.head.keys.of(5)>
            {hidden}
            {log}
            <Button text=words.not_found_button/>
        </Form>
    }
    .into_any()
}

fn search_log(shown: &ItemPage, tried: &Tried) -> AnyView {
    let words = tried.words;
    let births: Vec<_> =
        shown.birth_dates.iter().map(|day| format!("{}/{}/{}", day.month(), day.day(), day.year())).collect();
    let off_site = OffSite::ALL
        .iter()
        .map(|one| {
            Choice::new(one.code(), words::off_site(*one).to(tried.language))
                .chosen(tried.chosen("off_site", one.code()))
        })
        .collect();
    view! {
        <TextArea
            name="systems"
            label=words.log_systems
            hint=words.log_systems_hint
            limit=2000
            rows=3
            value=tried.value("systems", "")
            error=tried.error("systems")
        />
        <TextArea
            name="names"
            label=words.log_names
            hint=words.log_names_hint
            limit=2000
            rows=3
            value=tried.value("names", shown.names.join("\n"))
            error=tried.error("names")
        />
        <TextArea
            name="birth_dates"
            label=words.log_births
            hint=words.log_births_hint
            limit=500
            rows=2
            value=tried.value("birth_dates", births.join("\n"))
            error=tried.error("birth_dates")
        />
        <Radios name="off_site" legend=words.log_off_site choices=off_site error=tried.error("off_site")/>
        <TextArea name="note" label=words.log_note limit=2000 rows=2 value=tried.value("note", "") error=tried.error("note")/>
    }
    .into_any()
}

fn held_elsewhere(shown: &ItemPage, tried: &Tried) -> AnyView {
    let words = tried.words;
    let hidden = hidden(shown);
    let (held_by, how) = (tried.value("held_by", ""), tried.value("how_to_reach", ""));
    let (held_by_error, how_error) = (tried.error("held_by"), tried.error("how_to_reach"));
    view! {
        <h2>{words.elsewhere_heading}</h2>
        <p>{words.elsewhere_text}</p>
        <Form action=HeldElsewhereCall::PATH key=shown.head.keys.of(6)>
            {hidden}
            <Field name="held_by" label=words.held_by value=held_by error=held_by_error/>
            <TextArea
                name="how_to_reach"
                label=words.how_to_reach
                hint=words.how_to_reach_hint
                limit=500
                rows=3
                value=how
                error=how_error
            />
            <Button text=words.elsewhere_button kind=ButtonKind::Secondary/>
        </Form>
    }
    .into_any()
}
