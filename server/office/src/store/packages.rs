//! Packages: what goes in, what the press made, what was found on its pages and who saw them.

mod built;
mod pages;
mod planned;

use domain::{
    ids::{DocumentId, FacilityId, ItemId, PackageId, PatientId, PersonId, RequestId},
    package::{Built, FailReason, Included, Package, PackageStage, PackageState, Seen},
    version::Version,
};
use sqlx::PgConnection;
use uuid::Uuid;

pub(crate) use built::{
    File, Finding, NewFinding, files, findings, insert_files, insert_findings, insert_pages, unopened,
};
pub(crate) use pages::{
    NewReturn, answer_for, insert_return, next_unseen, outline, page, returns, see, seen_by, unseen,
};

pub(crate) use planned::{Covered, contained, covered, other_record_numbers, planned};

use crate::{
    Error, Result,
    store::{one, requests::before},
};

/// The latest package by its stage: whether it stands in the way of a changed identity, match or decision. What is in
/// it, its pages and what was found on them are not read.
pub(crate) async fn standing(db: &mut PgConnection, request: RequestId) -> Result<Option<Package>> {
    let row = sqlx::query!(
        r#"select id, patient_id, status, version, builder, pages, failure, created_at as "created_at!: jiff_sqlx::Timestamp",
             built_at as "built_at: jiff_sqlx::Timestamp", handed_over_at as "handed_over_at: jiff_sqlx::Timestamp",
             released_at as "released_at: jiff_sqlx::Timestamp", checker
           from app.package where facility_id = $1 and request_id = $2 order by created_at desc, id desc limit 1"#,
        request.facility.0,
        request.id
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let corrupt = || Error::Corrupt { table: "app.package", id: row.id };
    let begun_at = row.created_at.to_jiff();
    let built = || -> Result<Built> {
        Ok(Built {
            at: row.built_at.as_ref().map_or(begun_at, |at| at.to_jiff()),
            pages: row.pages.and_then(|pages| u32::try_from(pages).ok()).ok_or_else(corrupt)?,
            findings: Vec::new(),
        })
    };
    let builder = PersonId(row.builder.ok_or_else(corrupt)?);
    let state = match row.status.as_str() {
        // a recalled one has left: what stands on it stays as it was
        "recalled" | "released" => PackageState::Released {
            built: built()?,
            checker: row.checker.map(PersonId).ok_or_else(corrupt)?,
            at: row.released_at.as_ref().ok_or_else(corrupt)?.to_jiff(),
        },
        code => match PackageStage::from_code(code).ok_or_else(corrupt)? {
            PackageStage::Building | PackageStage::Released => PackageState::Building,
            PackageStage::Failed => PackageState::Failed {
                reason: row.failure.as_deref().and_then(FailReason::from_code).unwrap_or(FailReason::Stopped),
                at: begun_at,
            },
            PackageStage::Built => PackageState::Built { built: built()? },
            PackageStage::Checking => PackageState::Checking {
                built: built()?,
                handed_over_at: row.handed_over_at.as_ref().ok_or_else(corrupt)?.to_jiff(),
                seen: Seen::new(),
            },
            // without a checker the builder set it aside
            PackageStage::Returned => PackageState::Returned {
                built: built()?,
                by: row.checker.map_or(builder, PersonId),
                at: begun_at,
                errors: Vec::new(),
            },
        },
    };
    Ok(Some(Package {
        id: PackageId(row.id),
        request,
        patient: PatientId(row.patient_id),
        builder,
        begun_at,
        contents: Vec::new(),
        state,
        version: Version(row.version),
    }))
}

/// The latest package, as the rules need it: with its contents, with every finding that is not confirmed, in the order of
/// [`findings`], and with the pages that `reader` has seen. The words of an answer for a finding are not read.
pub(crate) async fn latest(
    db: &mut PgConnection,
    request: RequestId,
    reader: Option<PersonId>,
) -> Result<Option<Package>> {
    let Some(mut package) = standing(db, request).await? else { return Ok(None) };
    package.contents = contents(db, &package).await?;
    let found = findings(db, &package).await?;
    match &mut package.state {
        PackageState::Building | PackageState::Failed { .. } => {}
        PackageState::Built { built } | PackageState::Returned { built, .. } | PackageState::Released { built, .. } => {
            built.findings = found.into_iter().map(|found| found.of).collect();
        }
        PackageState::Checking { built, seen, .. } => {
            built.findings = found.into_iter().map(|found| found.of).collect();
            if let Some(reader) = reader {
                let pages = seen_by(db, request.facility, package.id, reader).await?;
                seen.insert(reader, pages);
            }
        }
    }
    Ok(Some(package))
}

async fn contents(db: &mut PgConnection, package: &Package) -> Result<Vec<Included>> {
    let rows = sqlx::query!(
        "select document_id, item_id from app.package_document where facility_id = $1 and package_id = $2 order by position",
        package.request.facility.0,
        package.id.0
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Included { document: DocumentId(row.document_id), item: ItemId(row.item_id) })
        .collect())
}

