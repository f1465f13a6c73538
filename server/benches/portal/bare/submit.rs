//! Sending a request, as the bare program does it.

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::{PgPool, Row as _};
use uuid::Uuid;

use super::Broken;

/// A request as it is sent: to the bare program in the clear, since it seals no drafts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Sent {
    pub(crate) facility: Uuid,
    pub(crate) request: Uuid,
    pub(crate) person: Uuid,
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) born: String,
    pub(crate) email: String,
    pub(crate) phone: String,
    pub(crate) postal: Value,
}

/// The rows that sending a request writes, but for the form's key and the trail's entry.
#[expect(clippy::disallowed_methods, reason = "there is no desk in this program: that is what it measures")]
pub(super) async fn submit(State(pool): State<PgPool>, Json(sent): Json<Sent>) -> Result<Json<Uuid>, Broken> {
    let (facility, request) = (sent.facility, sent.request);
    let mut tx = pool.begin().await?;
    sqlx::query(
        "select version from bare.request where facility_id = $1 and id = $2 and status = 'draft' for no key update",
    )
    .bind(facility)
    .bind(request)
    .fetch_one(&mut *tx)
    .await?;
    sqlx::query(
        "update bare.request set status = 'open', version = version + 1, received_at = now(), entered_at = now(), patient_name = $3,
           name_folded = lower($3), birth_date = $4::text::date, email = $5, phone = $6, postal = $7, scope = 'everything', delivery = 'portal',
           signed_name = $3, signed_statement = 'access-1', signed_at = now() where facility_id = $1 and id = $2",
    )
    .bind(facility)
    .bind(request)
    .bind(&sent.name)
    .bind(&sent.born)
    .bind(&sent.email)
    .bind(&sent.phone)
    .bind(&sent.postal)
    .execute(&mut *tx)
    .await?;
    for statement in [
        "delete from bare.draft where facility_id = $1 and request_id = $2",
        "insert into bare.deadline (facility_id, request_id, rule, due_on) values ($1, $2, 'hipaa-access-30', current_date + 30)",
        "insert into bare.item (facility_id, id, request_id, position, status) values ($1, gen_random_uuid(), $2, 1, 'pending')",
        "insert into bare.verification (facility_id, request_id) values ($1, $2)",
        "insert into bare.queue_entry (facility_id, request_id, open, headline, waiting_on, due_on, parts_of)
           values ($1, $2, true, 'received', 'office', current_date + 30, 1)",
    ] {
        sqlx::query(statement).bind(facility).bind(request).execute(&mut *tx).await?;
    }
    sqlx::query(
        r#"insert into bare.timeline (facility_id, request_id, id, for_patient, by_person, entry)
             values ($1, $2, gen_random_uuid(), true, $3, '{"what": "submitted"}')"#,
    )
    .bind(facility)
    .bind(request)
    .bind(sent.person)
    .execute(&mut *tx)
    .await?;
    let notice: Uuid = sqlx::query(
        "insert into bare.notice (facility_id, id, request_id, kind, language, email, status)
           values ($1, gen_random_uuid(), $2, 'n1', 'en', $3, 'waiting') returning id",
    )
    .bind(facility)
    .bind(request)
    .bind(&sent.email)
    .fetch_one(&mut *tx)
    .await?
    .try_get(0)?;
    sqlx::query(
        "insert into bare.outbox (facility_id, id, task, request_id, subject) values ($1, gen_random_uuid(), 'send_notice', $2, $3)",
    )
    .bind(facility)
    .bind(request)
    .bind(notice)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(Json(request))
}

/// The least that could be called a request: three inserts and a commit.
#[expect(clippy::disallowed_methods, reason = "there is no desk in this program: that is what it measures")]
pub(super) async fn three(State(pool): State<PgPool>, Json(sent): Json<Sent>) -> Result<Json<Uuid>, Broken> {
    let mut tx = pool.begin().await?;
    let request: Uuid = sqlx::query(
        "insert into bare.request (facility_id, id, requester_id, number, status, channel, language, received_at, entered_at, patient_name,
           name_folded, birth_date, email, phone, postal, scope, delivery)
         values ($1, gen_random_uuid(), $2, $3, 'open', 'portal', 'en', now(), now(), $4, lower($4), $5::text::date, $6, $7, $8, 'everything',
           'portal') returning id",
    )
    .bind(sent.facility)
    .bind(sent.person)
    .bind(&sent.number)
    .bind(&sent.name)
    .bind(&sent.born)
    .bind(&sent.email)
    .bind(&sent.phone)
    .bind(&sent.postal)
    .fetch_one(&mut *tx)
    .await?
    .try_get(0)?;
    for statement in [
        "insert into bare.queue_entry (facility_id, request_id, open, headline, waiting_on, due_on, parts_of)
           values ($1, $2, true, 'received', 'office', current_date + 30, 1)",
        r#"insert into bare.timeline (facility_id, request_id, id, for_patient, entry)
             values ($1, $2, gen_random_uuid(), true, '{"what": "submitted"}')"#,
    ] {
        sqlx::query(statement).bind(sent.facility).bind(request).execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok(Json(request))
}
