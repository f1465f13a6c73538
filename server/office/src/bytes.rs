//! Bytes in and bytes out, never inside an act. In: staged, chunk by chunk in short transactions, sealed as they
//! arrive; an act attaches the blob. Out: under an opening that an act recorded; every step looks at it again, so a
//! recall or a sign-out stops a download under way. A job has no seat and no opening: what it may touch is what the
//! worker's login may, and the act that gave it its work is on the trail.

use std::{ops::Range, sync::Arc};

use domain::{
    caller::Side,
    ids::{BlobId, FacilityId, PersonId, RequestId},
    refusal::Refusal,
};
use sqlx::{Postgres, Transaction};
use uuid::Uuid;
use vault::RunningDigest;

pub use crate::store::blobs::Kind;
use crate::{
    Desk, Error, Login, Result, Seat,
    desk::begin,
    store::{blobs, openings, trail},
};

/// The most chunks that one short transaction reads: as much as a reader takes at a time, and little enough to hold.
const CHUNKS_AT_ONCE: usize = 4;

/// Who handles the bytes.
#[derive(Clone)]
enum Hands {
    /// Somebody who sits there; whether they still do is asked each time.
    Seated { seat: Seat, side: Side },
    /// A job of the program, under the worker's login.
    Job,
}

impl Hands {
    const fn login(&self) -> Login {
        match self {
            Self::Seated { side: Side::Patient, .. } => Login::WebPatient,
            Self::Seated { side: Side::Staff, .. } => Login::WebStaff,
            Self::Job => Login::Worker,
        }
    }

    /// A short transaction, and whose it is.
    async fn begin(&self, desk: &Desk) -> Result<(Transaction<'static, Postgres>, Option<PersonId>)> {
        let mut tx = begin(desk.pool(self.login())?).await?;
        let person = match self {
            Self::Seated { seat, .. } => {
                Some(trail::take_seat(&mut tx, seat, true, true).await?.ok_or(Error::SignInAgain)?.caller.person)
            }
            Self::Job => None,
        };
        Ok((tx, person))
    }
}

/// A blob under way.
pub struct Staging {
    to: Store,
    sealer: vault::Sealer,
    digest: RunningDigest,
    length: u64,
    limit: u64,
}

/// Where a staged blob's chunks go, and by whose hands.
struct Store {
    desk: Arc<Desk>,
    hands: Hands,
    facility: FacilityId,
    blob: BlobId,
}

/// A whole blob that waits to be attached by an act; what is never attached is swept.
#[derive(Debug, Clone, Copy)]
pub struct Staged {
    pub blob: BlobId,
    pub(crate) size: blobs::Size,
    pub(crate) digest: vault::Digest,
}

impl Desk {
    /// Begins a blob of `owner` (a request) for whoever sits there. `limit`: plain bytes at most.
    ///
    /// # Errors
    /// Nobody sits there; the request is not theirs.
    #[expect(clippy::too_many_arguments, reason = "each names one thing and none can be left out")]
    pub async fn stage(
        self: &Arc<Self>,
        seat: &Seat,
        side: Side,
        facility: FacilityId,
        owner: Uuid,
        kind: Kind,
        media_type: &str,
        limit: u64,
    ) -> Result<Staging> {
        let hands = Hands::Seated { seat: seat.clone(), side };
        self.begin_blob(hands, blobs::Place { facility, owner }, kind, media_type, limit).await
    }

    /// Begins a file of a request's package, for the job that makes it.
    ///
    /// # Errors
    /// The database is away.
    pub async fn stage_package_file(
        self: &Arc<Self>,
        request: RequestId,
        media_type: &str,
        limit: u64,
    ) -> Result<Staging> {
        let place = blobs::Place { facility: request.facility, owner: request.id };
        self.begin_blob(Hands::Job, place, Kind::Package, media_type, limit).await
    }

    async fn begin_blob(
        self: &Arc<Self>,
        hands: Hands,
        place: blobs::Place,
        kind: Kind,
        media_type: &str,
        limit: u64,
    ) -> Result<Staging> {
        let (mut tx, person) = hands.begin(self).await?;
        let blob = BlobId(crate::desk::random_id()?);
        let sealer = blobs::begin(&mut tx, self.vault(), place, blob, kind, media_type, person).await?;
        tx.commit().await?;
        let facility = place.facility;
        let digest = self.vault().server.digest_key(vault::DigestPurpose::Duplicate).begin(facility.0.as_bytes());
        let to = Store { desk: Arc::clone(self), hands, facility, blob };
        Ok(Staging { to, sealer, digest, length: 0, limit })
    }

