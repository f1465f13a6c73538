//! What people are called, as far as row-level security lets this reader know.

use std::collections::HashMap;

use domain::ids::PersonId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::Result;

/// The names of those of them that the reader may know.
pub(crate) async fn names(
    db: &mut PgConnection,
    of: impl IntoIterator<Item = PersonId>,
) -> Result<HashMap<PersonId, String>> {
    let ids: Vec<Uuid> = of.into_iter().map(|person| person.0).collect();
    let rows = sqlx::query!("select id, name from app.person where id = any ($1)", &ids).fetch_all(db).await?;
    Ok(rows.into_iter().map(|row| (PersonId(row.id), row.name)).collect())
}
