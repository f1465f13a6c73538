//! A form as every form is posted: with the session's token, and a key of its own so that sending twice is done once.

use leptos::prelude::*;

use crate::around::Around;

/// `key` is the idempotency key that the page was given. With `files` the form is posted in parts, the token first.
#[component]
pub fn Form(
    #[prop(into)] action: String,
    #[prop(into)] key: String,
    #[prop(optional)] files: bool,
    /// For a form that is only buttons in a row.
    #[prop(optional)]
    inline: bool,
    /// What this form is for, where a page has several.
    #[prop(optional, into)]
    label: Option<String>,
    children: Children,
) -> impl IntoView {
    let class = if inline { "form form-inline" } else { "form" };
    view! {
        <form
            class=class
            method="post"
            action=action
            aria-label=label
            enctype=files.then_some("multipart/form-data")
            novalidate
        >
            <input type="hidden" name="token" value=Around::here().token/>
            <input type="hidden" name="key" value=key/>
            {children()}
        </form>
    }
}
