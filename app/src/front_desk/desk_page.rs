//! One box, and why; below it the letters that wait to be printed.

use domain::lookup::LookupReason;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    calls::{self, LookUpCall},
    letters::Letters,
};
use crate::{
    around::Around,
    ui::{Button, ButtonKind, ButtonLink, Choice, Field, Form, Page, Radios, loaded},
    words::FrontDesk,
};

#[component]
pub fn Desk() -> impl IntoView {
    loaded(calls::front_desk(), |desk, tried| {
        let words = &Around::here().words().front_desk;
        let choice = |reason: &LookupReason| {
            Choice::new(reason.code(), FrontDesk::reason(*reason)).chosen(tried.ticked("reason", reason.code()))
        };
        let reasons: Vec<_> = LookupReason::ALL.iter().map(choice).collect();
        let letters = (!desk.letters.is_empty()).then(|| {
            view! {
                <h2>{words.letters}</h2>
                <p>{words.letters_text}</p>
                <Letters waiting=desk.letters/>
                {desk.more_letters.then(|| view! { <p>{words.letters_more}</p> })}
            }
        });
        view! {
            <Page title=words.title caption=desk.facility wrong=tried.wrong()>
                <Form action=LookUpCall::url() key=desk.key.to_string()>
                    <Field
                        name="words"
                        label=words.words
                        hint=words.words_hint
                        value=tried.typed("words")
                        error=tried.error("words")
                        autocomplete="off"
                    />
                    <Radios
                        name="reason"
                        legend=words.reason
                        hint=words.reason_hint
                        error=tried.error("reason")
                        choices=reasons
                    />
                    <Button text=words.look_up/>
                </Form>
                <p>{words.enter_text}</p>
                <ButtonLink text=words.enter_link address="/front-desk/enter" kind=ButtonKind::Secondary/>
                {letters}
            </Page>
        }
    })
}
