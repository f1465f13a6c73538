//! What a chart holds, as a clerk finds it for a request: the documents that are current.

use domain::{
    document::{Category, DatesOfService},
    ids::{BlobId, DocumentId, FacilityId, PatientId, PersonId, RequestId},
    package::LeaveOutReason,
};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx as _;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Error, Result};

/// What of a document tells which part of a request it belongs to.
pub(crate) struct Outlined {
    pub(crate) category: Category,
    pub(crate) care: DatesOfService,
    pub(crate) pages: u32,
}

fn category(id: Uuid, code: &str) -> Result<Category> {
    Category::from_code(code).ok_or(Error::Corrupt { table: "app.document", id })
}

/// The columns of a document that say from when to when it is about.
pub(crate) fn care(dated: Option<jiff_sqlx::Date>, until: Option<jiff_sqlx::Date>) -> DatesOfService {
    DatesOfService { first: dated.map(jiff_sqlx::Date::to_jiff), last: until.map(jiff_sqlx::Date::to_jiff) }
}

/// Every current document of a chart but those that are left out for this request, in whichever version that was. What
/// its source took back as an error is not the patient's record.
pub(crate) async fn outline(db: &mut PgConnection, request: RequestId, patient: PatientId) -> Result<Vec<Outlined>> {
    let rows = sqlx::query!(
        r#"select d.id, d.category, d.dated as "dated: jiff_sqlx::Date", d.until as "until: jiff_sqlx::Date",
             coalesce(d.pages, 0) as "pages!"
           from app.document d
           where d.facility_id = $1 and d.patient_id = $2 and d.current and d.status <> 'entered_in_error'
             and not exists (select from app.left_out l
               join app.document o on o.facility_id = l.facility_id and o.id = l.document_id
               where l.facility_id = $1 and l.request_id = $3
                 and o.source = d.source and o.kind = d.kind and o.source_id = d.source_id)"#,
        request.facility.0,
        patient.0,
        request.id
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Outlined {
                category: category(row.id, &row.category)?,
                care: care(row.dated, row.until),
                pages: u32::try_from(row.pages).unwrap_or_default(),
            })
        })
        .collect()
}

/// A document as a list shows it.
pub(crate) struct Listed {
    pub(crate) id: DocumentId,
    pub(crate) category: Category,
    pub(crate) title: String,
    pub(crate) care: DatesOfService,
    pub(crate) left_out: Option<LeaveOutReason>,
    pub(crate) author: Option<String>,
    pub(crate) site: Option<String>,
    pub(crate) pages: Option<u32>,
}

/// Where a page of the list begins: after this document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct After {
    pub(crate) dated: Date,
    pub(crate) id: Uuid,
}

/// A page of a chart's documents, newest first, those without a date last.
pub(crate) async fn page(
    db: &mut PgConnection,
    request: RequestId,
    patient: PatientId,
    after: Option<After>,
    limit: i64,
) -> Result<Vec<Listed>> {
    let rows = sqlx::query!(
        r#"select d.id, d.category, d.title, d.dated as "dated: jiff_sqlx::Date", d.until as "until: jiff_sqlx::Date",
             d.author, d.site, d.pages,
             (select l.reason from app.left_out l
                join app.document o on o.facility_id = l.facility_id and o.id = l.document_id
              where l.facility_id = $1 and l.request_id = $6
                and o.source = d.source and o.kind = d.kind and o.source_id = d.source_id
              order by l.at desc limit 1) as "reason?"
           from app.document d
           where d.facility_id = $1 and d.patient_id = $2 and d.current and d.status <> 'entered_in_error'
             and ($3::date is null or (coalesce(d.dated, '0001-01-01'), d.id) < ($3, $4))
           order by coalesce(d.dated, '0001-01-01') desc, d.id desc limit $5"#,
        request.facility.0,
        patient.0,
        after.map(|after| after.dated.to_sqlx()) as _,
        after.map(|after| after.id),
        limit,
        request.id
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Listed {
                id: DocumentId(row.id),
                category: category(row.id, &row.category)?,
                title: row.title,
                care: care(row.dated, row.until),
                left_out: row.reason.map(|code| reason(row.id, &code)).transpose()?,
                author: row.author,
                site: row.site,
                pages: row.pages.and_then(|pages| u32::try_from(pages).ok()),
            })
        })
        .collect()
}

