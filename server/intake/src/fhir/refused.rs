//! Why a bundle is not taken, and what is worth knowing about one that is. Neither quotes the record.

use serde::{Deserialize, Serialize};

/// The whole bundle is refused: why, and where to look.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{reason}")]
pub struct Refused {
    pub reason: Reason,
    /// Counted from 0 in `Bundle.entry`.
    pub entry: Option<usize>,
    /// The FHIR resource type, where it is known.
    pub kind: Option<String>,
    /// The resource's own id, where it is known.
    pub source_id: Option<String>,
    /// Line in the file, counted from 1, where the place is known.
    pub line: Option<usize>,
}

impl Refused {
    pub(super) fn bundle(reason: Reason) -> Self {
        Self { reason, entry: None, kind: None, source_id: None, line: None }
    }
}

/// A code and a plain sentence (`Display`) for each way a bundle can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    #[error("The file is larger than the import takes at once.")]
    TooLarge,
    #[error("The bundle has more entries, attachments or rows than the import takes at once.")]
    TooMuch,
    #[error("The resource nests deeper than a record does.")]
    TooDeep,
    #[error("The file is not UTF-8 text.")]
    NotUtf8,
    #[error("The file is not JSON.")]
    NotJson,
    #[error("The file ends in the middle.")]
    CutOff,
    #[error("The file is not a FHIR bundle.")]
    NotABundle,
    #[error("A bundle of this type holds no records to import.")]
    BundleType,
    #[error("The entry asks for something other than adding or replacing a resource.")]
    NotAnAddition,
    #[error("The entry holds no resource.")]
    NoResource,
    #[error("The resource does not say its type.")]
    NoType,
    #[error("The resource has no id.")]
    NoId,
    #[error("The resource's id is not a FHIR id.")]
    BadId,
    #[error("Two different resources have the same type and id.")]
    Twice,
    #[error("The resource has a value of the wrong type, or one that FHIR requires is absent.")]
    WrongType,
    #[error("The resource has a date that is none.")]
    BadDate,
    #[error("The attachment is not base64.")]
    BadBase64,
    #[error("The attachment is larger than the import takes.")]
    AttachmentTooLarge,
    #[error("The bundle has no patient.")]
    NoPatient,
    #[error("The patient has no name.")]
    NoName,
    #[error("The resource does not say which patient it belongs to.")]
    OwnerNotStated,
    #[error("The resource belongs to a patient who is not in the bundle.")]
    PatientNotInBundle,
    #[error("The resource belongs to, or refers to the records of, more than one patient.")]
    SeveralPatients,
}

impl Reason {
    /// The code in tables and on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::TooMuch => "too_much",
            Self::TooDeep => "too_deep",
            Self::NotUtf8 => "not_utf8",
            Self::NotJson => "not_json",
            Self::CutOff => "cut_off",
            Self::NotABundle => "not_a_bundle",
            Self::BundleType => "bundle_type",
            Self::NotAnAddition => "not_an_addition",
            Self::NoResource => "no_resource",
            Self::NoType => "no_type",
            Self::NoId => "no_id",
            Self::BadId => "bad_id",
            Self::Twice => "twice",
            Self::WrongType => "wrong_type",
            Self::BadDate => "bad_date",
            Self::BadBase64 => "bad_base64",
            Self::AttachmentTooLarge => "attachment_too_large",
            Self::NoPatient => "no_patient",
            Self::NoName => "no_name",
            Self::OwnerNotStated => "owner_not_stated",
            Self::PatientNotInBundle => "patient_not_in_bundle",
            Self::SeveralPatients => "several_patients",
        }
    }
}

/// Something that was kept, though not the way it might be expected.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Remark {
    pub about: About,
    /// The FHIR resource type that this happened to (for references: that they lead to).
    pub kind: String,
    pub times: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    #[error("A reference leads to nothing in the bundle and is kept as text.")]
    ReferenceKeptAsText,
    #[error("The content of a document is not in the bundle; the document says so.")]
    ContentElsewhere,
    #[error("A document came in several formats; the most faithful one is used, the others are kept in the resource.")]
    OtherFormatKept,
    #[error("An attachment is not of the type that it says; it is kept as what it is.")]
    TypeMisstated,
    #[error("A text is not in the encoding that it says; it was read as Windows-1252.")]
    EncodingGuessed,
    #[error("A result that a report names is not in the bundle; the report shows its name only.")]
    ResultNotIncluded,
    #[error("Resources of this type are kept as they came; no document is made of them.")]
    KeptAsResource,
    #[error("The same resource came twice, word for word; it is kept once.")]
    Repeated,
    #[error("An entry only tells how a search went; it is left out.")]
    OutcomeLeftOut,
}
