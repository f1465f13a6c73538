//! Holds a page's words against the patient's record numbers, names and birth date.
//!
//! Words are compared in lower case, without accents and punctuation. A record number or name may be spread over
//! several words or written as one, but must begin and end where words do.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{Expected, Verdict, dates};

/// What is known of the patient, ready to be looked for.
pub(super) struct Identity {
    record_numbers: Vec<String>,
    /// Each name in every order in which it is written, without spaces.
    names: Vec<String>,
    /// Each name's own words.
    name_words: Vec<Vec<String>>,
    births: Vec<Vec<String>>,
}

/// What a page claims about whose it is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Claim {
    pub(super) ours: bool,
    pub(super) another: bool,
}

impl Claim {
    pub(super) fn verdict(self) -> Verdict {
        match self {
            Self { ours: true, .. } => Verdict::Confirmed,
            Self { another: true, .. } => Verdict::AnotherPerson,
            _ => Verdict::CannotConfirm,
        }
    }
}

/// A shorter number may stand on a page for any other reason: it counts only behind its label.
const LONG_ENOUGH: usize = 6;
/// In words, with those that may stand before it: a number that is a UUID has five.
const LONGEST_NUMBER: usize = 10;
const TITLES: [&str; 14] =
    ["mr", "mrs", "ms", "miss", "mx", "dr", "sr", "sra", "srta", "jr", "ii", "iii", "md", "prof"];
const RECORD_LABELS: [&[&str]; 12] = [
    &["mrn"],
    &["medical", "record", "number"],
    &["medical", "record", "no"],
    &["medical", "record"],
    &["record", "number"],
    &["record", "no"],
    &["chart", "number"],
    &["chart", "no"],
    &["patient", "id"],
    &["numero", "de", "expediente"],
    &["numero", "de", "historia", "clinica"],
    &["historia", "clinica"],
];
const BIRTH_LABELS: [&[&str]; 8] = [
    &["dob"],
    &["d", "o", "b"],
    &["date", "of", "birth"],
    &["birth", "date"],
    &["birthdate"],
    &["born"],
    &["fecha", "de", "nacimiento"],
    &["nacimiento"],
];
/// Said whether or not a colon follows.
const NAME_LABELS: [&[&str]; 3] = [&["patient", "name"], &["name", "of", "patient"], &["nombre", "del", "paciente"]];
/// Said only with a colon: in a note the word stands everywhere.
const NAME_LABELS_WITH_COLON: [&[&str]; 4] = [&["patient"], &["paciente"], &["pt"], &["pt", "name"]];

impl Identity {
    pub(super) fn new(expected: &Expected) -> Self {
        let numbers = expected.patient.record_number.iter().chain(&expected.other_record_numbers);
        let record_numbers = numbers.map(|number| words(number).concat()).filter(|number| !number.is_empty()).collect();
        let name_words: Vec<Vec<String>> = std::iter::once(&expected.patient.name)
            .chain(&expected.former_names)
            .map(|name| words(name).into_iter().filter(|word| !TITLES.contains(&word.as_str())).collect())
            .filter(|words: &Vec<String>| words.len() > 1)
            .collect();
        let mut names: Vec<String> = name_words.iter().flat_map(|words| orders(words)).collect();
        names.sort_unstable();
        names.dedup();
        let births = expected.patient.born.map(dates::written).unwrap_or_default();
        Self { record_numbers, names, name_words, births }
    }

    pub(super) fn judge(&self, lines: &[String]) -> Claim {
        let lines: Vec<Vec<Word>> = lines.iter().map(|line| split(line)).collect();
        let all: Vec<&str> = lines.iter().flatten().map(|word| word.text.as_str()).collect();
        let joined = Joined::new(&all);
        let mut claim = Claim {
            ours: self.record_numbers.iter().any(|number| number.len() >= LONG_ENOUGH && joined.holds(number)),
            another: false,
        };
        claim.ours |= self.names.iter().any(|name| joined.holds(name))
            && self.births.iter().any(|birth| all.windows(birth.len()).any(|words| words == birth.as_slice()));
        for line in &lines {
            for at in 0..line.len() {
                self.labels(line, at, &mut claim);
            }
        }
        claim
    }

