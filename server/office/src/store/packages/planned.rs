//! What goes into a package: the documents of a chart in the order of the copy.

use domain::{
    document::{Category, DatesOfService, Standing},
    ids::{BlobId, DocumentId, FacilityId, PatientId, RequestId},
    package::Package,
};
use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    Error, Result,
    packages::{Planned, Visit},
    store::{facilities, records::care},
};

/// A document that could go in.
pub(crate) struct Covered {
    pub(crate) id: DocumentId,
    pub(crate) category: Category,
    pub(crate) title: String,
    pub(crate) care: DatesOfService,
    pub(crate) pages: Option<u32>,
    pub(crate) bytes: u64,
}

/// Every current document of a chart in the order of a copy: by visit, the oldest first, and within one by date; what
/// belongs to none stands among them by its date, and what has no date comes last. What its source took back as an error
/// is not the patient's record, and what is left out for this request is not of this copy.
pub(crate) async fn covered(db: &mut PgConnection, request: RequestId, patient: PatientId) -> Result<Vec<Covered>> {
    let rows = sqlx::query!(
        r#"select d.id, d.category, d.title, d.dated as "dated: jiff_sqlx::Date", d.until as "until: jiff_sqlx::Date",
             d.pages, d.bytes
           from app.document d left join app.encounter e on e.facility_id = d.facility_id and e.id = d.encounter_id
           where d.facility_id = $1 and d.patient_id = $2 and d.current and d.status <> 'entered_in_error'
             and not exists (select from app.left_out l
               join app.document o on o.facility_id = l.facility_id and o.id = l.document_id
               where l.facility_id = $1 and l.request_id = $3
                 and o.source = d.source and o.kind = d.kind and o.source_id = d.source_id)
           order by coalesce(e.from_at, d.dated::timestamp at time zone 'utc') nulls last, e.id, d.dated nulls last, d.id"#,
        request.facility.0,
        patient.0,
        request.id
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| covered_of(row.id, &row.category, row.title, care(row.dated, row.until), row.pages, row.bytes))
        .collect()
}

/// The documents of a package, in their order.
pub(crate) async fn contained(db: &mut PgConnection, package: &Package) -> Result<Vec<Covered>> {
    let rows = sqlx::query!(
        r#"select d.id, d.category, d.title, d.dated as "dated: jiff_sqlx::Date", d.until as "until: jiff_sqlx::Date",
             d.pages, d.bytes
           from app.package_document c join app.document d on d.facility_id = c.facility_id and d.id = c.document_id
           where c.facility_id = $1 and c.package_id = $2 order by c.position"#,
        package.request.facility.0,
        package.id.0
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| covered_of(row.id, &row.category, row.title, care(row.dated, row.until), row.pages, row.bytes))
        .collect()
}

fn covered_of(
    id: Uuid,
    category: &str,
    title: String,
    care: DatesOfService,
    pages: Option<i32>,
    bytes: i64,
) -> Result<Covered> {
    let corrupt = || Error::Corrupt { table: "app.document", id };
    Ok(Covered {
        id: DocumentId(id),
        category: Category::from_code(category).ok_or_else(corrupt)?,
        title,
        care,
        pages: pages.and_then(|pages| u32::try_from(pages).ok()),
        bytes: u64::try_from(bytes).map_err(|_| corrupt())?,
    })
}

/// The documents of a package, in their order, as the press needs them.
pub(crate) async fn planned(db: &mut PgConnection, package: &Package) -> Result<Vec<(DocumentId, Planned)>> {
    let facility = facilities::load(db, package.request.facility).await?;
    let rows = sqlx::query!(
        r#"select d.id, d.category, d.title, d.dated as "dated: jiff_sqlx::Date", d.until as "until: jiff_sqlx::Date", d.status,
             d.media_type, d.blob, d.bytes, e.kind as "visit?", e.from_at as "from_at: jiff_sqlx::Timestamp", e.site
           from app.package_document c
             join app.document d on d.facility_id = c.facility_id and d.id = c.document_id
             left join app.encounter e on e.facility_id = d.facility_id and e.id = d.encounter_id
           where c.facility_id = $1 and c.package_id = $2 order by c.position"#,
        facility.id.0,
        package.id.0
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let corrupt = || Error::Corrupt { table: "app.document", id: row.id };
            let on = row.from_at.map(|at: jiff_sqlx::Timestamp| -> Timestamp { at.to_jiff() });
            let visit = row.visit.map(|kind| Visit { kind, on: on.map(|at| facility.day(at)), site: row.site });
            let planned = Planned {
                title: row.title,
                care: care(row.dated, row.until),
                category: Category::from_code(&row.category).ok_or_else(corrupt)?,
                standing: Standing::from_code(&row.status),
                visit,
                media_type: row.media_type,
                blob: BlobId(row.blob),
                bytes: u64::try_from(row.bytes).map_err(|_| corrupt())?,
            };
            Ok((DocumentId(row.id), planned))
        })
        .collect()
}

/// Medical record numbers of the same chart beside its own: other facilities' and former ones.
pub(crate) async fn other_record_numbers(
    db: &mut PgConnection,
    facility: FacilityId,
    patient: PatientId,
) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!(
        "select value from app.patient_identifier where facility_id = $1 and patient_id = $2 and kind = 'MR' order by n",
        facility.0,
        patient.0
    )
    .fetch_all(db)
    .await?)
}
