//! Where a request stands: the copy once it is ready, the five steps, the sentence, since when, the law's date, the one thing to do, the history.

mod copy;
mod parts;

use domain::{
    shown::requests::One,
    words::{date, status_sentence},
};
use leptos::prelude::*;

use super::{
    calls::one_request,
    loaded::{loaded, request},
    sent::answers,
    tried::Tried,
};
use crate::ui::{
    Aloud, ButtonKind, ButtonLink, Details, LiveStatus, Notice, Page, Steps, SummaryList, Timeline, Tone, Way,
};

#[component]
pub fn StatusPage() -> impl IntoView {
    loaded(one_request(request()), status)
}

pub(super) fn status(one: One, tried: Tried) -> AnyView {
    let (words, language) = (tried.words, tried.language);
    let said = status_sentence(&one.status, None, language);
    let back = Way::new("/requests", words.place);
    let Some(sent) = &one.sent else {
        return view! {
            <Page title=said.sentence back>
                <p class="lead">{said.next}</p>
                <ButtonLink text=words.one.draft_button address=format!("/requests/{}/ask/check", one.id)/>
            </Page>
        }
        .into_any();
    };
    let answers = answers(sent, &tried);
    let since = one.status.since.map(|day| (words.one.since)(&date(day, language)));
    let (steps, now) = parts::steps(&one, language);
    let late = matches!(one.status.clock, Some(domain::clock::ClockState::Overdue { .. }));
    let complain = (words.one.complain)(&one.complaints);
    let whom = complain.clone();
    let clock = said.clock.map(|clock| {
        if late {
            view! { <Notice tone=Tone::Late heading=clock><p>{whom}</p></Notice> }.into_any()
        } else {
            view! { <p class="lead"><strong>{clock}</strong></p> }.into_any()
        }
    });
    // what its buttons and its own words say already is not said twice
    let next = (one.copy.is_none() || one.status.outcome.is_some()).then_some(said.next);
    let help = (words.one.help_text)(one.help.to(language));
    view! {
        <LiveStatus request=one.id as_of=one.as_of>
            <Page title=said.sentence caption=one.facility.clone() back wrong=tried.wrong()>
                <p class="page-beside">{since}" · "{words.list.number}" "<Aloud number=one.number.to_string()/></p>
                {copy::copy(&one, &tried)}
                {(one.status.outcome != Some(domain::request::Outcome::Withdrawn)).then(|| view! { <Steps steps now/> })}
                {next.map(|next| view! { <p class="lead">{next}</p> })}
                {clock}
                {parts::undo(&one, &tried)}
                {parts::question(&one, &tried)}
                {parts::picture(&one, &tried)}
                <h2>{words.one.history}</h2>
                <Timeline days=parts::history(&one, language)/>
                <Details summary=words.one.asked><SummaryList answers/></Details>
                <h2>{words.one.help}</h2>
                <p>{help}</p>
                <p>{complain}</p>
                {one.may.withdraw.then(|| view! {
                    <p>
                        <ButtonLink
                            text=words.one.withdraw
                            address=format!("/requests/{}/withdraw", one.id)
                            kind=ButtonKind::Plain
                        />
                    </p>
                })}
            </Page>
        </LiveStatus>
    }
    .into_any()
}
