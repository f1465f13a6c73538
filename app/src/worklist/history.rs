//! Everything that happened to a case, by whom and when.

use crate::ui::param;
use domain::shown::worklist::History;
use leptos::prelude::*;

use super::{
    calls::look_at_history,
    frame::{At, frame},
    loaded::loaded,
    tried::Tried,
};
use crate::ui::Timeline;

#[component]
pub fn HistoryPage() -> impl IntoView {
    loaded(look_at_history(param("request")), |history, tried| page(history, &tried))
}

fn page(history: History, tried: &Tried) -> AnyView {
    let days = tried.days_of(history.entries);
    let body = view! { <h2 class="visually-hidden">{tried.words.latest}</h2><Timeline days/> }.into_any();
    frame(&history.head, At::History, tried.words.history, tried, body)
}
