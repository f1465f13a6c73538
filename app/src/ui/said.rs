//! The hint and the error of one field, as they stand between its label and its control.

use leptos::prelude::*;

use crate::around::Around;

pub(super) struct Said {
    /// The control's id; those of hint and error are made from it.
    pub(super) id: String,
    pub(super) hint: Option<String>,
    pub(super) error: Option<String>,
}

impl Said {
    /// For `aria-describedby`.
    pub(super) fn described_by(&self) -> Option<String> {
        let hint = self.hint.is_some().then(|| format!("{}-hint", self.id));
        let error = self.error.is_some().then(|| format!("{}-error", self.id));
        match (hint, error) {
            (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
            (hint, error) => hint.or(error),
        }
    }

    /// For `aria-invalid`.
    pub(super) fn invalid(&self) -> Option<&'static str> {
        self.error.is_some().then_some("true")
    }

    pub(super) fn view(self) -> AnyView {
        let Self { id, hint, error } = self;
        let prefix = Around::here().words().ui.error;
        view! {
            {hint.map(|hint| view! { <p class="field-hint" id=format!("{id}-hint")>{hint}</p> })}
            {error.map(|error| view! {
                <p class="field-error" id=format!("{id}-error")>
                    <span class="visually-hidden">{prefix}": "</span>
                    {error}
                </p>
            })}
        }
        .into_any()
    }
}

/// The control's id: its name without the brackets that mark a list.
pub(super) fn id_of(name: &str) -> String {
    name.trim_end_matches("[]").to_owned()
}

/// A label that is the page's question is also its heading.
pub(super) fn label(id: &str, text: String, question: bool) -> AnyView {
    let id = id.to_owned();
    if question {
        view! { <h1 class="field-question"><label for=id>{text}</label></h1> }.into_any()
    } else {
        view! { <label class="field-label" for=id>{text}</label> }.into_any()
    }
}
