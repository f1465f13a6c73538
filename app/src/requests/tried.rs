//! A form that may have come back: what was typed, and what is wrong with it in words.

use crate::{
    around::Around,
    kept::Kept,
    problem::FieldProblem,
    ui::{DateTyped, Wrong},
    words::{Language, Requests, words},
};

pub(super) struct Tried {
    kept: Kept,
    pub(super) language: Language,
    pub(super) words: &'static Requests,
}

impl Tried {
    pub(super) fn new(kept: Kept) -> Self {
        let language = Around::here().language;
        Self { kept, language, words: &words(language).requests }
    }

    /// What was typed where the form failed; otherwise what stands.
    pub(super) fn value(&self, field: &str, stands: impl FnOnce() -> String) -> String {
        if self.kept.failed() { self.kept.typed(field).to_owned() } else { stands() }
    }

    pub(super) fn chosen(&self, field: &str, value: &str, stands: bool) -> bool {
        if self.kept.failed() { self.kept.ticked(field, value) } else { stands }
    }

    pub(super) fn date(&self, field: &str, stands: Option<jiff::civil::Date>) -> DateTyped {
        match stands {
            Some(day) if !self.kept.failed() => {
                DateTyped { month: day.month().to_string(), day: day.day().to_string(), year: day.year().to_string() }
            }
            _ => DateTyped::from_kept(&self.kept, field),
        }
    }

    pub(super) fn error(&self, field: &str) -> Option<String> {
        self.kept.problem(field).map(|code| self.sentence(code))
    }

    /// Of a date in three parts: what is wrong with the first of them.
    pub(super) fn date_error(&self, field: &str) -> Option<String> {
        ["month", "day", "year"].iter().find_map(|part| self.error(&format!("{field}_{part}")))
    }

    pub(super) fn wrong(&self) -> Vec<Wrong> {
        let wrong = |problem: &FieldProblem| match problem.field.as_str() {
            "form" => Wrong::with_all(self.sentence(&problem.code)),
            field => Wrong::at(control(field), self.sentence(&problem.code)),
        };
        self.kept.problems.iter().map(wrong).collect()
    }

    fn sentence(&self, code: &str) -> String {
        let mend = &self.words.mend;
        match code {
            "heic" => mend.heic.to_owned(),
            "animated" => mend.animated.to_owned(),
            "truncated" => mend.truncated.to_owned(),
            "password_needed" => mend.password_needed.to_owned(),
            code => crate::problem::sentence(code, self.language),
        }
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
