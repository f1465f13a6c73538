//! The key of a chart or of a request: wraps the keys of the blobs that it owns.

use crate::{
    BlobKey, VaultError,
    secret::Secret,
    wrap::{self, Place, Wrapped},
};
use uuid::Uuid;

/// A chart's or a request's key. Shredding a chart or request is deleting the wrap of this key.
///
/// Moving a blob to another owner (a misfiled document, merged charts) opens its key with the old owner's key and wraps
/// it with the new one's; the blob's bytes stay as they are.
pub struct OwnerKey(pub(crate) Secret);

impl OwnerKey {
    /// # Errors
    /// `NoRandomness`.
    pub fn generate() -> Result<Self, VaultError> {
        Secret::generate().map(Self)
    }

    /// The blob's key as it is stored, bound to facility, owner and blob.
    ///
    /// # Errors
    /// `NoRandomness`.
    pub fn wrap_blob(&self, key: &BlobKey, facility: Uuid, owner: Uuid, blob: Uuid) -> Result<Vec<u8>, VaultError> {
        wrap::seal(&self.0, NO_KID, &place(facility, owner, blob), &key.0)
    }

    /// # Errors
    /// `NotOurs` when the bytes are no blob's wrap; `DoesNotOpen` under another owner's key or for another facility,
    /// owner or blob.
    pub fn unwrap_blob(&self, wrapped: &[u8], facility: Uuid, owner: Uuid, blob: Uuid) -> Result<BlobKey, VaultError> {
        let wrapped = Wrapped::parse(wrapped)?;
        if wrapped.kid != NO_KID {
            return Err(VaultError::NotOurs);
        }
        wrap::open(&self.0, &wrapped, &place(facility, owner, blob)).map(BlobKey)
    }
}

const NO_KID: &str = "";

fn place(facility: Uuid, owner: Uuid, blob: Uuid) -> Place {
    Place { purpose: "blob-key", facility, owner, blob }
}
