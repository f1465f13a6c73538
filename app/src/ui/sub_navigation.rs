//! The pages of one case, each at its own address.

use leptos::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tab {
    pub text: String,
    pub address: String,
    /// How many things wait there, with what they are, "2 unread".
    pub waiting: Option<String>,
    pub current: bool,
}

/// `label` tells this navigation from the page's others.
#[component]
pub fn SubNavigation(#[prop(into)] label: String, tabs: Vec<Tab>) -> impl IntoView {
    let links: Vec<_> = tabs
        .into_iter()
        .map(|tab| {
            view! {
                <li>
                    <a class="sub-navigation-link" href=tab.address aria-current=tab.current.then_some("page")>
                        {tab.text}
                        {tab.waiting.map(|waiting| view! { " "<span class="sub-navigation-waiting">{waiting}</span> })}
                    </a>
                </li>
            }
        })
        .collect();
    view! { <nav class="sub-navigation" aria-label=label><ul>{links}</ul></nav> }
}
