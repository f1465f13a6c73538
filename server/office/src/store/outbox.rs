//! What is to be done afterwards. Acts write it here in their own transaction; the relay hands it to the jobs.

use domain::ids::RequestId;
use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{AtDesk, Result};

/// A job, by its name in the job tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// The link, or the word that there is an account already, to whoever registered.
    AccountMail,
    SendNotice,
    BuildPackage,
    /// A withdrawal can no longer be undone: the notice goes out.
    UndoPassed,
    /// Fourteen days after the delivery.
    CloseRequest,
}

impl Task {
    pub const ALL: [Self; 5] =
        [Self::AccountMail, Self::SendNotice, Self::BuildPackage, Self::UndoPassed, Self::CloseRequest];

    pub const fn code(self) -> &'static str {
        match self {
            Self::AccountMail => "account_mail",
            Self::SendNotice => "send_notice",
            Self::BuildPackage => "build_package",
            Self::UndoPassed => "undo_passed",
            Self::CloseRequest => "close_request",
        }
    }
}

/// `subject`: what the task is about; `not_before`: when it is due, at once without.
pub(crate) async fn put(
    db: &mut PgConnection,
    desk: &AtDesk,
    task: Task,
    request: RequestId,
    subject: Uuid,
    not_before: Option<Timestamp>,
) -> Result<()> {
    sqlx::query!(
        "insert into app.outbox (facility_id, id, task, request_id, subject, not_before) values ($1, $2, $3, $4, $5, $6)",
        request.facility.0,
        desk.id(),
        task.code(),
        request.id,
        subject,
        not_before.map(jiff_sqlx::ToSqlx::to_sqlx) as _
    )
    .execute(db)
    .await?;
    Ok(())
}
