//! The files of secrets: who may read them, and what stands in one of keys.

use super::{Kid, strength::looks_random};
use crate::secret::{SECRET, Secret};
use base64ct::{Base64, Encoding};
use std::{
    fs::File,
    io::{self, Read},
    os::unix::fs::MetadataExt,
    path::Path,
};
use zeroize::Zeroizing;

/// Why a secret's file was not taken. Never says what stands in it; the line's number is counted from 1.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileRefused {
    #[error("the key file cannot be read: {0}")]
    Unreadable(#[source] io::Error),
    #[error("the key file is not an ordinary file of at most 64 KiB")]
    NotAKeyFile,
    /// Anybody may read it, or another than its owner may change it.
    #[error("the key file is open to others: its mode must be 0400, 0600, 0440 or 0640")]
    OpenToOthers,
    #[error("the key file holds no key")]
    Empty,
    #[error("line {line} of the key file is not `kid key`")]
    Malformed { line: usize },
    #[error("the key in line {line} is not 32 bytes in base64 or hexadecimal")]
    WrongLength { line: usize },
    #[error("the key in line {line} is not random: all zero, a pattern, an example or text")]
    NotRandom { line: usize },
    #[error("the key file names a kid or holds a key twice")]
    Repeated,
    /// A file for one key holds several.
    #[error("the key file holds more than one key")]
    MoreThanOne,
    #[error("no randomness")]
    NoRandomness,
}

const LARGEST: u64 = 64 * 1024;
const READABLE_BY_ANYBODY: u32 = 0o007;
const CHANGEABLE_BY_GROUP: u32 = 0o020;

/// A secret's file as it is, wiped when dropped.
pub type SecretBytes = Zeroizing<Vec<u8>>;

/// Reads any secret's file: a login's password and the checkpoints' key are asked the same as the keys.
///
/// # Errors
/// `Unreadable`; `NotAKeyFile` for a folder or more than 64 KiB; `OpenToOthers`.
pub fn read_secret_file(path: &Path) -> Result<SecretBytes, KeyFileRefused> {
    // Everything is asked of the opened file: its path may lead elsewhere a moment later.
    let file = File::open(path).map_err(KeyFileRefused::Unreadable)?;
    let about = file.metadata().map_err(KeyFileRefused::Unreadable)?;
    if !about.is_file() || about.len() > LARGEST {
        return Err(KeyFileRefused::NotAKeyFile);
    }
    if about.mode() & (READABLE_BY_ANYBODY | CHANGEABLE_BY_GROUP) != 0 {
        return Err(KeyFileRefused::OpenToOthers);
    }
    // Room for all of it at once: a vector that grows leaves copies behind that nobody wipes.
    let room = usize::try_from(LARGEST).unwrap_or(usize::MAX) + 1;
    let mut bytes = Zeroizing::new(Vec::<u8>::with_capacity(room));
    file.take(LARGEST).read_to_end(&mut bytes).map_err(KeyFileRefused::Unreadable)?;
    Ok(bytes)
}

pub(crate) fn read_keys(path: &Path) -> Result<Vec<(Kid, Secret)>, KeyFileRefused> {
    let bytes = read_secret_file(path)?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|error| KeyFileRefused::Unreadable(io::Error::new(io::ErrorKind::InvalidData, error)))?;
    parse(text)
}

pub(crate) fn write_keys<'a>(keys: impl Iterator<Item = (&'a Kid, &'a Secret)>) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(4096));
    for (kid, key) in keys {
        text.push_str(kid.as_str());
        text.push(' ');
        text.push_str(&Zeroizing::new(Base64::encode_string(key.expose())));
        text.push('\n');
    }
    text
}

fn parse(text: &str) -> Result<Vec<(Kid, Secret)>, KeyFileRefused> {
    let mut keys: Vec<(Kid, Secret)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let (line, content) = (index + 1, line.trim());
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let (kid, key) = content.split_once(' ').ok_or(KeyFileRefused::Malformed { line })?;
        let kid = Kid::parse(kid).ok_or(KeyFileRefused::Malformed { line })?;
        let key = decode(key.trim_start()).ok_or(KeyFileRefused::WrongLength { line })?;
        if !looks_random(key.expose()) {
            return Err(KeyFileRefused::NotRandom { line });
        }
        if keys.iter().any(|(known, other)| *known == kid || other.expose() == key.expose()) {
            return Err(KeyFileRefused::Repeated);
        }
        keys.push((kid, key));
    }
    if keys.is_empty() { Err(KeyFileRefused::Empty) } else { Ok(keys) }
}

fn decode(key: &str) -> Option<Secret> {
    if key.len() == 2 * SECRET {
        return Secret::written_by(|bytes| from_hexadecimal(key.as_bytes(), bytes).ok_or(())).ok();
    }
    Secret::written_by(|bytes| {
        Base64::decode(key, bytes)
            .map_err(|_| ())
            .and_then(|plain| if plain.len() == SECRET { Ok(()) } else { Err(()) })
    })
    .ok()
}

fn from_hexadecimal(digits: &[u8], bytes: &mut [u8; SECRET]) -> Option<()> {
    for (pair, byte) in digits.chunks_exact(2).zip(bytes) {
        let (high, low) = (char::from(pair[0]).to_digit(16)?, char::from(pair[1]).to_digit(16)?);
        *byte = u8::try_from(high * 16 + low).ok()?;
    }
    Some(())
}
