//! Asked once more before a request is taken back, with what that means.

use domain::shown::requests::One;
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;

use super::{
    calls::{WithdrawRequestCall, one_request},
    loaded::{loaded, request},
    tried::Tried,
};
use crate::ui::{Aloud, Button, ButtonKind, ButtonLink, Buttons, Form, Page, Way};

#[component]
pub fn WithdrawPage() -> impl IntoView {
    loaded(one_request(request()), withdraw)
}

fn withdraw(one: One, tried: Tried) -> AnyView {
    let words = &tried.words.mend;
    let address = format!("/requests/{}", one.id);
    let back = Way::back(address.clone());
    if !one.may.withdraw {
        return view! {
            <Page title=tried.words.one.withdraw back wrong=tried.wrong()>
                <p class="lead">{words.cannot_withdraw}</p>
            </Page>
        }
        .into_any();
    }
    view! {
        <Page title=words.withdraw_title back wrong=tried.wrong()>
            <p>{tried.words.list.number}" "<Aloud number=one.number.to_string()/></p>
            <p>{words.withdraw_text}</p>
            <p>{words.withdraw_undo}</p>
            <Form action=WithdrawRequestCall::PATH key=one.key.to_string()>
                <input type="hidden" name="request" value=one.id.to_string()/>
                <input type="hidden" name="version" value=one.version.0/>
                <Buttons>
                    <Button text=words.withdraw_button kind=ButtonKind::Warning/>
                    <ButtonLink text=words.withdraw_keep address kind=ButtonKind::Secondary/>
                </Buttons>
            </Form>
        </Page>
    }
    .into_any()
}
