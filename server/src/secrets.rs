//! The secrets' folder: one file for each login, the key-encryption keys, the server's secret, the checkpoints' key.
//! `portal setup` makes what is missing; nothing else does, and a missing one stops the program.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::Write as _,
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::Path,
};

use office::{Desk, Login, Pools, Vault};
use ring::{rand::SystemRandom, signature::Ed25519KeyPair};

use crate::{checkpoints, command::Failure, config::Base};

pub struct Secrets;

impl Secrets {
    /// Makes the secrets that are not there yet, readable by this user alone.
    ///
    /// # Errors
    /// The folder cannot be written, or the machine has no randomness.
    pub fn make_missing(folder: &Path) -> Result<(), Failure> {
        if !folder.exists() {
            DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        }
        for login in Login::ALL {
            let mut bytes = [0u8; 32];
            getrandom::fill(&mut bytes).map_err(|_| "no randomness")?;
            let text = bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
            write_new(&folder.join(login.name()), text.as_bytes())?;
        }
        let kid = vault::Kid::parse("k1").ok_or("no kid")?;
        write_new(&folder.join("kek"), vault::KeyRing::generate(kid.clone())?.to_file_text().as_bytes())?;
        write_new(&folder.join("server_secret"), vault::ServerSecret::generate()?.to_file_text(&kid).as_bytes())?;
        let key = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| "no randomness")?;
        write_new(&checkpoints::key_path(folder), key.as_ref())
    }

    /// The keys, as the desk needs them.
    ///
    /// # Errors
    /// A file that is missing, that others can read, or that holds no key.
    pub fn vault(folder: &Path) -> Result<Vault, Failure> {
        Ok(Vault::new(
            vault::KeyRing::read(&folder.join("kek"))?,
            vault::ServerSecret::read(&folder.join("server_secret"))?,
        ))
    }

    /// A desk with the pools of some logins.
    ///
    /// # Errors
    /// As [`Self::vault`], and an address that cannot be read.
    pub fn desk(base: &Base, logins: &[Login]) -> Result<std::sync::Arc<Desk>, Failure> {
        let pools = Pools::new(&base.database, &office::Secrets::read(&base.secrets)?, logins)?;
        Ok(Desk::new(pools, Self::vault(&base.secrets)?))
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(mut file) => Ok(file.write_all(bytes).and_then(|()| file.sync_all())?),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(fs::metadata(path).map(drop)?),
        Err(error) => Err(format!("{}: {error}", path.display()).into()),
    }
}
