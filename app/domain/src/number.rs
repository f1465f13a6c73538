//! The request number: ten digits that people read aloud and type from paper, the last of them a check digit.
//! It finds a request, and gives no right to it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::form::FieldCode;

/// Ten digits. The check digit (Damm's) finds every single wrong digit and every swap of two neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RequestNumber([u8; 10]);

impl RequestNumber {
    /// How many different payloads there are.
    pub const PAYLOADS: u32 = 1_000_000_000;

    /// None for a payload of more than nine digits.
    pub fn from_payload(payload: u32) -> Option<Self> {
        if payload >= Self::PAYLOADS {
            return None;
        }
        let mut digits = [0; 10];
        let mut rest = payload;
        for digit in digits[..9].iter_mut().rev() {
            *digit = u8::try_from(rest % 10).ok()?;
            rest /= 10;
        }
        digits[9] = damm(&digits[..9]);
        Some(Self(digits))
    }

    /// As it is stored: ten digits, nothing between.
    pub fn digits(self) -> String {
        self.0.iter().map(|digit| char::from(b'0' + digit)).collect()
    }

    /// Reads what a person typed: any spaces and dashes, the letter O for zero, I or l for one.
    pub fn parse(typed: &str) -> Result<Self, FieldCode> {
        let mut digits = [0; 10];
        let mut count = 0;
        for c in typed.chars() {
            let digit = match c {
                '0'..='9' => c as u8 - b'0',
                'O' | 'o' => 0,
                'I' | 'i' | 'l' | 'L' | '|' => 1,
                '-' | '.' | '#' | '\u{2010}'..='\u{2015}' | '\u{2212}' => continue,
                c if c.is_whitespace() => continue,
                _ => return Err(FieldCode::NumberNotDigits),
            };
            *digits.get_mut(count).ok_or(FieldCode::NumberLength)? = digit;
            count += 1;
        }
        match count {
            0 => Err(FieldCode::Missing),
            10 if damm(&digits) == 0 => Ok(Self(digits)),
            10 => Err(FieldCode::NumberMistyped),
            _ => Err(FieldCode::NumberLength),
        }
    }
}

/// Grouped for saying aloud: `482 173 9056`.
impl fmt::Display for RequestNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits();
        write!(f, "{} {} {}", &digits[..3], &digits[3..6], &digits[6..])
    }
}

impl FromStr for RequestNumber {
    type Err = FieldCode;
    fn from_str(text: &str) -> Result<Self, FieldCode> {
        Self::parse(text)
    }
}

impl TryFrom<String> for RequestNumber {
    type Error = FieldCode;
    fn try_from(text: String) -> Result<Self, FieldCode> {
        Self::parse(&text)
    }
}

impl From<RequestNumber> for String {
    fn from(number: RequestNumber) -> Self {
        number.digits()
    }
}

/// H. Michael Damm's quasigroup of order ten: over digits with their check digit the answer is 0.
fn damm(digits: &[u8]) -> u8 {
    const TABLE: [[u8; 10]; 10] = [
        [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
        [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
        [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
        [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
        [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
        [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
        [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
        [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
        [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
        [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
    ];
    digits.iter().fold(0, |interim, digit| TABLE[usize::from(interim)][usize::from(*digit)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_published_example_of_the_check_digit_holds() {
        assert_eq!(damm(&[5, 7, 2]), 4);
    }

    #[test]
    fn it_is_grouped_for_saying_aloud_and_read_back_as_people_write() {
        let number = RequestNumber::from_payload(100_200_110).unwrap();
        let said = number.to_string();
        assert_eq!((said.len(), &said[..8]), (12, "100 200 "));
        let sloppy = number.digits().replacen('0', "O", 1).replacen('1', "l", 1).replacen('1', "I", 1);
        assert_eq!(RequestNumber::parse(&format!(" #{}\u{2013}{} ", &sloppy[..5], &sloppy[5..])), Ok(number));
    }

    #[test]
    fn a_wrong_number_is_told_apart_from_a_short_one() {
        assert_eq!(RequestNumber::parse(""), Err(FieldCode::Missing));
        assert_eq!(RequestNumber::parse("12345"), Err(FieldCode::NumberLength));
        assert_eq!(RequestNumber::parse("12345678901"), Err(FieldCode::NumberLength));
        assert_eq!(RequestNumber::parse("abc"), Err(FieldCode::NumberNotDigits));
        assert_eq!(RequestNumber::from_payload(RequestNumber::PAYLOADS), None);
    }

    proptest! {
        #[test]
        fn any_single_wrong_digit_is_found(payload in 0..RequestNumber::PAYLOADS, at in 0_usize..10, add in 1_u8..10) {
            let mut digits = RequestNumber::from_payload(payload).unwrap().0;
            digits[at] = (digits[at] + add) % 10;
            let typed: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
            prop_assert_eq!(RequestNumber::parse(&typed), Err(FieldCode::NumberMistyped));
        }

        #[test]
        fn any_swap_of_neighbours_is_found(payload in 0..RequestNumber::PAYLOADS, at in 0_usize..9) {
            let mut digits = RequestNumber::from_payload(payload).unwrap().0;
            prop_assume!(digits[at] != digits[at + 1]);
            digits.swap(at, at + 1);
            let typed: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
            prop_assert_eq!(RequestNumber::parse(&typed), Err(FieldCode::NumberMistyped));
        }

        #[test]
        fn a_number_survives_saying_storing_and_the_wire(payload in 0..RequestNumber::PAYLOADS) {
            let number = RequestNumber::from_payload(payload).unwrap();
            prop_assert_eq!(RequestNumber::parse(&number.to_string()), Ok(number));
            prop_assert_eq!(RequestNumber::parse(&number.digits()), Ok(number));
            let wire = serde_json::to_string(&number).unwrap();
            prop_assert_eq!(serde_json::from_str::<RequestNumber>(&wire).unwrap(), number);
        }

        #[test]
        fn no_text_breaks_the_reading(text: String) {
            let _ = RequestNumber::parse(&text);
        }
    }
}