fn reason(document: Uuid, code: &str) -> Result<LeaveOutReason> {
    LeaveOutReason::from_code(code).ok_or(Error::Corrupt { table: "app.left_out", id: document })
}

/// Whether this is a current document of this chart.
pub(crate) async fn is_in_chart(
    db: &mut PgConnection,
    request: RequestId,
    patient: PatientId,
    document: DocumentId,
) -> Result<bool> {
    Ok(blob_of(db, request.facility, patient, document).await?.is_some())
}

/// Leaves a document out of a request's copy; a second time it is for the reason said last. Who and when the database
/// writes from the seat.
pub(crate) async fn leave_out(
    db: &mut PgConnection,
    request: RequestId,
    document: DocumentId,
    reason: LeaveOutReason,
) -> Result<()> {
    take_in(db, request, document).await?;
    sqlx::query!(
        "insert into app.left_out (facility_id, request_id, document_id, reason) values ($1, $2, $3, $4)",
        request.facility.0,
        request.id,
        document.0,
        reason.code()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether it had been left out, in this version or another.
pub(crate) async fn take_in(db: &mut PgConnection, request: RequestId, document: DocumentId) -> Result<bool> {
    let deleted = sqlx::query!(
        "delete from app.left_out l using app.document o, app.document d
         where l.facility_id = $1 and l.request_id = $2 and o.facility_id = l.facility_id and o.id = l.document_id
           and d.facility_id = l.facility_id and d.id = $3
           and o.source = d.source and o.kind = d.kind and o.source_id = d.source_id",
        request.facility.0,
        request.id,
        document.0
    )
    .execute(db)
    .await?
    .rows_affected();
    Ok(deleted > 0)
}

/// A document that is left out, why, and who said so.
pub(crate) struct LeftOut {
    pub(crate) document: DocumentId,
    pub(crate) title: String,
    pub(crate) care: DatesOfService,
    pub(crate) reason: LeaveOutReason,
    pub(crate) by: PersonId,
    pub(crate) at: Timestamp,
}

/// What of a chart is left out of a request's copy, in the order in which it was: each as it is now.
pub(crate) async fn left_out(db: &mut PgConnection, request: RequestId, patient: PatientId) -> Result<Vec<LeftOut>> {
    let rows = sqlx::query!(
        r#"select d.id, d.title, d.dated as "dated: jiff_sqlx::Date", d.until as "until: jiff_sqlx::Date", l.reason, l.by_person,
             l.at as "at: jiff_sqlx::Timestamp"
           from app.left_out l join app.document o on o.facility_id = l.facility_id and o.id = l.document_id
             join app.document d on d.facility_id = o.facility_id and d.source = o.source and d.kind = o.kind
               and d.source_id = o.source_id and d.current
           where l.facility_id = $1 and l.request_id = $2 and d.patient_id = $3 and d.status <> 'entered_in_error'
           order by l.at, d.id"#,
        request.facility.0,
        request.id,
        patient.0
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(LeftOut {
                document: DocumentId(row.id),
                title: row.title,
                care: care(row.dated, row.until),
                reason: reason(row.id, &row.reason)?,
                by: PersonId(row.by_person),
                at: row.at.to_jiff(),
            })
        })
        .collect()
}

/// The bytes of a current document of this chart and of no other.
pub(crate) async fn blob_of(
    db: &mut PgConnection,
    facility: FacilityId,
    patient: PatientId,
    document: DocumentId,
) -> Result<Option<BlobId>> {
    let blob = sqlx::query_scalar!(
        "select blob from app.document where facility_id = $1 and id = $2 and patient_id = $3 and current",
        facility.0,
        document.0,
        patient.0
    )
    .fetch_optional(db)
    .await?;
    Ok(blob.map(BlobId))
}
