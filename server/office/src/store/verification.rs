//! The facts about who asks and whose chart answers, each with its evidence, who and when.

use std::collections::BTreeSet;

use domain::{
    ids::{PatientId, PersonId, RequestId},
    verification::{
        AtLeastTwo, Authority, Evidence, EvidenceKind, Identifier, Identity, Match, Verification, VerificationMethod,
    },
    version::Version,
};
use sqlx::PgConnection;

use crate::{
    Error, Result,
    store::{one, requests::before},
};

/// Begun with the request: nothing is known yet.
pub(crate) async fn insert(db: &mut PgConnection, request: RequestId) -> Result<()> {
    sqlx::query!(
        "insert into app.verification (facility_id, request_id) values ($1, $2)",
        request.facility.0,
        request.id
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn of(db: &mut PgConnection, request: RequestId) -> Result<Verification> {
    let row = sqlx::query!(
        r#"select v.version, v.method, v.evidence_kind, v.evidence_name, v.matched, v.identity_by,
             v.identity_at as "identity_at: jiff_sqlx::Timestamp", v.agreeing, v.match_by,
             v.match_at as "match_at: jiff_sqlx::Timestamp", r.patient_id
           from app.verification v join app.request r on r.facility_id = v.facility_id and r.id = v.request_id
           where v.facility_id = $1 and v.request_id = $2"#,
        request.facility.0,
        request.id
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(Verification::BEGUN) };
    let corrupt = || Error::Corrupt { table: "app.verification", id: request.id };
    let two = |codes: &[String]| -> Option<AtLeastTwo> {
        codes.iter().map(|code| Identifier::from_code(code)).collect::<Option<BTreeSet<_>>>()?.try_into().ok()
    };
    let identity = match (row.method, row.evidence_kind, row.identity_by, row.identity_at) {
        (Some(method), Some(kind), Some(by), Some(at)) => Identity::Verified {
            method: VerificationMethod::from_code(&method).ok_or_else(corrupt)?,
            evidence: EvidenceKind::from_code(&kind)
                .and_then(|kind| Evidence::restore(kind, row.evidence_name))
                .ok_or_else(corrupt)?,
            matched: two(&row.matched).ok_or_else(corrupt)?,
            by: PersonId(by),
            at: at.to_jiff(),
        },
        (None, ..) => Identity::NotYet,
        _ => return Err(corrupt()),
    };
    let chart = match (row.patient_id, row.match_by, row.match_at) {
        (Some(patient), Some(by), Some(at)) => Match::Chart {
            patient: PatientId(patient),
            agreeing: two(&row.agreeing).ok_or_else(corrupt)?,
            by: PersonId(by),
            at: at.to_jiff(),
        },
        (None, None, None) => Match::None,
        _ => return Err(corrupt()),
    };
    Ok(Verification { identity, authority: Authority::NotNeeded, chart, version: Version(row.version) })
}

/// Records identity and match; who and when the database writes from the seat.
pub(crate) async fn record(db: &mut PgConnection, request: RequestId, verification: &Verification) -> Result<()> {
    let codes = |all: &AtLeastTwo| -> Vec<String> { all.all().iter().map(|one| one.code().to_owned()).collect() };
    let (method, kind, name, matched) = match &verification.identity {
        Identity::NotYet => (None, None, None, Vec::new()),
        Identity::Verified { method, evidence, matched, .. } => {
            let name = match evidence {
                Evidence::Other { name } => Some(name.as_str()),
                Evidence::Known { .. } => None,
            };
            (Some(method.code()), Some(evidence.kind().code()), name, codes(matched))
        }
    };
    let (patient, agreeing) = match &verification.chart {
        Match::None => (None, Vec::new()),
        Match::Chart { patient, agreeing, .. } => (Some(patient.0), codes(agreeing)),
    };
    let updated = sqlx::query!(
        "update app.verification set method = $4, evidence_kind = $5, evidence_name = $6, matched = $7, agreeing = $8,
           match_at = case when $9 then coalesce(match_at, now()) end,
           match_by = case when $9 then coalesce(match_by, (select auth.person_id())) end,
           identity_at = case when $4::text is not null then coalesce(identity_at, now()) end,
           identity_by = case when $4::text is not null then coalesce(identity_by, (select auth.person_id())) end
         where facility_id = $1 and request_id = $2 and version = $3",
        request.facility.0,
        request.id,
        before(verification.version),
        method,
        kind,
        name,
        &matched,
        &agreeing,
        patient.is_some()
    )
    .execute(&mut *db)
    .await?
    .rows_affected();
    one(updated)?;
    let updated = sqlx::query!(
        "update app.request set patient_id = $3 where facility_id = $1 and id = $2 and patient_id is distinct from $3",
        request.facility.0,
        request.id,
        patient
    )
    .execute(db)
    .await?
    .rows_affected();
    if updated > 1 { Err(Error::Corrupt { table: "app.request", id: request.id }) } else { Ok(()) }
}
