//! A page's frame: its title, the way back, what is wrong, its heading.

use leptos::prelude::*;
use leptos_meta::Title;

use super::error_summary::{ErrorSummary, Wrong};
use crate::around::Around;

/// Where a link leads and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    pub address: String,
    pub text: String,
}

impl Way {
    pub fn new(address: impl Into<String>, text: impl Into<String>) -> Self {
        Self { address: address.into(), text: text.into() }
    }

    /// Back to the page before, as it is called everywhere.
    pub fn back(address: impl Into<String>) -> Self {
        Self::new(address, Around::here().words().ui.back)
    }
}

/// With `asks`, the heading is left to the one field that asks the page's question (its `question`).
/// With `wide`, tables may use the whole window.
#[component]
pub fn Page(
    #[prop(into)] title: String,
    #[prop(optional, into)] caption: Option<String>,
    #[prop(optional)] back: Option<Way>,
    #[prop(optional)] wrong: Vec<Wrong>,
    #[prop(optional)] asks: bool,
    #[prop(optional)] wide: bool,
    children: Children,
) -> impl IntoView {
    let around = Around::here();
    let prefix = if wrong.is_empty() { String::new() } else { format!("{}: ", around.words().ui.error) };
    let class = if wide { "page page-wide" } else { "page" };
    view! {
        <Title text=format!("{prefix}{title} – {}", around.facility.name)/>
        <div class=class>
            {back.map(|way| view! { <a class="page-back" href=way.address>{way.text}</a> })}
            <ErrorSummary wrong/>
            {caption.map(|caption| view! { <p class="page-caption">{caption}</p> })}
            {(!asks).then(|| view! { <h1 class="page-title">{title}</h1> })}
            {children()}
        </div>
    }
}
