//! There is no page at this address, or none for this person: both look the same.

use leptos::prelude::*;

use super::page::Page;
use crate::around::Around;

#[component]
pub fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(axum::http::StatusCode::NOT_FOUND);
    }
    let words = &Around::here().words().ui;
    view! {
        <Page title=words.not_found_title>
            <p class="lead">{words.not_found_text}</p>
            <p><a href="/">{words.start_page}</a></p>
        </Page>
    }
}
