//! A file from the person's phone or computer.

use leptos::prelude::*;

use super::said::{Said, id_of, label as label_view};

/// Stands in a `Form` with `files`. `accept` lists types as the browser wants them, "image/jpeg,application/pdf";
/// it only helps choosing, and the hint says the same in words.
#[component]
pub fn FileField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(into)] hint: String,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(into)] accept: String,
    #[prop(optional)] multiple: bool,
    #[prop(optional)] question: bool,
) -> impl IntoView {
    let id = id_of(&name);
    let said = Said { id: id.clone(), hint: Some(hint), error };
    let (described_by, invalid) = (said.described_by(), said.invalid());
    let class = if invalid.is_some() { "field field-wrong" } else { "field" };
    let heading = label_view(&id, label, question);
    view! {
        <div class=class>
            {heading}
            {said.view()}
            <input
                class="file-field"
                type="file"
                id=id
                name=name
                accept=accept
                multiple=multiple
                aria-describedby=described_by
                aria-invalid=invalid
            />
        </div>
    }
}
