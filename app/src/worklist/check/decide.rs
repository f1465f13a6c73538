//! What ends a check: every page is right and the copy goes out, or something is wrong and it goes back.

use domain::shown::worklist::CheckPage;
use leptos::{prelude::*, server_fn::ServerFn};

use super::calls::{ReleasePackageCall, ReturnPackageCall};
use crate::{
    ui::{Button, ButtonKind, Choice, Details, Form, Notice, Radios, Tone},
    worklist::{
        copy::{came_back, errors},
        tried::Tried,
    },
};

pub(super) fn release(shown: &CheckPage, tried: &Tried) -> AnyView {
    let copy = tried.copy;
    let (request, version, key) = (shown.head.request.to_string(), shown.version.0.to_string(), shown.head.keys.of(5));
    view! {
        <Notice tone=Tone::Done heading=copy.all_seen_heading>
            <p>{copy.all_seen_text}</p>
            <Form action=ReleasePackageCall::PATH key>
                <input type="hidden" name="request" value=request/>
                <input type="hidden" name="version" value=version/>
                <Button text=copy.release_button/>
            </Form>
        </Notice>
    }
    .into_any()
}

pub(super) fn send_back(shown: &CheckPage, tried: &Tried) -> AnyView {
    let copy = tried.copy;
    let (request, version, key) = (shown.head.request.to_string(), shown.version.0.to_string(), shown.head.keys.of(6));
    let page = shown.page.n.to_string();
    let again = came_back(tried);
    // a form that came back says what was chosen; a fresh one is about the page in sight
    let whole = again && tried.chosen("page", "");
    let choices = vec![
        Choice::new(page.clone(), format!("{} {page}", copy.this_page_only)).chosen(!whole),
        Choice::new("", copy.whole_copy).chosen(whole),
    ];
    let fields =
        errors(view! { <Radios name="page" legend=copy.about choices error=tried.error("page")/> }.into_any(), tried);
    view! {
        <Details summary=copy.send_back open=again>
            <Form action=ReturnPackageCall::PATH key>
                <input type="hidden" name="request" value=request/>
                <input type="hidden" name="version" value=version/>
                <p>{copy.send_back_text}</p>
                {fields}
                <Button text=copy.send_back_button kind=ButtonKind::Warning/>
            </Form>
        </Details>
    }
    .into_any()
}
