//! A status in a word or two; its colour repeats what the word says.

use leptos::prelude::*;

use super::tone::Tone;

#[component]
pub fn StatusTag(#[prop(into)] text: String, #[prop(optional)] tone: Tone) -> impl IntoView {
    view! { <strong class=format!("status-tag status-tag-{}", tone.class())>{text}</strong> }
}
