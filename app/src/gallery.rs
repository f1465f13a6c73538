//! The demo hospital's show of every shared component in every state, and two pages made of them. Pictures and the
//! accessibility checks look here first. `?language=es` and `?scheme=dark` choose how it is shown.

mod answers;
mod pages;
mod patient;
mod sample;
mod staff;

use leptos::{context::Provider, prelude::*};
use leptos_router::hooks::use_query_map;

pub use self::pages::{QuestionSample, StatusSample};
use self::{answers::Answers, patient::ForPatients, staff::ForStaff};
use crate::{
    around::{Around, Side, SignedIn},
    ui::{NotFound, Page, SubNavigation, Tab},
    words::Language,
};

#[component]
pub fn Gallery() -> impl IntoView {
    view! {
        <Stage staff=true>
            <Page title="Components" caption="Gallery" wide=true>
                <SubNavigation label="Ways to show it" tabs=ways()/>
                <ForPatients/>
                <Answers/>
                <ForStaff/>
            </Page>
        </Stage>
    }
}

/// Shows what it holds in the language and scheme that the address asks for; nothing outside the demo hospital.
#[component]
fn Stage(#[prop(optional)] staff: bool, children: ChildrenFn) -> impl IntoView {
    let around = Around::here();
    if !around.demo {
        return view! { <NotFound/> }.into_any();
    }
    let (language, scheme) = asked();
    let signed_in = staff.then_some(SignedIn { side: Side::Staff, seconds_left: 900, places: vec![], at: None });
    let around = Around { language, signed_in, ..around };
    view! {
        <div class="gallery" lang=language.code() data-scheme=scheme>
            <Provider value=around>{children()}</Provider>
        </div>
    }
    .into_any()
}

fn asked() -> (Language, &'static str) {
    let query = use_query_map().get_untracked();
    let language = query.get("language").and_then(|code| Language::from_code(&code)).unwrap_or_default();
    let scheme = if query.get("scheme").as_deref() == Some("dark") { "dark" } else { "light" };
    (language, scheme)
}

fn ways() -> Vec<Tab> {
    let now = asked();
    let ways = [
        (Language::English, "light"),
        (Language::English, "dark"),
        (Language::Spanish, "light"),
        (Language::Spanish, "dark"),
    ];
    ways.into_iter()
        .map(|way| {
            let (language, scheme) = way;
            Tab {
                text: format!("{}, {scheme}", crate::words::words(language).ui.language),
                address: format!("/gallery?language={}&scheme={scheme}", language.code()),
                waiting: None,
                current: way == now,
            }
        })
        .collect()
}

/// One component and its states.
#[component]
fn Piece(#[prop(into)] name: String, children: Children) -> impl IntoView {
    view! {
        <section class="gallery-piece">
            <h2 class="gallery-name">{name}</h2>
            {children()}
        </section>
    }
}
