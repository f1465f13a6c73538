//! The request is in: the number to give, the sentence to say, the notice to print.

use leptos::prelude::*;

use super::{calls, told::ReadAloud};
use crate::{
    around::Around,
    ui::{Aloud, ButtonKind, ButtonLink, Buttons, Notice, Page, Tone, loaded, param},
};

#[component]
pub fn Entered() -> impl IntoView {
    let request = param("request");
    loaded(calls::entered(request), |entered, _| {
        let words = &Around::here().words().front_desk;
        let print = entered.printable.map(|notice| {
            view! {
                <p>{words.entered_print}</p>
                <ButtonLink text=words.print_link address=format!("/front-desk/notices/{notice}")/>
            }
        });
        let by_mail = print.is_none().then(|| view! { <p>{words.entered_by_mail}</p> });
        view! {
            <Page title=words.entered_title caption=entered.name>
                <Notice tone=Tone::Done heading=words.entered_number announced=true>
                    <p class="lead"><Aloud number=entered.number.to_string()/></p>
                </Notice>
                {by_mail}
                {print}
                <ReadAloud status=entered.status language=entered.language/>
                <Buttons>
                    <ButtonLink text=words.enter_another address="/front-desk/enter" kind=ButtonKind::Secondary/>
                    <ButtonLink text=words.search_again address="/front-desk" kind=ButtonKind::Secondary/>
                </Buttons>
            </Page>
        }
    })
}
