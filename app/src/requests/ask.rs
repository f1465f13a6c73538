//! The form, one question a page. Every answer is kept at "Continue"; one that cannot be read comes back as it was typed.

mod person;
mod records;

use domain::{ask::AskStep, shown::requests::Asking};
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;

use super::{
    calls::{
        SaveBirthDateCall, SaveContactCall, SaveDatesCall, SaveDeliveryCall, SaveHelpCall, SaveNameCall,
        SaveRecordsCall, ask_page,
    },
    loaded::{changing, loaded, request},
    tried::Tried,
};
use crate::{
    ui::{Button, ButtonKind, Buttons, Form, Page, Way, param},
    words::Requests,
};

#[component]
pub fn AskPage() -> impl IntoView {
    loaded(ask_page(request(), param("step")), ask)
}

fn ask(asking: Asking, tried: Tried) -> AnyView {
    let (id, step, words) = (asking.id, asking.step, tried.words);
    let change = changing();
    let back = match step.before() {
        _ if change => Way::back(format!("/requests/{id}/ask/check")),
        Some(before) => Way::back(format!("/requests/{id}/ask/{}", before.code())),
        None => Way::new("/requests", words.place),
    };
    let wrong = tried.wrong();
    let key = asking.key.to_string();
    let fields = match step {
        AskStep::Name => person::name(asking, &tried),
        AskStep::BirthDate => person::birth_date(asking, &tried),
        AskStep::Contact => person::contact(asking, &tried),
        AskStep::Records => records::records(asking, &tried),
        AskStep::Dates => records::dates(asking, &tried),
        AskStep::Delivery => records::delivery(asking, &tried),
        AskStep::Help => records::help(asking, &tried),
    };
    let several = matches!(step, AskStep::Name | AskStep::Contact);
    view! {
        <Page title=title(step, words) caption=words.ask.caption back wrong asks=!several>
            <Form action=action(step) key>
                <input type="hidden" name="request" value=id.to_string()/>
                {change.then(|| view! { <input type="hidden" name="change" value="1"/> })}
                {fields}
                <Buttons>
                    <Button text=words.ask.go_on/>
                    <Button text=words.ask.later kind=ButtonKind::Plain name="later" value="1"/>
                </Buttons>
            </Form>
        </Page>
    }
    .into_any()
}

fn action(step: AskStep) -> &'static str {
    match step {
        AskStep::Name => SaveNameCall::PATH,
        AskStep::BirthDate => SaveBirthDateCall::PATH,
        AskStep::Contact => SaveContactCall::PATH,
        AskStep::Records => SaveRecordsCall::PATH,
        AskStep::Dates => SaveDatesCall::PATH,
        AskStep::Delivery => SaveDeliveryCall::PATH,
        AskStep::Help => SaveHelpCall::PATH,
    }
}

const fn title(step: AskStep, words: &Requests) -> &'static str {
    match step {
        AskStep::Name => words.ask.name,
        AskStep::BirthDate => words.ask.birth,
        AskStep::Contact => words.ask.contact,
        AskStep::Records => words.ask.records,
        AskStep::Dates => words.ask.dates,
        AskStep::Delivery => words.ask.delivery,
        AskStep::Help => words.ask.help,
    }
}
