//! Charts: who they are about, every name and number they are known by, and their visits.

use std::collections::HashMap;

use domain::{
    ids::{EncounterId, FacilityId, PatientId},
    refusal::Refusal,
};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    Result,
    charts::{Encounter, OfCharts, Patient, spelling},
};

/// Where charts come from: their facility and the system there that named them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) facility: FacilityId,
    pub(crate) name: &'a str,
}

/// The facility of a short name.
pub(crate) async fn facility(db: &mut PgConnection, slug: &str) -> Result<Option<OfCharts>> {
    let row = sqlx::query!("select id, zone from app.facility where slug = $1", slug).fetch_optional(db).await?;
    Ok(row.map(|row| OfCharts { id: FacilityId(row.id), zone: row.zone }))
}

/// A chart as it stands.
pub(crate) struct Standing {
    pub(crate) id: PatientId,
    pub(crate) version: i32,
    pub(crate) digest: Vec<u8>,
}

/// The chart of a patient of the source, locked.
pub(crate) async fn standing(db: &mut PgConnection, source: Source<'_>, source_id: &str) -> Result<Option<Standing>> {
    let row = sqlx::query!(
        "select id, version, digest from app.patient where facility_id = $1 and source = $2 and source_id = $3 for no key update",
        source.facility.0,
        source.name,
        source_id
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Standing { id: PatientId(row.id), version: row.version, digest: row.digest }))
}

pub(crate) async fn add_patient(
    db: &mut PgConnection,
    source: Source<'_>,
    id: PatientId,
    patient: &Patient,
    digest: &[u8],
) -> Result<()> {
    let added = sqlx::query!(
        "insert into app.patient (facility_id, id, source, source_id, name, family, given, birth_date, deceased_on, sex,
           record_number, phone, email, postal, language, digest)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict do nothing",
        source.facility.0,
        id.0,
        source.name,
        patient.source_id,
        patient.name,
        patient.family,
        patient.given,
        patient.birth_date.map(jiff_sqlx::ToSqlx::to_sqlx) as _,
        patient.deceased_on.map(jiff_sqlx::ToSqlx::to_sqlx) as _,
        patient.sex,
        patient.record_number,
        patient.phone,
        patient.email,
        patient.postal,
        patient.language,
        digest
    )
    .execute(&mut *db)
    .await?
    .rows_affected();
    if added != 1 {
        return Err(Refusal::MovedOn.into());
    }
    write_names(db, source.facility, id, patient).await
}

pub(crate) async fn change_patient(
    db: &mut PgConnection,
    source: Source<'_>,
    standing: &Standing,
    patient: &Patient,
    digest: &[u8],
) -> Result<()> {
    let changed = sqlx::query!(
        "update app.patient set name = $4, family = $5, given = $6, birth_date = $7, deceased_on = $8, sex = $9,
           record_number = $10, phone = $11, email = $12, postal = $13, language = $14, digest = $15, version = version + 1
         where facility_id = $1 and id = $2 and version = $3",
        source.facility.0,
        standing.id.0,
        standing.version,
        patient.name,
        patient.family,
        patient.given,
        patient.birth_date.map(jiff_sqlx::ToSqlx::to_sqlx) as _,
        patient.deceased_on.map(jiff_sqlx::ToSqlx::to_sqlx) as _,
        patient.sex,
        patient.record_number,
        patient.phone,
        patient.email,
        patient.postal,
        patient.language,
        digest
    )
    .execute(&mut *db)
    .await?
    .rows_affected();
    if changed != 1 {
        return Err(Refusal::MovedOn.into());
    }
    sqlx::query!(
        "delete from app.patient_name where facility_id = $1 and patient_id = $2",
        source.facility.0,
        standing.id.0
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "delete from app.patient_identifier where facility_id = $1 and patient_id = $2",
        source.facility.0,
        standing.id.0
    )
    .execute(&mut *db)
    .await?;
    write_names(db, source.facility, standing.id, patient).await
}

