//! A form that failed: what was typed, and what is wrong with it.

use serde::{Deserialize, Serialize};

use crate::problem::FieldProblem;

/// What waits under the id in the address: the raw pairs of the form, and its problems. It is empty for a fresh form.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Name and value as they were posted, without the token.
    pub pairs: Vec<(String, String)>,
    pub problems: Vec<FieldProblem>,
}

impl Kept {
    /// Whether the form had this field when it was posted.
    pub fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(field, _)| field == name)
    }

    /// What was typed into a field; empty where nothing was.
    pub fn typed(&self, name: &str) -> &str {
        self.pairs.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// Whether this choice was posted: a radio, an option, or one of several boxes (`name` is then `things[]`).
    pub fn ticked(&self, name: &str, value: &str) -> bool {
        self.pairs.iter().any(|(field, posted)| field == name && posted == value)
    }

    /// The code of the first thing wrong with a field.
    pub fn problem(&self, field: &str) -> Option<&str> {
        self.problems.iter().find(|problem| problem.field == field).map(|problem| problem.code.as_str())
    }

    pub fn failed(&self) -> bool {
        !self.problems.is_empty()
    }
}

/// What people typed stays out of logs.
impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kept").field("problems", &self.problems).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept() -> Kept {
        Kept {
            pairs: [("name", "李 O'Keefe"), ("kinds[]", "lab"), ("kinds[]", "note")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
            problems: vec![FieldProblem { field: "born".into(), code: "future".into() }],
        }
    }

    #[test]
    fn what_was_typed_comes_back() {
        assert_eq!(kept().typed("name"), "李 O'Keefe");
        assert_eq!(kept().typed("email"), "");
    }

    #[test]
    fn every_box_that_was_ticked_is_ticked_again_and_no_other() {
        assert!(kept().ticked("kinds[]", "lab"));
        assert!(kept().ticked("kinds[]", "note"));
        assert!(!kept().ticked("kinds[]", "vaccine"));
        assert!(!kept().ticked("name", "lab"));
    }

    #[test]
    fn a_problem_belongs_to_its_field_alone() {
        assert_eq!(kept().problem("born"), Some("future"));
        assert_eq!(kept().problem("name"), None);
        assert!(kept().failed());
        assert!(!Kept::default().failed());
    }

    #[test]
    fn what_was_typed_is_not_in_the_debug_text() {
        assert!(!format!("{:?}", kept()).contains("O'Keefe"));
    }
}
