//! Single-letter keys, for pages where the same acts are done all day. They are off while something is typed and with
//! any other key held down, and can be turned off for good (WCAG 2.1.4).

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::browser::{on, part, remember, remembered};
use crate::around::Around;

const SWITCH: &str = "single-letter-keys";
const OFF: &str = "off";

/// The button that turns the keys off and on; shown by the island that it stands in.
#[component]
pub(super) fn KeysSwitch() -> impl IntoView {
    let words = &Around::here().words().ui;
    view! {
        <button class="button button-plain" type="button" data-part="turn-off" hidden>{words.keys_turn_off}</button>
        <button class="button button-plain" type="button" data-part="turn-on" hidden>{words.keys_turn_on}</button>
    }
}

/// `act` is asked first and says whether the key was its own. Otherwise "?" folds the key sheet open or shut, and a
/// letter presses what carries it as `data-key`.
pub(super) fn listen(root: &Element, act: impl Fn(&str) -> bool + 'static) {
    let _ = switch(root);
    on(&window(), "keydown", move |event| {
        let Ok(event) = event.dyn_into::<KeyboardEvent>() else { return };
        if !is_for_us(&event) {
            return;
        }
        let key = event.key();
        if act(&key) || press(&key).is_some() {
            event.prevent_default();
        }
    });
}

fn is_for_us(event: &KeyboardEvent) -> bool {
    let held = event.ctrl_key() || event.alt_key() || event.meta_key();
    let typing = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| element.matches("input, textarea, select, [contenteditable]").unwrap_or(true));
    !held && !typing && !event.default_prevented() && remembered(SWITCH).as_deref() != Some(OFF)
}

fn press(key: &str) -> Option<()> {
    let selector = match key.as_bytes() {
        b"?" => "#keys > summary".to_owned(),
        [letter] if letter.is_ascii_alphanumeric() => format!("[data-key={key:?}]"),
        _ => return None,
    };
    let element: HtmlElement = document().query_selector(&selector).ok().flatten()?.dyn_into().ok()?;
    element.click();
    Some(())
}

fn switch(root: &Element) -> Option<()> {
    let (turn_off, turn_on) = (part(root, "turn-off")?, part(root, "turn-on")?);
    let show = {
        let (turn_off, turn_on) = (turn_off.clone(), turn_on.clone());
        move || {
            let off = remembered(SWITCH).as_deref() == Some(OFF);
            turn_off.set_hidden(off);
            turn_on.set_hidden(!off);
        }
    };
    show();
    for (button, other, state) in [(turn_off.clone(), turn_on.clone(), OFF), (turn_on, turn_off, "on")] {
        let show = show.clone();
        on(&button, "click", move |_| {
            remember(SWITCH, state);
            show();
            // The pressed button is gone now, and the focus must not be lost with it.
            let _ = other.focus();
        });
    }
    Some(())
}
