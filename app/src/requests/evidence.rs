//! A photo of an identity document, from a phone or a scanner.

use domain::{question::WayToAnswer, refusal::Refusal, shown::requests::One, words::refusal};
use leptos::prelude::*;

use super::{
    calls::one_request,
    loaded::{loaded, request},
    tried::Tried,
};
use crate::ui::{Button, FileField, Form, Page, UploadProgress, Way};

#[component]
pub fn EvidencePage() -> impl IntoView {
    loaded(one_request(request()), evidence)
}

fn evidence(one: One, tried: Tried) -> AnyView {
    let words = &tried.words.mend;
    let back = Way::back(format!("/requests/{}", one.id));
    if !one.may.send_picture {
        let enough = refusal(Refusal::EnoughPictures).to(tried.language);
        let why = if one.may.enough_pictures { enough } else { words.no_picture };
        return view! {
            <Page title=words.picture_title back wrong=tried.wrong()>
                <p class="lead">{why}</p>
            </Page>
        }
        .into_any();
    }
    // where the office asked for a picture, this is the answer
    let asked = one.question.filter(|question| question.ways.contains(&WayToAnswer::SendPhoto));
    let asked = asked.map(|question| {
        view! {
            <input type="hidden" name="question" value=question.id.to_string()/>
            <input type="hidden" name="version" value=question.version.0/>
        }
    });
    let address = format!("/requests/{}/evidence", one.id);
    view! {
        <Page title=words.picture_title back wrong=tried.wrong()>
            <p>{words.picture_which}</p>
            <UploadProgress id="picture-progress">
                <Form action=address key=tried.key(one.key) files=true>
                    {asked}
                    <FileField
                        name="picture"
                        label=words.picture
                        hint=words.picture_hint
                        error=tried.error("picture")
                        accept="image/jpeg,image/png,image/tiff,application/pdf"
                    />
                    <Button text=words.picture_button/>
                </Form>
            </UploadProgress>
        </Page>
    }
    .into_any()
}
