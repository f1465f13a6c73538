//! What somebody reads before they begin: for whom, what is needed, how long, what it costs, by when.

use domain::shown::requests::Start;
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;

use super::{
    calls::{StartRequestCall, start_page},
    loaded::loaded,
    tried::Tried,
};
use crate::ui::{Button, Choice, Form, Page, Radios, Way};

#[component]
pub fn StartPage() -> impl IntoView {
    loaded(start_page(), start)
}

fn start(start: Start, tried: Tried) -> AnyView {
    let words = &tried.words.start;
    let several = start.facilities.len() > 1;
    let choices: Vec<_> = start
        .facilities
        .into_iter()
        .map(|(id, name)| {
            let id = id.to_string();
            let chosen = tried.chosen("facility", &id, false);
            Choice::new(id, name).chosen(chosen)
        })
        .collect();
    let need: Vec<_> = words.need.iter().map(|need| view! { <li>{*need}</li> }).collect();
    view! {
        <Page title=words.title back=Way::new("/requests", tried.words.place) wrong=tried.wrong()>
            <h2>{words.who_heading}</h2>
            <p>{words.who}</p>
            <h2>{words.need_heading}</h2>
            <ul>{need}</ul>
            <h2>{words.long_heading}</h2>
            <p>{words.long}</p>
            <p>{words.cost}</p>
            <p>{(words.days)(start.law_days)}</p>
            <Form action=StartRequestCall::PATH key=tried.key(start.key)>
                {several.then(|| view! { <Radios name="facility" legend=words.facility error=tried.error("facility") choices/> })}
                <Button text=words.button/>
            </Form>
        </Page>
    }
    .into_any()
}
