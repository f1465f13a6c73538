//! Sealed bytes and their wrapped keys. What is sealed here opens only for its blob, its owner and its facility.

use domain::ids::{BlobId, FacilityId, PersonId};
use sqlx::PgConnection;
use uuid::Uuid;
use vault::{BlobKey, Opener, OwnerKey, SealedChunk, Sealer};

use crate::{Error, Result, desk::Vault};

/// What a blob is for; the database holds who may stage which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What people wrote.
    Words,
    /// What a person sent to show who they are.
    Evidence,
    /// A request on paper, scanned at the desk.
    Form,
    Document,
    Package,
}

impl Kind {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Evidence => "evidence",
            Self::Form => "form",
            Self::Document => "document",
            Self::Package => "package",
        }
    }
}

/// Where a blob belongs: whose key wraps its own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) facility: FacilityId,
    /// A request or a chart.
    pub(crate) owner: Uuid,
}

/// The owner's key, made where there is none.
pub(crate) async fn owner_key(db: &mut PgConnection, vault: &Vault, at: Place) -> Result<OwnerKey> {
    for _ in 0..2 {
        let wrapped = sqlx::query_scalar!(
            "select wrapped from vault.owner_key where facility_id = $1 and owner = $2",
            at.facility.0,
            at.owner
        )
        .fetch_optional(&mut *db)
        .await?;
        if let Some(wrapped) = wrapped {
            return Ok(vault.ring.unwrap_owner(&wrapped, at.facility.0, at.owner)?);
        }
        let key = OwnerKey::generate()?;
        let wrapped = vault.ring.wrap_owner(&key, at.facility.0, at.owner)?;
        let made = sqlx::query!(
            "insert into vault.owner_key (facility_id, owner, wrapped) values ($1, $2, $3) on conflict do nothing",
            at.facility.0,
            at.owner,
            wrapped
        )
        .execute(&mut *db)
        .await?
        .rows_affected();
        if made == 1 {
            return Ok(key);
        }
    }
    Err(Error::Corrupt { table: "vault.owner_key", id: at.owner })
}

/// Begins a blob: its row, then its wrapped key, before a byte of it.
pub(crate) async fn begin(
    db: &mut PgConnection,
    vault: &Vault,
    at: Place,
    blob: BlobId,
    kind: Kind,
    media_type: &str,
    by: Option<PersonId>,
) -> Result<Sealer> {
    let owner = owner_key(db, vault, at).await?;
    let (key, sealer) = Sealer::begin(blob.0)?;
    let wrapped = owner.wrap_blob(&key, at.facility.0, at.owner, blob.0)?;
    sqlx::query!(
        "insert into app.blob (facility_id, id, kind, by_person, status, media_type) values ($1, $2, $3, $4, 'staging', $5)",
        at.facility.0,
        blob.0,
        kind.code(),
        by.map(|by| by.0),
        media_type
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into vault.key (facility_id, blob, owner, wrapped) values ($1, $2, $3, $4)",
        at.facility.0,
        blob.0,
        at.owner,
        wrapped
    )
    .execute(db)
    .await?;
    Ok(sealer)
}

pub(crate) async fn put_chunk(
    db: &mut PgConnection,
    facility: FacilityId,
    blob: BlobId,
    chunk: &SealedChunk,
) -> Result<()> {
    let n = i32::try_from(chunk.number).map_err(|_| Error::Corrupt { table: "app.chunk", id: blob.0 })?;
    sqlx::query!(
        "insert into app.chunk (facility_id, blob, n, bytes) values ($1, $2, $3, $4)",
        facility.0,
        blob.0,
        n,
        chunk.bytes
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a whole blob amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) bytes: i64,
    pub(crate) chunks: i32,
}

impl Size {
    /// Of `bytes` plain bytes.
    pub(crate) fn of(bytes: u64) -> Result<Self> {
        Ok(Self {
            bytes: i64::try_from(bytes).map_err(|_| vault::VaultError::TooLong)?,
            chunks: i32::try_from(vault::chunk_count(bytes)?).map_err(|_| vault::VaultError::TooLong)?,
        })
    }
}

