//! A package: a frozen, ordered list of document versions made for one recipient, and its way to a second person's check.
//! What goes in is chosen once; a mistake makes a new package, never a changed one. Who built it never checks it.

mod assemble;
mod check;
mod left_out;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use assemble::{AtStart, SinceBuilt};
pub use check::AtRelease;
pub use left_out::LeaveOutReason;

use crate::{
    code::coded,
    ids::{DocumentId, ItemId, PackageId, PatientId, PersonId, RequestId},
    version::Version,
};

/// One document version in its place, for the item under which it was approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Included {
    pub document: DocumentId,
    pub item: ItemId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    pub id: PackageId,
    pub request: RequestId,
    /// The chart it was built from.
    pub patient: PatientId,
    pub builder: PersonId,
    pub begun_at: Timestamp,
    /// In their order. Empty for a package of the letter alone: nothing was found, or all is held elsewhere.
    pub contents: Vec<Included>,
    pub state: PackageState,
    pub version: Version,
}

/// Each state carries what it needs: a package is checked only with the pages and findings it was built with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PackageState {
    Building,
    Failed { reason: FailReason, at: Timestamp },
    Built { built: Built },
    Checking { built: Built, handed_over_at: Timestamp, seen: Seen },
    Returned { built: Built, by: PersonId, at: Timestamp, errors: Vec<CheckError> },
    Released { built: Built, checker: PersonId, at: Timestamp },
}

coded! {
    /// The text of the states, without what they carry.
    pub enum PackageStage {
        Building = "building",
        Failed = "failed",
        Built = "built",
        Checking = "checking",
        Returned = "returned",
        Released = "released",
    }
}

/// What the press made. Pages count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Built {
    pub at: Timestamp,
    pub pages: u32,
    /// What the press could not confirm; a page without a finding is confirmed.
    pub findings: Vec<Finding>,
}

/// Which pages each person has seen. A page is seen when its "next" is posted; one person's looking is not another's.
pub type Seen = BTreeMap<PersonId, BTreeSet<u32>>;

/// One page on which the automatic check is not green.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub page: u32,
    pub check: PageCheck,
    pub overridden: Option<Override>,
}

impl Finding {
    pub fn is_open(&self) -> bool {
        self.check != PageCheck::Confirmed && self.overridden.is_none()
    }
}

/// Why a finding does not stop this package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    pub by: PersonId,
    pub at: Timestamp,
    pub reason: String,
}

coded! {
    /// What the press says about one page.
    pub enum PageCheck {
        /// It names the patient.
        Confirmed = "confirmed",
        /// It has no text that could be read: never a pass.
        CannotConfirm = "cannot_confirm",
        /// It names somebody else.
        AnotherPerson = "another_person",
        /// A font or a picture of it cannot be drawn: who looks at the page does not see all of it.
        NotDrawn = "not_drawn",
        Blank = "blank",
        Duplicate = "duplicate",
    }
}

coded! {
    /// What a file of a copy is.
    pub enum FileRole {
        /// The letter and every document that could be merged.
        Copy = "copy",
        /// The letter alone, tagged for screen readers.
        Letter = "letter",
        /// The list of what is in it, tagged too.
        Manifest = "manifest",
        /// A document that could not be merged, as it is kept.
        Beside = "beside",
        /// Where each page lies in the copy; for the office alone.
        Index = "index",
    }
}

coded! {
    /// Why the press made nothing.
    pub enum FailReason {
        UnreadableDocument = "unreadable_document",
        TooLarge = "too_large",
        TookTooLong = "took_too_long",
        Stopped = "stopped",
    }
}

coded! {
    /// What a second person can find wrong.
    pub enum ErrorCode {
        WrongPatient = "wrong_patient",
        OutOfRange = "out_of_range",
        Missing = "missing",
        WrongRecipient = "wrong_recipient",
        SensitiveWithoutAuthority = "sensitive_without_authority",
        WrongFormat = "wrong_format",
        Illegible = "illegible",
        TakenBack = "taken_back",
    }
}

/// One thing found wrong. No page where it is about the whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckError {
    pub code: ErrorCode,
    pub page: Option<u32>,
    pub note: Option<String>,
}

impl Package {
    pub const fn stage(&self) -> PackageStage {
        match self.state {
            PackageState::Building => PackageStage::Building,
            PackageState::Failed { .. } => PackageStage::Failed,
            PackageState::Built { .. } => PackageStage::Built,
            PackageState::Checking { .. } => PackageStage::Checking,
            PackageState::Returned { .. } => PackageStage::Returned,
            PackageState::Released { .. } => PackageStage::Released,
        }
    }

    pub const fn is_released(&self) -> bool {
        matches!(self.state, PackageState::Released { .. })
    }

    /// Whether it stands in the way of another package or of a changed decision.
    pub const fn is_under_way(&self) -> bool {
        match self.state {
            PackageState::Failed { .. } | PackageState::Returned { .. } => false,
            PackageState::Building
            | PackageState::Built { .. }
            | PackageState::Checking { .. }
            | PackageState::Released { .. } => true,
        }
    }

    /// What the press made, once it has.
    pub const fn built(&self) -> Option<&Built> {
        match &self.state {
            PackageState::Building | PackageState::Failed { .. } => None,
            PackageState::Built { built }
            | PackageState::Checking { built, .. }
            | PackageState::Returned { built, .. }
            | PackageState::Released { built, .. } => Some(built),
        }
    }

    /// How many pages this person has not seen yet; all of them while it is not being checked.
    pub fn unseen_by(&self, person: PersonId) -> u32 {
        let pages = self.built().map_or(0, |built| built.pages);
        let seen = match &self.state {
            PackageState::Checking { seen, .. } => seen.get(&person).map_or(0, BTreeSet::len),
            _ => 0,
        };
        pages.saturating_sub(u32::try_from(seen).unwrap_or(u32::MAX))
    }

    fn moved(self, state: PackageState) -> Self {
        Self { state, version: self.version.next(), ..self }
    }
}
