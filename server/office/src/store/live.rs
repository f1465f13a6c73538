//! Whether a request is there for whoever sits here.

use domain::ids::RequestId;
use sqlx::PgConnection;

use crate::Result;

pub(crate) async fn is_there(db: &mut PgConnection, request: RequestId) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from app.request where facility_id = $1 and id = $2) as "there!""#,
        request.facility.0,
        request.id
    )
    .fetch_one(db)
    .await?)
}
