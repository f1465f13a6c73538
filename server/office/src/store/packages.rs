//! Packages, as decisions about a request ask for them.

use domain::{
    ids::{PackageId, PatientId, PersonId, RequestId},
    package::{Built, FailReason, Package, PackageStage, PackageState, Seen},
    version::Version,
};
use sqlx::PgConnection;

use crate::{Error, Result};

/// The latest package by its stage: whether it stands in the way of a changed identity, match or decision. What is in
/// it, its pages and what was found on them are not read.
pub(crate) async fn standing(db: &mut PgConnection, request: RequestId) -> Result<Option<Package>> {
    let row = sqlx::query!(
        r#"select id, patient_id, status, version, builder, pages, failure, created_at as "created_at!: jiff_sqlx::Timestamp",
             built_at as "built_at: jiff_sqlx::Timestamp", handed_over_at as "handed_over_at: jiff_sqlx::Timestamp",
             released_at as "released_at: jiff_sqlx::Timestamp", checker
           from app.package where facility_id = $1 and request_id = $2 order by created_at desc limit 1"#,
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
    let checker = || row.checker.map(PersonId).ok_or_else(corrupt);
    let state = match row.status.as_str() {
        // a recalled one has left: what stands on it stays as it was
        "recalled" | "released" => PackageState::Released {
            built: built()?,
            checker: checker()?,
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
            PackageStage::Returned => {
                PackageState::Returned { built: built()?, by: checker()?, at: begun_at, errors: Vec::new() }
            }
        },
    };
    Ok(Some(Package {
        id: PackageId(row.id),
        request,
        patient: PatientId(row.patient_id),
        builder: PersonId(row.builder.ok_or_else(corrupt)?),
        begun_at,
        contents: Vec::new(),
        state,
        version: Version(row.version),
    }))
}
