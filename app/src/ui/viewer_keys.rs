//! Keys and buttons that make the page in the viewer larger, smaller and turn it. Without JavaScript the browser's own
//! zoom does it.

use std::cell::Cell;

use leptos::{html, prelude::*};

use super::{
    browser::{on, part},
    keys::{KeysSwitch, listen},
};
use crate::around::Around;

const LARGEST: u8 = 3;

/// Stands among the acts of a `PageViewer`: + and - zoom, r turns, letters press buttons ("n" for the next page).
#[component]
pub fn PageViewerKeys() -> impl IntoView {
    let words = &Around::here().words().ui;
    let tool = |name: &'static str, text: &'static str| {
        view! { <button class="button button-secondary" type="button" data-part=name hidden>{text}</button> }
    };
    view! {
        <ViewerWatch>
            {tool("larger", words.viewer_larger)}
            {tool("smaller", words.viewer_smaller)}
            {tool("turn", words.viewer_turn)}
            <KeysSwitch/>
        </ViewerWatch>
    }
}

#[island]
fn ViewerWatch(children: Children) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let Some(root) = root.get() else { return };
        for (name, key) in [("larger", "+"), ("smaller", "-"), ("turn", "r")] {
            if let Some(button) = part(&root, name) {
                button.set_hidden(false);
                on(&button, "click", move |_| {
                    let _ = show(key);
                });
            }
        }
        listen(&root, |key| show(key).is_some());
    });
    view! { <div class="page-viewer-tools" node_ref=root>{children()}</div> }
}

thread_local! {
    /// Steps of zoom, and quarter turns, of the one viewer on the page.
    static ZOOM: Cell<u8> = const { Cell::new(0) };
    static TURNS: Cell<u8> = const { Cell::new(0) };
}

fn show(key: &str) -> Option<()> {
    let frame = document().query_selector(".page-viewer-frame").ok().flatten()?;
    let (zoom, turns) = match key {
        "+" => ((ZOOM.get() + 1).min(LARGEST), TURNS.get()),
        "-" => (ZOOM.get().saturating_sub(1), TURNS.get()),
        "r" => (ZOOM.get(), (TURNS.get() + 1) % 4),
        _ => return None,
    };
    ZOOM.set(zoom);
    TURNS.set(turns);
    frame.set_attribute("data-zoom", &zoom.to_string()).ok()?;
    frame.set_attribute("data-turns", &turns.to_string()).ok()
}
