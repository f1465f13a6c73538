//! Catches keys that somebody typed, copied from a manual or left at zero.

use crate::secret::SECRET;

/// Whether bytes look like random ones. Each rule refuses truly random bytes less than once in 10^12 times.
pub(crate) fn looks_random(key: &[u8; SECRET]) -> bool {
    various(key) && !counts(key) && !is_text(key)
}

/// Thirty-two random bytes hold about thirty different values; zeros, `abab…` and repeated words hold few.
fn various(key: &[u8; SECRET]) -> bool {
    let mut seen = [false; 256];
    for byte in key {
        seen[usize::from(*byte)] = true;
    }
    seen.iter().filter(|seen| **seen).count() >= 18
}

/// `00 01 02 …`, the key of every manual.
fn counts(key: &[u8; SECRET]) -> bool {
    let step = key[1].wrapping_sub(key[0]);
    key.windows(2).all(|pair| pair[1].wrapping_sub(pair[0]) == step)
}

/// A passphrase in place of a key: it has the length, not the strength.
fn is_text(key: &[u8; SECRET]) -> bool {
    key.iter().all(|byte| (b' '..=b'~').contains(byte))
}

#[cfg(test)]
mod tests {
    use super::looks_random;

    #[test]
    fn keys_of_zeros_patterns_counters_and_text_are_seen_through() {
        assert!(!looks_random(&[0; 32]));
        assert!(!looks_random(&[0xA5; 32]));
        assert!(!looks_random(&std::array::from_fn(|i| [0xDE, 0xAD, 0xBE, 0xEF][i % 4])));
        assert!(!looks_random(&std::array::from_fn(|i| u8::try_from(i).unwrap())));
        assert!(!looks_random(&std::array::from_fn(|i| 255 - 3 * u8::try_from(i).unwrap())));
        assert!(!looks_random(b"correct horse battery staple 123"));
    }

    #[test]
    fn random_keys_pass() {
        for _ in 0..1000 {
            let mut key = [0; 32];
            getrandom::fill(&mut key).unwrap();
            assert!(looks_random(&key));
        }
    }
}
