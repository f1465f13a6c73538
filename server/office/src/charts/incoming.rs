//! What an import brings, as a chart keeps it. Its outline comes first and says all but the contents; the contents of
//! what turned out to be new follow piece by piece, so that a bundle is never held whole.

use std::collections::BTreeMap;

use domain::document::Category;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// A bundle without its contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    pub charts: Vec<Chart>,
    /// People, places and definitions that charts refer to and that are no patient's.
    pub supporting: Vec<Key>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    pub patient: Patient,
    pub encounters: Vec<Encounter>,
    pub resources: Vec<Key>,
    pub documents: Vec<Announced>,
}

/// A document, and what of the version before has to be in the bundle again: `type/id`; a type, for all of that type;
/// `*`, for every resource. `content:type/id` are bytes that stood in the document's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announced {
    pub key: Key,
    pub keeps: Vec<String>,
}

/// What something is called at its source, and a digest of what it says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key {
    pub kind: String,
    pub source_id: String,
    pub digest: [u8; 32],
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patient {
    pub source_id: String,
    /// As it is shown.
    pub name: String,
    pub family: String,
    pub given: String,
    /// Only where the source knows the day.
    pub birth_date: Option<Date>,
    pub deceased_on: Option<Date>,
    pub sex: Option<String>,
    pub record_number: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub postal: Option<String>,
    pub language: Option<String>,
    /// Every name that the chart is known by.
    pub names: Vec<Name>,
    pub identifiers: Vec<Identifier>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    pub used_as: String,
    pub name: String,
    pub family: String,
    pub given: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifier {
    pub kind: String,
    pub system: String,
    pub value: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encounter {
    pub source_id: String,
    pub kind: String,
    pub from_at: Option<Timestamp>,
    pub to_at: Option<Timestamp>,
    pub site: Option<String>,
}

/// A document as the chart lists it. Its bytes are not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The encounter's source id.
    pub encounter: Option<String>,
    pub category: Category,
    pub title: String,
    pub dated: Option<Date>,
    /// The last day that it is about. None: not known, or what it says still holds.
    pub until: Option<Date>,
    pub from_at: Option<Timestamp>,
    pub to_at: Option<Timestamp>,
    pub author: Option<String>,
    pub site: Option<String>,
    pub status: String,
    pub language: Option<String>,
    pub labels: Vec<String>,
    /// `type/id` of what it stands on: a bundle without a part that it still counts in makes no next version.
    pub made_of: Vec<String>,
    pub media_type: String,
    /// None where the bytes have no pages, or none that can be counted.
    pub pages: Option<u32>,
    pub has_text: bool,
}

/// Which of an outline's things are new and whose contents are therefore wanted, by their places in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    pub charts: Vec<WantedOfChart>,
    pub supporting: Vec<usize>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedOfChart {
    pub resources: Vec<usize>,
    pub documents: Vec<usize>,
}

impl Wanted {
    pub fn is_nothing(&self) -> bool {
        self.supporting.is_empty()
            && self.charts.iter().all(|chart| chart.resources.is_empty() && chart.documents.is_empty())
    }
}

/// Where in an outline something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// None: among the supporting ones.
    pub chart: Option<usize>,
    pub number: usize,
}

/// The contents, in the order in which they come.
#[derive(Debug)]
pub enum Part {
    /// A resource begins; its bytes follow.
    Resource {
        at: Place,
        length: u64,
    },
    /// A document begins; its bytes follow.
    Document {
        at: Place,
        document: Box<Document>,
        length: u64,
    },
    Bytes(bytes::Bytes),
    /// Everything came. What ends without it is undone.
    End,
}

/// What an import changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    pub patients_new: u64,
    pub patients_changed: u64,
    pub patients_unchanged: u64,
    pub encounters: u64,
    pub resources: u64,
    /// Documents that are new or have a new version.
    pub documents: BTreeMap<Category, Tally>,
    pub documents_unchanged: u64,
}

impl Imported {
    pub fn changed_nothing(&self) -> bool {
        *self
            == Self {
                patients_unchanged: self.patients_unchanged,
                documents_unchanged: self.documents_unchanged,
                ..Self::default()
            }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub documents: u64,
    pub pages: u64,
}
