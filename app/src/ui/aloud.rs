//! A number that people say aloud or copy by hand: fixed width, in groups.

use leptos::prelude::*;

/// The number as it is written in groups, "482 173 9056". Lines do not break within it.
#[component]
pub fn Aloud(#[prop(into)] number: String) -> impl IntoView {
    let number = number.replace(' ', "\u{a0}");
    view! { <span class="aloud" translate="no">{number}</span> }
}
