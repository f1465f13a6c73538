//! The pages of a package as people go through them: which they are, who saw which, and why a package was sent back.

use std::collections::BTreeSet;

use domain::{
    document::{Category, DatesOfService},
    ids::{BlobId, FacilityId, PackageId, PersonId},
    package::{CheckError, ErrorCode, Package},
};
use jiff::Timestamp;
use sqlx::PgConnection;

use crate::{
    AtDesk, Error, Result,
    store::{one, records::care},
};

/// The answer for a finding that nobody has answered for yet, or another in its place.
pub(crate) async fn answer_for(db: &mut PgConnection, package: &Package, n: u32, reason: BlobId) -> Result<()> {
    let updated = sqlx::query!(
        "update app.package_finding set reason = $4 where facility_id = $1 and package_id = $2 and n = $3",
        package.request.facility.0,
        package.id.0,
        i32::try_from(n).map_err(|_| Error::TooLarge)?,
        reason.0
    )
    .execute(db)
    .await?
    .rows_affected();
    one(updated)
}

/// The reader has seen a page; once is enough.
pub(crate) async fn see(db: &mut PgConnection, desk: &AtDesk, package: &Package, page: u32) -> Result<()> {
    sqlx::query!(
        "insert into app.page_seen (facility_id, package_id, n, person_id) values ($1, $2, $3, $4) on conflict do nothing",
        package.request.facility.0,
        package.id.0,
        i32::try_from(page).map_err(|_| Error::TooLarge)?,
        desk.person().map(|person| person.0)
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn seen_by(
    db: &mut PgConnection,
    facility: FacilityId,
    package: PackageId,
    person: PersonId,
) -> Result<BTreeSet<u32>> {
    let rows = sqlx::query_scalar!(
        "select n from app.page_seen where facility_id = $1 and package_id = $2 and person_id = $3",
        facility.0,
        package.0,
        person.0
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().filter_map(|n| u32::try_from(n).ok()).collect())
}

/// How many pages a person has not seen.
pub(crate) async fn unseen(db: &mut PgConnection, package: &Package, person: PersonId) -> Result<u32> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "n!" from app.package_page g where g.facility_id = $1 and g.package_id = $2 and not exists (
             select 1 from app.page_seen s where s.facility_id = g.facility_id and s.package_id = g.package_id and s.n = g.n and s.person_id = $3)"#,
        package.request.facility.0,
        package.id.0,
        person.0
    )
    .fetch_one(db)
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The first page after `page`, else from the beginning, that a person has not seen.
pub(crate) async fn next_unseen(
    db: &mut PgConnection,
    package: &Package,
    person: PersonId,
    page: u32,
) -> Result<Option<u32>> {
    let next = sqlx::query_scalar!(
        "select g.n from app.package_page g where g.facility_id = $1 and g.package_id = $2 and not exists (
           select 1 from app.page_seen s where s.facility_id = g.facility_id and s.package_id = g.package_id and s.n = g.n and s.person_id = $3)
         order by g.n <= $4, g.n limit 1",
        package.request.facility.0,
        package.id.0,
        person.0,
        i32::try_from(page).unwrap_or(i32::MAX)
    )
    .fetch_optional(db)
    .await?;
    Ok(next.and_then(|n| u32::try_from(n).ok()))
}

/// A page, by the document that it is from; None for the letter's own.
pub(crate) struct Page {
    pub(crate) document: Option<(String, Category, DatesOfService)>,
    pub(crate) seen: bool,
}