/// A staged blob is whole: what it amounts to stands beside it until an act attaches it.
pub(crate) async fn measure(
    db: &mut PgConnection,
    facility: FacilityId,
    blob: BlobId,
    size: Size,
    digest: &[u8],
) -> Result<()> {
    sqlx::query!(
        "update app.blob set bytes = $3, chunks = $4, digest = $5 where facility_id = $1 and id = $2 and status = 'staging'",
        facility.0,
        blob.0,
        size.bytes,
        size.chunks,
        digest
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps a whole blob of this kind that whoever sits there has staged, and nobody else's.
pub(crate) async fn keep_own(
    db: &mut PgConnection,
    facility: FacilityId,
    blob: BlobId,
    kind: Kind,
    by: Option<PersonId>,
) -> Result<()> {
    let kept = sqlx::query!(
        "update app.blob set status = 'kept' where facility_id = $1 and id = $2 and kind = $3 and by_person = $4
           and status = 'staging' and chunks > 0",
        facility.0,
        blob.0,
        kind.code(),
        by.map(|by| by.0)
    )
    .execute(db)
    .await?
    .rows_affected();
    if kept == 1 { Ok(()) } else { Err(domain::refusal::Refusal::FormMissing.into()) }
}

/// The blob is whole and belongs to what the act attaches it to.
pub(crate) async fn keep(
    db: &mut PgConnection,
    facility: FacilityId,
    blob: BlobId,
    size: Size,
    digest: Option<&[u8]>,
) -> Result<()> {
    let kept = sqlx::query!(
        "update app.blob set status = 'kept', bytes = $3, chunks = $4, digest = $5 where facility_id = $1 and id = $2 and status = 'staging'",
        facility.0,
        blob.0,
        size.bytes,
        size.chunks,
        digest
    )
    .execute(db)
    .await?
    .rows_affected();
    if kept == 1 { Ok(()) } else { Err(domain::refusal::Refusal::MovedOn.into()) }
}

/// Seals a whole small thing inside the act's own transaction: what somebody wrote, a page.
#[expect(clippy::too_many_arguments, reason = "each names one thing and none can be left out")]
pub(crate) async fn put(
    db: &mut PgConnection,
    vault: &Vault,
    at: Place,
    blob: BlobId,
    kind: Kind,
    media_type: &str,
    by: Option<PersonId>,
    bytes: &[u8],
) -> Result<()> {
    let mut sealer = begin(db, vault, at, blob, kind, media_type, by).await?;
    for chunk in sealer.push(bytes)? {
        put_chunk(db, at.facility, blob, &chunk).await?;
    }
    put_chunk(db, at.facility, blob, &sealer.finish()?).await?;
    let digest = vault.server.digest_key(vault::DigestPurpose::Duplicate).digest(at.facility.0.as_bytes(), bytes);
    keep(db, at.facility, blob, Size::of(bytes.len() as u64)?, Some(&digest)).await
}

/// A blob that may be read: its size, and what opens its chunks.
pub(crate) struct Readable {
    pub(crate) facility: FacilityId,
    pub(crate) blob: BlobId,
    pub(crate) size: Size,
    pub(crate) media_type: String,
    opener: Opener,
}

/// The key of a blob, as far as row-level security lets this reader have it.
pub(crate) async fn readable(
    db: &mut PgConnection,
    vault: &Vault,
    facility: FacilityId,
    blob: BlobId,
) -> Result<Option<Readable>> {
    let row = sqlx::query!(
        r#"select k.owner, k.wrapped, o.wrapped as owner_wrapped,
             (select count(*) from app.chunk c where c.facility_id = k.facility_id and c.blob = k.blob) as "chunks!",
             (select octet_length(c.bytes) from app.chunk c where c.facility_id = k.facility_id and c.blob = k.blob
                order by c.n desc limit 1) as "last!"
           from vault.key k join vault.owner_key o on o.facility_id = k.facility_id and o.owner = k.owner
           where k.facility_id = $1 and k.blob = $2"#,
        facility.0,
        blob.0
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let corrupt = || Error::Corrupt { table: "app.chunk", id: blob.0 };
    let owner = vault.ring.unwrap_owner(&row.owner_wrapped, facility.0, row.owner)?;
    let key: BlobKey = owner.unwrap_blob(&row.wrapped, facility.0, row.owner, blob.0)?;
    let chunks = u32::try_from(row.chunks).map_err(|_| corrupt())?;
    let bytes = vault::plain_length(chunks, usize::try_from(row.last).map_err(|_| corrupt())?)?;
    // a patient may read what was released to them without seeing the blob's own row
    let media_type =
        sqlx::query_scalar!("select media_type from app.blob where facility_id = $1 and id = $2", facility.0, blob.0)
            .fetch_optional(db)
            .await?
            .unwrap_or_default();
    Ok(Some(Readable { facility, blob, size: Size::of(bytes)?, media_type, opener: Opener::new(&key, blob.0) }))
}

/// One chunk, opened; None where the reader may not (any more).
pub(crate) async fn chunk(db: &mut PgConnection, of: &Readable, n: u32) -> Result<Option<Vec<u8>>> {
    let corrupt = || Error::Corrupt { table: "app.chunk", id: of.blob.0 };
    let number = i32::try_from(n).map_err(|_| corrupt())?;
    let sealed = sqlx::query_scalar!(
        "select bytes from app.chunk where facility_id = $1 and blob = $2 and n = $3",
        of.facility.0,
        of.blob.0,
        number
    )
    .fetch_optional(db)
    .await?;
    Ok(match sealed {
        Some(sealed) => Some(of.opener.open(n, number + 1 == of.size.chunks, sealed)?),
        None => None,
    })
}

/// A whole blob, where it is known to be small or the reader is the worker.
pub(crate) async fn read(
    db: &mut PgConnection,
    vault: &Vault,
    facility: FacilityId,
    blob: BlobId,
) -> Result<Option<Vec<u8>>> {
    let Some(of) = readable(db, vault, facility, blob).await? else { return Ok(None) };
    let mut bytes = Vec::with_capacity(usize::try_from(of.size.bytes).unwrap_or_default());
    for n in 0..u32::try_from(of.size.chunks).unwrap_or_default() {
        match chunk(db, &of, n).await? {
            Some(part) => bytes.extend_from_slice(&part),
            None => return Ok(None),
        }
    }
    Ok(Some(bytes))
}

/// What somebody wrote.
pub(crate) async fn read_words(
    db: &mut PgConnection,
    vault: &Vault,
    facility: FacilityId,
    blob: BlobId,
) -> Result<Option<String>> {
    match read(db, vault, facility, blob).await? {
        Some(bytes) => String::from_utf8(bytes).map(Some).map_err(|_| Error::Corrupt { table: "app.blob", id: blob.0 }),
        None => Ok(None),
    }
}
