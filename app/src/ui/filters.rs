//! Narrows a list. The choice is in the address, so it can be sent to a colleague and gone back to.

use leptos::prelude::*;

use crate::around::Around;

/// A filter that is on, with the address that leaves it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    pub text: String,
    pub without: String,
}

/// The children are fields; `address` is the list without filters.
#[component]
pub fn Filters(
    #[prop(into)] address: String,
    #[prop(optional)] chosen: Vec<Chosen>,
    children: Children,
) -> impl IntoView {
    let words = &Around::here().words().ui;
    let all = address.clone();
    let any = !chosen.is_empty();
    let chips: Vec<_> = chosen
        .into_iter()
        .map(|Chosen { text, without }| {
            view! {
                <li>
                    <a class="filters-chip" href=without>
                        <span class="visually-hidden">{words.filter_remove}" "</span>
                        {text}
                    </a>
                </li>
            }
        })
        .collect();
    view! {
        <form class="filters" method="get" action=address aria-label=words.filters novalidate>
            {any.then(|| view! {
                <div class="filters-chosen">
                    <p class="filters-heading">{words.filters_chosen}</p>
                    <ul class="filters-chips">{chips}</ul>
                    <a href=all>{words.filters_clear}</a>
                </div>
            })}
            <div class="filters-fields">
                {children()}
                <button class="button button-secondary" type="submit">{words.filters_apply}</button>
            </div>
        </form>
    }
}
