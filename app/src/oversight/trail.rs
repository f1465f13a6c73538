//! The trail, fifty entries a page. What narrows it stands in the address; nobody's name does.

use domain::{
    lookup::LookupReason,
    shown::oversight::{Actor, Line},
};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::{At, Pages, calls};
use crate::{
    around::Around,
    ui::{Aloud, Choice, Chosen, Column, EmptyState, Field, Filters, Page, Pager, Row, Select, Table, Width, loaded},
    words,
};

const ADDRESS: &str = "/oversight/trail";
const FILTERS: [&str; 6] = ["from", "to", "act", "outcome", "person", "number"];

#[component]
pub fn Trail() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let value = |name: &str| query.get(name).unwrap_or_default();
    let read = calls::trail(
        value("from"),
        value("to"),
        value("act"),
        value("outcome"),
        value("person"),
        value("number"),
        value("after"),
    );
    loaded(read, move |trail, _| {
        let words = &Around::here().words().oversight;
        let older = trail.older.map(|after| address(&query, None, &[("after", &after)]));
        let newer = query.get("after").filter(|after| !after.is_empty()).map(|_| address(&query, None, &[]));
        let empty = trail.lines.is_empty();
        let query = query.clone();
        let rows: Vec<_> = trail.lines.into_iter().map(|line| row(line, &query, words)).collect();
        let columns = [words.when, words.person, words.act, words.outcome, words.number, words.why, words.more];
        let columns = columns.map(Column::new).into();
        let unread = (!trail.unread.is_empty())
                .then(|| view! { <p>{words.unread}" "{trail.unread.iter().map(|name| label(name, words)).collect::<Vec<_>>().join(", ")}</p> });
        view! {
            <Page title=words.trail_title caption=trail.facility wide=true>
                <Pages at=At::Trail/>
                <p>{words.trail_lead}</p>
                <Narrow query person=trail.person/>
                {unread}
                {if empty {
                    view! { <EmptyState heading=words.trail_empty text=words.trail_empty_text/> }.into_any()
                } else {
                    view! { <Table caption=words.trail_caption columns rows/> }.into_any()
                }}
                <Pager newer older/>
            </Page>
        }
    })
}

/// The fields that narrow the list, and what narrows it now.
#[component]
fn Narrow(query: ParamsMap, person: Option<String>) -> impl IntoView {
    let words = &Around::here().words().oversight;
    let value = |name: &str| query.get(name).unwrap_or_default();
    let chosen = FILTERS
        .iter()
        .filter(|name| !value(name).trim().is_empty())
        .map(|name| {
            let said = match *name {
                "person" => person.clone().unwrap_or_default(),
                "outcome" => outcome(&value(name), words),
                name => value(name),
            };
            Chosen { text: format!("{}: {said}", label(name, words)), without: address(&query, Some(name), &[]) }
        })
        .collect();
    let outcomes = [("", words.any), ("done", words.done), ("refused", words.refused)]
        .map(|(code, said)| Choice::new(code, said).chosen(value("outcome") == code))
        .into();
    let [from, to, act, number, who] = ["from", "to", "act", "number", "person"].map(value);
    view! {
        <Filters address=ADDRESS chosen>
            <Field name="from" label=words.from hint=words.date_hint width=Width::Short value=from/>
            <Field name="to" label=words.to hint=words.date_hint width=Width::Short value=to/>
            <Field name="act" label=words.act width=Width::Half value=act/>
            <Select name="outcome" label=words.outcome choices=outcomes/>
            <Field name="number" label=words.number width=Width::Half value=number/>
            {(!who.is_empty()).then(|| view! { <input type="hidden" name="person" value=who/> })}
        </Filters>
    }
}

fn row(line: Line, query: &ParamsMap, words: &'static words::Oversight) -> Row {
    let who = match line.who {
        Actor::Person { id, name } => {
            let only = address(query, Some("person"), &[("person", &id.to_string())]);
            view! { <a href=only>{name}</a> }.into_any()
        }
        Actor::System { login } => format!("{} ({login})", words.system).into_any(),
    };
    let only = address(query, Some("act"), &[("act", &line.act)]);
    let mut more = line.fields.join(", ");
    let mut add = |said: &str| {
        if !more.is_empty() {
            more.push_str("; ");
        }
        more.push_str(said);
    };
    if line.shown > 0 {
        add(&(words.shown)(line.shown));
    }
    if line.of_a_chart {
        add(words.of_a_chart);
    }
    let number = match line.request {
        Some(number) => view! { <Aloud number=number.to_string()/> }.into_any(),
        None => ().into_any(),
    };
    let when = format!("{} {}", line.on.strftime("%m/%d/%Y"), line.at.strftime("%H:%M:%S"));
    Row::new(vec![
        when.into_any(),
        who,
        view! { <a href=only>{plain(&line.act)}</a> }.into_any(),
        outcome(&line.outcome, words).into_any(),
        number,
        line.purpose.map(|purpose| why(&purpose)).into_any(),
        more.into_any(),
    ])
}

/// A code as people read it.
fn plain(code: &str) -> String {
    code.replace('_', " ")
}

fn outcome(code: &str, words: &'static words::Oversight) -> String {
    match code {
        "done" => words.done.to_owned(),
        "refused" => words.refused.to_owned(),
        code => format!("{}: {}", words.refused, plain(code)),
    }
}

/// A reason in words where it is one of the front desk's, with what was checked behind it.
fn why(purpose: &str) -> String {
    let (code, rest) = purpose.split_once(':').unwrap_or((purpose, ""));
    let said =
        LookupReason::from_code(code).map_or_else(|| plain(code), |reason| words::FrontDesk::reason(reason).to_owned());
    if rest.is_empty() { said } else { format!("{said} ({})", plain(rest).replace(',', ", ")) }
}

fn label(filter: &str, words: &'static words::Oversight) -> &'static str {
    match filter {
        "from" => words.from,
        "to" => words.to,
        "act" => words.act,
        "outcome" => words.outcome,
        "person" => words.person,
        _ => words.number,
    }
}

/// The list's address with the filters that are on, without one of them, and with others.
fn address(query: &ParamsMap, without: Option<&str>, with: &[(&str, &str)]) -> String {
    let mut kept = ParamsMap::new();
    for name in FILTERS {
        let value = query.get(name).unwrap_or_default();
        if Some(name) != without && !value.trim().is_empty() {
            kept.insert(name, value);
        }
    }
    for (name, value) in with {
        kept.insert((*name).to_owned(), (*value).to_owned());
    }
    format!("{ADDRESS}{}", kept.to_query_string())
}
