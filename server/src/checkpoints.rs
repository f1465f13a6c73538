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

/// Appends checkpoints; one writer.
pub struct Checkpoints {
    file: File,
    key: Ed25519KeyPair,
    last: HashMap<Uuid, i64>,
}

impl Checkpoints {
    /// Opens the file, making it where there is none, and reads what was signed last.
    ///
    /// # Errors
    /// A key that is none, a file that cannot be opened, a line that was not written by this key.
    pub fn open(path: &Path, key: &[u8]) -> Result<Self, CheckpointError> {
        let key = Ed25519KeyPair::from_pkcs8(key).map_err(|_| CheckpointError::Key)?;
        let mut last = HashMap::new();
        if path.exists() {
            for checkpoint in read(path, key.public_key().as_ref())? {
                last.insert(checkpoint.facility, checkpoint.seq);
            }
        }
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        Ok(Self { file, key, last })
    }

    /// Signs the heads that have moved since the last time.
    ///
    /// # Errors
    /// The file cannot be written: the heads are signed at the next tick then.
    pub fn sign(&mut self, heads: &[Head], at: Timestamp) -> Result<(), CheckpointError> {
        for head in heads {
            if self.last.get(&head.facility).is_some_and(|&seq| seq >= head.seq) {
                continue;
            }
            let hash = Base64::encode_string(&head.hash);
            let signature = self.key.sign(&signed_text(head.facility, head.seq, &hash, at));
            let line = Checkpoint {
                facility: head.facility,
                seq: head.seq,
                hash,
                at,
                signature: Base64::encode_string(signature.as_ref()),
            };
            let mut text = serde_json::to_vec(&line).map_err(std::io::Error::from)?;
            text.push(b'\n');
            self.file.write_all(&text)?;
            self.file.sync_data()?;
            self.last.insert(head.facility, head.seq);
        }
        Ok(())
    }
}

/// Reads the file and looks at every signature.
///
/// # Errors
/// A line that is no checkpoint or that another key signed.
pub fn read(path: &Path, public_key: &[u8]) -> Result<Vec<Checkpoint>, CheckpointError> {
    let key = UnparsedPublicKey::new(&ED25519, public_key);
    let mut all = Vec::new();
    for (n, line) in BufReader::new(File::open(path)?).lines().enumerate() {
        let checkpoint: Checkpoint = serde_json::from_str(&line?).map_err(|_| CheckpointError::Line(n + 1))?;
        let text = signed_text(checkpoint.facility, checkpoint.seq, &checkpoint.hash, checkpoint.at);
        let signature = Base64::decode_vec(&checkpoint.signature).map_err(|_| CheckpointError::Line(n + 1))?;
        key.verify(&text, &signature).map_err(|_| CheckpointError::Signature(n + 1))?;
        all.push(checkpoint);
    }
    Ok(all)
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

    #[test]
    fn a_line_that_was_changed_or_signed_by_another_key_is_found() {
        let folder = std::env::temp_dir().join(format!("checkpoints-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
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
