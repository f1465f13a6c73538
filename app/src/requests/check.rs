//! All answers before they are sent, each with the way to change it; then the text to sign, and the signature.

use domain::{
    shown::requests::Check,
    words::{date, draft_part, statement},
};
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;

use super::{
    calls::{SubmitRequestCall, check_page},
    loaded::{loaded, request},
    summary::{Answers, rows},
    tried::Tried,
};
use crate::ui::{Button, Field, Form, Notice, Page, SummaryList, Tone, Way};

#[component]
pub fn CheckPage() -> impl IntoView {
    loaded(check_page(request()), check)
}

fn check(check: Check, tried: Tried) -> AnyView {
    let words = tried.words;
    let before = format!("/requests/{}/ask", check.id);
    let draft = &check.draft;
    let answers = Answers {
        name: draft.name.as_ref(),
        former_names: &draft.former_names,
        birth_date: draft.birth_date,
        contact: draft.contact.as_ref(),
        scope: draft.scope.as_ref(),
        dates: draft.dates,
        delivery: draft.delivery,
        help: draft.help.as_deref(),
    };
    let answers = rows(&answers, Some(&before), &tried);
    let whole = check.missing.is_empty();
    view! {
        <Page title=words.check.title caption=words.ask.caption back=Way::back(format!("{before}/help")) wrong=tried.wrong()>
            {(!whole).then(|| missing(&check, &before, &tried))}
            {duplicate(&check, &tried)}
            <SummaryList answers/>
            {whole.then(|| sign(&check, &tried))}
        </Page>
    }
    .into_any()
}

fn missing(check: &Check, before: &str, tried: &Tried) -> impl IntoView + use<> {
    let words = &tried.words.check;
    let questions: Vec<_> = check
        .missing
        .iter()
        .filter_map(|step| {
            let name = draft_part(step.part()?).to(tried.language);
            let address = format!("{before}/{}?change=1", step.code());
            Some(view! { <li><a href=address>{name}</a></li> })
        })
        .collect();
    view! {
        <Notice tone=Tone::ActionNeeded heading=words.missing>
            <p>{words.missing_text}</p>
            <ul>{questions}</ul>
        </Notice>
    }
}

/// A warning, never a bar.
fn duplicate(check: &Check, tried: &Tried) -> impl IntoView + use<> {
    let (words, language) = (&tried.words.check, tried.language);
    check.duplicate.clone().map(|same| {
        let text = (words.duplicate_text)(&same.number.to_string(), &date(same.received_on, language));
        view! {
            <Notice heading=words.duplicate>
                <p>{text}</p>
                <p><a href=format!("/requests/{}", same.id)>{words.duplicate_link}</a></p>
            </Notice>
        }
    })
}

fn sign(check: &Check, tried: &Tried) -> impl IntoView + use<> {
    let words = &tried.words.check;
    let text = statement(&check.statement).map(|said| said.to(tried.language));
    let signed = tried.value("signed_name", String::new);
    let error = tried.error("signed_name");
    let (id, version) = (check.id.to_string(), check.version.0);
    view! {
        <h2>{words.sign}</h2>
        <p>{text}</p>
        <Form action=SubmitRequestCall::PATH key=check.key.to_string()>
            <input type="hidden" name="request" value=id/>
            <input type="hidden" name="version" value=version/>
            <Field
                name="signed_name"
                label=words.signed_name
                hint=words.signed_name_hint
                autocomplete="name"
                value=signed
                error
            />
            <Button text=words.send/>
        </Form>
    }
}
