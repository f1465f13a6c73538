//! A list with nothing in it: says so, why, and what to do.

use leptos::prelude::*;

#[component]
pub fn EmptyState(
    #[prop(into)] heading: String,
    #[prop(into)] text: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <h2 class="empty-state-heading">{heading}</h2>
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}
