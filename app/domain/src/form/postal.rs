//! Where a letter can go.

use serde::{Deserialize, Serialize};

use super::{FieldCode, FieldProblem, Problems, misleads, one_line, unprinted};

/// A postal address in the United States.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PostalAddress {
    pub line1: String,
    pub line2: Option<String>,
    pub city: String,
    /// Two capital letters.
    pub state: String,
    /// `12345` or `12345-6789`.
    pub zip: String,
}

impl PostalAddress {
    /// None when nothing is typed in any of the fields; a part without the rest is a problem.
    pub fn parse(
        line1: &str,
        line2: &str,
        city: &str,
        state: &str,
        zip: &str,
    ) -> Result<Option<Self>, Vec<FieldProblem>> {
        if [line1, line2, city, state, zip].iter().all(|part| part.trim().is_empty()) {
            return Ok(None);
        }
        let mut problems = Problems::default();
        let line1 = problems.take("line1", address_line(line1));
        let line2 =
            if line2.trim().is_empty() { Some(None) } else { problems.take("line2", address_line(line2)).map(Some) };
        let city = problems.take("city", address_line(city));
        let state = problems.take("state", state_code(state));
        let zip = problems.take("zip", zip_code(zip));
        let address = (|| Some(Self { line1: line1?, line2: line2?, city: city?, state: state?, zip: zip? }))();
        problems.finish(address).map(Some)
    }
}

fn address_line(typed: &str) -> Result<String, FieldCode> {
    let line = one_line(typed);
    if line.is_empty() {
        Err(FieldCode::AddressIncomplete)
    } else if line.chars().count() > 100 {
        Err(FieldCode::TooLong)
    } else if line.chars().any(misleads) {
        Err(FieldCode::ControlCharacters)
    } else {
        Ok(line)
    }
}

/// The states, the District, the territories and the military post.
fn state_code(typed: &str) -> Result<String, FieldCode> {
    const STATES: &str = "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY \
                          NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR VI AA AE AP";
    let code = typed.trim().to_uppercase();
    if code.is_empty() {
        Err(FieldCode::AddressIncomplete)
    } else if STATES.split_whitespace().any(|state| state == code) {
        Ok(code)
    } else {
        Err(FieldCode::StateNotRead)
    }
}

fn zip_code(typed: &str) -> Result<String, FieldCode> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    match digits.len() {
        0 => Err(FieldCode::AddressIncomplete),
        5 | 9 if digits.bytes().all(|b| b.is_ascii_digit()) => {
            let (five, four) = digits.split_at(5);
            Ok(if four.is_empty() { five.to_owned() } else { format!("{five}-{four}") })
        }
        _ => Err(FieldCode::ZipNotRead),
    }
}

unprinted!(PostalAddress);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_whole_or_absent() {
        assert_eq!(PostalAddress::parse(" ", "", "", "", ""), Ok(None));
        let address = PostalAddress::parse("12 Elm St", "", "Boston", "ma", "021101234").unwrap().unwrap();
        assert_eq!((address.state.as_str(), address.zip.as_str()), ("MA", "02110-1234"));
        let problems = PostalAddress::parse("12 Elm St", "", "", "ZZ", "123").unwrap_err();
        let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [FieldCode::AddressIncomplete, FieldCode::StateNotRead, FieldCode::ZipNotRead]);
    }
}
