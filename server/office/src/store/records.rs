//! What a chart holds, as a clerk finds it for a request: the documents that are current.

use domain::{
    document::Category,
    ids::{BlobId, DocumentId, FacilityId, PatientId},
};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx as _;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Error, Result};

/// What of a document tells which part of a request it belongs to.
pub(crate) struct Outlined {
    pub(crate) category: Category,
    pub(crate) dated: Option<Date>,
    pub(crate) pages: u32,
}

fn category(id: Uuid, code: &str) -> Result<Category> {
    Category::from_code(code).ok_or(Error::Corrupt { table: "app.document", id })
}

/// Every current document of a chart. What its source took back as an error is not the patient's record.
pub(crate) async fn outline(db: &mut PgConnection, facility: FacilityId, patient: PatientId) -> Result<Vec<Outlined>> {
    let rows = sqlx::query!(
        r#"select id, category, dated as "dated: jiff_sqlx::Date", coalesce(pages, 0) as "pages!" from app.document
           where facility_id = $1 and patient_id = $2 and current and status <> 'entered_in_error'"#,
        facility.0,
        patient.0
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Outlined {
                category: category(row.id, &row.category)?,
                dated: row.dated.map(jiff_sqlx::Date::to_jiff),
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
    pub(crate) dated: Option<Date>,
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
    facility: FacilityId,
    patient: PatientId,
    after: Option<After>,
    limit: i64,
) -> Result<Vec<Listed>> {
    let rows = sqlx::query!(
        r#"select id, category, title, dated as "dated: jiff_sqlx::Date", author, site, pages from app.document
           where facility_id = $1 and patient_id = $2 and current and status <> 'entered_in_error'
             and ($3::date is null or (coalesce(dated, '0001-01-01'), id) < ($3, $4))
           order by coalesce(dated, '0001-01-01') desc, id desc limit $5"#,
        facility.0,
        patient.0,
        after.map(|after| after.dated.to_sqlx()) as _,
        after.map(|after| after.id),
        limit
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Listed {
                id: DocumentId(row.id),
                category: category(row.id, &row.category)?,
                title: row.title,
                dated: row.dated.map(jiff_sqlx::Date::to_jiff),
                author: row.author,
                site: row.site,
                pages: row.pages.and_then(|pages| u32::try_from(pages).ok()),
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
