//! Documents: versions of immutable bytes. They are written many at a time, bytes and keys with them.

use domain::{
    document::Category,
    ids::{BlobId, DocumentId, EncounterId, FacilityId, PatientId},
    refusal::Refusal,
};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    Error, Result,
    charts::{Document, Key},
    store::{
        blobs::{Kind, Size},
        charts::Source,
    },
};

/// The version that is current.
pub(crate) struct Standing {
    /// In the list that was asked for.
    pub(crate) number: usize,
    pub(crate) id: DocumentId,
    pub(crate) patient: PatientId,
    pub(crate) version: i32,
    pub(crate) is_same: bool,
    /// Of one that says something else now, `type/id` of the resources that it stands on.
    pub(crate) made_of: Vec<String>,
}

/// Of the documents named, those that are there. `digests`: one for each, keyed.
pub(crate) async fn standing(
    db: &mut PgConnection,
    source: Source<'_>,
    keys: &[Key],
    digests: &[Vec<u8>],
) -> Result<Vec<Standing>> {
    let rows = sqlx::query!(
        r#"select k.n as "n!", d.id, d.patient_id, d.version, d.digest = k.digest as "is_same!",
             case when d.digest = k.digest then '{}' else d.made_of end as "made_of!"
           from unnest($3::text[], $4::text[], $5::bytea[]) with ordinality as k (kind, source_id, digest, n)
           join app.document d on d.facility_id = $1 and d.source = $2 and d.kind = k.kind and d.source_id = k.source_id
             and d.current"#,
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
            id: DocumentId(row.id),
            patient: PatientId(row.patient_id),
            version: row.version,
            is_same: row.is_same,
            made_of: row.made_of,
        })
        .collect())
}

/// A document version to be written; its blob is written with it or was before.
pub(crate) struct NewDocument {
    pub(crate) id: DocumentId,
    pub(crate) patient: PatientId,
    pub(crate) encounter: Option<EncounterId>,
    pub(crate) key: Key,
    /// Keyed.
    pub(crate) digest: Vec<u8>,
    /// The version that it takes the place of.
    pub(crate) replaces: Option<(DocumentId, i32)>,
    pub(crate) document: Document,
    pub(crate) blob: BlobId,
    pub(crate) bytes: u64,
}

/// Sealed documents to be written.
#[derive(Default)]
pub(crate) struct Writing {
    blobs: Vec<Uuid>,
    media_types: Vec<String>,
    owners: Vec<Uuid>,
    wrapped: Vec<Vec<u8>>,
    chunk_blobs: Vec<Uuid>,
    chunk_numbers: Vec<i32>,
    chunks: Vec<Vec<u8>>,
    whole: Vec<Uuid>,
    lengths: Vec<i64>,
    counts: Vec<i32>,
    blob_digests: Vec<Vec<u8>>,
    documents: Vec<NewDocument>,
    /// Bytes that are held.
    pub(crate) held: usize,
}

impl Writing {
    pub(crate) fn begin_blob(&mut self, blob: BlobId, owner: PatientId, media_type: &str, wrapped: Vec<u8>) {
        self.blobs.push(blob.0);
        self.owners.push(owner.0);
        self.media_types.push(media_type.to_owned());
        self.wrapped.push(wrapped);
    }

    pub(crate) fn push_chunk(&mut self, blob: BlobId, chunk: vault::SealedChunk) -> Result<()> {
        let number = i32::try_from(chunk.number).map_err(|_| Error::TooLarge)?;
        self.held += chunk.bytes.len();
        self.chunk_blobs.push(blob.0);
        self.chunk_numbers.push(number);
        self.chunks.push(chunk.bytes);
        Ok(())
    }

    pub(crate) fn finish_blob(&mut self, blob: BlobId, bytes: u64, digest: &[u8]) -> Result<()> {
        let size = Size::of(bytes)?;
        self.whole.push(blob.0);
        self.lengths.push(size.bytes);
        self.counts.push(size.chunks);
        self.blob_digests.push(digest.to_vec());
        Ok(())
    }

