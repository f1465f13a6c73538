//! What a bundle is read into.

use domain::document::{Category, Readable, Standing};
use serde::{Deserialize, Serialize};

use super::{refused::Remark, time::Moment};

/// A bundle, read: one chart a patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charts {
    /// By the patient's source id.
    pub charts: Vec<Chart>,
    /// People, places and definitions that charts refer to and that are no patient's: kept as they came.
    pub supporting: Vec<Resource>,
    /// What was kept but is worth knowing, counted.
    pub notes: Vec<Remark>,
}

/// Everything a bundle holds about one patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    pub patient: Patient,
    /// Oldest first.
    pub encounters: Vec<Encounter>,
    /// All of the patient's resources as they came, whether or not a document is made of them.
    pub resources: Vec<Resource>,
    /// Oldest first; undated ones (lists over the whole chart) before.
    pub documents: Vec<Document>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patient {
    pub source_id: String,
    /// At least one with a family or a given name, in the order stated.
    pub names: Vec<Name>,
    /// As precise as the source states it.
    pub birth_date: Option<Moment>,
    pub deceased: Option<Deceased>,
    /// As stated (FHIR administrative gender).
    pub sex: Option<String>,
    pub identifiers: Vec<Identifier>,
    pub addresses: Vec<Address>,
    pub phones: Vec<String>,
    pub emails: Vec<String>,
    /// BCP 47, the preferred one where one is marked.
    pub language: Option<String>,
}

/// A name, kept as it is spelled, digits and all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// official, usual, maiden, old, nickname, temp, anonymous; as stated.
    #[serde(rename = "use")]
    pub used_as: Option<String>,
    pub given: Vec<String>,
    pub family: Option<String>,
    pub prefix: Vec<String>,
    pub suffix: Vec<String>,
    pub period: Option<Span>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deceased {
    Stated,
    On(Moment),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifier {
    pub system: Option<String>,
    /// HL7 v2 table 0203, where stated: MR, SS, DL, PPN.
    pub kind: Option<String>,
    pub value: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// home, work, temp, old, billing; as stated.
    #[serde(rename = "use")]
    pub used_as: Option<String>,
    pub lines: Vec<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub postal_code: Option<String>,
    pub country: Option<String>,
}

/// From when to when; either end may be open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub from: Option<Moment>,
    pub to: Option<Moment>,
}

/// A visit or a stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encounter {
    pub source_id: String,
    /// HL7 v3 `ActCode`: AMB, EMER, IMP and others; as stated.
    pub class: Option<String>,
    /// What it was, in words.
    pub kind: Option<String>,
    pub status: Option<String>,
    pub period: Span,
    /// Who saw the patient.
    pub provider: Option<String>,
    pub site: Option<String>,
}

/// A resource as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// The FHIR resource type.
    pub kind: String,
    pub source_id: String,
    /// Byte for byte.
    pub raw: String,
    /// SHA-256 of `raw` without the white space between its tokens, so that layout alone is no change.
    pub digest: [u8; 32],
}

/// Which resource, or which list over which resource, a document is. The same key in a later bundle is a later
/// version of the same document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocumentKey {
    /// A resource type, `list:…` (source id: the patient's) or `observations:…` (source id: the encounter's, also of
    /// one that is not in the bundle, or where none is named the patient's and the day).
    pub kind: String,
    pub source_id: String,
}

impl DocumentKey {
    /// Whether it is a list over several resources, which a later bundle may bring more or fewer of.
    pub fn is_list(&self) -> bool {
        self.kind.starts_with("list:") || self.kind.starts_with("observations:")
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub key: DocumentKey,
    pub category: Category,
    pub title: String,
    pub service: Span,
    /// What it says still holds, or may, after the last moment of `service`.
    pub ongoing: bool,
    /// The encounter's source id.
    pub encounter: Option<String>,
    pub author: Option<String>,
    /// The department or site that answers for it.
    pub site: Option<String>,
    pub status: Status,
    /// BCP 47, as stated.
    pub language: Option<String>,
    /// From `meta.security` of all it is made of; none stated is not the same as not sensitive.
    pub labels: Vec<Label>,
    /// The document that this one replaces, as its source says.
    pub supersedes: Option<DocumentKey>,
    /// The document in the same bundle that says it replaces this one.
    pub superseded_by: Option<DocumentKey>,
    pub body: Body,
    /// Type and source id of every resource whose content is in it.
    pub made_of: Vec<(String, String)>,
    /// Besides, `type/id` of its visit, of those whose names it prints and of what replaces it, and `content:type/id`
    /// where bytes of it stand in its own resource.
    pub draws_on: Vec<String>,
    /// What of the version before has to be in the bundle again, since this one still counts it in: `type/id`; a type,
    /// for all of that type; `*`, for every resource.
    pub keeps: Vec<String>,
    /// SHA-256 over the converter's version, the digests of `made_of`, what is listed here and what the page says:
    /// equal means nothing changed.
    pub digest: [u8; 32],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    Final,
    Preliminary,
    Amended,
    /// The source calls it superseded. Some sources do so for every note but the last; it is part of the record.
    Superseded,
    /// Called off: what it says was never finished.
    Cancelled,
    EnteredInError,
    NotStated,
}

impl Status {
    /// What a reader of the document must know of it.
    pub(super) const fn standing(self) -> Option<Standing> {
        match self {
            Self::Preliminary => Some(Standing::Preliminary),
            Self::Amended => Some(Standing::Amended),
            Self::Superseded => Some(Standing::Superseded),
            Self::Cancelled => Some(Standing::Cancelled),
            Self::Final | Self::EnteredInError | Self::NotStated => None,
        }
    }
}

/// A security label that the source put on a resource.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Label {
    pub system: Option<String>,
    pub code: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    Readable(Readable),
    /// Bytes as the source had them, of the type that they are.
    File {
        media_type: String,
        bytes: Vec<u8>,
    },
}
