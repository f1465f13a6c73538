//! Says before the session ends that it will, and offers to stay. When it has ended the page is left, or, where
//! something was typed and not sent, covered until somebody signs in. Without JavaScript the session simply ends, and
//! what was typed is kept by the server.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlFormElement, XmlHttpRequest};

use super::browser::{go, now, on, part, remember, remembered, request, succeeded};
use crate::around::{Around, SIGN_OUT_ADDRESS, STAY_ADDRESS, Side};

/// How long before the end the warning comes, in seconds (WCAG 2.2.1 wants twenty at least).
const WARNING: u64 = 120;
/// Where tabs of one browser tell each other when the session ends: what is done in one keeps all of them.
const ENDS: &str = "session-ends";
const UNAUTHORIZED: u16 = 401;

/// `seconds` is how long the session lasts from now when nothing more is done; `side` is where to sign in again.
#[component]
pub fn IdleWarning(seconds: u32, side: Side) -> impl IntoView {
    let around = Around::here();
    let words = &around.words().ui;
    let sign_in = side.sign_in_before(&around.address);
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
            <dialog class="idle-warning" data-part="over" data-sign-in=sign_in aria-labelledby="idle-over-heading">
                <h2 class="idle-warning-heading" id="idle-over-heading">{words.idle_over_heading}</h2>
                <p>{words.idle_over_text}</p>
                <div class="buttons">
                    <button class="button button-primary" type="button" data-part="keep">
                        {words.idle_over_button}
                    </button>
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

struct Session {
    /// Says that it will end.
    dialog: HtmlDialogElement,
    /// Says that it has ended.
    over: HtmlDialogElement,
    sign_in: String,
    ends: Cell<u64>,
    ended: Cell<bool>,
    /// The form that something was typed into last.
    typed: RefCell<Option<HtmlFormElement>>,
}

/// Nothing is watched where a part is missing, or where the page came without an act: it shows nothing of a record, and
/// did not lengthen the session.
fn watch(root: &Element, seconds: u64) -> Option<()> {
    part(&document().document_element()?, "acted")?;
    let over: HtmlDialogElement = part(root, "over")?.dyn_into().ok()?;
    let session = Rc::new(Session {
        dialog: part(root, "dialog")?.dyn_into().ok()?,
        sign_in: over.get_attribute("data-sign-in")?,
        over,
        ends: Cell::new(0),
        ended: Cell::new(false),
        typed: RefCell::default(),
    });
    let left = part(root, "left")?;
    let stay = part(root, "stay")?;
    let keep = part(root, "keep")?;
    let token = part(root, "token")?.get_attribute("value")?;
    session.lengthen(seconds);

    on(&document(), "input", {
        let session = Rc::clone(&session);
        move |event| {
            let field = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let form = field.and_then(|field| field.closest("form").ok().flatten());
            if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
                session.typed.replace(Some(form));
            }
        }
    });
    on(&keep, "click", {
        let session = Rc::clone(&session);
        move |_| session.keep()
    });
    on(&stay, "submit", {
        let session = Rc::clone(&session);
        move |event| {
            event.prevent_default();
            let session = Rc::clone(&session);
            let _ = post_token(&token, move |answer| {
                if succeeded(answer) {
                    session.lengthen(seconds);
                    session.dialog.close();
                } else if answer.status().is_ok_and(|status| status == UNAUTHORIZED) {
                    session.end();
                }
            });
        }
    });
    set_interval(
        move || match session.left() {
            0 => session.end(),
            seconds @ 1..=WARNING => {
                left.set_text_content(Some(&seconds.to_string()));
                show(&session.dialog);
            }
            _ => session.dialog.close(),
        },
        Duration::from_secs(1),
    );
    Some(())
}

impl Session {
    fn lengthen(&self, seconds: u64) {
        self.ends.set(now() + seconds);
        remember(ENDS, &self.ends.get().to_string());
    }

    /// A session that has ended stays so, whoever signs in in another tab.
    fn left(&self) -> u64 {
        if self.ended.get() {
            return 0;
        }
        let ends = remembered(ENDS).and_then(|ends| ends.parse().ok()).unwrap_or(self.ends.get());
        ends.saturating_sub(now())
    }

    /// Leaves the page. What was typed and not sent stays, out of sight, until the person wants to go on.
    fn end(&self) {
        let first = !self.ended.replace(true);
        self.dialog.close();
        if self.typed.borrow().is_some() {
            if let Some(main) = document().get_element_by_id("main") {
                let _ = main.set_attribute("hidden", "");
            }
            show(&self.over);
        } else if first {
            go(&self.sign_in);
        }
    }

    /// Posts the form without its token: so it is kept for the person and never carried out, whatever this computer's
    /// clock says of the session.
    fn keep(&self) {
        let Some(form) = self.typed.take() else { return };
        if let Ok(Some(token)) = form.query_selector("[name=token]") {
            let _ = token.set_attribute("value", "");
        }
        if form.submit().is_err() {
            go(&self.sign_in);
        }
    }
}

fn show(dialog: &HtmlDialogElement) {
    if !dialog.open() {
        let _ = dialog.show_modal();
    }
}

/// The token is hexadecimal or base64url, so it needs no escaping in a form's text.
fn post_token(token: &str, done: impl FnOnce(&XmlHttpRequest) + 'static) -> Option<()> {
    let request = request("POST", STAY_ADDRESS, done)?;
    request.set_request_header("content-type", "application/x-www-form-urlencoded").ok()?;
    request.send_with_opt_str(Some(&format!("token={token}"))).ok()
}
