//! Who calls? At least two things, asked in the same words each time.

use domain::{
    language::Language,
    shown::front_desk::{Asked, Check},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::calls::{self, CheckCallerCall};
use crate::{
    around::Around,
    ui::{Aloud, Button, CheckBoxes, Choice, Form, Page, Tried, Way, loaded},
    words::FrontDesk,
};

#[component]
pub fn Caller() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let (request, search) = (query.get("request").unwrap_or_default(), query.get("search").unwrap_or_default());
    let asked = search.clone();
    loaded(calls::caller_check(request, asked), move |check, tried| {
        let words = &Around::here().words().front_desk;
        let number = check.hit.number.to_string();
        let back = Way::new(format!("/front-desk/found?search={search}"), words.found_title);
        let search = search.clone();
        view! {
            <Page
                title=words.check_title
                caption=FrontDesk::reason(check.reason)
                back
                wrong=tried.wrong()
            >
                <p>{words.number}" "<Aloud number/></p>
                <CheckForm check search tried/>
            </Page>
        }
    })
}

/// The questions, each with what the request says, to compare the answer with.
#[component]
pub(super) fn CheckForm(check: Check, search: String, tried: Tried) -> impl IntoView {
    let words = &Around::here().words().front_desk;
    let choose = |asked: Asked| {
        let english = FrontDesk::question(asked.identifier, Language::English);
        let question = match check.language {
            Language::English => english.to_owned(),
            Language::Spanish => format!("{} ({english})", FrontDesk::question(asked.identifier, Language::Spanish)),
        };
        let code = asked.identifier.code();
        Choice::new(code, question).hint(asked.stated).chosen(tried.ticked("identifiers[]", code))
    };
    let choices: Vec<_> = check.ask.iter().cloned().map(choose).collect();
    let error = tried.error("identifiers");
    view! {
        <p>{words.check_text}</p>
        <Form action=CheckCallerCall::url() key=check.key.to_string()>
            <input type="hidden" name="request" value=check.hit.request.to_string()/>
            <input type="hidden" name="search" value=search/>
            <CheckBoxes
                name="identifiers"
                legend=words.check_legend
                hint=words.check_hint
                error
                choices
            />
            <Button text=words.check_button/>
        </Form>
        <p>{words.check_fails}</p>
    }
}
