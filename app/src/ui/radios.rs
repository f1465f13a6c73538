//! One answer out of a few.

use leptos::prelude::*;

use super::{choice::Choice, fieldset::Fieldset};

/// Nothing is chosen beforehand unless a choice says so.
#[component]
pub fn Radios(
    #[prop(into)] name: String,
    #[prop(into)] legend: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
    choices: Vec<Choice>,
    #[prop(optional)] question: bool,
) -> impl IntoView {
    let controls: Vec<_> =
        (0..).zip(choices).map(|(place, choice)| choice.control("radio", &name, &name, place)).collect();
    view! {
        <Fieldset id=name.clone() legend question hint error>
            <div class="choices">{controls}</div>
        </Fieldset>
    }
}
