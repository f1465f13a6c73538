//! Who asks and whose chart it is: the identity page and the chart page.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Head;
use crate::{
    ids::PatientId,
    matching::{Compared, Lookalike},
    verification::{Evidence, Identifier, VerificationMethod},
    version::Version,
};

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityPage {
    pub head: Head,
    pub version: Version,
    pub asked: Asked,
    pub chart: Option<ChartShown>,
    pub photos: Vec<Seen>,
    pub identity: Option<IdentityShown>,
    /// Taking it back is possible as long as no package stands on it.
    pub may_withdraw: bool,
}

/// Who asks, as they wrote it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub name: String,
    pub former_names: Vec<String>,
    pub born: Date,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub record_number: Option<String>,
    pub signed: Option<(String, Date)>,
}

/// A picture that was sent, under the opening that this page made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub opening: Uuid,
    /// A page of the form on paper; else an identity document.
    pub is_form: bool,
    pub media_type: String,
    pub on: Date,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityShown {
    pub method: VerificationMethod,
    pub evidence: Evidence,
    pub matched: Vec<Identifier>,
    pub by: String,
    pub on: Date,
}

/// Whom a chart is about.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartShown {
    pub name: String,
    pub other_names: Vec<String>,
    pub born: Option<Date>,
    pub deceased_on: Option<Date>,
    pub record_number: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub address: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchShown {
    pub chart: ChartShown,
    pub agreeing: Vec<Identifier>,
    pub by: String,
    pub on: Date,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartPage {
    pub head: Head,
    pub version: Version,
    pub asked: Asked,
    pub matched: Option<MatchShown>,
    pub may_unmatch: bool,
    pub searched: Searched,
    /// The likeliest first, none chosen. Nothing is looked up for a reader who does not hold the request.
    pub candidates: Vec<Candidate>,
    pub more: bool,
}

/// By what charts were looked up, where it is not what was asked.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Searched {
    pub name: String,
    pub born: Option<Date>,
    pub record_number: String,
    /// The date of birth that was typed is no date.
    pub unread: bool,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    pub patient: PatientId,
    pub chart: ChartShown,
    /// Against what was asked, whatever was searched by.
    pub fields: Vec<Compared>,
    pub lookalike: Option<Lookalike>,
    /// Enough agrees for it to be matched.
    pub enough: bool,
}
