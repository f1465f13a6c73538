//! Passwords: a keyed step, then argon2id, a few at a time so that a storm of sign-ins starves nothing else.
//! NIST SP 800-63B-4 3.1.1.2: length and a blocklist, no composition rules, no rotation.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use domain::form::{FieldCode, FieldProblem, Password};
use ring::hmac;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use crate::{Error, Result, desk::Vault};

/// 46 MiB, two passes: OWASP's minimum is 19 MiB with two; this takes some 60 ms on a slow core.
const MEMORY_KIB: u32 = 47_104;
const PASSES: u32 = 2;
/// A password that zxcvbn would guess in fewer tries than this stands on a list or is a variation of one.
const GUESSES_LOG10: f64 = 10.0;

/// So many letters and digits have to be left once the person's own words are taken out.
const OWN: usize = 8;

pub struct Passwords {
    vault: Arc<Vault>,
    at_once: Semaphore,
    /// What an address without an account is verified against, so that it takes as long.
    dummy: String,
}

/// What came of looking at a password.
pub(super) struct Verdict {
    pub(super) right: bool,
    /// A new hash where the old one was made by older rules.
    pub(super) renewed: Option<String>,
}

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|_| Error::Ended)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

impl Passwords {
    /// # Errors
    /// The machine has no randomness.
    pub fn new(vault: Arc<Vault>) -> Result<Self> {
        let dummy = argon2()?.hash_password(b"nobody's").map_err(|_| Error::Ended)?.to_string();
        Ok(Self { vault, at_once: Semaphore::new(2), dummy })
    }

    /// The keyed step: a stolen table of hashes alone cannot be guessed at.
    fn keyed(&self, password: &str) -> Zeroizing<Vec<u8>> {
        let normal: Zeroizing<String> = Zeroizing::new(password.nfc().collect());
        let pepper = hmac::Key::new(hmac::HMAC_SHA256, self.vault.server.pepper().as_slice());
        Zeroizing::new(hmac::sign(&pepper, normal.as_bytes()).as_ref().to_vec())
    }

    /// # Errors
    /// The task was ended.
    pub(crate) async fn hash(&self, password: String) -> Result<String> {
        let keyed = self.keyed(&Zeroizing::new(password));
        let _turn = self.at_once.acquire().await.map_err(|_| Error::Ended)?;
        tokio::task::spawn_blocking(move || Ok(argon2()?.hash_password(&keyed).map_err(|_| Error::Ended)?.to_string()))
            .await
            .map_err(|_| Error::Ended)?
    }

    pub(super) async fn verify(&self, password: &str, phc: Option<String>) -> Result<Verdict> {
        let keyed = self.keyed(password);
        let phc = phc.unwrap_or_else(|| self.dummy.clone());
        let _turn = self.at_once.acquire().await.map_err(|_| Error::Ended)?;
        tokio::task::spawn_blocking(move || {
            let stored = PasswordHash::new(&phc).map_err(|_| Error::Ended)?;
            let right = Argon2::default().verify_password(&keyed, &stored).is_ok();
            let current = format!("m={MEMORY_KIB},t={PASSES},p=1");
            let renewed = if right && !phc.contains(&current) {
                Some(argon2()?.hash_password(&keyed).map_err(|_| Error::Ended)?.to_string())
            } else {
                None
            };
            Ok(Verdict { right, renewed })
        })
        .await
        .map_err(|_| Error::Ended)?
    }

    /// Looks at a new password. `context`: what is known of the person, which it must not be made of.
    ///
    /// # Errors
    /// [`Error::Form`] on the field `password`.
    pub(crate) fn accept(password: &str, context: &[&str]) -> Result<()> {
        let problem = Password::parse(password)
            .err()
            .or_else(|| is_common(password, context).then_some(FieldCode::PasswordCommon));
        problem.map_or(Ok(()), |code| Err(vec![FieldProblem { field: "password".to_owned(), code }].into()))
    }
}

/// Whether the whole password stands on a list, or is made of what is known of the person.
fn is_common(password: &str, context: &[&str]) -> bool {
    let words: Vec<String> = context
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().count() > 2)
        .chain(["records", "portal", "hospital", "patient"])
        .map(str::to_lowercase)
        .collect();
    let own = words.iter().fold(password.to_lowercase(), |rest, word| rest.replace(word.as_str(), ""));
    if own.chars().filter(|c| c.is_alphanumeric()).count() < OWN {
        return true;
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    zxcvbn::zxcvbn(password, &words).guesses_log10() < GUESSES_LOG10
}
