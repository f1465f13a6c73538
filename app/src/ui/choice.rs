//! One of several answers to choose from.

use leptos::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
    pub chosen: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), ..Self::default() }
    }

    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    #[must_use]
    pub fn chosen(self, chosen: bool) -> Self {
        Self { chosen, ..self }
    }

    /// As a radio or a box; the first has the stem as its id, which the error summary links to.
    pub(super) fn control(self, input_type: &'static str, name: &str, stem: &str, place: usize) -> AnyView {
        let id = if place == 0 { stem.to_owned() } else { format!("{stem}-{}", place + 1) };
        let hint_id = self.hint.is_some().then(|| format!("{id}-hint"));
        view! {
            <div class="choice">
                <input
                    class="choice-control"
                    type=input_type
                    id=id.clone()
                    name=name.to_owned()
                    value=self.value
                    checked=self.chosen
                    aria-describedby=hint_id.clone()
                />
                <label class="choice-label" for=id>{self.label}</label>
                {self.hint.map(|hint| view! { <p class="choice-hint" id=hint_id>{hint}</p> })}
            </div>
        }
        .into_any()
    }
}
