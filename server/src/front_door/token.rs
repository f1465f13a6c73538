//! The token of a form: a MAC over what the form is bound to, masked anew in every response because pages are
//! compressed (BREACH): random ‖ random ⊕ MAC.

use office::Desk;

const SIZE: usize = 32;

fn token(desk: &Desk, bound: &str) -> [u8; SIZE] {
    desk.digest(vault::DigestPurpose::FormToken, bound.as_bytes())
}

pub(super) fn masked(desk: &Desk, bound: &str) -> String {
    let pad: [u8; SIZE] = random();
    pad.iter()
        .copied()
        .chain(pad.iter().zip(token(desk, bound)).map(|(pad, token)| pad ^ token))
        .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

pub(crate) fn is_right(desk: &Desk, bound: &str, given: &str) -> bool {
    if bound.is_empty() {
        return false;
    }
    let Some(bytes) = unhex(given) else { return false };
    let (pad, hidden) = bytes.split_at(SIZE);
    let shown: Vec<u8> = pad.iter().zip(hidden).map(|(pad, hidden)| pad ^ hidden).collect();
    vault::same(&shown, &token(desk, bound))
}

/// A value for people without a session: random, and made here.
pub(super) fn new_pre(desk: &Desk) -> String {
    let value = random::<16>().iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    let mac = desk.digest(vault::DigestPurpose::PreSession, value.as_bytes());
    mac.iter().take(16).fold(value + ".", |hex, byte| hex + &format!("{byte:02x}"))
}

pub(super) fn is_pre(desk: &Desk, text: &str) -> bool {
    let Some((value, given)) = text.split_once('.') else { return false };
    let mac = desk
        .digest(vault::DigestPurpose::PreSession, value.as_bytes())
        .iter()
        .take(16)
        .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    vault::same(mac.as_bytes(), given.as_bytes())
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if text.len() != SIZE * 4 || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(text.get(i..i + 2)?, 16).ok()).collect()
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // a machine without randomness must not hand out tokens that can be guessed
    if getrandom::fill(&mut bytes).is_err() {
        std::process::abort();
    }
    bytes
}
