//! A blob opens whole, in order and unchanged, or not at all.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use proptest::prelude::*;
use uuid::Uuid;
use vault::{
    BlobKey, CHUNK, Opener, SEALED_CHUNK, SealedChunk, Sealer, VaultError, chunk_count, parts_covering, plain_length,
};

const BLOB: Uuid = Uuid::from_u128(7);
const OTHER: Uuid = Uuid::from_u128(8);

/// Bytes of which no two chunks are alike.
fn plain(length: usize) -> Vec<u8> {
    (0..length).map(|index| u8::try_from((index * 31 + index / 251) % 256).unwrap()).collect()
}

fn seal(plain: &[u8], piece: usize) -> (BlobKey, Vec<SealedChunk>) {
    let (key, mut sealer) = Sealer::begin(BLOB).unwrap();
    let mut chunks = Vec::new();
    for bytes in plain.chunks(piece.max(1)) {
        chunks.extend(sealer.push(bytes).unwrap());
    }
    chunks.push(sealer.finish().unwrap());
    (key, chunks)
}

fn open_all(key: &BlobKey, chunks: &[SealedChunk]) -> Result<Vec<u8>, VaultError> {
    let opener = Opener::new(key, BLOB);
    let mut plain = Vec::new();
    for (place, chunk) in chunks.iter().enumerate() {
        plain.extend(opener.open(u32::try_from(place).unwrap(), place + 1 == chunks.len(), chunk.bytes.clone())?);
    }
    Ok(plain)
}

fn around_a_border() -> impl Strategy<Value = usize> {
    (0..4_usize, -3..=3_isize).prop_map(|(chunks, off)| (chunks * CHUNK).saturating_add_signed(off))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_length_pushed_in_any_pieces_comes_back(
        length in prop_oneof![around_a_border(), 0..4 * CHUNK],
        piece in prop_oneof![1_000..3 * CHUNK, around_a_border(), Just(CHUNK)],
    ) {
        let plain = plain(length);
        let (key, chunks) = seal(&plain, piece.max(500));
        prop_assert_eq!(chunks.len(), usize::try_from(chunk_count(length as u64).unwrap()).unwrap());
        let last = chunks.last().unwrap();
        prop_assert_eq!(plain_length(u32::try_from(chunks.len()).unwrap(), last.bytes.len()).unwrap(), length as u64);
        for (place, chunk) in chunks.iter().enumerate() {
            prop_assert_eq!(chunk.number as usize, place);
            prop_assert_eq!(chunk.is_last, place + 1 == chunks.len());
            prop_assert!(chunk.is_last || chunk.bytes.len() == SEALED_CHUNK);
        }
        prop_assert!(open_all(&key, &chunks).unwrap() == plain);
    }

    #[test]
    fn any_range_is_read_from_the_chunks_that_cover_it(
        length in prop_oneof![around_a_border(), 0..4 * CHUNK],
        start in 0..4 * CHUNK,
        span in prop_oneof![0..10_usize, 0..3 * CHUNK],
    ) {
        let plain = plain(length);
        let (key, chunks) = seal(&plain, CHUNK);
        let opener = Opener::new(&key, BLOB);
        let mut read = Vec::new();
        for part in parts_covering(length as u64, start as u64..(start + span) as u64).unwrap() {
            let sealed = &chunks[part.number as usize];
            let opened = opener.open(part.number, part.is_last, sealed.bytes.clone()).unwrap();
            prop_assert!(!part.within.is_empty());
            read.extend_from_slice(&opened[part.within]);
        }
        let expected = &plain[start.min(length)..(start + span).min(length)];
        prop_assert!(read == expected);
    }
}

#[test]
fn swapped_chunks_do_not_open() {
    let (key, mut chunks) = seal(&plain(3 * CHUNK), CHUNK);
    assert!(open_all(&key, &chunks).is_ok());
    chunks.swap(0, 1);
    assert_eq!(open_all(&key, &chunks), Err(VaultError::DoesNotOpen));
}

