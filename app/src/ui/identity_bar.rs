//! Whose case is open. It stays in sight while the page scrolls, because the wrong patient is the worst mistake.

use leptos::prelude::*;

use super::aloud::Aloud;
use crate::around::Around;

/// Texts as they are to be read; dates written out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    pub name: String,
    pub born: String,
    /// None until the request is matched to a chart.
    pub record_number: Option<String>,
    pub request_number: String,
    /// The date of the law with the days left, "April 2, 2026 (12 days left)".
    pub due: Option<String>,
    pub late: bool,
    /// "Minor", "Has died", "Same name as another patient".
    pub flags: Vec<String>,
}

#[component]
pub fn IdentityBar(identity: Identity) -> impl IntoView {
    let words = &Around::here().words().ui;
    let due = if identity.late { "identity-bar-late" } else { "identity-bar-due" };
    let flags: Vec<_> =
        identity.flags.into_iter().map(|flag| view! { <li class="identity-bar-flag">{flag}</li> }).collect();
    view! {
        <section class="identity-bar" aria-label=words.whose_case>
            <p class="identity-bar-name">{identity.name}</p>
            <dl class="identity-bar-facts">
                <div><dt>{words.born}</dt><dd>{identity.born}</dd></div>
                <div>
                    <dt>{words.record_number}</dt>
                    <dd>
                        {match identity.record_number {
                            Some(number) => view! { <Aloud number/> }.into_any(),
                            None => words.not_matched.into_any(),
                        }}
                    </dd>
                </div>
                <div><dt>{words.request_number}</dt><dd><Aloud number=identity.request_number/></dd></div>
                {identity.due.map(|date| view! { <div class=due><dt>{words.due}</dt><dd>{date}</dd></div> })}
            </dl>
            {(!flags.is_empty()).then(|| view! { <ul class="identity-bar-flags">{flags}</ul> })}
        </section>
    }
}