/// A new one, with its contents. Who builds it the database writes from the seat.
pub(crate) async fn insert(db: &mut PgConnection, package: &Package) -> Result<()> {
    let facility = package.request.facility.0;
    sqlx::query!(
        "insert into app.package (facility_id, id, request_id, patient_id, status, letter_alone) values ($1, $2, $3, $4, $5, $6)",
        facility,
        package.id.0,
        package.request.id,
        package.patient.0,
        package.stage().code(),
        package.contents.is_empty()
    )
    .execute(&mut *db)
    .await?;
    let (documents, items): (Vec<Uuid>, Vec<Uuid>) =
        package.contents.iter().map(|included| (included.document.0, included.item.0)).unzip();
    sqlx::query!(
        r#"insert into app.package_document (facility_id, package_id, patient_id, position, document_id, item_id)
           select $1, $2, $3, k.position::int, k.document, k.item
           from unnest($4::uuid[], $5::uuid[]) with ordinality as k (document, item, position)"#,
        facility,
        package.id.0,
        package.patient.0,
        &documents,
        &items
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Records a package's next state, or only that what was shown before is stale. Who moved it, and when, the database
/// writes.
pub(crate) async fn record(db: &mut PgConnection, package: &Package) -> Result<()> {
    let updated = sqlx::query!(
        "update app.package set status = $4 where facility_id = $1 and id = $2 and version = $3",
        package.request.facility.0,
        package.id.0,
        before(package.version),
        package.stage().code()
    )
    .execute(db)
    .await?
    .rows_affected();
    one(updated)
}

/// As [`record`], for what the worker knows: how many pages there are, or why there are none.
pub(crate) async fn record_made(db: &mut PgConnection, package: &Package) -> Result<()> {
    let pages = package.built().map(|built| i32::try_from(built.pages)).transpose().map_err(|_| Error::TooLarge)?;
    let failure = match &package.state {
        PackageState::Failed { reason, .. } => Some(reason.code()),
        _ => None,
    };
    let updated = sqlx::query!(
        "update app.package set status = $4, pages = $5, failure = $6, built_at = case when $5::int is null then null else now() end
         where facility_id = $1 and id = $2 and version = $3",
        package.request.facility.0,
        package.id.0,
        before(package.version),
        package.stage().code(),
        pages,
        failure
    )
    .execute(db)
    .await?
    .rows_affected();
    one(updated)
}

/// Packages that no job works on any more: every try was over long ago, and the last could not say so.
pub(crate) async fn given_up(db: &mut PgConnection) -> Result<Vec<(RequestId, PackageId)>> {
    let rows = sqlx::query!(
        "select facility_id, request_id, id from app.package where status = 'building' and created_at < now() - interval '1 day' limit 200"
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (RequestId { facility: FacilityId(row.facility_id), id: row.request_id }, PackageId(row.id)))
        .collect())
}

/// Of the documents of a package, how many their source took back since, or gave to another chart.
pub(crate) async fn taken_back(db: &mut PgConnection, package: &Package) -> Result<u32> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "n!" from app.package_document c
             join app.document d on d.facility_id = c.facility_id and d.id = c.document_id
             join app.document n on n.facility_id = d.facility_id and n.source = d.source and n.kind = d.kind
               and n.source_id = d.source_id and n.current
           where c.facility_id = $1 and c.package_id = $2
             and (n.status = 'entered_in_error' or n.patient_id <> d.patient_id)"#,
        package.request.facility.0,
        package.id.0
    )
    .fetch_one(db)
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The charts to which the documents of a package belong.
pub(crate) async fn charts(db: &mut PgConnection, package: &Package) -> Result<std::collections::BTreeSet<PatientId>> {
    let rows = sqlx::query_scalar!(
        "select distinct d.patient_id from app.package_document c
           join app.document d on d.facility_id = c.facility_id and d.id = c.document_id
         where c.facility_id = $1 and c.package_id = $2",
        package.request.facility.0,
        package.id.0
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(PatientId).collect())
}