    fn labels(&self, line: &[Word], at: usize, claim: &mut Claim) {
        if let Some(after) = label(line, at, &RECORD_LABELS) {
            let value = values(after, LONGEST_NUMBER);
            // The number may stand a word or two behind: "MRN No. 123".
            if let Some(first) = value.iter().take(3).position(|word| word.bytes().any(|b| b.is_ascii_digit())) {
                let ours = self.record_numbers.iter().any(|number| Joined::new(&value[first..]).begins_with(number));
                claim.ours |= ours;
                let long: usize = value[first..]
                    .iter()
                    .take_while(|word| word.bytes().any(|b| b.is_ascii_digit()))
                    .map(|word| word.len())
                    .sum();
                claim.another |= !ours && long >= 3;
            }
        }
        if let Some(after) = label(line, at, &BIRTH_LABELS) {
            let value = values(after, 8);
            let ours = self
                .births
                .iter()
                .any(|birth| value.starts_with(&birth.iter().map(String::as_str).collect::<Vec<_>>()));
            claim.another |= !ours && !self.births.is_empty() && dates::looks_like_one(&value);
        }
        let name = label(line, at, &NAME_LABELS).or_else(|| {
            let after = label(line, at, &NAME_LABELS_WITH_COLON)?;
            let last = line.len() - after.len();
            line.get(last.checked_sub(1)?).is_some_and(|word| word.colon).then_some(after)
        });
        if let Some(after) = name {
            let named: Vec<&str> =
                after.iter().take(5).take_while(|word| word.capital).map(|word| word.text.as_str()).collect();
            claim.another |= named.len() > 1 && !self.name_words.is_empty() && !self.is_named(&named);
        }
    }

    /// Whether the words could be the patient's name: a first and a last word of one of the names are among them.
    fn is_named(&self, named: &[&str]) -> bool {
        self.name_words.iter().any(|name| name.iter().filter(|word| named.contains(&word.as_str())).count() > 1)
    }
}

/// Every order that keeps the words in a ring ("Ana María García", "García, Ana María"), and the first and last word
/// alone, without spaces.
fn orders(words: &[String]) -> Vec<String> {
    let mut orders: Vec<String> = (0..words.len())
        .map(|first| words[first..].iter().chain(&words[..first]).map(String::as_str).collect())
        .collect();
    if let [first, .., last] = words {
        orders.push(format!("{first}{last}"));
        orders.push(format!("{last}{first}"));
    }
    orders
}

struct Word {
    text: String,
    capital: bool,
    /// A colon stands right behind it.
    colon: bool,
}

fn split(line: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut inside = false;
    for c in line.nfkd().filter(|c| !is_combining_mark(*c)) {
        if c.is_alphanumeric() {
            if !inside {
                found.push(Word { text: String::new(), capital: c.is_uppercase(), colon: false });
            }
            if let Some(word) = found.last_mut() {
                word.text.extend(c.to_lowercase());
            }
            inside = true;
        } else if matches!(c, '\'' | '’' | '`') && inside {
            // O'Brien and OBrien are one name.
        } else {
            if c == ':'
                && let Some(word) = found.last_mut()
            {
                word.colon = true;
            }
            inside = false;
        }
    }
    found
}

fn words(text: &str) -> Vec<String> {
    split(text).into_iter().map(|word| word.text).collect()
}

fn label<'a>(line: &'a [Word], at: usize, labels: &[&[&str]]) -> Option<&'a [Word]> {
    let here = &line[at..];
    let fits =
        |label: &&&[&str]| here.len() > label.len() && label.iter().zip(here).all(|(said, word)| *said == word.text);
    let longest = labels.iter().filter(fits).map(|label| label.len()).max()?;
    Some(&here[longest..])
}

fn values(after: &[Word], most: usize) -> Vec<&str> {
    after.iter().take(most).map(|word| word.text.as_str()).collect()
}

/// Words run together, with where each begins.
struct Joined {
    text: String,
    bounds: Vec<usize>,
}

impl Joined {
    fn new(words: &[&str]) -> Self {
        let mut joined = Self { text: String::new(), bounds: Vec::with_capacity(words.len() + 1) };
        for word in words {
            joined.bounds.push(joined.text.len());
            joined.text.push_str(word);
        }
        joined.bounds.push(joined.text.len());
        joined
    }

    fn holds(&self, wanted: &str) -> bool {
        let mut from = 0;
        while let Some(found) = self.text.get(from..).and_then(|text| text.find(wanted)) {
            let start = from + found;
            if self.is_bound(start) && self.is_bound(start + wanted.len()) {
                return true;
            }
            from = start + self.text[start..].chars().next().map_or(1, char::len_utf8);
        }
        false
    }

    fn begins_with(&self, wanted: &str) -> bool {
        self.text.starts_with(wanted) && self.is_bound(wanted.len())
    }

    fn is_bound(&self, at: usize) -> bool {
        self.bounds.binary_search(&at).is_ok()
    }
}
