//! The languages in which the office speaks to people.

use serde::{Deserialize, Serialize};

use crate::code::coded;

coded! {
    /// A person's choice. A third language is a third column in every catalogue of [`crate::words`].
    #[derive(Default)]
    pub enum Language {
        #[default]
        English = "en",
        Spanish = "es",
    }
}

/// What a facility says of itself, in every language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translated {
    pub en: String,
    pub es: String,
}

impl Translated {
    pub fn to(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Spanish => &self.es,
        }
    }

    #[must_use]
    pub fn map(&self, each: impl Fn(&str) -> String) -> Self {
        Self { en: each(&self.en), es: each(&self.es) }
    }
}