    pub(crate) fn push(&mut self, document: NewDocument) {
        self.documents.push(document);
    }

    /// Writes what is held: blobs, their keys before their bytes, and the documents that are whole.
    pub(crate) async fn write(self, db: &mut PgConnection, source: Source<'_>) -> Result<()> {
        let facility = source.facility;
        write_bytes(db, facility, &self).await?;
        if !self.documents.is_empty() {
            write_documents(db, source, self.documents).await?;
        }
        Ok(())
    }
}

async fn write_bytes(db: &mut PgConnection, facility: FacilityId, of: &Writing) -> Result<()> {
    sqlx::query!(
        "insert into app.blob (facility_id, id, kind, status, media_type)
         select $1, k.id, $2, 'staging', k.media_type from unnest($3::uuid[], $4::text[]) as k (id, media_type)",
        facility.0,
        Kind::Document.code(),
        &of.blobs,
        &of.media_types
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into vault.key (facility_id, blob, owner, wrapped)
         select $1, k.blob, k.owner, k.wrapped from unnest($2::uuid[], $3::uuid[], $4::bytea[]) as k (blob, owner, wrapped)",
        facility.0,
        &of.blobs,
        &of.owners,
        &of.wrapped
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into app.chunk (facility_id, blob, n, bytes)
         select $1, k.blob, k.n, k.bytes from unnest($2::uuid[], $3::int[], $4::bytea[]) as k (blob, n, bytes)",
        facility.0,
        &of.chunk_blobs,
        &of.chunk_numbers,
        &of.chunks
    )
    .execute(&mut *db)
    .await?;
    let kept = sqlx::query!(
        "update app.blob b set status = 'kept', bytes = k.bytes, chunks = k.chunks, digest = k.digest
         from unnest($2::uuid[], $3::bigint[], $4::int[], $5::bytea[]) as k (id, bytes, chunks, digest)
         where b.facility_id = $1 and b.id = k.id and b.status = 'staging'",
        facility.0,
        &of.whole,
        &of.lengths,
        &of.counts,
        &of.blob_digests
    )
    .execute(db)
    .await?
    .rows_affected();
    if kept == of.whole.len() as u64 { Ok(()) } else { Err(Refusal::MovedOn.into()) }
}

