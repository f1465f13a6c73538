//! What a page can be told went wrong: codes and field names, never text and never what was typed, since without
//! JavaScript it could travel in an address. Pages turn codes into sentences.

use domain::{form::FieldCode, language::Language, refusal::Refusal};
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

use crate::words::words;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Problem {
    /// A rule says no; the code names which.
    #[error("refused: {0}")]
    Refused(String),
    /// What was posted cannot be taken as it is.
    #[error("the form has problems")]
    Form(Vec<FieldProblem>),
    #[error("not signed in")]
    SignInAgain,
    /// Nobody's mistake but ours; the person is given the reference under which it was logged.
    #[error("fault {reference}")]
    Fault { reference: String },
    #[error("no answer")]
    Unreachable,
}

impl Problem {
    /// What a person may not see does not exist for them.
    pub fn is_not_there(&self) -> bool {
        let code = |refusal: Refusal| matches!(self, Self::Refused(code) if code == refusal.code());
        code(Refusal::NotFound) || code(Refusal::NotAllowed)
    }

    /// Nobody knows whether the act was carried out: what got lost may be the answer to its commit. Whoever sends the form
    /// again keeps its key, so that nothing is made twice.
    pub fn leaves_open(&self) -> bool {
        matches!(self, Self::Unreachable | Self::Fault { .. })
    }
}

/// One field of a form and the code of what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    pub field: String,
    pub code: String,
}

impl FromServerFnError for Problem {
    type Encoder = JsonEncoding;

    /// The text is dropped: a decoder's message quotes what was typed.
    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self::Unreachable
    }
}

/// What a code says to a person, and what to do.
pub fn sentence(code: &str, language: Language) -> String {
    if let Some(field) = FieldCode::from_code(code) {
        return domain::words::field_problem(field).to(language).to_owned();
    }
    if let Some(refusal) = Refusal::from_code(code) {
        return domain::words::refusal(refusal).to(language).to_owned();
    }
    let (sign_in, words) = (&words(language).sign_in, &words(language).ui);
    match code.split_once(':') {
        Some(("fault", reference)) => (words.fault)(reference),
        _ => match code {
            "away" => words.away.to_owned(),
            "form_ended" => words.form_ended.to_owned(),
            "form_lost" => words.form_lost.to_owned(),
            "form_unreadable" => words.form_unreadable.to_owned(),
            "form_too_long" => words.form_too_long.to_owned(),
            "file_under_way" => words.file_under_way.to_owned(),
            "too_many_attempts" => sign_in.too_many_attempts.to_owned(),
            "no_role" => sign_in.no_role.to_owned(),
            "busy" => sign_in.busy.to_owned(),
            "password_not_kept" => sign_in.password_not_kept.to_owned(),
            "not_the_chosen_password" => sign_in.not_the_chosen_password.to_owned(),
            _ => words.unreachable.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decoders_message_never_reaches_the_page() {
        let quoted = ServerFnErrorErr::Args("invalid digit in 'Jane Doe'".into());
        assert_eq!(Problem::from_server_fn_error(quoted), Problem::Unreachable);
    }
}
