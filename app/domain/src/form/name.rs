//! Names of people, in any script and of any shape.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{FieldCode, misleads, one_line, unprinted};

/// A person's full name as they write it: one word or many, 1 to 200 code points, at least one letter of some script.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

impl PersonName {
    /// In code points.
    pub const LONGEST: usize = 200;

    pub fn parse(typed: &str) -> Result<Self, FieldCode> {
        let name = one_line(typed);
        if name.is_empty() {
            Err(FieldCode::Missing)
        } else if name.chars().count() > Self::LONGEST {
            Err(FieldCode::TooLong)
        } else if name.chars().any(misleads) {
            Err(FieldCode::ControlCharacters)
        } else if name.chars().any(char::is_alphabetic) {
            Ok(Self(name))
        } else {
            Err(FieldCode::NoLetters)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether two ways of writing are one name: case, spacing and the shape of an apostrophe or dash aside.
    fn reads_as(&self, other: &str) -> bool {
        let plain = |text: &str| -> String {
            let alike = |c| match c {
                '\u{2018}' | '\u{2019}' | '\u{02BC}' | '`' | '\u{00B4}' => '\'',
                '\u{2010}'..='\u{2013}' => '-',
                c => c,
            };
            one_line(text).chars().map(alike).flat_map(char::to_lowercase).collect()
        };
        plain(&self.0) == plain(other)
    }
}

/// One name a line, or between semicolons: commas belong to names ("Smith, Jr."). At most ten.
pub fn former_names(typed: &str) -> Result<Vec<PersonName>, FieldCode> {
    let names: Vec<_> = typed
        .split(['\n', ';'])
        .filter(|part| !part.trim().is_empty())
        .map(PersonName::parse)
        .collect::<Result<_, _>>()?;
    if names.len() > 10 { Err(FieldCode::TooManyNames) } else { Ok(names) }
}

/// A signature is the signer's own full name, typed. Gives it as it was typed.
pub fn signed_name(typed: &str, signer: &PersonName) -> Result<String, FieldCode> {
    let signature = one_line(typed);
    if signature.is_empty() {
        Err(FieldCode::Missing)
    } else if signer.reads_as(&signature) {
        Ok(signature)
    } else {
        Err(FieldCode::SignatureDiffers)
    }
}

unprinted!(PersonName);

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for PersonName {
    type Error = FieldCode;
    fn try_from(text: String) -> Result<Self, FieldCode> {
        Self::parse(&text)
    }
}

impl From<PersonName> for String {
    fn from(name: PersonName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_shape_are_names() {
        let long = "Wolfeschlegelsteinhausenbergerdorff ".repeat(5);
        for name in [
            "O'Keefe",
            "O\u{2019}Keefe",
            "Mar\u{ed}a del Carmen N\u{fa}\u{f1}ez",
            "\u{674e}",
            "Madonna",
            "Null",
            "D'Angelo-Smith, Jr.",
            "X \u{c6} A-12",
            "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}",
            long.trim(),
        ] {
            assert_eq!(PersonName::parse(name).map(String::from).as_deref(), Ok(name));
        }
        assert_eq!(PersonName::parse("  Ana \t  Ruiz\n").map(String::from).as_deref(), Ok("Ana Ruiz"));
    }

    #[test]
    fn what_is_no_name_says_why() {
        assert_eq!(PersonName::parse(" \u{3000} "), Err(FieldCode::Missing));
        assert_eq!(PersonName::parse(&"\u{674e}".repeat(200)).map(|n| n.as_str().len()), Ok(600));
        assert_eq!(PersonName::parse(&"\u{674e}".repeat(201)), Err(FieldCode::TooLong));
        assert_eq!(PersonName::parse("Ana\u{0}"), Err(FieldCode::ControlCharacters));
        assert_eq!(PersonName::parse("Ana\u{202e}ziuR"), Err(FieldCode::ControlCharacters));
        assert_eq!(PersonName::parse("12345"), Err(FieldCode::NoLetters));
        assert_eq!(PersonName::parse("\u{200b}"), Err(FieldCode::NoLetters));
    }

    #[test]
    fn former_names_stand_on_lines_or_between_semicolons() {
        let names = former_names("Ana Ruiz; Smith, Jr.\n\n  Ana   Lopez ").unwrap();
        assert_eq!(names.iter().map(PersonName::as_str).collect::<Vec<_>>(), ["Ana Ruiz", "Smith, Jr.", "Ana Lopez"]);
        assert_eq!(former_names(""), Ok(vec![]));
        assert_eq!(former_names(&"Ana\n".repeat(11)), Err(FieldCode::TooManyNames));
        assert_eq!(former_names("Ana;7"), Err(FieldCode::NoLetters));
    }

    #[test]
    fn a_signature_is_the_signers_own_full_name() {
        let name = PersonName::parse("Georgia O\u{2019}Keefe").unwrap();
        assert_eq!(signed_name(" georgia  o'keefe", &name).as_deref(), Ok("georgia o'keefe"));
        assert_eq!(signed_name("", &name), Err(FieldCode::Missing));
        assert_eq!(signed_name("Georgia", &name), Err(FieldCode::SignatureDiffers));
        assert_eq!(signed_name("x", &name), Err(FieldCode::SignatureDiffers));
    }
}
