//! Names compared word by word: which word is the family's is written in many ways, so no word is told from another.

use super::{Agreement, Closeness};

/// Spelled this alike, two words are taken for one.
const ALIKE: f64 = 0.87;

/// The best that any two of the names give. What agrees by a former name only is not the same.
pub(super) fn compare(one: &[String], other: &[String]) -> Agreement {
    let said = |names: &[String]| -> Vec<String> { names.iter().filter(|name| !name.is_empty()).cloned().collect() };
    let (one, other) = (said(one), said(other));
    let pairs = one.iter().enumerate().flat_map(|one| other.iter().enumerate().map(move |other| (one, other)));
    let found = pairs.map(|((n, name), (m, another))| match pair(name, another) {
        Agreement::Same if n + m > 0 => Agreement::Close(Closeness::FormerName),
        found => found,
    });
    // the best comes first in the order of `Agreement`
    found.min().unwrap_or(Agreement::CannotTell)
}

fn pair(one: &str, other: &str) -> Agreement {
    let letters = |name: &str| name.split_whitespace().collect::<String>();
    let sorted = |name: &str| {
        let mut words: Vec<String> = name.split_whitespace().map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    let (words, others) = (sorted(one), sorted(other));
    if words.is_empty() || others.is_empty() {
        return Agreement::CannotTell;
    }
    if words == others || letters(one) == letters(other) {
        return Agreement::Same;
    }
    let paired = paired(&words, &others);
    let shorter = words.len().min(others.len());
    let exact = paired.iter().filter(|likeness| **likeness >= 1.0).count();
    let alike = paired.iter().filter(|likeness| **likeness >= ALIKE).count();
    if shorter >= 2 && exact == shorter {
        Agreement::Close(Closeness::MoreNames)
    } else if shorter >= 2 && alike == shorter {
        Agreement::Close(Closeness::OtherSpelling)
    } else if alike > 0 {
        Agreement::Close(Closeness::PartOfName)
    } else {
        Agreement::Different
    }
}

/// How alike the words are, each paired with one of the other name: the likest two first, then of the rest.
fn paired(words: &[String], others: &[String]) -> Vec<f64> {
    let mut all: Vec<(f64, usize, usize)> = Vec::with_capacity(words.len() * others.len());
    for (n, word) in words.iter().enumerate() {
        for (m, other) in others.iter().enumerate() {
            all.push((alike(word, other), n, m));
        }
    }
    // ties in an order that does not depend on which name comes first
    let tie = |n: usize, m: usize| {
        let (word, other) = (words[n].as_str(), others[m].as_str());
        (word.min(other).to_owned(), word.max(other).to_owned())
    };
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| tie(a.1, a.2).cmp(&tie(b.1, b.2))));
    let (mut used, mut used_others) = (vec![false; words.len()], vec![false; others.len()]);
    let mut likenesses = Vec::new();
    for (likeness, n, m) in all {
        if !used[n] && !used_others[m] {
            (used[n], used_others[m]) = (true, true);
            likenesses.push(likeness);
        }
    }
    likenesses
}

/// From 0 to 1; an initial is like the name that it stands for. Asked both ways round: the measure is not symmetric.
fn alike(word: &str, other: &str) -> f64 {
    if word == other {
        return 1.0;
    }
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    if initial(word, other) || initial(other, word) {
        return 0.9;
    }
    strsim::jaro_winkler(word, other).max(strsim::jaro_winkler(other, word)).min(0.999)
}