/// None where the package has no such page.
pub(crate) async fn page(
    db: &mut PgConnection,
    package: &Package,
    person: Option<PersonId>,
    n: u32,
) -> Result<Option<Page>> {
    let row = sqlx::query!(
        r#"select d.id as "id?", d.title as "title?", d.category as "category?", d.dated as "dated: jiff_sqlx::Date",
             d.until as "until: jiff_sqlx::Date",
             exists (select 1 from app.page_seen s where s.facility_id = g.facility_id and s.package_id = g.package_id
               and s.n = g.n and s.person_id = $4) as "seen!"
           from app.package_page g
             left join app.package_document c on c.facility_id = g.facility_id and c.package_id = g.package_id and c.position = g.document_position
             left join app.document d on d.facility_id = c.facility_id and d.id = c.document_id
           where g.facility_id = $1 and g.package_id = $2 and g.n = $3"#,
        package.request.facility.0,
        package.id.0,
        i32::try_from(n).unwrap_or(i32::MAX),
        person.map(|person| person.0)
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let document = match (row.title, row.category) {
        (Some(title), Some(code)) => {
            let id = row.id.unwrap_or_default();
            let category = Category::from_code(&code).ok_or(Error::Corrupt { table: "app.document", id })?;
            Some((title, category, care(row.dated, row.until)))
        }
        _ => None,
    };
    Ok(Some(Page { document, seen: row.seen }))
}

/// Where a document begins in the copy.
pub(crate) struct Outlined {
    pub(crate) title: String,
    pub(crate) care: DatesOfService,
    pub(crate) page: u32,
    pub(crate) unseen: u32,
}

/// In the order of the copy, without the letter.
pub(crate) async fn outline(
    db: &mut PgConnection,
    package: &Package,
    person: Option<PersonId>,
) -> Result<Vec<Outlined>> {
    let rows = sqlx::query!(
        r#"select d.title, d.dated as "dated: jiff_sqlx::Date", d.until as "until: jiff_sqlx::Date", min(g.n) as "page!",
             count(*) - count(s.n) as "unseen!"
           from app.package_page g
             join app.package_document c on c.facility_id = g.facility_id and c.package_id = g.package_id and c.position = g.document_position
             join app.document d on d.facility_id = c.facility_id and d.id = c.document_id
             left join app.page_seen s on s.facility_id = g.facility_id and s.package_id = g.package_id and s.n = g.n and s.person_id = $3
           where g.facility_id = $1 and g.package_id = $2
           group by c.position, d.title, d.dated, d.until order by c.position"#,
        package.request.facility.0,
        package.id.0,
        person.map(|person| person.0)
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Outlined {
            title: row.title,
            care: care(row.dated, row.until),
            page: u32::try_from(row.page).unwrap_or_default(),
            unseen: u32::try_from(row.unseen).unwrap_or_default(),
        })
        .collect())
}

/// One thing found wrong, its note sealed.
pub(crate) struct NewReturn<'a> {
    pub(crate) error: &'a CheckError,
    pub(crate) note: Option<BlobId>,
}

pub(crate) async fn insert_return(
    db: &mut PgConnection,
    desk: &AtDesk,
    package: &Package,
    n: i32,
    new: NewReturn<'_>,
) -> Result<()> {
    use jiff_sqlx::ToSqlx as _;
    sqlx::query!(
        "insert into app.package_return (facility_id, package_id, n, page, code, note, by_person, at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        package.request.facility.0,
        package.id.0,
        n,
        new.error.page.map(i32::try_from).transpose().map_err(|_| Error::TooLarge)?,
        new.error.code.code(),
        new.note.map(|note| note.0),
        desk.person().map(|person| person.0),
        desk.now().to_sqlx() as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What was found wrong, by whom.
pub(crate) struct Returned {
    pub(crate) by: PersonId,
    pub(crate) at: Timestamp,
    pub(crate) code: ErrorCode,
    pub(crate) page: Option<u32>,
    pub(crate) note: Option<BlobId>,
}

pub(crate) async fn returns(db: &mut PgConnection, package: &Package) -> Result<Vec<Returned>> {
    let rows = sqlx::query!(
        r#"select by_person, at as "at!: jiff_sqlx::Timestamp", code, page, note from app.package_return
           where facility_id = $1 and package_id = $2 order by n"#,
        package.request.facility.0,
        package.id.0
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Returned {
                by: PersonId(row.by_person),
                at: row.at.to_jiff(),
                code: ErrorCode::from_code(&row.code)
                    .ok_or(Error::Corrupt { table: "app.package_return", id: package.id.0 })?,
                page: row.page.and_then(|page| u32::try_from(page).ok()),
                note: row.note.map(BlobId),
            })
        })
        .collect()
}
