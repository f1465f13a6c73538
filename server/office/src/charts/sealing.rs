//! Seals what an import brings under its chart's key, and holds as much of it as is worth one trip to the database.

use domain::{
    document::Category,
    ids::{BlobId, DocumentId, EncounterId, FacilityId, PatientId},
};
use uuid::Uuid;
use vault::{OwnerKey, RunningDigest, Sealer};

use super::incoming::{Document, Key};
use crate::{
    Error, Result,
    desk::Vault,
    store::{
        documents::{NewDocument, Writing},
        resources::{Resource, Resources},
    },
};

/// What is under way: its bytes arrive.
pub(super) enum Open {
    Resource(Box<OpenResource>),
    Document(Box<OpenDocument>),
}

pub(super) struct OpenResource {
    sealed: Vec<u8>,
    sealer: Sealer,
    left: u64,
    to_write: Resource,
}

pub(super) struct OpenDocument {
    blob: BlobId,
    sealer: Sealer,
    digest: RunningDigest,
    left: u64,
    to_write: NewDocument,
}

/// Whose it is and what stands of it already.
pub(super) struct Whose<'a> {
    pub(super) facility: FacilityId,
    pub(super) patient: Option<PatientId>,
    pub(super) key: &'a OwnerKey,
}

impl OpenResource {
    pub(super) fn begin(
        whose: &Whose<'_>,
        id: Uuid,
        key: Key,
        version: i32,
        digest: Vec<u8>,
        length: u64,
    ) -> Result<Self> {
        let owner = whose.patient.map_or(whose.facility.0, |patient| patient.0);
        let (blob_key, sealer) = Sealer::begin(id)?;
        let wrapped = whose.key.wrap_blob(&blob_key, whose.facility.0, owner, id)?;
        let to_write = Resource { key, version, id, patient: whose.patient, digest, wrapped, sealed: Vec::new() };
        Ok(Self { sealed: Vec::new(), sealer, left: length, to_write })
    }
}

/// What a document begins with beside its bytes.
pub(super) struct Begun {
    pub(super) id: DocumentId,
    pub(super) blob: BlobId,
    pub(super) patient: PatientId,
    pub(super) encounter: Option<EncounterId>,
    pub(super) key: Key,
    pub(super) digest: Vec<u8>,
    pub(super) replaces: Option<(DocumentId, i32)>,
    pub(super) document: Document,
    pub(super) length: u64,
}

/// Holds sealed things until they are written.
#[derive(Default)]
pub(super) struct Held {
    pub(super) writing: Writing,
    pub(super) resources: Resources,
    /// Sealed bytes of resources that are held.
    resource_bytes: usize,
}

impl Held {
    /// As much as one statement should carry.
    const ENOUGH: usize = 4 << 20;

    pub(super) fn is_enough(&self) -> bool {
        self.writing.held + self.resource_bytes >= Self::ENOUGH
    }

    pub(super) fn begin_document(
        &mut self,
        vault: &Vault,
        facility: FacilityId,
        owner: &OwnerKey,
        begun: Begun,
    ) -> Result<Open> {
        let (key, sealer) = Sealer::begin(begun.blob.0)?;
        let wrapped = owner.wrap_blob(&key, facility.0, begun.patient.0, begun.blob.0)?;
        self.writing.begin_blob(begun.blob, begun.patient, &begun.document.media_type, wrapped);
        let digest = vault.server.digest_key(vault::DigestPurpose::Duplicate).begin(facility.0.as_bytes());
        Ok(Open::Document(Box::new(OpenDocument {
            blob: begun.blob,
            sealer,
            digest,
            left: begun.length,
            to_write: NewDocument {
                id: begun.id,
                patient: begun.patient,
                encounter: begun.encounter,
                key: begun.key,
                digest: begun.digest,
                replaces: begun.replaces,
                document: begun.document,
                blob: begun.blob,
                bytes: begun.length,
            },
        })))
    }

    /// Takes the next bytes of what is under way.
    pub(super) fn take(&mut self, open: &mut Open, bytes: &[u8]) -> Result<()> {
        let left = match open {
            Open::Resource(open) => &mut open.left,
            Open::Document(open) => &mut open.left,
        };
        *left = left.checked_sub(bytes.len() as u64).ok_or(Error::TooLarge)?;
        match open {
            Open::Resource(open) => {
                open.sealed.extend(open.sealer.push(bytes)?.into_iter().flat_map(|chunk| chunk.bytes));
            }
            Open::Document(open) => {
                open.digest.update(bytes);
                for chunk in open.sealer.push(bytes)? {
                    self.writing.push_chunk(open.blob, chunk)?;
                }
            }
        }
        Ok(())
    }

    /// What is under way is whole: its category and pages, where it is a document.
    pub(super) fn close(&mut self, open: Open) -> Result<Option<(Category, u64)>> {
        match open {
            Open::Resource(open) => {
                let OpenResource { mut sealed, sealer, to_write, .. } = *open;
                sealed.extend(sealer.finish()?.bytes);
                sealed.shrink_to_fit();
                self.resource_bytes += sealed.len();
                self.resources.push(Resource { sealed, ..to_write });
                Ok(None)
            }
            Open::Document(open) => {
                self.writing.push_chunk(open.blob, open.sealer.finish()?)?;
                self.writing.finish_blob(open.blob, open.to_write.bytes, &open.digest.finish())?;
                let of = (open.to_write.document.category, open.to_write.document.pages.unwrap_or_default().into());
                self.writing.push(open.to_write);
                Ok(Some(of))
            }
        }
    }
}

impl Open {
    pub(super) fn is_whole(&self) -> bool {
        match self {
            Self::Resource(open) => open.left == 0,
            Self::Document(open) => open.left == 0,
        }
    }
}