    /// Bytes that an act has opened for this seat.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]: no such opening, or not any more.
    pub async fn opened(
        self: &Arc<Self>,
        seat: &Seat,
        side: Side,
        facility: FacilityId,
        opening: Uuid,
    ) -> Result<Opened> {
        let hands = Hands::Seated { seat: seat.clone(), side };
        let (mut tx, _) = hands.begin(self).await?;
        let blob = openings::blob_of(&mut tx, facility, opening).await?.ok_or(Refusal::NotFound)?;
        let of = blobs::readable(&mut tx, self.vault(), facility, blob).await?.ok_or(Refusal::NotFound)?;
        // a file of a package has a name; to its recipient the blob's own row says nothing
        let (name, media_type) = match openings::file_of(&mut tx, facility, blob).await? {
            Some(file) => (Some(file.name), file.media_type),
            None => (None, of.media_type.clone()),
        };
        tx.commit().await?;
        Ok(Opened { desk: Arc::clone(self), hands, of: Arc::new(of), name, media_type })
    }

    /// Bytes that are there, kept or only staged, for a job that has been told to work with them.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]: there is no such blob.
    pub async fn for_a_job(self: &Arc<Self>, facility: FacilityId, blob: BlobId) -> Result<Opened> {
        let (mut tx, _) = Hands::Job.begin(self).await?;
        let of = blobs::readable(&mut tx, self.vault(), facility, blob).await?.ok_or(Refusal::NotFound)?;
        tx.commit().await?;
        let media_type = of.media_type.clone();
        Ok(Opened { desk: Arc::clone(self), hands: Hands::Job, of: Arc::new(of), name: None, media_type })
    }
}

impl Store {
    async fn store(&self, chunks: &[vault::SealedChunk]) -> Result<()> {
        if chunks.is_empty() {
            return Ok(());
        }
        let (mut tx, _) = self.hands.begin(&self.desk).await?;
        for chunk in chunks {
            blobs::put_chunk(&mut tx, self.facility, self.blob, chunk).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

impl Staging {
    pub fn blob(&self) -> BlobId {
        self.to.blob
    }

    /// Seals and stores what has arrived.
    ///
    /// # Errors
    /// [`Error::TooLarge`] past the limit; the session ended.
    pub async fn push(&mut self, bytes: &[u8]) -> Result<()> {
        self.length += bytes.len() as u64;
        if self.length > self.limit {
            return Err(Error::TooLarge);
        }
        self.digest.update(bytes);
        let chunks = self.sealer.push(bytes)?;
        self.to.store(&chunks).await
    }

    /// The last chunk; the blob is whole then.
    ///
    /// # Errors
    /// The session ended.
    pub async fn finish(self) -> Result<Staged> {
        let (size, digest, last) = (blobs::Size::of(self.length)?, self.digest.finish(), self.sealer.finish()?);
        let Store { desk, hands, facility, blob } = self.to;
        let (mut tx, _) = hands.begin(&desk).await?;
        blobs::put_chunk(&mut tx, facility, blob, &last).await?;
        blobs::measure(&mut tx, facility, blob, size, &digest).await?;
        tx.commit().await?;
        Ok(Staged { blob, size, digest })
    }
}

/// A blob that may be read: by a person for as long as the opening holds, by a job for as long as it is there.
#[derive(Clone)]
pub struct Opened {
    desk: Arc<Desk>,
    hands: Hands,
    of: Arc<blobs::Readable>,
    name: Option<String>,
    media_type: String,
}

impl Opened {
    /// Plain bytes.
    pub fn length(&self) -> u64 {
        u64::try_from(self.of.size.bytes).unwrap_or_default()
    }

    pub fn media_type(&self) -> &str {
        &self.media_type
    }

    /// Of a file of a package; nothing else has one.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// What these bytes are called among all: never another's, and never other bytes under the same name.
    pub fn blob(&self) -> BlobId {
        self.of.blob
    }

    /// The bytes of a range as one piece of memory, in short transactions that each look at the opening again: for a
    /// step of a download or a page of a copy, never for a whole one.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]: the opening has ended; [`Error::SignInAgain`]: the session has.
    pub async fn range(&self, range: Range<u64>) -> Result<Vec<u8>> {
        let parts: Vec<vault::Part> = vault::parts_covering(self.length(), range)?.collect();
        let mut bytes = Vec::new();
        for parts in parts.chunks(CHUNKS_AT_ONCE) {
            let (mut tx, _) = self.hands.begin(&self.desk).await?;
            for part in parts {
                let chunk = blobs::chunk(&mut tx, &self.of, part.number).await?.ok_or(Refusal::NotFound)?;
                bytes.extend_from_slice(chunk.get(part.within.clone()).unwrap_or_default());
            }
            tx.commit().await?;
        }
        Ok(bytes)
    }
}