async fn write_documents(db: &mut PgConnection, source: Source<'_>, documents: Vec<NewDocument>) -> Result<()> {
    let replaced: Vec<Uuid> = documents.iter().filter_map(|new| new.replaces.map(|(document, _)| document.0)).collect();
    let put_aside = sqlx::query!(
        "update app.document set current = false where facility_id = $1 and id = any ($2) and current",
        source.facility.0,
        &replaced
    )
    .execute(&mut *db)
    .await?
    .rows_affected();
    if put_aside != replaced.len() as u64 {
        return Err(Refusal::MovedOn.into());
    }
    let of = Columns::of(documents)?;
    sqlx::query!(
        r"insert into app.document (facility_id, id, patient_id, source, kind, source_id, version, current, encounter_id,
            category, title, dated, until, from_at, to_at, author, site, status, language, labels, made_of, media_type, pages,
            bytes, has_text, digest, blob)
          select $1, k.id, k.patient_id, $2, k.kind, k.source_id, k.version, true, k.encounter_id, k.category, k.title,
            k.dated, k.until, k.from_at, k.to_at, k.author, k.site, k.status, k.language,
            coalesce(string_to_array(k.labels, e'\n'), '{}'), coalesce(string_to_array(k.made_of, e'\n'), '{}'),
            k.media_type, k.pages, k.bytes, k.has_text, k.digest, k.blob
          from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::int[], $8::uuid[], $9::text[], $10::text[], $11::date[],
            $12::date[], $13::timestamptz[], $14::timestamptz[], $15::text[], $16::text[], $17::text[], $18::text[], $19::text[],
            $20::text[], $21::text[], $22::int[], $23::bigint[], $24::bool[], $25::bytea[], $26::uuid[])
            as k (id, patient_id, kind, source_id, version, encounter_id, category, title, dated, until, from_at, to_at, author,
              site, status, language, labels, made_of, media_type, pages, bytes, has_text, digest, blob)",
        source.facility.0,
        source.name,
        &of.ids,
        &of.patients,
        &of.kinds,
        &of.source_ids,
        &of.versions,
        &of.encounters as _,
        &of.categories,
        &of.titles,
        &of.dates as _,
        &of.until as _,
        &of.from as _,
        &of.to as _,
        &of.authors as _,
        &of.sites as _,
        &of.statuses,
        &of.languages as _,
        &of.labels as _,
        &of.made_of as _,
        &of.media_types,
        &of.pages as _,
        &of.bytes,
        &of.has_text,
        &of.digests,
        &of.blobs
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The documents' columns, in the order of the statement.
#[derive(Default)]
struct Columns {
    ids: Vec<Uuid>,
    patients: Vec<Uuid>,
    kinds: Vec<String>,
    source_ids: Vec<String>,
    versions: Vec<i32>,
    encounters: Vec<Option<Uuid>>,
    categories: Vec<String>,
    titles: Vec<String>,
    dates: Vec<Option<jiff_sqlx::Date>>,
    until: Vec<Option<jiff_sqlx::Date>>,
    from: Vec<Option<jiff_sqlx::Timestamp>>,
    to: Vec<Option<jiff_sqlx::Timestamp>>,
    authors: Vec<Option<String>>,
    sites: Vec<Option<String>>,
    statuses: Vec<String>,
    languages: Vec<Option<String>>,
    /// A line each: arrays of arrays of different lengths do not travel.
    labels: Vec<Option<String>>,
    made_of: Vec<Option<String>>,
    media_types: Vec<String>,
    pages: Vec<Option<i32>>,
    bytes: Vec<i64>,
    has_text: Vec<bool>,
    digests: Vec<Vec<u8>>,
    blobs: Vec<Uuid>,
}

impl Columns {
    fn of(documents: Vec<NewDocument>) -> Result<Self> {
        let mut of = Self::default();
        for new in documents {
            let document = new.document;
            of.ids.push(new.id.0);
            of.patients.push(new.patient.0);
            of.kinds.push(new.key.kind);
            of.source_ids.push(new.key.source_id);
            of.versions.push(new.replaces.map_or(1, |(_, version)| version + 1));
            of.encounters.push(new.encounter.map(|encounter| encounter.0));
            of.categories.push(Category::code(document.category).to_owned());
            of.titles.push(document.title);
            of.dates.push(document.dated.map(jiff_sqlx::ToSqlx::to_sqlx));
            of.until.push(document.until.map(jiff_sqlx::ToSqlx::to_sqlx));
            of.from.push(document.from_at.map(jiff_sqlx::ToSqlx::to_sqlx));
            of.to.push(document.to_at.map(jiff_sqlx::ToSqlx::to_sqlx));
            of.authors.push(document.author);
            of.sites.push(document.site);
            of.statuses.push(document.status);
            of.languages.push(document.language);
            of.labels.push(Some(document.labels.join("\n")).filter(|labels| !labels.is_empty()));
            of.made_of.push(Some(document.made_of.join("\n")).filter(|made_of| !made_of.is_empty()));
            of.media_types.push(document.media_type);
            of.pages.push(document.pages.map(i32::try_from).transpose().map_err(|_| Error::TooLarge)?);
            of.bytes.push(i64::try_from(new.bytes).map_err(|_| Error::TooLarge)?);
            of.has_text.push(document.has_text);
            of.digests.push(new.digest);
            of.blobs.push(new.blob.0);
        }
        Ok(of)
    }
}
