//! More about something, for those who want it.

use leptos::prelude::*;

#[component]
pub fn Details(#[prop(into)] summary: String, children: Children) -> impl IntoView {
    view! {
        <details class="details">
            <summary class="details-summary">{summary}</summary>
            <div class="details-text">{children()}</div>
        </details>
    }
}
