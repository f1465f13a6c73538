//! Bytes in and bytes out, never inside an act. In: staged, chunk by chunk in short transactions, sealed as they
//! arrive; an act attaches the blob. Out: under an opening that an act recorded; every chunk looks at it again, so a
//! recall or a sign-out stops a download under way.

use std::{ops::Range, sync::Arc};

use domain::{
    caller::Side,
    ids::{BlobId, FacilityId, PersonId},
    refusal::Refusal,
};
use sqlx::{Postgres, Transaction};
use uuid::Uuid;
use vault::RunningDigest;

pub use crate::store::blobs::Kind;
use crate::{
    Desk, Error, Login, Result, Seat,
    desk::begin,
    store::{blobs, trail},
};

/// A blob under way.
pub struct Staging {
    to: Store,
    sealer: vault::Sealer,
    digest: RunningDigest,
    length: u64,
    limit: u64,
}

/// Where a staged blob's chunks go, and at whose seat.
struct Store {
    desk: Arc<Desk>,
    seat: Seat,
    login: Login,
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
        let (mut tx, person, login) = self.sit_down(seat, side).await?;
        let blob = BlobId(crate::desk::random_id()?);
        let sealer =
            blobs::begin(&mut tx, self.vault(), blobs::Place { facility, owner }, blob, kind, media_type, Some(person))
                .await?;
        tx.commit().await?;
        let digest = self.vault().server.digest_key(vault::DigestPurpose::Duplicate).begin(facility.0.as_bytes());
        let to = Store { desk: Arc::clone(self), seat: seat.clone(), login, facility, blob };
        Ok(Staging { to, sealer, digest, length: 0, limit })
    }

    async fn sit_down(&self, seat: &Seat, side: Side) -> Result<(Transaction<'static, Postgres>, PersonId, Login)> {
        let login = match side {
            Side::Patient => Login::WebPatient,
            Side::Staff => Login::WebStaff,
        };
        let mut tx = begin(self.pool(login)?).await?;
        let (caller, _) = trail::take_seat(&mut tx, seat, true, true).await?.ok_or(Error::SignInAgain)?;
        Ok((tx, caller.person, login))
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
        let (mut tx, _, _) = self.sit_down(seat, side).await?;
        let blob = sqlx::query_scalar!(
            "select blob from app.opening where facility_id = $1 and id = $2 and until > now() and ended_at is null",
            facility.0,
            opening
        )
        .fetch_optional(&mut *tx)
        .await?
        .ok_or(Refusal::NotFound)?;
        let of = blobs::readable(&mut tx, self.vault(), facility, BlobId(blob)).await?.ok_or(Refusal::NotFound)?;
        tx.commit().await?;
        Ok(Opened { desk: Arc::clone(self), seat: seat.clone(), side, of: Arc::new(of) })
    }
}

impl Store {
    async fn store(&self, chunks: &[vault::SealedChunk]) -> Result<()> {
        if chunks.is_empty() {
            return Ok(());
        }
        let mut tx = begin(self.desk.pool(self.login)?).await?;
        trail::take_seat(&mut tx, &self.seat, true, true).await?.ok_or(Error::SignInAgain)?;
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
        self.to.store(&[self.sealer.finish()?]).await?;
        Ok(Staged { blob: self.to.blob, size: blobs::Size::of(self.length)?, digest: self.digest.finish() })
    }
}

/// A blob that a person may read, for as long as the opening holds.
#[derive(Clone)]
pub struct Opened {
    desk: Arc<Desk>,
    seat: Seat,
    side: Side,
    of: Arc<blobs::Readable>,
}

impl Opened {
    /// Plain bytes.
    pub fn length(&self) -> u64 {
        u64::try_from(self.of.size.bytes).unwrap_or_default()
    }

    pub fn media_type(&self) -> &str {
        &self.of.media_type
    }

    /// The pieces of a range, in order, each to be read by [`Self::piece`].
    ///
    /// # Errors
    /// A blob longer than any of ours.
    pub fn pieces(&self, range: Range<u64>) -> Result<Vec<vault::Part>> {
        Ok(vault::parts_covering(self.length(), range)?.collect())
    }

    /// One piece, in a short transaction that looks at the opening again.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]: the opening has ended; [`Error::SignInAgain`]: the session has.
    pub async fn piece(&self, part: &vault::Part) -> Result<Vec<u8>> {
        let (mut tx, _, _) = self.desk.sit_down(&self.seat, self.side).await?;
        let bytes = blobs::chunk(&mut tx, &self.of, part.number).await?.ok_or(Refusal::NotFound)?;
        tx.commit().await?;
        Ok(bytes.get(part.within.clone()).map(<[u8]>::to_vec).unwrap_or_default())
    }

    /// The bytes of a range as one piece of memory: for a page of a copy, never for a whole one.
    ///
    /// # Errors
    /// As [`Self::piece`].
    pub async fn range(&self, range: Range<u64>) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        for part in self.pieces(range)? {
            bytes.extend(self.piece(&part).await?);
        }
        Ok(bytes)
    }
}
