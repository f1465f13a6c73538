//! Says before the session ends that it will, and offers to stay. Without JavaScript the session simply ends, and what
//! was typed is kept by the server.

use std::{cell::Cell, rc::Rc, time::Duration};

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, XmlHttpRequest};

use super::browser::{go, now, on, part, remember, remembered, request, succeeded};
use crate::around::{Around, SIGN_IN_ADDRESS, SIGN_OUT_ADDRESS, STAY_ADDRESS};

/// How long before the end the warning comes, in seconds (WCAG 2.2.1 wants twenty at least).
const WARNING: u64 = 120;
/// Where tabs of one browser tell each other when the session ends: what is done in one keeps all of them.
const ENDS: &str = "session-ends";

/// `seconds` is how long the session lasts from now when nothing more is done.
#[component]
pub fn IdleWarning(seconds: u32) -> impl IntoView {
    let around = Around::here();
    let words = &around.words().ui;
    view! {
        <IdleWatch seconds>
            <dialog class="idle-warning" data-part="dialog" aria-labelledby="idle-warning-heading">
                <h2 class="idle-warning-heading" id="idle-warning-heading">{words.idle_heading}</h2>
                <p>{words.idle_before}" "<b class="idle-warning-left" data-part="left">{WARNING}</b>" "{words.idle_seconds}"."</p>
                <div class="buttons">
                    <form method="post" action=STAY_ADDRESS data-part="stay">
                        <input type="hidden" name="token" value=around.token.clone() data-part="token"/>
                        <button class="button button-primary" type="submit">{words.idle_stay}</button>
                    </form>
                    <form method="post" action=SIGN_OUT_ADDRESS>
                        <input type="hidden" name="token" value=around.token/>
                        <button class="button button-secondary" type="submit">{words.sign_out}</button>
                    </form>
                </div>
            </dialog>
        </IdleWatch>
    }
}

#[island]
fn IdleWatch(seconds: u32, children: Children) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(root) = root.get() {
            let _ = watch(&root, u64::from(seconds));
        }
    });
    view! { <div node_ref=root>{children()}</div> }
}

/// Nothing is watched where a part is missing.
fn watch(root: &Element, seconds: u64) -> Option<()> {
    let dialog: HtmlDialogElement = part(root, "dialog")?.dyn_into().ok()?;
    let left = part(root, "left")?;
    let stay = part(root, "stay")?;
    let token = part(root, "token")?.get_attribute("value")?;
    let ends = Rc::new(Cell::new(0));
    lengthen(&ends, seconds);

    on(&stay, "submit", {
        let (ends, dialog) = (Rc::clone(&ends), dialog.clone());
        move |event| {
            event.prevent_default();
            let (ends, dialog) = (Rc::clone(&ends), dialog.clone());
            let _ = post_token(&token, move |answer| {
                if succeeded(answer) {
                    lengthen(&ends, seconds);
                    dialog.close();
                } else {
                    go(SIGN_IN_ADDRESS);
                }
            });
        }
    });
    set_interval(
        move || {
            let ends = remembered(ENDS).and_then(|ends| ends.parse().ok()).unwrap_or(ends.get());
            match ends.saturating_sub(now()) {
                0 => go(SIGN_IN_ADDRESS),
                seconds @ 1..=WARNING => {
                    left.set_text_content(Some(&seconds.to_string()));
                    if !dialog.open() {
                        let _ = dialog.show_modal();
                    }
                }
                _ if dialog.open() => dialog.close(),
                _ => {}
            }
        },
        Duration::from_secs(1),
    );
    Some(())
}

fn lengthen(ends: &Cell<u64>, seconds: u64) {
    ends.set(now() + seconds);
    remember(ENDS, &ends.get().to_string());
}

/// The token is hexadecimal or base64url, so it needs no escaping in a form's text.
fn post_token(token: &str, done: impl FnOnce(&XmlHttpRequest) + 'static) -> Option<()> {
    let request = request("POST", STAY_ADDRESS, done)?;
    request.set_request_header("content-type", "application/x-www-form-urlencoded").ok()?;
    request.send_with_opt_str(Some(&format!("token={token}"))).ok()
}
