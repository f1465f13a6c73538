//! Free text, and the facility's record number.

use serde::{Deserialize, Serialize};

use super::{FieldCode, misleads, one_line, unprinted};

/// Text of several lines, at most `longest` code points; None when nothing is typed.
pub fn optional_text(typed: &str, longest: usize) -> Result<Option<String>, FieldCode> {
    let text = typed.trim().replace("\r\n", "\n");
    if text.chars().count() > longest {
        Err(FieldCode::TooLong)
    } else if text.chars().any(|c| misleads(c) && c != '\n' && c != '\t') {
        Err(FieldCode::ControlCharacters)
    } else {
        Ok(Some(text).filter(|text| !text.is_empty()))
    }
}

pub fn required_text(typed: &str, longest: usize) -> Result<String, FieldCode> {
    optional_text(typed, longest)?.ok_or(FieldCode::Missing)
}

/// A record number at the facility, as the person knows it: at most 40 code points.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RecordNumber(String);

impl RecordNumber {
    /// None when nothing is typed: nobody has to know theirs.
    pub fn parse(typed: &str) -> Result<Option<Self>, FieldCode> {
        let number = one_line(typed);
        if number.chars().count() > 40 {
            Err(FieldCode::TooLong)
        } else if number.chars().any(misleads) {
            Err(FieldCode::ControlCharacters)
        } else {
            Ok(Some(number).filter(|number| !number.is_empty()).map(Self))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

unprinted!(RecordNumber);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_maximum_counts_what_people_see_as_characters() {
        assert_eq!(required_text(&"\u{674e}".repeat(10), 10).map(|text| text.len()), Ok(30));
        assert_eq!(required_text(&"a".repeat(11), 10), Err(FieldCode::TooLong));
        assert_eq!(required_text(" \n ", 10), Err(FieldCode::Missing));
        assert_eq!(optional_text("a\r\nb\tc", 10).unwrap().as_deref(), Some("a\nb\tc"));
        assert_eq!(optional_text("a\u{7}", 10), Err(FieldCode::ControlCharacters));
        assert_eq!(RecordNumber::parse(" 00 12 ").unwrap().unwrap().as_str(), "00 12");
    }
}
