//! Gives ring's AES-256-GCM the `aead` traits, so that `aead-stream` can do the framing: STREAM, of Hoang, Reyhanitabar,
//! Rogaway and Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", 2015.

use crate::{BlobKey, bound::Bound, gcm};
use aead_stream::{
    NewStream, StreamBE32,
    aead::{
        AeadCore, AeadInOut, Error, Nonce, Tag, TagPosition,
        consts::{U12, U16},
        inout::InOutBuf,
    },
};
use ring::aead::{Aad, LessSafeKey};
use uuid::Uuid;

pub(super) type Stream = StreamBE32<RingAes256Gcm>;

/// The prefix of the nonces is constant, for the key belongs to one blob and seals it once; the counter and the mark of
/// the last chunk make each nonce different.
pub(super) fn stream(key: &BlobKey) -> Stream {
    Stream::from_aead(RingAes256Gcm(gcm::key(&key.0)), &[0; 7].into())
}

/// What every chunk of a blob is bound to, besides its place.
pub(super) fn bound_to(blob: Uuid) -> Bound {
    Bound::to("chunk").and(&[1]).and(blob.as_bytes())
}

pub(super) struct RingAes256Gcm(LessSafeKey);

impl AeadCore for RingAes256Gcm {
    type NonceSize = U12;
    type TagSize = U16;
    const TAG_POSITION: TagPosition = TagPosition::Postfix;
}

impl AeadInOut for RingAes256Gcm {
    fn encrypt_inout_detached(
        &self,
        nonce: &Nonce<Self>,
        associated_data: &[u8],
        buffer: InOutBuf<'_, '_, u8>,
    ) -> Result<Tag<Self>, Error> {
        let tag = self
            .0
            .seal_in_place_separate_tag(unique(nonce), Aad::from(associated_data), buffer.into_out_with_copied_in())
            .map_err(|_| Error)?;
        Tag::<Self>::try_from(tag.as_ref()).map_err(|_| Error)
    }

    fn decrypt_inout_detached(
        &self,
        nonce: &Nonce<Self>,
        associated_data: &[u8],
        buffer: InOutBuf<'_, '_, u8>,
        tag: &Tag<Self>,
    ) -> Result<(), Error> {
        let tag = ring::aead::Tag::from(<[u8; gcm::TAG]>::from(*tag));
        self.0
            .open_in_place_separate_tag(
                unique(nonce),
                Aad::from(associated_data),
                tag,
                buffer.into_out_with_copied_in(),
                0..,
            )
            .map_err(|_| Error)?;
        Ok(())
    }
}

fn unique(nonce: &Nonce<RingAes256Gcm>) -> ring::aead::Nonce {
    ring::aead::Nonce::assume_unique_for_key((*nonce).into())
}
