//! Taking away what has lapsed. What may go is decided in the database's own functions: the worker's login can delete
//! neither bytes that are kept nor their keys.

use sqlx::PgConnection;

use crate::Result;

/// Staged bytes that no act has attached for a day, and their keys.
pub(crate) async fn staged_blobs(db: &mut PgConnection) -> Result<u64> {
    let mut all = 0;
    loop {
        let gone = sqlx::query!(r#"select facility_id as "facility!", id as "id!" from app.sweep_staged(200)"#)
            .fetch_all(&mut *db)
            .await?;
        if gone.is_empty() {
            return Ok(all);
        }
        all += gone.len() as u64;
        let (facilities, ids): (Vec<_>, Vec<_>) = gone.into_iter().map(|row| (row.facility, row.id)).unzip();
        sqlx::query!("select vault.forget($1, $2)", &facilities, &ids).execute(&mut *db).await?;
    }
}

pub(crate) async fn tickets(db: &mut PgConnection) -> Result<u64> {
    Ok(sqlx::query!("delete from app.done where at < now() - interval '2 days'").execute(db).await?.rows_affected())
}

pub(crate) async fn lapsed(db: &mut PgConnection) -> Result<u64> {
    let gone = sqlx::query_scalar!(r#"select auth.sweep() as "gone!""#).fetch_one(db).await?;
    Ok(u64::try_from(gone).unwrap_or_default())
}
