//! What the press made: files, pages, and what was found on each.

use domain::{
    ids::{BlobId, FacilityId, PackageId, PersonId},
    package::{self, FileRole, Override, Package, PageCheck},
};
use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Error, Result, packages::BuiltFile};

/// A file of a package; from 1.
pub(crate) struct File {
    pub(crate) position: u32,
    pub(crate) role: FileRole,
    pub(crate) name: String,
    pub(crate) media_type: String,
    pub(crate) bytes: u64,
    pub(crate) pages: Option<u32>,
    pub(crate) blob: BlobId,
}

/// In their order; of a patient, row-level security leaves what was released to them.
pub(crate) async fn files(db: &mut PgConnection, facility: FacilityId, package: PackageId) -> Result<Vec<File>> {
    let rows = sqlx::query!(
        "select position, role, name, media_type, bytes, pages, blob from app.package_file
         where facility_id = $1 and package_id = $2 order by position",
        facility.0,
        package.0
    )
    .fetch_all(db)
    .await?;
    let corrupt = || Error::Corrupt { table: "app.package_file", id: package.0 };
    rows.into_iter()
        .map(|row| {
            Ok(File {
                position: u32::try_from(row.position).map_err(|_| corrupt())?,
                role: FileRole::from_code(&row.role).ok_or_else(corrupt)?,
                name: row.name,
                media_type: row.media_type,
                bytes: u64::try_from(row.bytes).map_err(|_| corrupt())?,
                pages: row.pages.map(u32::try_from).transpose().map_err(|_| corrupt())?,
                blob: BlobId(row.blob),
            })
        })
        .collect()
}

/// How many files beside the copy this person has not opened in this session.
pub(crate) async fn unopened(db: &mut PgConnection, package: &Package, person: PersonId) -> Result<u32> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from app.package_file f
           where f.facility_id = $1 and f.package_id = $2 and f.role = 'beside' and not exists (select from app.opening o
             where o.facility_id = f.facility_id and o.blob = f.blob and o.person_id = $3)"#,
        package.request.facility.0,
        package.id.0,
        person.0
    )
    .fetch_one(db)
    .await?;
    u32::try_from(count).map_err(|_| Error::Corrupt { table: "app.package_file", id: package.id.0 })
}

pub(crate) async fn insert_files(db: &mut PgConnection, package: &Package, files: &[BuiltFile]) -> Result<()> {
    for (position, file) in (1..).zip(files) {
        sqlx::query!(
            "insert into app.package_file (facility_id, package_id, position, role, name, media_type, bytes, pages, sha256, blob)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            package.request.facility.0,
            package.id.0,
            position,
            file.role.code(),
            file.name,
            file.media_type,
            file.staged.size.bytes,
            file.pages.map(i32::try_from).transpose().map_err(|_| Error::TooLarge)?,
            &file.sha256,
            file.staged.blob.0
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// `documents`: of each page, the document's place in the package, from 1; None for the letter.
pub(crate) async fn insert_pages(db: &mut PgConnection, package: &Package, documents: &[Option<i32>]) -> Result<()> {
    sqlx::query!(
        "insert into app.package_page (facility_id, package_id, n, document_position)
         select $1, $2, k.n::int, k.document from unnest($3::int[]) with ordinality as k (document, n)",
        package.request.facility.0,
        package.id.0,
        documents as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What the page check says of one page, from 1.
pub(crate) struct NewFinding {
    pub(crate) page: i32,
    pub(crate) check: PageCheck,
}

pub(crate) async fn insert_findings(db: &mut PgConnection, package: &Package, all: &[NewFinding]) -> Result<()> {
    sqlx::query!(
        "insert into app.package_finding (facility_id, package_id, n, page, kind)
         select $1, $2, k.n::int, k.page, k.kind from unnest($3::int[], $4::text[]) with ordinality as k (page, kind, n)",
        package.request.facility.0,
        package.id.0,
        &all.iter().map(|found| found.page).collect::<Vec<_>>(),
        &all.iter().map(|found| found.check.code().to_owned()).collect::<Vec<_>>()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A finding that is not confirmed, with what names it and the sealed words of whoever answered for it.
pub(crate) struct Finding {
    pub(crate) n: u32,
    pub(crate) of: package::Finding,
    pub(crate) reason: Option<BlobId>,
    /// The title of the document that the page is from.
    pub(crate) document: Option<String>,
}

/// By page.
pub(crate) async fn findings(db: &mut PgConnection, package: &Package) -> Result<Vec<Finding>> {
    let rows = sqlx::query!(
        r#"select f.n, f.page, f.kind, f.reason, f.overridden_by, f.overridden_at as "overridden_at: jiff_sqlx::Timestamp",
             d.title as "title?"
           from app.package_finding f
             join app.package_page g on g.facility_id = f.facility_id and g.package_id = f.package_id and g.n = f.page
             left join app.package_document c on c.facility_id = g.facility_id and c.package_id = g.package_id and c.position = g.document_position
             left join app.document d on d.facility_id = c.facility_id and d.id = c.document_id
           where f.facility_id = $1 and f.package_id = $2 and f.kind <> 'confirmed' order by f.page, f.n"#,
        package.request.facility.0,
        package.id.0
    )
    .fetch_all(db)
    .await?;
    let corrupt = || Error::Corrupt { table: "app.package_finding", id: package.id.0 };
    let answered = |by: Option<Uuid>, at: Option<Timestamp>| {
        by.zip(at).map(|(by, at)| Override { by: PersonId(by), at, reason: String::new() })
    };
    rows.into_iter()
        .map(|row| {
            Ok(Finding {
                n: u32::try_from(row.n).map_err(|_| corrupt())?,
                of: package::Finding {
                    page: u32::try_from(row.page).map_err(|_| corrupt())?,
                    check: PageCheck::from_code(&row.kind).ok_or_else(corrupt)?,
                    overridden: answered(row.overridden_by, row.overridden_at.map(jiff_sqlx::Timestamp::to_jiff)),
                },
                reason: row.reason.map(BlobId),
                document: row.title,
            })
        })
        .collect()
}
