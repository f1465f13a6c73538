//! Oversight: how the work stands, and the trail.

mod board;
mod calls;
mod trail;
mod verify;

use leptos::prelude::*;

pub use self::{board::Oversight, trail::Trail, verify::Verify};
use crate::{
    around::Around,
    ui::{SubNavigation, Tab},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Board,
    Trail,
    Verify,
}

/// The pages of oversight, on top of each.
#[component]
fn Pages(at: At) -> impl IntoView {
    let words = &Around::here().words().oversight;
    let tab = |text: &str, address: &str, here| Tab {
        text: text.to_owned(),
        address: address.to_owned(),
        waiting: None,
        current: at == here,
    };
    let tabs = vec![
        tab(words.board, "/oversight", At::Board),
        tab(words.trail, "/oversight/trail", At::Trail),
        tab(words.verify, "/oversight/verify", At::Verify),
    ];
    view! { <SubNavigation label=words.pages tabs/> }
}
