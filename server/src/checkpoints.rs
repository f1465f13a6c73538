//! The trail's checkpoints: each chain's head, signed with a key that the database does not hold and appended to a file
//! that its logins cannot reach. An edited entry breaks the chain; a cut tail shows only here.

use std::{
    collections::HashMap,
    fs::{File, OpenOptions},
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
};

use base64ct::{Base64, Encoding};
use jiff::Timestamp;
use office::relay::Head;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One line of the file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Checkpoint {
    pub facility: Uuid,
    pub seq: i64,
    /// Base64 of the chain's hash at `seq`.
    pub hash: String,
    pub at: Timestamp,
    /// Base64 of the Ed25519 signature over the other fields.
    pub signature: String,
}

#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    #[error("the checkpoints cannot be read or written: {0}")]
    Io(#[from] std::io::Error),
    #[error("the checkpoint key is not an Ed25519 key; `portal setup` makes one")]
    Key,
    #[error("line {0} of the checkpoints is no checkpoint")]
    Line(usize),
    #[error("line {0} of the checkpoints is not signed by this key")]
    Signature(usize),
}

fn signed_text(facility: Uuid, seq: i64, hash: &str, at: Timestamp) -> Vec<u8> {
    format!("portal checkpoint 1|{facility}|{seq}|{hash}|{at}").into_bytes()
}

impl Checkpoint {
    /// `n` is the line on which it stands.
    fn verify(&self, key: &UnparsedPublicKey<&[u8]>, n: usize) -> Result<(), CheckpointError> {
        let text = signed_text(self.facility, self.seq, &self.hash, self.at);
        let signature = Base64::decode_vec(&self.signature).map_err(|_| CheckpointError::Line(n))?;
        key.verify(&text, &signature).map_err(|_| CheckpointError::Signature(n))
    }
}

/// Appends checkpoints; one writer.
pub struct Checkpoints {
    file: File,
    key: Ed25519KeyPair,
    last: HashMap<Uuid, i64>,
    /// Where a failed write began that could not be cut off.
    torn_at: Option<u64>,
}

impl Checkpoints {
    /// Opens the file, making it where there is none, and reads what was signed last of each chain; those signatures
    /// alone are verified, since nothing follows from the others here. A last line that a loss of power cut short is
    /// cut off: its head is signed again.
    ///
    /// # Errors
    /// A key that is none, a file that cannot be opened, a line that is no checkpoint, a chain's last one that another
    /// key signed.
    pub fn open(path: &Path, key: &[u8]) -> Result<Self, CheckpointError> {
        let key = Ed25519KeyPair::from_pkcs8(key).map_err(|_| CheckpointError::Key)?;
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        let mut lines = Lines::of(path)?;
        let mut newest = HashMap::new();
        while let Some(checkpoint) = lines.next_whole()? {
            newest.insert(checkpoint.facility, (lines.number, checkpoint));
        }
        let public = UnparsedPublicKey::new(&ED25519, key.public_key().as_ref());
        for (n, checkpoint) in newest.values() {
            checkpoint.verify(&public, *n)?;
        }
        if lines.whole < file.metadata()?.len() {
            file.set_len(lines.whole)?;
            file.sync_data()?;
        }
        let last = newest.into_values().map(|(_, checkpoint)| (checkpoint.facility, checkpoint.seq)).collect();
        Ok(Self { file, key, last, torn_at: None })
    }

    /// Signs the heads that have moved since the last time, and waits for the disk once.
    ///
    /// # Errors
    /// The file cannot be written: the heads are signed at the next tick then.
    pub fn sign(&mut self, heads: &[Head], at: Timestamp) -> Result<(), CheckpointError> {
        let moved: Vec<&Head> =
            heads.iter().filter(|head| self.last.get(&head.facility).is_none_or(|&seq| seq < head.seq)).collect();
        if moved.is_empty() {
            return Ok(());
        }
        let mut text = Vec::new();
        for head in &moved {
            let hash = Base64::encode_string(&head.hash);
            let signature = self.key.sign(&signed_text(head.facility, head.seq, &hash, at));
            let line = Checkpoint {
                facility: head.facility,
                seq: head.seq,
                hash,
                at,
                signature: Base64::encode_string(signature.as_ref()),
            };
            serde_json::to_writer(&mut text, &line).map_err(std::io::Error::from)?;
            text.push(b'\n');
        }
        self.append(&text)?;
        self.last.extend(moved.into_iter().map(|head| (head.facility, head.seq)));
        Ok(())
    }

    /// All of it or nothing: what a full disk took of a line would make the next one unreadable.
    fn append(&mut self, text: &[u8]) -> std::io::Result<()> {
        if let Some(length) = self.torn_at {
            self.file.set_len(length)?;
            self.torn_at = None;
        }
        let length = self.file.metadata()?.len();
        let written = self.file.write_all(text).and_then(|()| self.file.sync_data());
        if written.is_err() && self.file.set_len(length).is_err() {
            self.torn_at = Some(length);
        }
        written
    }
}

/// The file's lines, one after another. A last one without its end was cut short and is none.
struct Lines {
    file: BufReader<File>,
    line: Vec<u8>,
    /// How many have been read, and how long they are together.
    number: usize,
    whole: u64,
}

impl Lines {
    fn of(path: &Path) -> std::io::Result<Self> {
        Ok(Self { file: BufReader::new(File::open(path)?), line: Vec::new(), number: 0, whole: 0 })
    }

