//! It was sent: the number that can be said aloud, what happens next and by when, and everything on one page to print.

use domain::{
    shown::requests::{One, Sent},
    words::{clock_text, date, status_sentence},
};
use leptos::prelude::*;

use super::{
    calls::one_request,
    loaded::{loaded, request},
    summary::{Answers, rows},
    tried::Tried,
};
use crate::ui::{Aloud, Answer, ButtonKind, ButtonLink, Buttons, Page, SummaryList};

#[component]
pub fn SentPage() -> impl IntoView {
    loaded(one_request(request()), sent)
}

fn sent(one: One, tried: Tried) -> AnyView {
    let words = &tried.words.sent;
    let Some(what) = &one.sent else {
        return super::status::status(one, tried);
    };
    let said = status_sentence(&one.status, None, tried.language);
    let latest = clock_text(&one.status, tried.language);
    let answers = answers(what, &tried);
    let signed = what.signed.as_ref().map(|(name, when)| (words.signed)(name, &date(when.on, tried.language)));
    view! {
        <Page title=words.title caption=one.facility.clone()>
            <p class="lead">{words.number}": "<Aloud number=one.number.to_string()/></p>
            <h2>{words.next}</h2>
            <p>{said.next}</p>
            <p><strong>{latest}</strong></p>
            <p>{words.told}</p>
            <Buttons>
                {one.may.send_picture.then(|| view! {
                    <ButtonLink text=words.picture_button address=format!("/requests/{}/evidence", one.id)/>
                })}
                <ButtonLink text=words.track address=format!("/requests/{}", one.id) kind=ButtonKind::Secondary/>
            </Buttons>
            <h2>{words.answers}</h2>
            <SummaryList answers/>
            <p>{signed}</p>
            <p>{words.keep}</p>
        </Page>
    }
    .into_any()
}

/// What was asked, with nothing to change any more.
pub(super) fn answers(sent: &Sent, tried: &Tried) -> Vec<Answer> {
    let Sent { ask, applicant, .. } = sent;
    let answers = Answers {
        name: Some(&applicant.name),
        former_names: &applicant.former_names,
        birth_date: Some(applicant.birth_date),
        contact: Some(&applicant.contact),
        scope: Some(&ask.scope),
        dates: Some(ask.dates),
        delivery: Some(ask.delivery),
        help: ask.help.as_deref(),
    };
    rows(&answers, None, tried)
}
