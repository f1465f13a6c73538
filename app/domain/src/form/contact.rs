//! How somebody can be reached.

use serde::{Deserialize, Serialize};

use super::{FieldCode, PostalAddress, misleads, one_line, unprinted};

/// An address that mail can go to: at most 254 octets, its domain in lower case. Whether anybody reads there, only mail shows.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

impl EmailAddress {
    pub fn parse(typed: &str) -> Result<Self, FieldCode> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(FieldCode::Missing);
        }
        if typed.len() > 254 {
            return Err(FieldCode::TooLong);
        }
        let (local, domain) = typed.rsplit_once('@').ok_or(FieldCode::EmailNoAt)?;
        let domain = domain.to_lowercase();
        let fits = |c: char| !c.is_whitespace() && !misleads(c) && !"()<>[]:;,\\\"@".contains(c);
        let local_fits = !local.is_empty()
            && local.len() <= 64
            && local.chars().all(fits)
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..");
        let label_fits = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let top_fits = domain.rsplit('.').next().is_some_and(|top| !top.bytes().all(|b| b.is_ascii_digit()));
        if local_fits && domain.contains('.') && domain.split('.').all(label_fits) && top_fits {
            Ok(Self(format!("{local}@{domain}")))
        } else {
            Err(FieldCode::EmailNotComplete)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = FieldCode;
    fn try_from(text: String) -> Result<Self, FieldCode> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

/// A telephone number as it was written, with 7 to 15 digits in it; an extension may follow.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

impl Phone {
    pub fn parse(typed: &str) -> Result<Self, FieldCode> {
        let phone = one_line(typed);
        if phone.is_empty() {
            return Err(FieldCode::Missing);
        }
        if phone.chars().count() > 40 {
            return Err(FieldCode::TooLong);
        }
        let main = phone.to_ascii_lowercase();
        let main = main.split(['x', 'e']).next().unwrap_or_default();
        let digits = main.bytes().filter(u8::is_ascii_digit).count();
        let written = |c: char| c.is_ascii_digit() || " ()-.+#/extEXT".contains(c);
        if (7..=15).contains(&digits) && phone.chars().all(written) {
            Ok(Self(phone))
        } else {
            Err(FieldCode::PhoneDigits)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Phone {
    type Error = FieldCode;
    fn try_from(text: String) -> Result<Self, FieldCode> {
        Self::parse(&text)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

unprinted!(EmailAddress, Phone);

/// At least one way to reach somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Ways")]
pub struct Contact {
    email: Option<EmailAddress>,
    phone: Option<Phone>,
    postal: Option<PostalAddress>,
}

impl Contact {
    pub fn new(
        email: Option<EmailAddress>,
        phone: Option<Phone>,
        postal: Option<PostalAddress>,
    ) -> Result<Self, FieldCode> {
        if email.is_none() && phone.is_none() && postal.is_none() {
            return Err(FieldCode::ContactNeeded);
        }
        Ok(Self { email, phone, postal })
    }

    pub fn email(&self) -> Option<&EmailAddress> {
        self.email.as_ref()
    }

    pub fn phone(&self) -> Option<&Phone> {
        self.phone.as_ref()
    }

    pub fn postal(&self) -> Option<&PostalAddress> {
        self.postal.as_ref()
    }

    /// Whether something can be sent: a telephone alone can only be called.
    pub fn can_be_written_to(&self) -> bool {
        self.email.is_some() || self.postal.is_some()
    }
}

#[derive(Deserialize)]
struct Ways {
    email: Option<EmailAddress>,
    phone: Option<Phone>,
    postal: Option<PostalAddress>,
}

impl TryFrom<Ways> for Contact {
    type Error = FieldCode;
    fn try_from(ways: Ways) -> Result<Self, FieldCode> {
        Self::new(ways.email, ways.phone, ways.postal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_its_local_part_and_lowers_its_domain() {
        for (typed, kept) in [
            (" Ana.Ruiz+mail@Example.ORG ", "Ana.Ruiz+mail@example.org"),
            ("o'keefe@art.example", "o'keefe@art.example"),
            ("jos\u{e9}@correo.example", "jos\u{e9}@correo.example"),
        ] {
            assert_eq!(EmailAddress::parse(typed).map(String::from).as_deref(), Ok(kept));
        }
    }

    #[test]
    fn what_mail_cannot_reach_is_refused() {
        assert_eq!(EmailAddress::parse("ana.example.org"), Err(FieldCode::EmailNoAt));
        for typed in [
            "@x.org",
            "ana@",
            "ana@local",
            "ana@x..org",
            "a b@x.org",
            "a@b@x.org",
            "ana@-x.org",
            "ana@10.0.0.1",
            ".ana@x.org",
            "a\r\nBcc:x@x.org",
            "<ana@x.org>",
        ] {
            assert_eq!(EmailAddress::parse(typed), Err(FieldCode::EmailNotComplete), "{typed:?}");
        }
        assert_eq!(EmailAddress::parse(&format!("{}@x.org", "a".repeat(250))), Err(FieldCode::TooLong));
    }

    #[test]
    fn telephones_are_kept_as_written() {
        for typed in ["(555) 010-4477", "+52 55 1234 5678", "555.010.4477 ext 12", "555-010-4477 x3"] {
            assert_eq!(Phone::parse(typed).map(String::from).as_deref(), Ok(typed));
        }
        for typed in ["123", "call me", "1234567890123456", "555 010 4477; drop"] {
            assert_eq!(Phone::parse(typed), Err(FieldCode::PhoneDigits), "{typed}");
        }
    }

    #[test]
    fn somebody_must_be_reachable() {
        assert_eq!(Contact::new(None, None, None), Err(FieldCode::ContactNeeded));
        let phone = Contact::new(None, Phone::parse("555 010 4477").ok(), None).unwrap();
        assert!(!phone.can_be_written_to());
        assert!(serde_json::from_str::<Contact>(r#"{"email":null,"phone":null,"postal":null}"#).is_err());
    }
}