    fn next_whole(&mut self) -> Result<Option<Checkpoint>, CheckpointError> {
        self.line.clear();
        let length = self.file.read_until(b'\n', &mut self.line)?;
        if self.line.last() != Some(&b'\n') {
            return Ok(None);
        }
        self.number += 1;
        self.whole += length as u64;
        serde_json::from_slice(&self.line).map(Some).map_err(|_| CheckpointError::Line(self.number))
    }
}

/// The file's checkpoints, one after another, each with its signature verified.
pub struct Signed {
    lines: Lines,
    key: Vec<u8>,
}

impl Signed {
    /// # Errors
    /// The file cannot be opened.
    pub fn open(path: &Path, public_key: &[u8]) -> Result<Self, CheckpointError> {
        Ok(Self { lines: Lines::of(path)?, key: public_key.to_vec() })
    }
}

impl Iterator for Signed {
    type Item = Result<Checkpoint, CheckpointError>;

    fn next(&mut self) -> Option<Self::Item> {
        let checkpoint = match self.lines.next_whole() {
            Ok(checkpoint) => checkpoint?,
            Err(error) => return Some(Err(error)),
        };
        let key = UnparsedPublicKey::new(&ED25519, self.key.as_slice());
        Some(checkpoint.verify(&key, self.lines.number).map(|()| checkpoint))
    }
}

/// The key's public half, for whoever verifies.
///
/// # Errors
/// A key that is none.
pub fn public_key(key: &[u8]) -> Result<Vec<u8>, CheckpointError> {
    Ok(Ed25519KeyPair::from_pkcs8(key).map_err(|_| CheckpointError::Key)?.public_key().as_ref().to_vec())
}

/// Where the key lies in the secrets' folder.
pub fn key_path(secrets: &Path) -> PathBuf {
    secrets.join("checkpoint_key")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::rand::SystemRandom;

    fn head(seq: i64) -> Head {
        Head { facility: Uuid::nil(), seq, hash: vec![7; 32] }
    }

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("checkpoints-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn read(path: &Path, public_key: &[u8]) -> Result<Vec<Checkpoint>, CheckpointError> {
        Signed::open(path, public_key)?.collect()
    }

    #[test]
    fn a_last_line_that_was_cut_short_is_signed_anew_and_any_other_is_refused() {
        let folder = folder("torn");
        let path = folder.join("checkpoints");
        let key = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        let mut file = Checkpoints::open(&path, key.as_ref()).unwrap();
        file.sign(&[head(3)], Timestamp::UNIX_EPOCH).unwrap();
        file.sign(&[head(5)], Timestamp::UNIX_EPOCH).unwrap();
        let whole = std::fs::read(&path).unwrap();
        let first = whole.iter().position(|&byte| byte == b'\n').unwrap() + 1;
        let public = public_key(key.as_ref()).unwrap();

        for cut in [first + 1, first + 20, whole.len() - 1] {
            std::fs::write(&path, &whole[..cut]).unwrap();
            assert_eq!(read(&path, &public).unwrap().len(), 1, "{cut}: whoever verifies reads the whole ones");
            let mut file = Checkpoints::open(&path, key.as_ref()).unwrap();
            assert_eq!(std::fs::read(&path).unwrap(), &whole[..first], "{cut}");
            file.sign(&[head(5)], Timestamp::UNIX_EPOCH).unwrap();
            assert_eq!(std::fs::read(&path).unwrap(), whole, "{cut}");
        }

        let in_the_middle = [&whole[..first - 9], b"\n".as_slice(), &whole[first..]].concat();
        std::fs::write(&path, in_the_middle).unwrap();
        assert!(matches!(Checkpoints::open(&path, key.as_ref()), Err(CheckpointError::Line(1))));
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_chains_last_line_that_another_key_signed_is_refused_at_the_start() {
        let folder = folder("other");
        let path = folder.join("checkpoints");
        let [key, other] = [(); 2].map(|()| Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap());
        let elsewhere = Head { facility: Uuid::from_u128(7), ..head(1) };
        Checkpoints::open(&path, other.as_ref()).unwrap().sign(&[elsewhere], Timestamp::UNIX_EPOCH).unwrap();
        let line = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        Checkpoints::open(&path, key.as_ref()).unwrap().sign(&[head(1)], Timestamp::UNIX_EPOCH).unwrap();
        let both = [line, std::fs::read(&path).unwrap()].concat();
        std::fs::write(&path, both).unwrap();
        assert!(matches!(Checkpoints::open(&path, key.as_ref()), Err(CheckpointError::Signature(1))));
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_line_that_was_changed_or_signed_by_another_key_is_found() {
        let folder = folder("changed");
        let path = folder.join("checkpoints");
        let key = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        let mut file = Checkpoints::open(&path, key.as_ref()).unwrap();
        file.sign(&[head(3)], Timestamp::UNIX_EPOCH).unwrap();
        file.sign(&[head(3)], Timestamp::UNIX_EPOCH).unwrap();
        file.sign(&[head(5)], Timestamp::UNIX_EPOCH).unwrap();
        let public = public_key(key.as_ref()).unwrap();
        let seqs: Vec<i64> = read(&path, &public).unwrap().iter().map(|line| line.seq).collect();
        assert_eq!(seqs, [3, 5], "a head that has not moved is not signed again");

        let text = std::fs::read_to_string(&path).unwrap().replacen("\"seq\":5", "\"seq\":4", 1);
        std::fs::write(&path, text).unwrap();
        assert!(matches!(read(&path, &public), Err(CheckpointError::Signature(2))));

        let other = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        assert!(matches!(read(&path, &public_key(other.as_ref()).unwrap()), Err(CheckpointError::Signature(1))));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
