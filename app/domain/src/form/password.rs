//! Passwords: the part of the rules that needs nothing but the text (NIST SP 800-63B-4: length, no composition rules,
//! every character allowed). The office normalizes, compares with the list of common ones, and hashes.

use super::{FieldCode, unprinted};

/// 15 to 128 code points, exactly as typed: spaces at the ends count. Has no serialization, and its debug text says nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    pub const SHORTEST: usize = 15;
    pub const LONGEST: usize = 128;

    pub fn parse(typed: &str) -> Result<Self, FieldCode> {
        // Bytes first, so that a huge paste is not even counted: no code point has more than four.
        if typed.len() > Self::LONGEST * 4 {
            return Err(FieldCode::PasswordTooLong);
        }
        match typed.chars().count() {
            0 => Err(FieldCode::Missing),
            count if count < Self::SHORTEST => Err(FieldCode::PasswordTooShort),
            count if count > Self::LONGEST => Err(FieldCode::PasswordTooLong),
            _ => Ok(Self(typed.to_owned())),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

unprinted!(Password);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_length_counts_and_it_counts_code_points() {
        assert_eq!(Password::parse(""), Err(FieldCode::Missing));
        assert_eq!(Password::parse(&"a".repeat(14)), Err(FieldCode::PasswordTooShort));
        assert!(Password::parse("aaaaaaaaaaaaaaa").is_ok());
        assert!(Password::parse(&"\u{1F600}".repeat(128)).is_ok());
        assert_eq!(Password::parse(&"a".repeat(129)), Err(FieldCode::PasswordTooLong));
        assert_eq!(Password::parse(&"a".repeat(10_000)), Err(FieldCode::PasswordTooLong));
        assert_eq!(Password::parse(" correct horse battery ").unwrap().as_str(), " correct horse battery ");
    }

    #[test]
    fn a_password_is_never_printed() {
        assert_eq!(format!("{:?}", Password::parse("correct horse battery").unwrap()), "Password(..)");
    }
}