async fn write_names(db: &mut PgConnection, facility: FacilityId, id: PatientId, patient: &Patient) -> Result<()> {
    let column = |of: fn(&crate::charts::Name) -> String| patient.names.iter().map(of).collect::<Vec<_>>();
    sqlx::query!(
        "insert into app.patient_name
           (facility_id, patient_id, n, use, name, family_folded, given_folded, family_sound, given_sound)
         select $1, $2, k.n, k.use, k.name, k.family_folded, k.given_folded, k.family_sound, k.given_sound
         from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) with ordinality
           as k (use, name, family_folded, given_folded, family_sound, given_sound, n)",
        facility.0,
        id.0,
        &column(|name| name.used_as.clone()),
        &column(|name| name.name.clone()),
        &column(|name| spelling::folded(&name.family)),
        &column(|name| spelling::folded(&name.given)),
        &column(|name| spelling::sound(&name.family)),
        &column(|name| spelling::sound(name.given.split_whitespace().next().unwrap_or_default()))
    )
    .execute(&mut *db)
    .await?;
    let column = |of: fn(&crate::charts::Identifier) -> String| patient.identifiers.iter().map(of).collect::<Vec<_>>();
    sqlx::query!(
        "insert into app.patient_identifier (facility_id, patient_id, n, kind, system, value)
         select $1, $2, k.n, k.kind, k.system, k.value
         from unnest($3::text[], $4::text[], $5::text[]) with ordinality as k (kind, system, value, n)",
        facility.0,
        id.0,
        &column(|identifier| identifier.kind.clone()),
        &column(|identifier| identifier.system.clone()),
        &column(|identifier| identifier.value.clone())
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The visits of a chart by their source ids, and how many are new or changed.
pub(crate) struct Encounters {
    pub(crate) ids: HashMap<String, EncounterId>,
    pub(crate) written: u64,
}

/// Writes the visits that are new or differ; `ids` are for the new ones.
pub(crate) async fn write_encounters(
    db: &mut PgConnection,
    source: Source<'_>,
    patient: PatientId,
    encounters: &[Encounter],
    ids: &[Uuid],
) -> Result<Encounters> {
    let source_ids: Vec<String> = encounters.iter().map(|encounter| encounter.source_id.clone()).collect();
    let times = |of: fn(&Encounter) -> Option<jiff::Timestamp>| {
        encounters.iter().map(|encounter| of(encounter).map(jiff_sqlx::ToSqlx::to_sqlx)).collect::<Vec<_>>()
    };
    let written = sqlx::query!(
        "insert into app.encounter (facility_id, id, patient_id, source, source_id, kind, from_at, to_at, site)
         select $1, k.id, $2, $3, k.source_id, k.kind, k.from_at, k.to_at, k.site
         from unnest($4::uuid[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[], $9::text[])
           as k (id, source_id, kind, from_at, to_at, site)
         on conflict (facility_id, source, source_id) do update
           set kind = excluded.kind, from_at = excluded.from_at, to_at = excluded.to_at, site = excluded.site
           where encounter.patient_id = excluded.patient_id and (encounter.kind, encounter.from_at, encounter.to_at, encounter.site)
             is distinct from (excluded.kind, excluded.from_at, excluded.to_at, excluded.site)",
        source.facility.0,
        patient.0,
        source.name,
        ids,
        &source_ids,
        &encounters.iter().map(|encounter| encounter.kind.clone()).collect::<Vec<_>>(),
        &times(|encounter| encounter.from_at) as _,
        &times(|encounter| encounter.to_at) as _,
        &encounters.iter().map(|encounter| encounter.site.clone()).collect::<Vec<_>>() as _
    )
    .execute(&mut *db)
    .await?
    .rows_affected();
    let rows = sqlx::query!(
        "select id, source_id, patient_id from app.encounter where facility_id = $1 and source = $2 and source_id = any ($3)",
        source.facility.0,
        source.name,
        &source_ids
    )
    .fetch_all(db)
    .await?;
    let mut ids = HashMap::with_capacity(rows.len());
    for row in rows {
        if row.patient_id != patient.0 {
            return Err(Refusal::AnotherChart.into());
        }
        ids.insert(row.source_id, EncounterId(row.id));
    }
    Ok(Encounters { ids, written })
}
