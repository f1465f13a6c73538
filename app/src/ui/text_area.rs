//! Several lines of text, with a limit that is said before it is met.

use leptos::prelude::*;

use super::said::{Said, id_of, label as label_view};
use crate::around::Around;

/// `limit` is in characters. It is said, not enforced while typing: what is too long is kept and sent back to be cut.
#[component]
pub fn TextArea(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(optional, into)] value: String,
    limit: u32,
    #[prop(default = 5)] rows: u32,
    #[prop(optional)] question: bool,
) -> impl IntoView {
    let id = id_of(&name);
    let most = (Around::here().words().ui.characters_at_most)(limit);
    let hint = Some(hint.map_or_else(|| most.clone(), |hint| format!("{hint} {most}")));
    let said = Said { id: id.clone(), hint, error };
    let (described_by, invalid) = (said.described_by(), said.invalid());
    let class = if invalid.is_some() { "field field-wrong" } else { "field" };
    let heading = label_view(&id, label, question);
    view! {
        <div class=class>
            {heading}
            {said.view()}
            <textarea
                class="field-control"
                id=id
                name=name
                rows=rows
                aria-describedby=described_by
                aria-invalid=invalid
            >
                {value}
            </textarea>
        </div>
    }
}
