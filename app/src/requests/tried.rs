//! A form of the patient's side that may have come back, beside what stands already: a draft's answers.

use std::ops::Deref;

use crate::{
    ui::{self, DateTyped},
    words::{Requests, words},
};

pub(super) struct Tried {
    form: ui::Tried,
    pub(super) words: &'static Requests,
}

impl From<ui::Tried> for Tried {
    fn from(form: ui::Tried) -> Self {
        let words = &words(form.language).requests;
        Self { form, words }
    }
}

impl Deref for Tried {
    type Target = ui::Tried;

    fn deref(&self) -> &ui::Tried {
        &self.form
    }
}

impl Tried {
    pub(super) fn chosen(&self, field: &str, value: &str, stands: bool) -> bool {
        if self.is_fresh() { stands } else { self.ticked(field, value) }
    }

    pub(super) fn date(&self, field: &str, stands: Option<jiff::civil::Date>) -> DateTyped {
        match stands {
            Some(day) if self.is_fresh() => {
                DateTyped { month: day.month().to_string(), day: day.day().to_string(), year: day.year().to_string() }
            }
            _ => self.typed_date(field),
        }
    }
}
