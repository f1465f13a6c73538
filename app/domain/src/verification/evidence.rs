//! What was looked at to see who somebody is.

use serde::{Deserialize, Serialize};

use crate::{code::coded, refusal::Refusal};

coded! {
    pub enum EvidenceKind {
        DriverLicense = "driver_license",
        Passport = "passport",
        StateId = "state_id",
        MilitaryId = "military_id",
        TribalId = "tribal_id",
        ResidentCard = "resident_card",
        Other = "other",
    }
}

/// What was looked at; only another kind is named in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Evidence {
    Known { evidence_kind: KnownEvidence },
    Other { name: String },
}

/// Every kind but [`EvidenceKind::Other`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "EvidenceKind", into = "EvidenceKind")]
pub struct KnownEvidence(EvidenceKind);

impl Evidence {
    /// None where kind and name contradict each other.
    pub fn restore(kind: EvidenceKind, name: Option<String>) -> Option<Self> {
        match (KnownEvidence::try_from(kind), name.filter(|name| !name.trim().is_empty())) {
            (Ok(evidence_kind), None) => Some(Self::Known { evidence_kind }),
            (Err(_), Some(name)) => Some(Self::Other { name }),
            _ => None,
        }
    }

    pub const fn kind(&self) -> EvidenceKind {
        match self {
            Self::Known { evidence_kind } => evidence_kind.0,
            Self::Other { .. } => EvidenceKind::Other,
        }
    }
}

impl TryFrom<EvidenceKind> for KnownEvidence {
    type Error = Refusal;
    fn try_from(kind: EvidenceKind) -> Result<Self, Refusal> {
        if kind == EvidenceKind::Other { Err(Refusal::ReasonNeeded) } else { Ok(Self(kind)) }
    }
}

impl From<KnownEvidence> for EvidenceKind {
    fn from(known: KnownEvidence) -> Self {
        known.0
    }
}
