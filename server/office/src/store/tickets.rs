//! A form's key, entered in the act's own transaction: the same form sent twice is carried out once and answered twice.

use domain::{ids::PersonId, refusal::Refusal};
use serde_json::Value;
use sqlx::PgConnection;

use crate::{Result, Ticket};

/// Enters the key. Where it stands already, gives the receipt of the first time.
pub(crate) async fn enter(db: &mut PgConnection, person: PersonId, ticket: Ticket, act: &str) -> Result<Option<Value>> {
    let entered = sqlx::query!(
        "insert into app.done (person_id, key, act) values ($1, $2, $3) on conflict do nothing",
        person.0,
        ticket.0,
        act
    )
    .execute(&mut *db)
    .await?
    .rows_affected();
    if entered == 1 {
        return Ok(None);
    }
    let row = sqlx::query!("select act, receipt from app.done where person_id = $1 and key = $2", person.0, ticket.0)
        .fetch_one(db)
        .await?;
    match row.receipt {
        Some(receipt) if row.act == act => Ok(Some(receipt)),
        _ => Err(Refusal::MovedOn.into()),
    }
}

pub(crate) async fn keep_receipt(
    db: &mut PgConnection,
    person: PersonId,
    ticket: Ticket,
    receipt: &Value,
) -> Result<()> {
    sqlx::query!("update app.done set receipt = $3 where person_id = $1 and key = $2", person.0, ticket.0, receipt)
        .execute(db)
        .await?;
    Ok(())
}
