//! The way through a long list, page by page. There is no total and no page number: lists grow while they are read.

use leptos::prelude::*;

use crate::around::Around;

#[component]
pub fn Pager(
    #[prop(optional_no_strip)] newer: Option<String>,
    #[prop(optional_no_strip)] older: Option<String>,
) -> impl IntoView {
    let words = &Around::here().words().ui;
    (newer.is_some() || older.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label=words.pages>
                {newer.map(|address| view! { <a class="pager-newer" rel="prev" href=address>{words.newer}</a> })}
                {older.map(|address| view! { <a class="pager-older" rel="next" href=address>{words.older}</a> })}
            </nav>
        }
    })
}
