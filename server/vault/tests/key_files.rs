//! What a key file must be before it is believed.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};
use uuid::Uuid;
use vault::{DigestPurpose, KeyFileRefused, KeyRing, Kid, OwnerKey, ServerSecret};

const HEXADECIMAL: &str = "9f3c1b7ae05d42c8816e0fd3b2574a99c4e1386d5b0af27791de6348acb50f12";
const FACILITY: Uuid = Uuid::from_u128(1);
const CHART: Uuid = Uuid::from_u128(2);

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("vault-{}-{test}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, text: &str, mode: u32) -> PathBuf {
        let path = self.0.join("keys");
        let _ = fs::remove_file(&path);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn refused(path: &Path) -> KeyFileRefused {
    KeyRing::read(path).err().expect("the file should be refused")
}

#[test]
fn a_generated_ring_is_written_and_read_again() {
    let folder = Folder::new("generated");
    let mut ring = KeyRing::generate(Kid::parse("first").unwrap()).unwrap();
    let owner = OwnerKey::generate().unwrap();
    let wrapped = ring.wrap_owner(&owner, FACILITY, CHART).unwrap();
    ring.rotate(Kid::parse("second").unwrap()).unwrap();

    let read = KeyRing::read(&folder.file(&ring.to_file_text(), 0o400)).unwrap();
    assert_eq!(read.current().as_str(), "second");
    assert!(read.unwrap_owner(&wrapped, FACILITY, CHART).is_ok());
}

#[test]
fn base64_and_hexadecimal_give_the_same_key_and_comments_are_passed_over() {
    let folder = Folder::new("forms");
    let base64 = "nzwbeuBdQsiBbg/TsldKmcThOG1bCvJ3kd5jSKy1DxI=";
    let from_hexadecimal =
        KeyRing::read(&folder.file(&format!("# made in November\n\n2026-11 {HEXADECIMAL}\n"), 0o440)).unwrap();
    let from_base64 = KeyRing::read(&folder.file(&format!("2026-11 {base64}"), 0o400)).unwrap();
    let wrapped = from_hexadecimal.wrap_owner(&OwnerKey::generate().unwrap(), FACILITY, CHART).unwrap();
    assert!(from_base64.unwrap_owner(&wrapped, FACILITY, CHART).is_ok());
}

#[test]
fn a_file_that_others_may_read_or_change_is_refused() {
    let folder = Folder::new("modes");
    let text = format!("a {HEXADECIMAL}");
    for mode in [0o444, 0o404, 0o402, 0o420, 0o660, 0o644] {
        assert!(matches!(refused(&folder.file(&text, mode)), KeyFileRefused::OpenToOthers), "{mode:o}");
    }
    for mode in [0o400, 0o600, 0o440] {
        assert!(KeyRing::read(&folder.file(&text, mode)).is_ok(), "{mode:o}");
    }
}

#[test]
fn short_long_and_broken_keys_are_refused() {
    let folder = Folder::new("short");
    for key in [&HEXADECIMAL[..62], &HEXADECIMAL[..32], "c2hvcnQ=", "????", &format!("{HEXADECIMAL}00")] {
        let error = refused(&folder.file(&format!("# x\na {key}"), 0o400));
        assert!(matches!(error, KeyFileRefused::WrongLength { line: 2 }), "{error}");
        assert!(!error.to_string().contains(key), "an error never shows a key");
    }
}

#[test]
fn zero_keys_and_example_keys_are_refused() {
    let folder = Folder::new("zero");
    let counting = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f".to_owned();
    for key in ["00".repeat(32), "ff".repeat(32), "deadbeef".repeat(8), counting] {
        let error = refused(&folder.file(&format!("a {key}"), 0o400));
        assert!(matches!(error, KeyFileRefused::NotRandom { line: 1 }), "{error}");
    }
}

#[test]
fn a_key_or_kid_that_stands_twice_is_refused() {
    let folder = Folder::new("twice");
    let other = HEXADECIMAL.chars().rev().collect::<String>();
    for text in [format!("a {HEXADECIMAL}\na {other}"), format!("a {HEXADECIMAL}\nb {HEXADECIMAL}")] {
        assert!(matches!(refused(&folder.file(&text, 0o400)), KeyFileRefused::Repeated));
    }
    let mut ring = KeyRing::read(&folder.file(&format!("a {HEXADECIMAL}\nb {other}"), 0o400)).unwrap();
    assert!(matches!(ring.rotate(Kid::parse("b").unwrap()), Err(KeyFileRefused::Repeated)));
}

#[test]
fn files_that_are_no_key_files_are_refused() {
    let folder = Folder::new("none");
    assert!(matches!(refused(&folder.0.join("missing")), KeyFileRefused::Unreadable(_)));
    assert!(matches!(refused(&folder.0), KeyFileRefused::NotAKeyFile));
    assert!(matches!(refused(&folder.file("# nothing here\n", 0o400)), KeyFileRefused::Empty));
    assert!(matches!(refused(&folder.file(HEXADECIMAL, 0o400)), KeyFileRefused::Malformed { line: 1 }));
    assert!(matches!(
        refused(&folder.file(&format!("No_Kid {HEXADECIMAL}"), 0o400)),
        KeyFileRefused::Malformed { line: 1 }
    ));
    assert!(matches!(refused(&folder.file(&"#".repeat(70_000), 0o400)), KeyFileRefused::NotAKeyFile));
}

#[test]
fn the_servers_secret_is_one_key() {
    let folder = Folder::new("server");
    let secret = ServerSecret::generate().unwrap();
    let kid = Kid::parse("server").unwrap();
    let read = ServerSecret::read(&folder.file(&secret.to_file_text(&kid), 0o400)).unwrap();
    let digest = |secret: &ServerSecret| secret.digest_key(DigestPurpose::Duplicate).digest(b"f", b"bytes");
    assert_eq!(digest(&secret), digest(&read));

    let other = HEXADECIMAL.chars().rev().collect::<String>();
    let two = folder.file(&format!("a {HEXADECIMAL}\nb {other}"), 0o400);
    assert!(matches!(ServerSecret::read(&two), Err(KeyFileRefused::MoreThanOne)));
}
