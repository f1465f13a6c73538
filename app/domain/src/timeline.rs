//! The timeline: what happened to a request, in the past tense. What people wrote is sealed and stands here by its id
//! only; each entry's sentence, in both languages, comes from [`crate::words`].

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    document::Category,
    ids::{BlobId, DocumentId, ItemId, NoticeId, PackageId, QuestionId},
    notice::NoticeKind,
    package::{ErrorCode, FailReason, LeaveOutReason, PageCheck},
    question::QuestionReason,
    request::{Channel, Outcome},
    verification::VerificationMethod,
};

/// One thing that happened. Who and when stand beside it in its row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "entry")]
pub enum Entry {
    #[serde(rename = "request.drafted")]
    Drafted,
    #[serde(rename = "request.submitted")]
    Submitted,
    #[serde(rename = "request.entered_on_behalf")]
    EnteredOnBehalf { channel: Channel, received_on: Date },
    #[serde(rename = "request.assigned")]
    Assigned,
    #[serde(rename = "request.taken_over")]
    TakenOver { reason: BlobId },
    #[serde(rename = "request.unclaimed")]
    Unclaimed { reason: Option<BlobId> },
    #[serde(rename = "evidence.received")]
    EvidenceReceived,
    #[serde(rename = "identity.verified")]
    IdentityVerified { method: VerificationMethod },
    #[serde(rename = "identity.withdrawn")]
    IdentityWithdrawn,
    #[serde(rename = "patient.matched")]
    PatientMatched,
    #[serde(rename = "patient.unmatched")]
    PatientUnmatched,
    #[serde(rename = "info.requested")]
    QuestionAsked { question: QuestionId, reason: QuestionReason, message: BlobId },
    #[serde(rename = "info.received")]
    QuestionAnswered { question: QuestionId, by_desk: bool, answer: Option<BlobId> },
    #[serde(rename = "item.expanded")]
    ItemsExpanded { found: u32 },
    #[serde(rename = "item.located")]
    ItemLocated { item: ItemId, category: Category },
    #[serde(rename = "item.approved")]
    ItemApproved { item: ItemId, category: Category },
    #[serde(rename = "item.not_found")]
    ItemNotFound { item: ItemId, category: Option<Category> },
    #[serde(rename = "item.referred")]
    ItemHeldElsewhere { item: ItemId, category: Option<Category> },
    #[serde(rename = "item.reopened")]
    ItemReopened { item: ItemId },
    #[serde(rename = "document.left_out")]
    DocumentLeftOut { document: DocumentId, reason: LeaveOutReason },
    #[serde(rename = "document.taken_in")]
    DocumentTakenIn { document: DocumentId },
    #[serde(rename = "request.decided")]
    Decided,
    #[serde(rename = "package.built")]
    PackageBuilt { package: PackageId, pages: u32 },
    #[serde(rename = "package.failed")]
    PackageFailed { package: PackageId, reason: FailReason },
    #[serde(rename = "package.overridden")]
    FindingOverridden { package: PackageId, page: u32, check: PageCheck, reason: BlobId },
    #[serde(rename = "package.set_aside")]
    PackageSetAside { package: PackageId, errors: Vec<ErrorCode> },
    #[serde(rename = "package.handed_over")]
    HandedOver { package: PackageId },
    #[serde(rename = "qc.failed")]
    CheckFailed { package: PackageId, errors: Vec<ErrorCode> },
    #[serde(rename = "package.released")]
    Released { package: PackageId, pages: u32 },
    #[serde(rename = "delivery.opened")]
    Opened,
    #[serde(rename = "delivery.collected")]
    Collected,
    #[serde(rename = "notice.sent")]
    NoticeSent { kind: NoticeKind },
    #[serde(rename = "notice.failed")]
    NoticeFailed { kind: NoticeKind },
    /// There is no e-mail address: somebody prints it and puts it in the mail.
    #[serde(rename = "notice.printable")]
    NoticePrintable { kind: NoticeKind, notice: NoticeId },
    /// Somebody printed it and mailed it or handed it over.
    #[serde(rename = "notice.mailed")]
    NoticeMailed { kind: NoticeKind },
    #[serde(rename = "request.withdrawn")]
    Withdrawn,
    #[serde(rename = "request.withdrawal_undone")]
    WithdrawalUndone,
    #[serde(rename = "request.closed")]
    Closed { outcome: Outcome },
    /// A note among staff. Never for the patient.
    #[serde(rename = "note.written")]
    Note { text: BlobId },
}

impl Entry {
    /// Whether the patient reads it: what was done for them, not how the office divides its work.
    pub const fn for_patient(&self) -> bool {
        match self {
            Self::Drafted
            | Self::Submitted
            | Self::EnteredOnBehalf { .. }
            | Self::Assigned
            | Self::EvidenceReceived
            | Self::IdentityVerified { .. }
            | Self::QuestionAsked { .. }
            | Self::QuestionAnswered { .. }
            | Self::ItemsExpanded { .. }
            | Self::ItemLocated { .. }
            | Self::ItemNotFound { .. }
            | Self::ItemHeldElsewhere { .. }
            | Self::Decided
            | Self::HandedOver { .. }
            | Self::CheckFailed { .. }
            | Self::Released { .. }
            | Self::Opened
            | Self::Collected
            | Self::NoticeSent { .. }
            | Self::NoticeMailed { .. }
            | Self::Withdrawn
            | Self::WithdrawalUndone
            | Self::Closed { .. } => true,
            Self::TakenOver { .. }
            | Self::Unclaimed { .. }
            | Self::IdentityWithdrawn
            | Self::PatientMatched
            | Self::PatientUnmatched
            | Self::ItemApproved { .. }
            | Self::ItemReopened { .. }
            | Self::DocumentLeftOut { .. }
            | Self::DocumentTakenIn { .. }
            | Self::PackageBuilt { .. }
            | Self::PackageFailed { .. }
            | Self::FindingOverridden { .. }
            | Self::PackageSetAside { .. }
            | Self::NoticeFailed { .. }
            | Self::NoticePrintable { .. }
            | Self::Note { .. } => false,
        }
    }
}
