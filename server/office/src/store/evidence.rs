//! What people sent to show who they are: which blobs, for which request.

use domain::ids::{BlobId, RequestId};
use sqlx::PgConnection;

use crate::{AtDesk, Error, Result};

/// Attaches a picture of an identity document that whoever sits there has sent.
pub(crate) async fn insert(db: &mut PgConnection, desk: &AtDesk, request: RequestId, blob: BlobId) -> Result<()> {
    sqlx::query!(
        "insert into app.evidence (facility_id, id, request_id, kind, blob, sent_by) values ($1, $2, $3, 'identity', $4, $5)",
        request.facility.0,
        desk.id(),
        request.id,
        blob.0,
        desk.person().map(|person| person.0)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How many pictures there are.
pub(crate) async fn count(db: &mut PgConnection, request: RequestId) -> Result<u32> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from app.evidence where facility_id = $1 and request_id = $2 and kind = 'identity'"#,
        request.facility.0,
        request.id
    )
    .fetch_one(db)
    .await?;
    u32::try_from(count).map_err(|_| Error::Corrupt { table: "app.evidence", id: request.id })
}
