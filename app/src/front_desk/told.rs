//! What may be told: one sentence to read aloud, word for word that of the patient's page, and what they can do.

use domain::{
    ask::DeliveryMethod,
    language::Language,
    status::{Headline, Status},
    words::status_sentence,
};
use leptos::prelude::*;

use super::{calls, letters::Letters};
use crate::{
    around::Around,
    ui::{Aloud, ButtonKind, ButtonLink, Buttons, Notice, Page, asked, loaded},
    words::FrontDesk,
};

#[component]
pub fn Told() -> impl IntoView {
    let check = asked("check");
    loaded(calls::told(check), |told, _| {
        let around = Around::here();
        let words = &around.words().front_desk;
        let language = told.language;
        let offers: Vec<_> = told
            .offers
            .iter()
            .map(|offer| {
                let beside = (language != Language::English)
                    .then(|| view! { <p>{FrontDesk::offer(*offer, Language::English)}</p> });
                view! { <li><p lang=language.code()>{FrontDesk::offer(*offer, language)}</p>{beside}</li> }
            })
            .collect();
        let any = !offers.is_empty();
        let letters = (!told.letters.is_empty()).then(|| {
            view! { <h2>{words.letters}</h2> <Letters waiting=told.letters/> }
        });
        let waits = told.status.headline == Headline::Ready && told.status.delivery == DeliveryMethod::PickUp;
        let collect = waits.then(|| {
            let to = format!("/front-desk/collect/{}", told.hit.request);
            view! { <ButtonLink text=words.collect_link address=to/> }
        });
        let kind = if waits { ButtonKind::Secondary } else { ButtonKind::Primary };
        view! {
            <Page title=words.told_title caption=told.hit.name>
                <p>{words.number}" "<Aloud number=told.hit.number.to_string()/></p>
                <ReadAloud status=told.status language/>
                {any.then(|| view! { <h2>{words.offers}</h2> <ul>{offers}</ul> })}
                {letters}
                <p>{words.anything_else}": "{told.help.to(around.language).to_owned()}</p>
                <Buttons>
                    {collect}
                    <ButtonLink text=words.search_again address="/front-desk" kind/>
                </Buttons>
            </Page>
        }
    })
}

/// The sentence in the person's language; in English beside it where that is another.
#[component]
pub(super) fn ReadAloud(status: Status, language: Language) -> impl IntoView {
    let words = &Around::here().words().front_desk;
    let heading = if language == Language::English { words.read_aloud } else { words.read_aloud_in };
    let beside = (language != Language::English).then(|| {
        view! {
            <h3>{words.in_english}</h3>
            <p>{status_sentence(&status, None, Language::English).aloud()}</p>
        }
    });
    let aloud = status_sentence(&status, None, language).aloud();
    view! {
        <Notice heading>
            <p class="lead" lang=language.code()>{aloud}</p>
            {beside}
        </Notice>
    }
}
