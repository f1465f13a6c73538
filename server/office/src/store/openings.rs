//! Openings: the grants under which bytes go out, recorded by an act, and the pictures that people sent.

use domain::ids::{BlobId, FacilityId, RequestId};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx as _;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{AtDesk, Result};

/// As long as a page is looked at; a reload opens anew.
const LASTS: SignedDuration = SignedDuration::from_mins(30);
/// No session of a patient is longer: it ends the opening with itself.
const LASTS_THE_SESSION: SignedDuration = SignedDuration::from_hours(8);

/// Opens a blob for whoever sits there, in this session alone.
pub(crate) async fn open(db: &mut PgConnection, desk: &AtDesk, facility: FacilityId, blob: BlobId) -> Result<Uuid> {
    open_for(db, desk, facility, blob, LASTS).await
}

/// As [`open`], for as long as the session may last: a download over a slow line goes on, and one that broke off is
/// taken up again under the same address.
pub(crate) async fn open_for_download(
    db: &mut PgConnection,
    desk: &AtDesk,
    facility: FacilityId,
    blob: BlobId,
) -> Result<Uuid> {
    open_for(db, desk, facility, blob, LASTS_THE_SESSION).await
}

async fn open_for(
    db: &mut PgConnection,
    desk: &AtDesk,
    facility: FacilityId,
    blob: BlobId,
    lasts: SignedDuration,
) -> Result<Uuid> {
    let id = desk.id();
    let until = desk.now().checked_add(lasts).unwrap_or(Timestamp::MAX);
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

/// The blob that was opened, if the opening is this session's and has not ended.
pub(crate) async fn blob_of(db: &mut PgConnection, facility: FacilityId, opening: Uuid) -> Result<Option<BlobId>> {
    let blob = sqlx::query_scalar!(
        "select blob from app.opening where facility_id = $1 and id = $2 and until > now() and ended_at is null",
        facility.0,
        opening
    )
    .fetch_optional(db)
    .await?;
    Ok(blob.map(BlobId))
}

/// What a file of a package is called, and what it is.
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) media_type: String,
}

/// The file of a package that a blob is, as far as this reader sees packages.
pub(crate) async fn file_of(db: &mut PgConnection, facility: FacilityId, blob: BlobId) -> Result<Option<File>> {
    Ok(sqlx::query_as!(
        File,
        "select name, media_type from app.package_file where facility_id = $1 and blob = $2 limit 1",
        facility.0,
        blob.0
    )
    .fetch_optional(db)
    .await?)
}

/// A picture that belongs to a request.
pub(crate) struct Evidence {
    pub(crate) id: Uuid,
    /// Of the form on paper; else of an identity document.
    pub(crate) is_form: bool,
    pub(crate) blob: BlobId,
    pub(crate) media_type: String,
    pub(crate) at: Timestamp,
}

/// Newest first.
pub(crate) async fn evidence_of(db: &mut PgConnection, request: RequestId) -> Result<Vec<Evidence>> {
    let rows = sqlx::query!(
        r#"select e.id, e.kind = 'request_form' as "is_form!", e.blob, b.media_type, e.at as "at!: jiff_sqlx::Timestamp"
           from app.evidence e join app.blob b on b.facility_id = e.facility_id and b.id = e.blob
           where e.facility_id = $1 and e.request_id = $2 order by e.at desc, e.id desc limit 60"#,
        request.facility.0,
        request.id
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Evidence {
            id: row.id,
            is_form: row.is_form,
            blob: BlobId(row.blob),
            media_type: row.media_type,
            at: row.at.to_jiff(),
        })
        .collect())
}

/// An opening of this blob that stands in this session for as long as a page is looked at, else a new one: a reader who
/// goes through a thousand pages opens the copy once.
pub(crate) async fn standing(db: &mut PgConnection, desk: &AtDesk, facility: FacilityId, blob: BlobId) -> Result<Uuid> {
    let until = desk.now().checked_add(LASTS / 2).unwrap_or(Timestamp::MAX);
    let standing = sqlx::query_scalar!(
        "select id from app.opening where facility_id = $1 and blob = $2 and person_id = $3 and seat_hash = app.my_seat()
           and until > $4 and ended_at is null order by until desc limit 1",
        facility.0,
        blob.0,
        desk.person().map(|person| person.0),
        until.to_sqlx() as _
    )
    .fetch_optional(&mut *db)
    .await?;
    match standing {
        Some(id) => Ok(id),
        None => open(db, desk, facility, blob).await,
    }
}
