//! What a look-up found: enough to tell one from the next. Where it is one, what to ask follows at once.

use domain::{language::Language, shown::front_desk::Hit};
use leptos::prelude::*;

use super::{caller::CheckForm, calls};
use crate::{
    around::Around,
    ui::{Aloud, ButtonKind, ButtonLink, Column, EmptyState, Page, Row, Table, Way, asked, loaded},
    words::FrontDesk,
};

#[component]
pub fn Found() -> impl IntoView {
    let search = asked("search");
    loaded(calls::found(search.clone()), move |found, tried| {
        let words = &Around::here().words().front_desk;
        let empty = found.hits.is_empty();
        let single = found.check.is_some();
        let rows: Vec<_> = found.hits.iter().map(|hit| row(hit, &search, words)).collect();
        let columns = [words.name, words.born, words.number, words.state].map(Column::new).into();
        let check = found.check.map(|check| {
            let search = search.clone();
            view! { <h2>{words.check_title}</h2> <CheckForm check search tried=tried.clone()/> }
        });
        view! {
            <Page
                title=words.found_title
                caption=FrontDesk::reason(found.reason)
                back=Way::new("/front-desk", words.search_again)
                wide=!single
            >
                {empty.then(|| view! {
                    <EmptyState heading=words.nothing_heading text=words.nothing_text>
                        <ButtonLink text=words.search_again address="/front-desk"/>
                        <ButtonLink text=words.enter_link address="/front-desk/enter" kind=ButtonKind::Secondary/>
                    </EmptyState>
                })}
                {(!empty).then(|| view! { <Table caption=words.found_caption columns rows/> })}
                {found.more.then(|| view! { <p>{words.more}</p> })}
                {check}
            </Page>
        }
    })
}

fn row(hit: &Hit, search: &str, words: &'static FrontDesk) -> Row {
    let address = format!("/front-desk/caller?request={}&search={search}", hit.request);
    let state = if hit.closed { words.closed } else { words.open };
    Row::new(vec![
        view! { <a href=address>{hit.name.clone()}</a> }.into_any(),
        domain::words::date(hit.born, Language::English).into_any(),
        view! { <Aloud number=hit.number.to_string()/> }.into_any(),
        state.into_any(),
    ])
}
