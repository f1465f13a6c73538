//! Letters that wait to be printed and mailed, each with the page to print it from.

use domain::{language::Language, shown::front_desk::Waiting, words::date};
use leptos::prelude::*;

use crate::{
    around::Around,
    ui::{Aloud, Column, Row, Table},
    words::FrontDesk,
};

/// A heading of the second level stands above.
#[component]
pub(super) fn Letters(waiting: Vec<Waiting>) -> impl IntoView {
    let words = &Around::here().words().front_desk;
    let columns = [words.letter_about, words.number, words.letter_written].map(Column::new).into();
    let rows: Vec<_> = waiting.into_iter().map(row).collect();
    view! { <Table caption=words.letters hidden_caption=true columns rows/> }
}

fn row(letter: Waiting) -> Row {
    let address = format!("/front-desk/notices/{}", letter.notice);
    Row::new(vec![
        view! { <a href=address>{FrontDesk::letter(letter.kind)}</a> }.into_any(),
        view! { <Aloud number=letter.number.to_string()/> }.into_any(),
        date(letter.on, Language::English).into_any(),
    ])
}
