//! What an open page asks of its request.

use domain::ids::RequestId;
use sqlx::PgConnection;

use crate::Result;

/// Whether it is there for whoever sits here.
pub(crate) async fn is_there(db: &mut PgConnection, request: RequestId) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from app.request where facility_id = $1 and id = $2) as "there!""#,
        request.facility.0,
        request.id
    )
    .fetch_one(db)
    .await?)
}

/// Whether a page that was read as of then may have missed a change.
pub(crate) async fn changed_since(db: &mut PgConnection, request: RequestId, as_of: i64) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select app.changed_since($1, $2, $3::bigint::text::xid8) as "changed!""#,
        request.facility.0,
        request.id,
        as_of
    )
    .fetch_one(db)
    .await?)
}
