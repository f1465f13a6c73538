//! Keeps what it wraps up to date while somebody looks at it. Without JavaScript a reload does the same.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use domain::ids::RequestId;
use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, EventSource, HtmlElement, XmlHttpRequest, XmlHttpRequestResponseType};

use super::browser::{go, hidden, on, part, request, succeeded};
use crate::around::Around;

/// What can have the focus, and what the reader has opened.
const CONTROLS: &str = "a[href],button,summary";

/// Marks the refetch, which is nobody's activity and must not keep a session alive.
const REFETCH: &str = "x-live";

/// Any of the request's server-sent events means that the page has changed since `as_of`, when it was read. One on a
/// page, and no island inside: what it wraps is replaced by the same part of the page fetched anew. Where something has
/// been typed on the page, a sentence with a link is shown instead.
#[component]
pub fn LiveStatus(request: RequestId, as_of: i64, children: Children) -> impl IntoView {
    let around = Around::here();
    let words = &around.words().ui;
    let events = format!("/live/{request}");
    view! {
        <LiveWatch events as_of>
            <p class="live-status-changed" role="status" data-part="changed" hidden>
                {words.live_changed}" "<a href=around.address>{words.live_show}</a>
            </p>
            <p class="visually-hidden" role="status" data-part="shown" data-said=words.live_shown></p>
            <div data-part="live">{children()}</div>
        </LiveWatch>
    }
}

#[island]
fn LiveWatch(events: String, as_of: i64, children: Children) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(root) = root.get() {
            let _ = watch(&root, events.clone(), as_of);
        }
    });
    view! { <div class="live-status" node_ref=root>{children()}</div> }
}

#[derive(Clone)]
struct Parts {
    live: HtmlElement,
    changed: HtmlElement,
    shown: HtmlElement,
    typed: Rc<RefCell<bool>>,
}

fn watch(root: &Element, events: String, as_of: i64) -> Option<()> {
    let parts = Parts {
        live: part(root, "live")?,
        changed: part(root, "changed")?,
        shown: part(root, "shown")?,
        typed: Rc::default(),
    };
    let typed = Rc::clone(&parts.typed);
    on(&document(), "input", move |_| *typed.borrow_mut() = true);

    let message = Closure::<dyn FnMut()>::new(move || parts.message());
    let source = RefCell::new(None::<EventSource>);
    // A tab in the background holds no connection. Coming back, it does not say when it was read: it may have missed all.
    let first = format!("{events}?as_of={as_of}");
    let opened = Cell::new(false);
    let follow = move || {
        if let Some(old) = source.take() {
            old.close();
        }
        if !hidden()
            && let Ok(new) = EventSource::new(if opened.replace(true) { &events } else { &first })
        {
            new.set_onmessage(Some(message.as_ref().unchecked_ref()));
            source.replace(Some(new));
        }
    };
    follow();
    on(&document(), "visibilitychange", move |_| follow());
    Some(())
}

impl Parts {
    fn message(&self) {
        if *self.typed.borrow() {
            self.changed.set_hidden(false);
        } else {
            let _ = self.refetch();
        }
    }

    fn refetch(&self) -> Option<()> {
        let address = window().location().href().ok()?;
        let parts = self.clone();
        let request = request("GET", &address, move |answer| parts.show(answer))?;
        request.set_request_header(REFETCH, "1").ok()?;
        request.set_response_type(XmlHttpRequestResponseType::Document);
        request.send().ok()
    }

    fn show(&self, answer: &XmlHttpRequest) {
        if !succeeded(answer) || self.replace(answer).is_none() {
            // Signed out meanwhile, or the page is another now: the browser shows what is there.
            go(&window().location().href().unwrap_or_default());
        }
    }

    /// The reader stays where they were: in the same control, with the same parts open. Where it is gone they come before
    /// all controls: another one in its place does something else.
    fn replace(&self, answer: &XmlHttpRequest) -> Option<()> {
        let page = answer.response().ok()?.dyn_into::<web_sys::Document>().ok()?;
        let fresh = part(&page.document_element()?, "live")?;
        let open: Vec<_> = self.all("details[open]>summary").iter().map(|summary| summary.text_content()).collect();
        let active = document().active_element();
        let has_focus = |control: &HtmlElement| active.as_ref().is_some_and(|at| control.is_same_node(Some(at)));
        let place = self.all(CONTROLS).iter().position(has_focus);
        let top = window().scroll_y();

        document().set_title(&page.title());
        self.live.set_inner_html(&fresh.inner_html());
        self.shown.set_text_content(self.shown.get_attribute("data-said").as_deref());

        for summary in self.all("summary") {
            if open.contains(&summary.text_content())
                && let Some(details) = summary.parent_element()
            {
                let _ = details.set_attribute("open", "");
            }
        }
        if let (Some(place), Some(active)) = (place, active) {
            let controls = self.all(CONTROLS);
            let same = |control: &&HtmlElement| control.text_content() == active.text_content();
            let there = controls.get(place);
            if let Some(control) = there.filter(same).or_else(|| controls.iter().find(same)) {
                let _ = control.focus();
            } else {
                self.live.set_tab_index(-1);
                let _ = self.live.focus();
            }
            if let Ok(top) = top {
                window().scroll_to_with_x_and_y(0.0, top);
            }
        }
        Some(())
    }

    fn all(&self, which: &str) -> Vec<HtmlElement> {
        let Ok(found) = self.live.query_selector_all(which) else { return Vec::new() };
        (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
    }
}
