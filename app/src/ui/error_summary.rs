//! What is wrong with a form that failed, on top of its page and with the focus.

use leptos::prelude::*;

use crate::around::Around;

/// One thing to put right. The sentence is the same as the one beside the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The id of the control to go to; none when the whole form is meant.
    pub field: Option<String>,
    pub sentence: String,
}

impl Wrong {
    pub fn at(field: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self { field: Some(field.into()), sentence: sentence.into() }
    }

    pub fn with_all(sentence: impl Into<String>) -> Self {
        Self { field: None, sentence: sentence.into() }
    }
}

/// Nothing when nothing is wrong. The focus comes by `autofocus`, so it needs no script.
#[component]
pub fn ErrorSummary(wrong: Vec<Wrong>) -> impl IntoView {
    (!wrong.is_empty()).then(|| {
        let heading = Around::here().words().ui.problem_heading;
        let items: Vec<_> = wrong
            .into_iter()
            .map(|Wrong { field, sentence }| match field {
                Some(field) => view! { <li><a href=format!("#{field}")>{sentence}</a></li> }.into_any(),
                None => view! { <li>{sentence}</li> }.into_any(),
            })
            .collect();
        view! {
            <div class="error-summary" tabindex="-1" autofocus=true>
                <div role="alert">
                    <h2 class="error-summary-title">{heading}</h2>
                    <ul class="error-summary-list">{items}</ul>
                </div>
            </div>
        }
    })
}
