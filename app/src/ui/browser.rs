//! The few calls into the browser that islands share. A browser that refuses one (no storage, no events) leaves the
//! page as it was, which works without them.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, EventTarget, HtmlElement, XmlHttpRequest};

/// The element that an island's markup marks as this part of it.
pub(super) fn part(root: &Element, name: &str) -> Option<HtmlElement> {
    root.query_selector(&format!("[data-part={name}]")).ok().flatten()?.dyn_into().ok()
}

/// Listens for as long as the page lives, as its islands do.
pub(super) fn on(target: &EventTarget, event: &str, act: impl FnMut(Event) + 'static) {
    let act = Closure::<dyn FnMut(Event)>::new(act);
    if target.add_event_listener_with_callback(event, act.as_ref().unchecked_ref()).is_ok() {
        act.forget();
    }
}

pub(super) fn go(address: &str) {
    // A browser that will not go leaves the page, whose links and forms still do.
    let _ = window().location().assign(address);
}

/// Whether the tab is in the background.
pub(super) fn hidden() -> bool {
    document().hidden()
}

pub(super) fn remembered(key: &str) -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(key).ok().flatten()
}

pub(super) fn remember(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // Full or refused: nothing is remembered, and nothing depends on it.
        let _ = storage.set_item(key, value);
    }
}

/// Seconds since 1970 by this computer's clock: only differences of it mean anything here.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole seconds after 1970 fit")]
pub(super) fn now() -> u64 {
    (js_sys::Date::now() / 1000.0) as u64
}

/// A request that calls `done` once, when it has ended in whichever way; its status is 0 when there was no answer.
pub(super) fn request(
    method: &str,
    address: &str,
    done: impl FnOnce(&XmlHttpRequest) + 'static,
) -> Option<XmlHttpRequest> {
    let request = XmlHttpRequest::new().ok()?;
    request.open(method, address).ok()?;
    let ended = request.clone();
    let done = Closure::once_into_js(move || done(&ended));
    request.set_onloadend(Some(done.unchecked_ref()));
    Some(request)
}

/// Whether the answer says done.
pub(super) fn succeeded(request: &XmlHttpRequest) -> bool {
    request.status().is_ok_and(|status| (200..300).contains(&status))
}
