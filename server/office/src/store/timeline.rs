//! A request's timeline: what people may read of what was done. Codes and values; the sentence is made when it is read.

use domain::{ids::RequestId, timeline::Entry};
use jiff::Timestamp;
use sqlx::PgConnection;

use crate::{AtDesk, Error, Result};

/// An entry as it stands.
#[derive(Debug, Clone)]
pub(crate) struct Stood {
    pub(crate) at: Timestamp,
    pub(crate) by_name: Option<String>,
    pub(crate) entry: Entry,
}

pub(crate) async fn add(db: &mut PgConnection, desk: &AtDesk, request: RequestId, entry: &Entry) -> Result<()> {
    sqlx::query!(
        "insert into app.timeline (facility_id, request_id, id, for_patient, by_person, entry) values ($1, $2, $3, $4, $5, $6)",
        request.facility.0,
        request.id,
        desk.id(),
        entry.for_patient(),
        desk.person().map(|person| person.0),
        serde_json::to_value(entry)?
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Newest first; of a patient, row-level security leaves what is for them. Names of staff come with the staff's login only.
pub(crate) async fn of(db: &mut PgConnection, request: RequestId) -> Result<Vec<Stood>> {
    let rows = sqlx::query!(
        r#"select t.id, t.at as "at!: jiff_sqlx::Timestamp", p.name as "name?", t.entry
           from app.timeline t left join app.person p on p.id = t.by_person
           where t.facility_id = $1 and t.request_id = $2 order by t.at desc, t.id desc limit 500"#,
        request.facility.0,
        request.id
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let entry =
                serde_json::from_value(row.entry).map_err(|_| Error::Corrupt { table: "app.timeline", id: row.id })?;
            Ok(Stood { at: row.at.to_jiff(), by_name: row.name, entry })
        })
        .collect()
}
