//! One answer out of many, for staff; patients are given radios.

use leptos::prelude::*;

use super::{
    choice::Choice,
    said::{Said, id_of, label as label_view},
};

#[component]
pub fn Select(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
    choices: Vec<Choice>,
) -> impl IntoView {
    let id = id_of(&name);
    let said = Said { id: id.clone(), hint, error };
    let (described_by, invalid) = (said.described_by(), said.invalid());
    let class = if invalid.is_some() { "field field-wrong" } else { "field" };
    let heading = label_view(&id, label, false);
    let options: Vec<_> = choices
        .into_iter()
        .map(|choice| view! { <option value=choice.value selected=choice.chosen>{choice.label}</option> })
        .collect();
    view! {
        <div class=class>
            {heading}
            {said.view()}
            <select class="field-control select" id=id name=name aria-describedby=described_by aria-invalid=invalid>
                {options}
            </select>
        </div>
    }
}
