//! Resources, kept as they came: sealed, each with a key of its own, in versions.

use domain::ids::PatientId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Result, charts::Key, store::charts::Source};

/// What stands of a resource already.
pub(crate) struct Standing {
    /// In the list that was asked for.
    pub(crate) number: usize,
    pub(crate) patient: Option<PatientId>,
    pub(crate) version: i32,
    /// The newest version says the same.
    pub(crate) is_same: bool,
    /// Some version says the same.
    pub(crate) was_same: bool,
}

/// Of the resources named, those that are there. `digests`: one for each, keyed.
pub(crate) async fn standing(
    db: &mut PgConnection,
    source: Source<'_>,
    keys: &[Key],
    digests: &[Vec<u8>],
) -> Result<Vec<Standing>> {
    let rows = sqlx::query!(
        r#"select k.n as "n!", r.patient_id, r.version as "version!", r.digest = k.digest as "is_same!",
             exists (select 1 from app.resource o where o.facility_id = $1 and o.source = $2 and o.kind = k.kind
               and o.source_id = k.source_id and o.digest = k.digest) as "was_same!"
           from unnest($3::text[], $4::text[], $5::bytea[]) with ordinality as k (kind, source_id, digest, n)
           cross join lateral (select o.patient_id, o.version, o.digest from app.resource o
             where o.facility_id = $1 and o.source = $2 and o.kind = k.kind and o.source_id = k.source_id
             order by o.version desc limit 1) r"#,
        source.facility.0,
        source.name,
        &keys.iter().map(|key| key.kind.clone()).collect::<Vec<_>>(),
        &keys.iter().map(|key| key.source_id.clone()).collect::<Vec<_>>(),
        digests
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Standing {
            number: usize::try_from(row.n).unwrap_or_default().saturating_sub(1),
            patient: row.patient_id.map(PatientId),
            version: row.version,
            is_same: row.is_same,
            was_same: row.was_same,
        })
        .collect())
}

/// Resources to be written, column by column.
#[derive(Default)]
pub(crate) struct Resources {
    kinds: Vec<String>,
    source_ids: Vec<String>,
    versions: Vec<i32>,
    ids: Vec<Uuid>,
    patients: Vec<Option<Uuid>>,
    digests: Vec<Vec<u8>>,
    wrapped: Vec<Vec<u8>>,
    sealed: Vec<Vec<u8>>,
}

/// A resource to be written.
pub(crate) struct Resource {
    pub(crate) key: Key,
    pub(crate) version: i32,
    pub(crate) id: Uuid,
    pub(crate) patient: Option<PatientId>,
    /// Keyed.
    pub(crate) digest: Vec<u8>,
    pub(crate) wrapped: Vec<u8>,
    pub(crate) sealed: Vec<u8>,
}

impl Resources {
    pub(crate) fn push(&mut self, resource: Resource) {
        self.kinds.push(resource.key.kind);
        self.source_ids.push(resource.key.source_id);
        self.versions.push(resource.version);
        self.ids.push(resource.id);
        self.patients.push(resource.patient.map(|patient| patient.0));
        self.digests.push(resource.digest);
        self.wrapped.push(resource.wrapped);
        self.sealed.push(resource.sealed);
    }

    pub(crate) async fn write(self, db: &mut PgConnection, source: Source<'_>) -> Result<()> {
        if self.ids.is_empty() {
            return Ok(());
        }
        sqlx::query!(
            "insert into app.resource (facility_id, source, kind, source_id, version, id, patient_id, digest, wrapped, sealed)
             select $1, $2, k.kind, k.source_id, k.version, k.id, k.patient_id, k.digest, k.wrapped, k.sealed
             from unnest($3::text[], $4::text[], $5::int[], $6::uuid[], $7::uuid[], $8::bytea[], $9::bytea[], $10::bytea[])
               as k (kind, source_id, version, id, patient_id, digest, wrapped, sealed)",
            source.facility.0,
            source.name,
            &self.kinds,
            &self.source_ids,
            &self.versions,
            &self.ids,
            &self.patients as _,
            &self.digests,
            &self.wrapped,
            &self.sealed
        )
        .execute(db)
        .await?;
        Ok(())
    }
}

/// What is nobody's record comes with many bundles at once: one after the other, they look at what is there.
pub(crate) async fn take_turns(db: &mut PgConnection, source: Source<'_>) -> Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended($1::uuid::text, 0))", source.facility.0)
        .execute(db)
        .await?;
    Ok(())
}
