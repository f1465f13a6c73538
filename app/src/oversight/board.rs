//! The supervisor's board: what is due and what is late, by where it stands and by who has it.

use domain::{
    language::Language,
    shown::oversight::{Board, Holder, Tally},
    words::staff::headline,
};
use leptos::prelude::*;

use super::{At, Pages, calls};
use crate::{
    around::Around,
    ui::{Column, EmptyState, Page, Row, Table, loaded},
    words::{self, number},
};

#[component]
pub fn Oversight() -> impl IntoView {
    loaded(calls::board(), |oversight, _| {
        let words = &Around::here().words().oversight;
        let body = match oversight.board {
            Some(board) if board.all.open == 0 => {
                view! { <EmptyState heading=words.board_empty text=words.board_empty_text/> }.into_any()
            }
            Some(board) => figures(board, words).into_any(),
            None => view! { <p>{words.no_board}</p> }.into_any(),
        };
        view! {
            <Page title=words.board_title caption=oversight.facility wide=true>
                <Pages at=At::Board/>
                {body}
            </Page>
        }
    })
}

fn figures(board: Board, words: &'static words::Oversight) -> impl IntoView {
    let columns = |first: &str| {
        vec![
            Column::new(first),
            Column::figures(words.open),
            Column::figures(words.due_soon),
            Column::figures(words.overdue),
        ]
    };
    let by_headline = board
        .by_headline
        .into_iter()
        .map(|(stands, tally)| row(headline(stands).to(Language::English).to_owned(), tally))
        .chain([row(words.all_open.to_owned(), board.all)])
        .collect();
    let by_person = board
        .by_person
        .into_iter()
        .map(|(holder, tally)| match holder {
            Holder::Nobody => row(words.nobody.to_owned(), tally),
            Holder::Person { name, .. } => row(name, tally),
        })
        .collect();
    view! {
        {board.capped_at.map(|most| view! { <p>{(words.capped)(most)}</p> })}
        <Table caption=words.by_headline columns=columns(words.stands) rows=by_headline/>
        <Table caption=words.by_person columns=columns(words.who) rows=by_person/>
    }
}

/// A row is marked where something in it is late; the figure says how many.
fn row(name: String, tally: Tally) -> Row {
    let cells = vec![
        name.into_any(),
        number(tally.open).into_any(),
        number(tally.due_soon).into_any(),
        number(tally.overdue).into_any(),
    ];
    Row { cells, late: tally.overdue > 0 }
}
