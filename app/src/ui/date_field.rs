//! A date that people know by heart, in three boxes. American order: month first. A month may be typed as a word.

use leptos::prelude::*;

use super::fieldset::Fieldset;
use crate::{around::Around, kept::Kept};

/// What was typed into the three boxes, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateTyped {
    pub month: String,
    pub day: String,
    pub year: String,
}

impl DateTyped {
    /// From a form whose boxes are named `NAME_month`, `NAME_day`, `NAME_year`.
    pub fn from_kept(kept: &Kept, name: &str) -> Self {
        let typed = |part| kept.typed(&format!("{name}_{part}")).to_owned();
        Self { month: typed("month"), day: typed("day"), year: typed("year") }
    }
}

/// Posts `NAME_month`, `NAME_day` and `NAME_year`; the first has the id `NAME`, for the error summary.
/// `birthday` lets the browser fill in the reader's own date of birth: give it only where the reader is asked theirs.
#[component]
pub fn DateField(
    #[prop(into)] name: String,
    #[prop(into)] legend: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(optional)] typed: DateTyped,
    #[prop(optional)] birthday: bool,
    #[prop(optional)] question: bool,
) -> impl IntoView {
    let words = &Around::here().words().ui;
    let invalid = error.is_some().then_some("true");
    let part = |part: &'static str, label: &'static str, class: &'static str, value: String| {
        let id = if part == "month" { name.clone() } else { format!("{name}-{part}") };
        // A month may be a word, so its box gets the full keyboard.
        let inputmode = (part != "month").then_some("numeric");
        view! {
            <div class="date-field-part">
                <label class="date-field-label" for=id.clone()>{label}</label>
                <input
                    class=class
                    id=id
                    name=format!("{name}_{part}")
                    type="text"
                    inputmode=inputmode
                    value=value
                    autocomplete=birthday.then(|| format!("bday-{part}"))
                    spellcheck="false"
                    aria-invalid=invalid
                />
            </div>
        }
    };
    let parts = view! {
        {part("month", words.month, "field-control", typed.month)}
        {part("day", words.day, "field-control date-field-day", typed.day)}
        {part("year", words.year, "field-control date-field-year", typed.year)}
    };
    let hint = hint.or_else(|| Some(words.date_hint.to_owned()));
    view! {
        <Fieldset id=name.clone() legend question hint error>
            <div class="date-field">{parts}</div>
        </Fieldset>
    }
}
