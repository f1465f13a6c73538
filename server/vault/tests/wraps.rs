//! A wrapped key opens in its own place and in no other.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use uuid::Uuid;
use vault::{BlobKey, KeyRing, Kid, Opener, OwnerKey, SealedChunk, Sealer, VaultError};

const FACILITY: Uuid = Uuid::from_u128(1);
const OTHER_FACILITY: Uuid = Uuid::from_u128(2);
const CHART: Uuid = Uuid::from_u128(10);
const OTHER_CHART: Uuid = Uuid::from_u128(11);
const BLOB: Uuid = Uuid::from_u128(100);
const OTHER_BLOB: Uuid = Uuid::from_u128(101);

fn kid(name: &str) -> Kid {
    Kid::parse(name).unwrap()
}

fn ring() -> KeyRing {
    KeyRing::generate(kid("2026-11")).unwrap()
}

fn sealed(text: &[u8]) -> (BlobKey, SealedChunk) {
    let (key, mut sealer) = Sealer::begin(BLOB).unwrap();
    assert!(sealer.push(text).unwrap().is_empty());
    (key, sealer.finish().unwrap())
}

fn text_of(key: &BlobKey, chunk: &SealedChunk) -> Result<Vec<u8>, VaultError> {
    Opener::new(key, BLOB).open(chunk.number, chunk.is_last, chunk.bytes.clone())
}

#[test]
fn a_blob_opens_through_its_owner_and_the_ring() {
    let (ring, owner) = (ring(), OwnerKey::generate().unwrap());
    let (key, chunk) = sealed(b"discharge summary");
    let stored_owner = ring.wrap_owner(&owner, FACILITY, CHART).unwrap();
    let stored_key = owner.wrap_blob(&key, FACILITY, CHART, BLOB).unwrap();
    drop((owner, key));

    let owner = ring.unwrap_owner(&stored_owner, FACILITY, CHART).unwrap();
    let key = owner.unwrap_blob(&stored_key, FACILITY, CHART, BLOB).unwrap();
    assert_eq!(text_of(&key, &chunk).unwrap(), b"discharge summary");
}

#[test]
fn an_owners_key_in_another_owners_row_or_facility_does_not_open() {
    let (ring, owner) = (ring(), OwnerKey::generate().unwrap());
    let stored = ring.wrap_owner(&owner, FACILITY, CHART).unwrap();
    assert_eq!(ring.unwrap_owner(&stored, FACILITY, OTHER_CHART).err(), Some(VaultError::DoesNotOpen));
    assert_eq!(ring.unwrap_owner(&stored, OTHER_FACILITY, CHART).err(), Some(VaultError::DoesNotOpen));
    assert_eq!(ring.unwrap_owner(&stored, CHART, FACILITY).err(), Some(VaultError::DoesNotOpen));
    assert!(ring.unwrap_owner(&stored, FACILITY, CHART).is_ok());
}

#[test]
fn a_blobs_key_in_another_row_does_not_open() {
    let owner = OwnerKey::generate().unwrap();
    let (key, _) = sealed(b"x");
    let stored = owner.wrap_blob(&key, FACILITY, CHART, BLOB).unwrap();
    for (facility, chart, blob) in
        [(OTHER_FACILITY, CHART, BLOB), (FACILITY, OTHER_CHART, BLOB), (FACILITY, CHART, OTHER_BLOB)]
    {
        assert_eq!(owner.unwrap_blob(&stored, facility, chart, blob).err(), Some(VaultError::DoesNotOpen));
    }
    let stranger = OwnerKey::generate().unwrap();
    assert_eq!(stranger.unwrap_blob(&stored, FACILITY, CHART, BLOB).err(), Some(VaultError::DoesNotOpen));
    assert!(owner.unwrap_blob(&stored, FACILITY, CHART, BLOB).is_ok());
}

#[test]
fn an_owners_wrap_is_no_blobs_wrap() {
    let (ring, owner) = (ring(), OwnerKey::generate().unwrap());
    let (key, _) = sealed(b"x");
    let stored_owner = ring.wrap_owner(&owner, FACILITY, CHART).unwrap();
    let stored_key = owner.wrap_blob(&key, FACILITY, CHART, Uuid::nil()).unwrap();
    assert_eq!(owner.unwrap_blob(&stored_owner, FACILITY, CHART, Uuid::nil()).err(), Some(VaultError::NotOurs));
    assert_eq!(ring.unwrap_owner(&stored_key, FACILITY, CHART).err(), Some(VaultError::NotOurs));
}

