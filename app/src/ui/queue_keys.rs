//! Keys of a list: j and k go from row to row, Enter opens (the browser's own), letters press buttons.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::keys::{KeysSwitch, listen};

/// Stands in the page's `KeySheet`. Rows are those of a `Table`: j and k move the focus along their first links.
#[component]
pub fn QueueKeys() -> impl IntoView {
    view! { <QueueWatch><KeysSwitch/></QueueWatch> }
}

#[island]
fn QueueWatch(children: Children) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(root) = root.get() {
            listen(&root, |key| match key {
                "j" => step(true).is_some(),
                "k" => step(false).is_some(),
                _ => false,
            });
        }
    });
    view! { <div node_ref=root>{children()}</div> }
}

/// Moves the focus one row on or back; from outside the list, to its first row.
fn step(onward: bool) -> Option<()> {
    let rows = document().query_selector_all(".table-name a").ok()?;
    let at = document().active_element();
    let current = (0..rows.length())
        .find(|place| rows.item(*place).is_some_and(|row| at.as_ref().is_some_and(|at| row.is_same_node(Some(at)))));
    let next = match (current, onward) {
        (None, _) => 0,
        (Some(place), true) => (place + 1).min(rows.length().saturating_sub(1)),
        (Some(place), false) => place.saturating_sub(1),
    };
    rows.item(next)?.dyn_into::<HtmlElement>().ok()?.focus().ok()
}
