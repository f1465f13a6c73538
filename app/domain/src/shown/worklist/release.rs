//! The release: what left, to whom, and how far it got.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{FileShown, Head};
use crate::{ask::DeliveryMethod, ids::PackageId, verification::EvidenceKind};

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleasePage {
    pub head: Head,
    /// None: nothing was released yet.
    pub delivery: Option<DeliveryShown>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryShown {
    pub package: PackageId,
    pub way: DeliveryMethod,
    pub recipient: String,
    pub builder: String,
    pub checker: String,
    pub released_on: Date,
    pub files: Vec<FileShown>,
    /// The requester has opened it.
    pub opened_on: Option<Date>,
    pub printed: Option<(String, Date)>,
    pub collected: Option<CollectedShown>,
    /// The reader may print it: it is picked up, and not collected yet.
    pub may_print: bool,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectedShown {
    pub by: String,
    pub on: Date,
    pub evidence: EvidenceKind,
    pub evidence_name: Option<String>,
    pub signed_name: String,
}
