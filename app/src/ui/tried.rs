//! A form that came back: what was typed into each field, and what is wrong with it, in words.

use crate::{
    kept::Kept,
    problem::{FieldProblem, sentence},
    ui::{DateTyped, Wrong},
    words::Language,
};

/// Empty for a fresh form.
#[derive(Clone)]
pub struct Tried {
    kept: Kept,
    language: Language,
}

impl Tried {
    pub fn new(kept: Kept, language: Language) -> Self {
        Self { kept, language }
    }

    pub fn typed(&self, field: &str) -> String {
        self.kept.typed(field).to_owned()
    }

    /// What was typed, or what a fresh form begins with.
    pub fn typed_or(&self, field: &str, fresh: &str) -> String {
        if self.kept.pairs.is_empty() { fresh.to_owned() } else { self.typed(field) }
    }

    pub fn ticked(&self, field: &str, value: &str) -> bool {
        self.kept.ticked(field, value)
    }

    pub fn date(&self, field: &str) -> DateTyped {
        DateTyped::from_kept(&self.kept, field)
    }

    pub fn is_fresh(&self) -> bool {
        self.kept.pairs.is_empty()
    }

    pub fn error(&self, field: &str) -> Option<String> {
        self.kept.problem(field).map(|code| sentence(code, self.language))
    }

    /// The sentence of a refusal, where it was this one: it may belong beside a field.
    pub fn refused(&self, code: &str) -> Option<String> {
        self.kept.problem("form").filter(|said| *said == code).map(|said| sentence(said, self.language))
    }

    /// Of a date in three boxes: the first part that is wrong.
    pub fn date_error(&self, field: &str) -> Option<String> {
        ["month", "day", "year"].iter().find_map(|part| self.error(&format!("{field}_{part}")))
    }

    /// For the summary on top. A problem of a date's month goes to the first box, whose id is the date's name.
    pub fn wrong(&self) -> Vec<Wrong> {
        let wrong = |problem: &FieldProblem| {
            let said = sentence(&problem.code, self.language);
            match problem.field.as_str() {
                "form" => Wrong::with_all(said),
                field => match field.rsplit_once('_') {
                    Some((date, "month")) => Wrong::at(date, said),
                    Some((date, part @ ("day" | "year"))) => Wrong::at(format!("{date}-{part}"), said),
                    _ => Wrong::at(field, said),
                },
            }
        };
        self.kept.problems.iter().map(wrong).collect()
    }
}
