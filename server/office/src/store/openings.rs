//! Openings: the grants under which bytes go out, recorded by an act, and the pictures that people sent.

use domain::ids::{BlobId, FacilityId, RequestId};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx as _;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{AtDesk, Result};

/// As long as a page is looked at; a reload opens anew.
const LASTS: SignedDuration = SignedDuration::from_mins(30);

/// Opens a blob for whoever sits there, in this session alone.
pub(crate) async fn open(db: &mut PgConnection, desk: &AtDesk, facility: FacilityId, blob: BlobId) -> Result<Uuid> {
    let id = desk.id();
    let until = desk.now().checked_add(LASTS).unwrap_or(Timestamp::MAX);
    sqlx::query!(
        "insert into app.opening (facility_id, id, blob, person_id, seat_hash, until) values ($1, $2, $3, $4, app.my_seat(), $5)",
        facility.0,
        id,
        blob.0,
        desk.person().map(|person| person.0),
        until.to_sqlx() as _
    )
    .execute(db)
    .await?;
    Ok(id)
}

/// A picture of an identity document that was sent with a request.
pub(crate) struct Evidence {
    pub(crate) id: Uuid,
    pub(crate) blob: BlobId,
    pub(crate) media_type: String,
    pub(crate) at: Timestamp,
}

/// Newest first.
pub(crate) async fn evidence_of(db: &mut PgConnection, request: RequestId) -> Result<Vec<Evidence>> {
    let rows = sqlx::query!(
        r#"select e.id, e.blob, b.media_type, e.at as "at!: jiff_sqlx::Timestamp"
           from app.evidence e join app.blob b on b.facility_id = e.facility_id and b.id = e.blob
           where e.facility_id = $1 and e.request_id = $2 and e.kind = 'identity' order by e.at desc, e.id desc limit 20"#,
        request.facility.0,
        request.id
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Evidence { id: row.id, blob: BlobId(row.blob), media_type: row.media_type, at: row.at.to_jiff() })
        .collect())
}
