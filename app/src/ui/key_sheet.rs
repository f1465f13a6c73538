//! The keys of a page. It opens like any fold; on pages with keys, "?" opens it too.

use leptos::prelude::*;

use crate::around::Around;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub key: String,
    pub does: String,
}

impl Key {
    pub fn new(key: impl Into<String>, does: impl Into<String>) -> Self {
        Self { key: key.into(), does: does.into() }
    }
}

/// One on a page: it has the id `keys`. The children are the island that listens.
#[component]
pub fn KeySheet(keys: Vec<Key>, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let rows: Vec<_> = keys
        .into_iter()
        .map(|Key { key, does }| view! { <div><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div> })
        .collect();
    view! {
        <details class="key-sheet" id="keys">
            <summary class="key-sheet-summary">{Around::here().words().ui.keys}</summary>
            <dl class="key-sheet-list">{rows}</dl>
            {children.map(|children| children())}
        </details>
    }
}
