//! Passwords: a keyed step, then argon2id, a few at a time so that a storm of sign-ins starves nothing else.
//! NIST SP 800-63B-4 3.1.1.2: length and a blocklist, no composition rules, no rotation.

use std::{sync::Arc, time::Duration};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use domain::form::{FieldCode, FieldProblem, Password};
use ring::hmac;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use super::SignInError;
use crate::{Error, Result, desk::Vault};

/// 46 MiB, two passes: OWASP's minimum is 19 MiB with two; this takes some 60 ms on a slow core.
const MEMORY_KIB: u32 = 47_104;
const PASSES: u32 = 2;
/// A password that zxcvbn would guess in fewer tries than this stands on a list or is a variation of one.
const GUESSES_LOG10: f64 = 10.0;

/// How long somebody waits for their turn before they are told to try again.
const PATIENCE: Duration = Duration::from_secs(5);

/// So many letters and digits have to be left once the person's own words are taken out.
const OWN: usize = 8;

pub struct Passwords {
    vault: Arc<Vault>,
    signing_in: Arc<Semaphore>,
    registering: Arc<Semaphore>,
}

/// Where somebody waits for their turn: whoever registers, in whatever numbers, keeps nobody from signing in.
#[derive(Debug, Clone, Copy)]
pub(super) enum Line {
    SigningIn,
    Registering,
}

/// A turn at hashing. It goes with the work, which a client that leaves does not end.
pub(super) type Turn = OwnedSemaphorePermit;

/// What came of looking at a password.
pub(super) struct Verdict {
    pub(super) right: bool,
    /// A new hash where the old one was made by older rules.
    pub(super) renewed: Option<String>,
}

/// How a hash says by which of the rules above it was made.
fn current() -> String {
    format!("m={MEMORY_KIB},t={PASSES},p=1")
}

/// What an address without an account is verified against, so that it takes as long: nobody's, of no known password.
fn nobodys() -> String {
    format!("$argon2id$v=19${}${:A<22}${:A<43}", current(), "", "")
}

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|_| Error::Ended)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

impl Passwords {
    pub(crate) fn new(vault: Arc<Vault>) -> Self {
        let line = |at_once| Arc::new(Semaphore::new(at_once));
        Self { vault, signing_in: line(2), registering: line(1) }
    }

    /// # Errors
    /// [`SignInError::Busy`] where the turn does not come in time.
    pub(super) async fn turn(&self, line: Line) -> Result<Turn, SignInError> {
        let line = Arc::clone(match line {
            Line::SigningIn => &self.signing_in,
            Line::Registering => &self.registering,
        });
        let turn = tokio::time::timeout(PATIENCE, line.acquire_owned()).await.map_err(|_| SignInError::Busy)?;
        Ok(turn.map_err(|_| Error::Ended)?)
    }

    /// The keyed step: a stolen table of hashes alone cannot be guessed at.
    fn keyed(&self, password: &str) -> Zeroizing<Vec<u8>> {
        let normal: Zeroizing<String> = Zeroizing::new(password.nfc().collect());
        let pepper = hmac::Key::new(hmac::HMAC_SHA256, self.vault.server.pepper().as_slice());
        Zeroizing::new(hmac::sign(&pepper, normal.as_bytes()).as_ref().to_vec())
    }

    /// Looks at a new password and hashes it. `of`: what is known of the person, which it must not be made of.
    ///
    /// # Errors
    /// [`Error::Form`] on the field `password`.
    pub(super) async fn hash(&self, turn: Turn, password: String, of: &[&str]) -> Result<String> {
        let password = Zeroizing::new(password);
        Password::parse(&password).map_err(refused)?;
        let keyed = self.keyed(&password);
        let words = own_words(of);
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            if is_common(&password, &words) {
                return Err(refused(FieldCode::PasswordCommon));
            }
            Ok(argon2()?.hash_password(&keyed).map_err(|_| Error::Ended)?.to_string())
        })
        .await
        .map_err(|_| Error::Ended)?
    }

    /// As the command line sets one: nobody is kept waiting by it.
    ///
    /// # Errors
    /// [`Error::Form`] on the field `password`.
    pub(crate) async fn set(&self, password: String, of: &[&str]) -> Result<String> {
        let turn = Arc::clone(&self.registering).acquire_owned().await.map_err(|_| Error::Ended)?;
        self.hash(turn, password, of).await
    }

    pub(super) async fn verify(&self, turn: Turn, password: &str, phc: Option<String>) -> Result<Verdict> {
        let keyed = self.keyed(password);
        let phc = phc.unwrap_or_else(nobodys);
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let stored = PasswordHash::new(&phc).map_err(|_| Error::Ended)?;
            let right = Argon2::default().verify_password(&keyed, &stored).is_ok();
            let renewed = if right && !phc.contains(&current()) {
                Some(argon2()?.hash_password(&keyed).map_err(|_| Error::Ended)?.to_string())
            } else {
                None
            };
            Ok(Verdict { right, renewed })
        })
        .await
        .map_err(|_| Error::Ended)?
    }
}

fn refused(code: FieldCode) -> Error {
    vec![FieldProblem { field: "password".to_owned(), code }].into()
}

fn own_words(of: &[&str]) -> Vec<String> {
    of.iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().count() > 2)
        .chain(["records", "portal", "hospital", "patient"])
        .map(str::to_lowercase)
        .collect()
}

/// Whether the whole password stands on a list, or is made of what is known of the person.
fn is_common(password: &str, words: &[String]) -> bool {
    let own = words.iter().fold(password.to_lowercase(), |rest, word| rest.replace(word.as_str(), ""));
    if own.chars().filter(|c| c.is_alphanumeric()).count() < OWN {
        return true;
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    zxcvbn::zxcvbn(password, &words).guesses_log10() < GUESSES_LOG10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_registers_is_told_to_come_back_and_keeps_nobody_from_signing_in() {
        let ring = vault::KeyRing::generate(vault::Kid::parse("test").unwrap()).unwrap();
        let vault = Vault::new(ring, vault::ServerSecret::generate().unwrap());
        let passwords = Passwords::new(Arc::new(vault));
        let _held = passwords.turn(Line::Registering).await.unwrap();
        assert!(matches!(passwords.turn(Line::Registering).await, Err(SignInError::Busy)));
        assert!(passwords.turn(Line::SigningIn).await.is_ok());
    }

    #[test]
    fn an_unknown_address_is_looked_at_by_the_rules_of_a_known_one() {
        let rules = |phc: &str| PasswordHash::new(phc).unwrap().params.to_string();
        let known = argon2().unwrap().hash_password(b"somebody's").unwrap().to_string();
        assert_eq!(rules(&nobodys()), rules(&known));
        assert_eq!(nobodys().len(), known.len());
    }
}
