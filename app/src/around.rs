//! What stands around a page: whose it is, in which language, who has signed in. The server fills it in for each
//! request and provides it as a context; pages and components only read it. It holds nothing of a record.

use std::fmt::Write as _;

use leptos::prelude::use_context;
use serde::{Deserialize, Serialize};

use crate::words::{Language, Words, words};

/// Where the language switch posts `language` (a code) and `return` (an address of ours).
pub const LANGUAGE_ADDRESS: &str = "/language";
/// Where the sign-out form posts.
pub const SIGN_OUT_ADDRESS: &str = "/sign-out";
/// Where "stay signed in" posts; done is any status of 200 to 299.
pub const STAY_ADDRESS: &str = "/stay";

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Around {
    pub language: Language,
    pub facility: Facility,
    /// Whether this is the demo hospital, which alone shows the gallery.
    pub demo: bool,
    pub signed_in: Option<SignedIn>,
    /// The session's token, masked anew for this response; every form carries it.
    pub token: String,
    /// This page's path and query, so that the language switch comes back to it.
    pub address: String,
}

/// The organization whose records department answers, as people reach it. The texts are in the page's language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facility {
    pub name: String,
    /// The address of its mark (an image); without one the portal's own mark stands in.
    pub mark: Option<String>,
    /// The address of a style sheet that sets its accent colour.
    pub accent: Option<String>,
    pub phone: String,
    pub hours: String,
    /// The number of the text relay, "711" in the United States.
    pub relay: String,
    /// Where the records department is, in one line.
    pub in_person: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    pub side: Side,
    /// Seconds for which the session lasts at least when nothing more is done after this page's act.
    pub seconds_left: u32,
    /// The places open to this person, in order.
    pub places: Vec<Place>,
    /// The place this page belongs to.
    pub at: Option<Place>,
}

/// A session has one side; everything a person may do on the other needs another session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    Patient,
    Staff,
}

impl Side {
    /// Whose pages these are. Staff's are in English alone.
    pub fn of(address: &str) -> Self {
        let staffs = ["/staff", "/worklist", "/front-desk", "/charts", "/oversight"];
        if staffs.iter().any(|slice| address.starts_with(slice)) { Self::Staff } else { Self::Patient }
    }

    /// The page to sign in at.
    pub const fn sign_in(self) -> &'static str {
        match self {
            Self::Patient => "/sign-in",
            Self::Staff => "/staff/sign-in",
        }
    }

    /// The page to sign in at, and where it leads afterwards.
    pub fn sign_in_before(self, next: &str) -> String {
        format!("{}?next={}", self.sign_in(), escaped(next))
    }
}

fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// A slice of the portal as the header names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    Requests,
    FrontDesk,
    Worklist,
    Charts,
    Oversight,
    Account,
}

impl Place {
    pub const ALL: [Self; 6] =
        [Self::Requests, Self::FrontDesk, Self::Worklist, Self::Charts, Self::Oversight, Self::Account];

    /// As a cookie holds it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::FrontDesk => "front_desk",
            Self::Worklist => "worklist",
            Self::Charts => "charts",
            Self::Oversight => "oversight",
            Self::Account => "account",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.code() == code)
    }

    pub const fn address(self) -> &'static str {
        match self {
            Self::Requests => "/requests",
            Self::FrontDesk => "/front-desk",
            Self::Worklist => "/worklist",
            Self::Charts => "/charts",
            Self::Oversight => "/oversight",
            Self::Account => "/account",
        }
    }

    pub const fn name(self, words: &Words) -> &'static str {
        match self {
            Self::Requests => words.requests.place,
            Self::FrontDesk => words.front_desk.place,
            Self::Worklist => words.worklist.place,
            Self::Charts => words.charts.place,
            Self::Oversight => words.oversight.place,
            Self::Account => words.account.place,
        }
    }
}

impl Around {
    /// What the server provided for this request. Without one, as when routes are listed, it is empty.
    pub fn here() -> Self {
        use_context().unwrap_or_default()
    }

    pub fn words(&self) -> &'static Words {
        words(self.language)
    }

    /// Staff read dense pages all day; everybody else gets large type.
    pub fn is_staff(&self) -> bool {
        self.signed_in.as_ref().is_some_and(|signed_in| signed_in.side == Side::Staff)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_signs_in_again_comes_back_to_the_page_on_their_own_side() {
        let again = |address: &str| Side::of(address).sign_in_before(address);
        assert_eq!(again("/worklist/a?form=1"), "/staff/sign-in?next=/worklist/a%3Fform%3D1");
        assert_eq!(again("/requests/ä&b"), "/sign-in?next=/requests/%C3%A4%26b");
    }
}
