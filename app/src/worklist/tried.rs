//! A form of the worklist that may have come back, with the words of its pages.

use std::ops::Deref;

use crate::{
    ui,
    words::{Copy, Worklist, words},
};

#[derive(Clone)]
pub(super) struct Tried {
    form: ui::Tried,
    pub(super) words: &'static Worklist,
    pub(super) copy: &'static Copy,
}

impl From<ui::Tried> for Tried {
    fn from(form: ui::Tried) -> Self {
        let words = words(form.language);
        Self { form, words: &words.worklist, copy: &words.copy }
    }
}

impl Deref for Tried {
    type Target = ui::Tried;

    fn deref(&self) -> &ui::Tried {
        &self.form
    }
}

impl Tried {
    /// What was typed where the form failed; otherwise what stands.
    pub(super) fn value(&self, field: &str, stands: impl Into<String>) -> String {
        self.form.value(field, || stands.into())
    }

    pub(super) fn chosen(&self, field: &str, value: &str) -> bool {
        self.ticked(field, value)
    }
}
