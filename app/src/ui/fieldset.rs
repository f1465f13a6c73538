//! Controls that answer one question together.

use leptos::prelude::*;

use super::said::Said;

/// `id` is the stem of the ids inside; the error summary links to the first control, not here.
#[component]
pub(super) fn Fieldset(
    id: String,
    legend: String,
    question: bool,
    hint: Option<String>,
    error: Option<String>,
    children: Children,
) -> impl IntoView {
    let said = Said { id, hint, error };
    let described_by = said.described_by();
    let class = if said.error.is_some() { "field field-wrong" } else { "field" };
    view! {
        <fieldset class=class aria-describedby=described_by>
            {if question {
                view! { <legend class="field-legend"><h1 class="field-question">{legend}</h1></legend> }.into_any()
            } else {
                view! { <legend class="field-legend field-label">{legend}</legend> }.into_any()
            }}
            {said.view()}
            {children()}
        </fieldset>
    }
}
