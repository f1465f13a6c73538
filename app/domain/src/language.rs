//! The languages in which the office speaks to people.

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
