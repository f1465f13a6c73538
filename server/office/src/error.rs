//! What can go wrong at the desk: refused (expected, a code), a form's problems (field and code), or broken.

use domain::{form::FieldProblem, refusal::Refusal};

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The office will not, and says why by a code.
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    /// What was typed cannot be read: each field with its code. Never what was typed.
    #[error("a form with problems")]
    Form(Vec<FieldProblem>),
    /// The session is over, or never was.
    #[error("nobody is seated")]
    SignInAgain,
    /// The database cannot be reached or did not answer in time. Where it went away at the commit, nobody knows whether
    /// anything was changed.
    #[error("the database is away")]
    Away(#[source] sqlx::Error),
    /// More bytes than this may have.
    #[error("too large")]
    TooLarge,
    /// A bundle without a resource that a list of the chart was made of: the list would lose it without a word.
    #[error("a part of a chart is missing")]
    PartMissing { kind: String, source_id: String },
    /// A row contradicts itself.
    #[error("a row of {table} contradicts itself")]
    Corrupt { table: &'static str, id: uuid::Uuid },
    #[error("database")]
    Database(#[source] sqlx::Error),
    #[error("vault")]
    Vault(#[from] vault::VaultError),
    #[error("a receipt or an entry that is no JSON")]
    Json(#[from] serde_json::Error),
    /// The task that carried out the act ended before it could answer.
    #[error("the act did not come to its end")]
    Ended,
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Vec<FieldProblem>> for Error {
    fn from(problems: Vec<FieldProblem>) -> Self {
        Self::Form(problems)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                Self::Away(error)
            }
            sqlx::Error::Database(said) => match said.code().as_deref() {
                // the seat ended meanwhile: audit.append found nobody
                Some("PT002") => Self::SignInAgain,
                // a guard of the database refused what the rules let through: somebody else was faster
                Some("PT006") => Self::Refused(Refusal::MovedOn),
                // more was staged, and not attached, than one person may leave lying
                Some("PT007") => Self::Refused(Refusal::TooMuchToday),
                // shutting down, starting up, too many connections, cancelled, could not lock in time
                Some("57P01" | "57P02" | "57P03" | "53300" | "57014" | "55P03" | "25P03") => Self::Away(error),
                _ => Self::Database(error),
            },
            _ => Self::Database(error),
        }
    }
}
