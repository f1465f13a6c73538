//! What the requester was asked, one question at a time. The words themselves are sealed blobs.

use std::collections::BTreeSet;

use domain::{
    ids::{BlobId, PersonId, QuestionId, RequestId},
    question::{Question, QuestionReason, QuestionState, WayToAnswer},
    version::Version,
};
use jiff_sqlx::ToSqlx as _;
use sqlx::PgConnection;

use crate::{
    Error, Result,
    store::{one, requests::before},
};

/// A question with the blobs that hold its words.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) question: Question,
    pub(crate) message: Option<BlobId>,
}

/// Newest first.
pub(crate) async fn of(db: &mut PgConnection, request: RequestId) -> Result<Vec<Stored>> {
    let rows = sqlx::query!(
        r#"select id, status, reason, ways, message, asked_by, asked_at as "asked_at!: jiff_sqlx::Timestamp",
             answered_by, answered_at as "answered_at: jiff_sqlx::Timestamp", version
           from app.question where facility_id = $1 and request_id = $2 order by asked_at desc, id desc"#,
        request.facility.0,
        request.id
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let corrupt = || Error::Corrupt { table: "app.question", id: row.id };
            let ways = row
                .ways
                .iter()
                .map(|code| WayToAnswer::from_code(code))
                .collect::<Option<BTreeSet<_>>>()
                .ok_or_else(corrupt)?;
            let state = match (row.status.as_str(), row.answered_by, row.answered_at) {
                ("open", None, None) => QuestionState::Open,
                ("answered", Some(by), Some(at)) => QuestionState::Answered { by: PersonId(by), at: at.to_jiff() },
                _ => return Err(corrupt()),
            };
            let question = Question {
                id: QuestionId(row.id),
                request,
                reason: QuestionReason::from_code(&row.reason).ok_or_else(corrupt)?,
                ways: ways.try_into().map_err(|_| corrupt())?,
                asked_by: PersonId(row.asked_by),
                asked_at: row.asked_at.to_jiff(),
                state,
                version: Version(row.version),
            };
            Ok(Stored { question, message: row.message.map(BlobId) })
        })
        .collect()
}

/// The one that is open, if one is.
pub(crate) async fn open_of(db: &mut PgConnection, request: RequestId) -> Result<Option<Stored>> {
    Ok(of(db, request).await?.into_iter().find(|stored| stored.question.is_open()))
}

pub(crate) async fn insert(db: &mut PgConnection, question: &Question, message: BlobId) -> Result<()> {
    let ways: Vec<String> = question.ways.all().iter().map(|way| way.code().to_owned()).collect();
    sqlx::query!(
        "insert into app.question (facility_id, id, request_id, status, reason, ways, message, asked_by, asked_at)
         values ($1, $2, $3, 'open', $4, $5, $6, $7, $8)",
        question.request.facility.0,
        question.id.0,
        question.request.id,
        question.reason.code(),
        &ways,
        message.0,
        question.asked_by.0,
        question.asked_at.to_sqlx() as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Records the answer; `answer` is None where it came as a photo or by word of mouth.
pub(crate) async fn record_answer(db: &mut PgConnection, question: &Question, answer: Option<BlobId>) -> Result<()> {
    let QuestionState::Answered { by, at } = question.state else {
        return Err(Error::Corrupt { table: "app.question", id: question.id.0 });
    };
    let updated = sqlx::query!(
        "update app.question set status = 'answered', answer = $4, answered_by = $5, answered_at = $6
         where facility_id = $1 and id = $2 and version = $3 and status = 'open'",
        question.request.facility.0,
        question.id.0,
        before(question.version),
        answer.map(|blob| blob.0),
        by.0,
        at.to_sqlx() as _
    )
    .execute(db)
    .await?
    .rows_affected();
    one(updated)
}