#[test]
fn every_changed_byte_and_every_cut_of_a_wrap_is_refused() {
    let (ring, owner) = (ring(), OwnerKey::generate().unwrap());
    let stored = ring.wrap_owner(&owner, FACILITY, CHART).unwrap();
    for index in 0..stored.len() {
        let mut changed = stored.clone();
        changed[index] ^= 1;
        assert!(ring.unwrap_owner(&changed, FACILITY, CHART).is_err(), "byte {index}");
        assert!(ring.unwrap_owner(&stored[..index], FACILITY, CHART).is_err(), "cut at {index}");
    }
    let longer = [stored.as_slice(), &[0]].concat();
    assert_eq!(ring.unwrap_owner(&longer, FACILITY, CHART).err(), Some(VaultError::NotOurs));
}

#[test]
fn an_older_key_unwraps_after_rotation_and_rewrapping_moves_to_the_current_one() {
    let (mut ring, owner) = (ring(), OwnerKey::generate().unwrap());
    let (key, chunk) = sealed(b"kept through rotation");
    let stored_key = owner.wrap_blob(&key, FACILITY, CHART, BLOB).unwrap();
    let old = ring.wrap_owner(&owner, FACILITY, CHART).unwrap();

    ring.rotate(kid("2027-01")).unwrap();
    assert_eq!(ring.current().as_str(), "2027-01");
    assert!(ring.unwrap_owner(&old, FACILITY, CHART).is_ok());

    let new = ring.rewrap_owner(&old, FACILITY, CHART).unwrap().expect("wrapped by the older key");
    assert_ne!(old, new);
    assert_eq!(ring.rewrap_owner(&new, FACILITY, CHART).unwrap(), None);
    let owner = ring.unwrap_owner(&new, FACILITY, CHART).unwrap();
    let key = owner.unwrap_blob(&stored_key, FACILITY, CHART, BLOB).unwrap();
    assert_eq!(text_of(&key, &chunk).unwrap(), b"kept through rotation");
}

#[test]
fn a_ring_without_the_key_says_which_one_is_missing() {
    let owner = OwnerKey::generate().unwrap();
    let stored = ring().wrap_owner(&owner, FACILITY, CHART).unwrap();
    let stranger = KeyRing::generate(kid("other")).unwrap();
    assert_eq!(stranger.unwrap_owner(&stored, FACILITY, CHART).err(), Some(VaultError::UnknownKey(kid("2026-11"))));
    let same_name_other_key = ring();
    assert_eq!(same_name_other_key.unwrap_owner(&stored, FACILITY, CHART).err(), Some(VaultError::DoesNotOpen));
}

#[test]
fn a_wrap_relabelled_with_another_kid_of_the_ring_does_not_open() {
    let (mut ring, owner) = (KeyRing::generate(kid("key-a")).unwrap(), OwnerKey::generate().unwrap());
    let mut stored = ring.wrap_owner(&owner, FACILITY, CHART).unwrap();
    ring.rotate(kid("key-b")).unwrap();
    let at = stored.windows(5).position(|name| name == b"key-a").unwrap();
    stored[at..at + 5].copy_from_slice(b"key-b");
    assert_eq!(ring.unwrap_owner(&stored, FACILITY, CHART).err(), Some(VaultError::DoesNotOpen));
}

#[test]
fn a_misfiled_document_moves_by_rewrapping_and_its_bytes_stay() {
    let (wrong, right) = (OwnerKey::generate().unwrap(), OwnerKey::generate().unwrap());
    let (key, chunk) = sealed(b"filed under the wrong chart");
    let before = wrong.wrap_blob(&key, FACILITY, CHART, BLOB).unwrap();
    let key = wrong.unwrap_blob(&before, FACILITY, CHART, BLOB).unwrap();
    let after = right.wrap_blob(&key, FACILITY, OTHER_CHART, BLOB).unwrap();

    let key = right.unwrap_blob(&after, FACILITY, OTHER_CHART, BLOB).unwrap();
    assert_eq!(text_of(&key, &chunk).unwrap(), b"filed under the wrong chart");
    assert!(wrong.unwrap_blob(&after, FACILITY, CHART, BLOB).is_err());
}