#[test]
fn a_missing_end_does_not_open() {
    let (key, mut chunks) = seal(&plain(3 * CHUNK + 5), CHUNK);
    chunks.pop();
    assert_eq!(open_all(&key, &chunks), Err(VaultError::DoesNotOpen));
}

#[test]
fn a_missing_beginning_or_middle_does_not_open() {
    for missing in [0, 1] {
        let (key, mut chunks) = seal(&plain(3 * CHUNK), CHUNK);
        chunks.remove(missing);
        assert_eq!(open_all(&key, &chunks), Err(VaultError::DoesNotOpen));
    }
}

#[test]
fn a_repeated_or_appended_chunk_does_not_open() {
    let (key, chunks) = seal(&plain(2 * CHUNK), CHUNK);
    let appended: Vec<_> = chunks.iter().chain(&chunks[1..]).cloned().collect();
    assert_eq!(open_all(&key, &appended), Err(VaultError::DoesNotOpen));
}

#[test]
fn a_chunk_of_another_blob_does_not_open_under_either_key_or_id() {
    let (key, chunks) = seal(&plain(10), CHUNK);
    let (other_key, other_chunks) = seal(&plain(10), CHUNK);
    assert_ne!(chunks[0].bytes, other_chunks[0].bytes, "a key of its own for each blob");
    let open = |key, blob, chunk: &SealedChunk| Opener::new(key, blob).open(0, true, chunk.bytes.clone());
    assert_eq!(open(&key, BLOB, &other_chunks[0]), Err(VaultError::DoesNotOpen));
    assert_eq!(open(&other_key, BLOB, &chunks[0]), Err(VaultError::DoesNotOpen));
    assert_eq!(open(&key, OTHER, &chunks[0]), Err(VaultError::DoesNotOpen));
    assert!(open(&key, BLOB, &chunks[0]).is_ok());
}

#[test]
fn changed_and_cut_bytes_do_not_open() {
    let (key, chunks) = seal(&plain(100), CHUNK);
    let opener = Opener::new(&key, BLOB);
    for index in 0..chunks[0].bytes.len() {
        let mut changed = chunks[0].bytes.clone();
        changed[index] ^= 0x80;
        assert_eq!(opener.open(0, true, changed), Err(VaultError::DoesNotOpen));
        assert_eq!(opener.open(0, true, chunks[0].bytes[..index].to_vec()), Err(VaultError::DoesNotOpen));
    }
    assert_eq!(opener.open(0, true, chunks[0].bytes.clone()).unwrap(), plain(100));
}

#[test]
fn an_empty_blob_is_one_empty_chunk() {
    let (key, chunks) = seal(&[], CHUNK);
    assert_eq!(chunks.len(), 1);
    assert_eq!(open_all(&key, &chunks).unwrap(), Vec::<u8>::new());
    assert_eq!(plain_length(1, chunks[0].bytes.len()), Ok(0));
}

#[test]
fn lengths_that_no_blob_has_are_refused() {
    assert_eq!(plain_length(0, SEALED_CHUNK), Err(VaultError::NotOurs));
    assert_eq!(plain_length(1, 15), Err(VaultError::NotOurs));
    assert_eq!(plain_length(1, SEALED_CHUNK + 1), Err(VaultError::NotOurs));
    assert_eq!(plain_length(2, 16), Err(VaultError::NotOurs), "an empty last chunk after a full one");
    assert_eq!(chunk_count(u64::MAX), Err(VaultError::TooLong));
}

#[test]
fn a_range_outside_the_blob_has_no_parts() {
    let range = |range| parts_covering(100, range).unwrap().count();
    assert_eq!(range(100..200), 0);
    assert_eq!(range(50..50), 0);
    assert_eq!(range(99..u64::MAX), 1);
}
