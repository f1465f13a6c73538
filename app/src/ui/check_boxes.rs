//! Any number of answers out of several.

use leptos::prelude::*;

use super::{choice::Choice, fieldset::Fieldset, said::id_of};

/// Posts `NAME[]` once for every box that is ticked; `name` is given without the brackets.
#[component]
pub fn CheckBoxes(
    #[prop(into)] name: String,
    #[prop(into)] legend: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
    choices: Vec<Choice>,
    #[prop(optional)] question: bool,
) -> impl IntoView {
    let stem = id_of(&name);
    let posted = format!("{stem}[]");
    let controls: Vec<_> =
        (0..).zip(choices).map(|(place, choice)| choice.control("checkbox", &posted, &stem, place)).collect();
    view! {
        <Fieldset id=stem legend question hint error>
            <div class="choices">{controls}</div>
        </Fieldset>
    }
}
