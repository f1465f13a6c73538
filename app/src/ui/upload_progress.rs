//! Shows how much of a file has been sent. Without JavaScript the form is posted as it is.

use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{
    Element, FormData, HtmlElement, HtmlFormElement, HtmlProgressElement, ProgressEvent, SubmitEvent, XmlHttpRequest,
};

use super::browser::{go, on, part, request, succeeded};
use crate::around::Around;

const TOO_LARGE: u16 = 413;

/// The children are one `Form` with `files`, or the part of a form with its file and the button that sends it. `id` is
/// unique on the page. When sending fails, the form stays as it was.
#[component]
pub fn UploadProgress(#[prop(into)] id: String, children: Children) -> impl IntoView {
    let words = &Around::here().words().ui;
    view! {
        <UploadWatch>
            <p class="field-error" role="alert" data-part="failed" hidden>{words.upload_failed}</p>
            <p class="field-error" role="alert" data-part="too-large" hidden>{words.upload_too_large}</p>
            {children()}
            <div class="progress" data-part="progress" hidden>
                <label class="progress-said" for=id.clone()>{words.upload_sending}</label>
                <progress class="progress-bar" id=id max="100" value="0" data-part="bar"></progress>
            </div>
        </UploadWatch>
    }
}

#[island]
fn UploadWatch(children: Children) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(root) = root.get() {
            let _ = watch(&root);
        }
    });
    view! { <div class="upload-progress" node_ref=root>{children()}</div> }
}

#[derive(Clone)]
struct Parts {
    failed: HtmlElement,
    too_large: HtmlElement,
    progress: HtmlElement,
    bar: HtmlProgressElement,
}

fn watch(root: &Element) -> Option<()> {
    let parts = Parts {
        failed: part(root, "failed")?,
        too_large: part(root, "too-large")?,
        progress: part(root, "progress")?,
        bar: part(root, "bar")?.dyn_into().ok()?,
    };
    let form = match root.query_selector("form").ok().flatten() {
        Some(form) => form,
        None => root.closest("form").ok().flatten()?,
    };
    let form: HtmlFormElement = form.dyn_into().ok()?;
    let root = root.clone();
    on(&form.clone(), "submit", move |event| {
        // A second press while the file is under way must not send it twice.
        if !parts.progress.hidden() {
            event.prevent_default();
            return;
        }
        let button = event.unchecked_ref::<SubmitEvent>().submitter();
        let button = button.filter(|button| root.contains(Some(button.as_ref())));
        if button.and_then(|button| parts.send(&form, &button)).is_some() {
            event.prevent_default();
        }
    });
    Some(())
}

impl Parts {
    /// None where the browser cannot: then it posts the form itself.
    fn send(&self, form: &HtmlFormElement, button: &HtmlElement) -> Option<()> {
        let body = FormData::new_with_form(form).ok()?;
        let parts = self.clone();
        let address = button.get_attribute("formaction").unwrap_or_else(|| form.action());
        let request = request("POST", &address, move |answer| parts.ended(answer))?;
        // Asks for what a plain form gets: the next page, or the form again with what is wrong.
        request.set_request_header("accept", "text/html").ok()?;
        self.follow(&request)?;
        request.send_with_opt_form_data(Some(&body)).ok()?;
        self.failed.set_hidden(true);
        self.too_large.set_hidden(true);
        self.progress.set_hidden(false);
        Some(())
    }

    fn follow(&self, request: &XmlHttpRequest) -> Option<()> {
        let bar = self.bar.clone();
        let moved = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
            if event.length_computable() {
                bar.set_value(event.loaded() / event.total() * 100.0);
            }
        });
        request.upload().ok()?.set_onprogress(Some(moved.as_ref().unchecked_ref()));
        moved.forget();
        Some(())
    }

    fn ended(&self, answer: &XmlHttpRequest) {
        let page = answer.response_url();
        if succeeded(answer) && !page.is_empty() {
            go(&page);
            return;
        }
        self.progress.set_hidden(true);
        let too_large = answer.status().is_ok_and(|status| status == TOO_LARGE);
        self.too_large.set_hidden(!too_large);
        self.failed.set_hidden(too_large);
    }
}
