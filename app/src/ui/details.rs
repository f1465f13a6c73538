//! More about something, for those who want it.

use leptos::prelude::*;

/// `open` where a form inside came back with something to mend.
#[component]
pub fn Details(#[prop(into)] summary: String, #[prop(optional)] open: bool, children: Children) -> impl IntoView {
    view! {
        <details class="details" open=open>
            <summary class="details-summary">{summary}</summary>
            <div class="details-text">{children()}</div>
        </details>
    }
}
