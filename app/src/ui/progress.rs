//! How much of something is done.

use leptos::prelude::*;

/// `said` is the same in words: "12 of 120 pages looked at". `id` is unique on the page.
#[component]
pub fn Progress(#[prop(into)] id: String, done: u32, of: u32, #[prop(into)] said: String) -> impl IntoView {
    view! {
        <div class="progress">
            <label class="progress-said" for=id.clone()>{said}</label>
            <progress class="progress-bar" id=id value=done max=of.max(1)></progress>
        </div>
    }
}
