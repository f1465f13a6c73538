//! A form that may have come back: what was typed, and what is wrong with it in words.

use domain::refusal::Refusal;

use crate::{
    around::Around,
    kept::Kept,
    problem::{FieldProblem, sentence},
    ui::Wrong,
    words::{Copy, Language, Worklist, words},
};

#[derive(Clone)]
pub(super) struct Tried {
    kept: Kept,
    pub(super) language: Language,
    pub(super) words: &'static Worklist,
    pub(super) copy: &'static Copy,
}

impl Tried {
    pub(super) fn new(kept: Kept) -> Self {
        let language = Around::here().language;
        let words = words(language);
        Self { kept, language, words: &words.worklist, copy: &words.copy }
    }

    /// What was typed where the form failed; otherwise what stands.
    pub(super) fn value(&self, field: &str, stands: impl Into<String>) -> String {
        if self.kept.failed() { self.kept.typed(field).to_owned() } else { stands.into() }
    }

    pub(super) fn chosen(&self, field: &str, value: &str) -> bool {
        self.kept.ticked(field, value)
    }

    pub(super) fn error(&self, field: &str) -> Option<String> {
        self.kept.problem(field).map(|code| sentence(code, self.language))
    }

    pub(super) fn wrong(&self) -> Vec<Wrong> {
        let wrong = |problem: &FieldProblem| match problem.field.as_str() {
            "form" => Wrong::with_all(sentence(&problem.code, self.language)),
            field => Wrong::at(field, sentence(&problem.code, self.language)),
        };
        self.kept.problems.iter().map(wrong).collect()
    }

    /// Somebody else was faster: the page shows what is so now, beside what was chosen before.
    pub(super) fn moved_on(&self) -> bool {
        self.kept.problem("form") == Some(Refusal::MovedOn.code())
    }
}
