//! The answers of a request that was not sent yet: sealed, and bound to the request they belong to.

use domain::{ask::Draft, ids::RequestId, refusal::Refusal, version::Version};
use jiff::Timestamp;
use sqlx::PgConnection;
use vault::SealPurpose;

use crate::{Error, Result, desk::Vault, store::one};

#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) draft: Draft,
    pub(crate) version: Version,
    pub(crate) saved_at: Timestamp,
}

fn context(request: RequestId) -> Vec<u8> {
    [request.facility.0.as_bytes().as_slice(), request.id.as_bytes()].concat()
}

fn seal(vault: &Vault, request: RequestId, draft: &Draft) -> Result<Vec<u8>> {
    Ok(vault.server.seal_small(SealPurpose::Draft, &context(request), &serde_json::to_vec(draft)?)?)
}

pub(crate) async fn insert(db: &mut PgConnection, vault: &Vault, request: RequestId, draft: &Draft) -> Result<()> {
    sqlx::query!(
        "insert into app.draft (facility_id, request_id, sealed) values ($1, $2, $3)",
        request.facility.0,
        request.id,
        seal(vault, request, draft)?
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn load(db: &mut PgConnection, vault: &Vault, request: RequestId) -> Result<Stored> {
    let row = sqlx::query!(
        r#"select sealed, version, saved_at as "saved_at: jiff_sqlx::Timestamp" from app.draft
           where facility_id = $1 and request_id = $2"#,
        request.facility.0,
        request.id
    )
    .fetch_optional(db)
    .await?
    .ok_or(Refusal::AlreadySent)?;
    let text = vault.server.open_small(SealPurpose::Draft, &context(request), &row.sealed)?;
    let draft = serde_json::from_slice(&text).map_err(|_| Error::Corrupt { table: "app.draft", id: request.id })?;
    Ok(Stored { draft, version: Version(row.version), saved_at: row.saved_at.to_jiff() })
}

/// Writes the next version of a draft.
pub(crate) async fn record(
    db: &mut PgConnection,
    vault: &Vault,
    request: RequestId,
    stored: &Stored,
    draft: &Draft,
) -> Result<()> {
    let updated = sqlx::query!(
        "update app.draft set sealed = $4, version = version + 1, saved_at = now()
         where facility_id = $1 and request_id = $2 and version = $3",
        request.facility.0,
        request.id,
        stored.version.0,
        seal(vault, request, draft)?
    )
    .execute(db)
    .await?
    .rows_affected();
    one(updated)
}

/// What was sent stands in the request from now on.
pub(crate) async fn delete(db: &mut PgConnection, request: RequestId) -> Result<()> {
    let deleted = sqlx::query!(
        "delete from app.draft where facility_id = $1 and request_id = $2",
        request.facility.0,
        request.id
    )
    .execute(db)
    .await?
    .rows_affected();
    one(deleted)
}
