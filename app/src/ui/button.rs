//! Buttons, and links that look like them. A button does something; a link goes somewhere.

use leptos::prelude::*;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do; one on a page.
    #[default]
    Primary,
    Secondary,
    /// For what cannot be taken back.
    Warning,
    /// A small act beside larger ones: looks like a link, is a button.
    Plain,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Secondary => "button button-secondary",
            Self::Warning => "button button-warning",
            Self::Plain => "button button-plain",
        }
    }
}

/// Sends the form that it stands in; `name` and `value` where a form has two ways out. `key` is the single letter that
/// presses it on pages with keys.
#[component]
pub fn Button(
    #[prop(into)] text: String,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    /// Said after the text to those who do not see what stands beside it, "date of birth" after "Change".
    #[prop(optional, into)]
    hidden: Option<String>,
    #[prop(optional)] key: Option<char>,
    /// What it leads to is shown in a new tab; the hidden text says so.
    #[prop(optional)]
    new_tab: bool,
    /// Sends the form to this address instead of its own, in parts, with its file.
    #[prop(optional)]
    files_to: Option<&'static str>,
) -> impl IntoView {
    let target = new_tab.then_some("_blank");
    let encoding = files_to.map(|_| "multipart/form-data");
    view! {
        <button
            class=kind.class()
            type="submit"
            formtarget=target
            formaction=files_to
            formenctype=encoding
            name=name
            value=value
            data-key=key.map(String::from)
        >
            {text}
            {hidden.map(|hidden| view! { <span class="visually-hidden">" "{hidden}</span> })}
        </button>
    }
}

#[component]
pub fn ButtonLink(
    #[prop(into)] text: String,
    #[prop(into)] address: String,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] key: Option<char>,
) -> impl IntoView {
    view! { <a class=kind.class() href=address data-key=key.map(String::from)>{text}</a> }
}

/// Several side by side.
#[component]
pub fn Buttons(children: Children) -> impl IntoView {
    view! { <div class="buttons">{children()}</div> }
}
