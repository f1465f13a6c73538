//! What the server's own secret is good for, and that each use stands alone.

use proptest::prelude::*;
use std::collections::HashSet;
use vault::{DigestPurpose, SealPurpose, ServerSecret, VaultError, same};

const DIGESTS: [DigestPurpose; 4] =
    [DigestPurpose::FormToken, DigestPurpose::LinkToken, DigestPurpose::PreSession, DigestPurpose::Duplicate];

#[test]
fn what_is_sealed_opens_for_its_purpose_and_person_only() {
    let secret = ServerSecret::generate().unwrap();
    let sealed = secret.seal_small(SealPurpose::Flash, b"person 1", b"typed text").unwrap();
    assert_eq!(*secret.open_small(SealPurpose::Flash, b"person 1", &sealed).unwrap(), b"typed text");

    let refused = Some(VaultError::DoesNotOpen);
    assert_eq!(secret.open_small(SealPurpose::Flash, b"person 2", &sealed).err(), refused);
    assert_eq!(secret.open_small(SealPurpose::Draft, b"person 1", &sealed).err(), refused);
    let other = ServerSecret::generate().unwrap();
    assert_eq!(other.open_small(SealPurpose::Flash, b"person 1", &sealed).err(), refused);
}

#[test]
fn the_same_text_is_never_sealed_to_the_same_bytes() {
    let secret = ServerSecret::generate().unwrap();
    let seal = || secret.seal_small(SealPurpose::PreSession, b"c", b"text").unwrap();
    assert_ne!(seal(), seal());
}

#[test]
fn each_changed_byte_and_each_cut_of_a_small_seal_is_refused() {
    let secret = ServerSecret::generate().unwrap();
    let sealed = secret.seal_small(SealPurpose::Draft, b"c", b"text").unwrap();
    for index in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[index] ^= 1;
        assert!(secret.open_small(SealPurpose::Draft, b"c", &changed).is_err(), "byte {index}");
        assert!(secret.open_small(SealPurpose::Draft, b"c", &sealed[..index]).is_err(), "cut at {index}");
    }
}

#[test]
fn every_purpose_has_a_key_of_its_own() {
    let secret = ServerSecret::generate().unwrap();
    let mut seen: HashSet<[u8; 32]> =
        DIGESTS.iter().map(|purpose| secret.digest_key(*purpose).digest(b"", b"")).collect();
    seen.insert(*secret.pepper());
    assert_eq!(seen.len(), DIGESTS.len() + 1);
    assert_eq!(*secret.pepper(), *secret.pepper());
}

#[test]
fn a_digest_is_told_from_another_context_key_or_content() {
    let key = ServerSecret::generate().unwrap().digest_key(DigestPurpose::FormToken);
    let digest = key.digest(b"session", b"token");
    assert!(key.is_digest_of(b"session", b"token", &digest));
    assert!(!key.is_digest_of(b"sessio", b"ntoken", &digest), "context and content do not run together");
    assert!(!key.is_digest_of(b"session", b"other", &digest));
    assert!(!key.is_digest_of(b"session", b"token", &digest[..31]));
    let other = ServerSecret::generate().unwrap().digest_key(DigestPurpose::FormToken);
    assert!(!other.is_digest_of(b"session", b"token", &digest));
}

#[test]
fn secrets_are_same_only_when_all_of_them_is() {
    assert!(same(b"", b""));
    assert!(same(b"abc", b"abc"));
    assert!(!same(b"abc", b"abd"));
    assert!(!same(b"abc", b"ab"));
}

proptest! {
    #[test]
    fn a_digest_in_pieces_is_the_digest_of_the_whole(bytes: Vec<u8>, cut in 0..64_usize) {
        let key = ServerSecret::generate().unwrap().digest_key(DigestPurpose::Duplicate);
        let (front, back) = bytes.split_at(cut.min(bytes.len()));
        let mut running = key.begin(b"facility");
        running.update(front);
        running.update(back);
        prop_assert_eq!(running.finish(), key.digest(b"facility", &bytes));
    }

    #[test]
    fn any_small_thing_comes_back(bytes: Vec<u8>, context: Vec<u8>) {
        let secret = ServerSecret::generate().unwrap();
        let sealed = secret.seal_small(SealPurpose::Flash, &context, &bytes).unwrap();
        prop_assert_eq!(&*secret.open_small(SealPurpose::Flash, &context, &sealed).unwrap(), &bytes);
    }
}
