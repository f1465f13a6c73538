//! A form that may have come back: what was typed into each field, and what is wrong with it, in words.

use std::fmt::Display;

use domain::refusal::Refusal;

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
    pub language: Language,
}

impl Tried {
    pub fn new(kept: Kept, language: Language) -> Self {
        Self { kept, language }
    }

    pub fn is_fresh(&self) -> bool {
        !self.kept.failed()
    }

    pub fn typed(&self, field: &str) -> String {
        self.kept.typed(field).to_owned()
    }

    /// Whether the form that came back had this field; where it had not, the field begins as on a fresh form.
    pub fn has(&self, field: &str) -> bool {
        self.kept.has(field)
    }

    /// What was typed, or what a fresh form begins with.
    pub fn value(&self, field: &str, fresh: impl FnOnce() -> String) -> String {
        if self.is_fresh() { fresh() } else { self.typed(field) }
    }

    /// The key of a form that makes something anew. One that came back without an answer keeps its own: what it has made
    /// already is not made again under it.
    pub fn key(&self, fresh: impl Display) -> String {
        let kept = self.typed("key");
        if kept.is_empty() { fresh.to_string() } else { kept }
    }

    pub fn ticked(&self, field: &str, value: &str) -> bool {
        self.kept.ticked(field, value)
    }

    pub fn typed_date(&self, field: &str) -> DateTyped {
        DateTyped::from_kept(&self.kept, field)
    }

    pub fn error(&self, field: &str) -> Option<String> {
        self.kept.problem(field).map(|code| sentence(code, self.language))
    }

    /// The sentence of a refusal, where it was this one: it may belong beside a field.
    pub fn refused(&self, code: &str) -> Option<String> {
        self.kept.problem("form").filter(|said| *said == code).map(|said| sentence(said, self.language))
    }

    /// Somebody else was faster: the page shows what is so now, beside what was chosen before.
    pub fn moved_on(&self) -> bool {
        self.refused(Refusal::MovedOn.code()).is_some()
    }

    /// Of a date in three boxes: what is wrong with the first of them.
    pub fn date_error(&self, field: &str) -> Option<String> {
        ["month", "day", "year"].iter().find_map(|part| self.error(&format!("{field}_{part}")))
    }

    /// For the summary on top.
    pub fn wrong(&self) -> Vec<Wrong> {
        let wrong = |problem: &FieldProblem| {
            let said = sentence(&problem.code, self.language);
            match problem.field.as_str() {
                "form" => Wrong::with_all(said),
                field => Wrong::at(control(field), said),
            }
        };
        self.kept.problems.iter().map(wrong).collect()
    }
}

/// The id of a field's control: the first box of a date has the date's own.
fn control(field: &str) -> String {
    match field.rsplit_once('_') {
        Some((date, "month")) => date.to_owned(),
        Some((date, part @ ("day" | "year"))) => format!("{date}-{part}"),
        _ => field.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_leads_to_the_control_that_has_it() {
        let controls = ["birth_month", "birth_day", "from_year", "former_names", "email"].map(control);
        assert_eq!(controls, ["birth", "birth-day", "from-year", "former_names", "email"]);
    }
}
