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
        let (kek, server_secret) = (folder.join("kek"), folder.join("server_secret"));
        Ok(Vault::new(
            vault::KeyRing::read(&kek).map_err(|error| refused(&kek, &error))?,
            vault::ServerSecret::read(&server_secret).map_err(|error| refused(&server_secret, &error))?,
        ))
    }

    /// The key that signs the trail's checkpoints.
    ///
    /// # Errors
    /// A file that is missing or that others can read.
    pub fn checkpoint_key(folder: &Path) -> Result<vault::SecretBytes, Failure> {
        let path = checkpoints::key_path(folder);
        vault::read_secret_file(&path).map_err(|error| refused(&path, &error))
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

fn refused(path: &Path, error: &vault::KeyFileRefused) -> Failure {
    format!("{}: {error}", path.display()).into()
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(mut file) => Ok(file.write_all(bytes).and_then(|()| file.sync_all())?),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(fs::metadata(path).map(drop)?),
        Err(error) => Err(format!("{}: {error}", path.display()).into()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn read_all(folder: &Path) -> Result<(), Failure> {
        office::Secrets::read(folder)?;
        Secrets::vault(folder)?;
        Secrets::checkpoint_key(folder)?;
        Ok(())
    }

    #[test]
    fn every_secret_is_refused_where_it_is_missing_or_open_to_others_and_named() {
        let folder = std::env::temp_dir().join(format!("portal-secrets-{}", std::process::id()));
        Secrets::make_missing(&folder).unwrap();
        read_all(&folder).unwrap();
        let names = Login::ALL.map(Login::name);
        for name in names.into_iter().chain(["kek", "server_secret", "checkpoint_key"]) {
            let path = folder.join(name);
            for mode in [0o644, 0o604, 0o660] {
                fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
                let why = read_all(&folder).expect_err(name).to_string();
                assert!(why.contains(name) && why.contains("open to others"), "{mode:o}: {why}");
            }
            fs::rename(&path, folder.join("away")).unwrap();
            let why = read_all(&folder).expect_err(name).to_string();
            assert!(why.contains(name) && why.contains("cannot be read"), "{why}");
            fs::rename(folder.join("away"), &path).unwrap();
            for mode in [0o440, 0o640, 0o400, 0o600] {
                fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
                read_all(&folder).unwrap();
            }
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}
