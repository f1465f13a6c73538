//! One line of text.

use leptos::prelude::*;

use super::said::{Said, id_of, label as label_view};

/// What is typed. The browser's own checks stay off; the kind chooses the keyboard and what is filled in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Text,
    Email,
    Phone,
    Password,
    /// Digits that people read out or copy: a code, a record number.
    Digits,
}

/// How long the answer is likely to be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Width {
    #[default]
    Full,
    Half,
    Short,
}

/// With `question`, the label is the page's heading (see `Page`, `asks`).
#[component]
pub fn Field(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(optional)] kind: Kind,
    /// What was typed before; never given for a password.
    #[prop(optional, into)]
    value: String,
    #[prop(optional, into)] autocomplete: Option<String>,
    #[prop(optional)] width: Width,
    #[prop(optional)] question: bool,
) -> impl IntoView {
    let id = id_of(&name);
    let said = Said { id: id.clone(), hint, error };
    let (described_by, invalid) = (said.described_by(), said.invalid());
    let class = if invalid.is_some() { "field field-wrong" } else { "field" };
    let control = match width {
        Width::Full => "field-control",
        Width::Half => "field-control field-half",
        Width::Short => "field-control field-short",
    };
    let (input_type, inputmode) = match kind {
        Kind::Text => ("text", None),
        Kind::Email => ("email", None),
        Kind::Phone => ("tel", None),
        Kind::Password => ("password", None),
        Kind::Digits => ("text", Some("numeric")),
    };
    let heading = label_view(&id, label, question);
    view! {
        <div class=class>
            {heading}
            {said.view()}
            <input
                class=control
                id=id
                name=name
                type=input_type
                inputmode=inputmode
                value=value
                autocomplete=autocomplete
                spellcheck="false"
                aria-describedby=described_by
                aria-invalid=invalid
            />
        </div>
    }
}
