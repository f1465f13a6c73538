//! Something that has to be read before the rest of the page.

use leptos::prelude::*;

use super::tone::Tone;
use crate::around::Around;

/// The tone is also said in words, above the heading. `announced` has a screen reader say it at once: for the answer to
/// what was just done, never for what always stands there.
#[component]
pub fn Notice(
    #[prop(optional)] tone: Tone,
    #[prop(into)] heading: String,
    #[prop(optional)] announced: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let words = &Around::here().words().ui;
    let kind = match tone {
        Tone::Information => words.tone_information,
        Tone::ActionNeeded => words.tone_action_needed,
        Tone::Done => words.tone_done,
        Tone::Late => words.tone_late,
    };
    view! {
        <section class=format!("notice notice-{}", tone.class()) role=announced.then_some("status")>
            <p class="notice-kind">{kind}</p>
            <h2 class="notice-heading">{heading}</h2>
            {children.map(|children| view! { <div class="notice-text">{children()}</div> })}
        </section>
    }
}
