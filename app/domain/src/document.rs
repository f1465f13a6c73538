//! What one document is: a note, a report, a claim or a list, with the category that people ask for it by.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// From when to when a document is about. An end that its source does not state, or that has not come, is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatesOfService {
    pub first: Option<Date>,
    pub last: Option<Date>,
}

impl DatesOfService {
    pub const fn on(day: Option<Date>) -> Self {
        Self { first: day, last: day }
    }
}

/// What kind of record a document is. A request's items are asked for by these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    VisitNote,
    Summary,
    DischargeSummary,
    AdmissionPaper,
    SurgeryReport,
    SpecialistLetter,
    EmergencyVisit,
    Lab,
    Pathology,
    ImagingReport,
    Medication,
    Allergy,
    Vaccine,
    VitalSign,
    Problem,
    CarePlan,
    Procedure,
    Questionnaire,
    NursingNote,
    Billing,
    Insurance,
    Message,
    OutsideRecord,
    Other,
}

impl Category {
    pub const ALL: [Self; 24] = [
        Self::VisitNote,
        Self::Summary,
        Self::DischargeSummary,
        Self::AdmissionPaper,
        Self::SurgeryReport,
        Self::SpecialistLetter,
        Self::EmergencyVisit,
        Self::Lab,
        Self::Pathology,
        Self::ImagingReport,
        Self::Medication,
        Self::Allergy,
        Self::Vaccine,
        Self::VitalSign,
        Self::Problem,
        Self::CarePlan,
        Self::Procedure,
        Self::Questionnaire,
        Self::NursingNote,
        Self::Billing,
        Self::Insurance,
        Self::Message,
        Self::OutsideRecord,
        Self::Other,
    ];

    /// The code in tables and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::VisitNote => "visit_note",
            Self::Summary => "summary",
            Self::DischargeSummary => "discharge_summary",
            Self::AdmissionPaper => "admission_paper",
            Self::SurgeryReport => "surgery_report",
            Self::SpecialistLetter => "specialist_letter",
            Self::EmergencyVisit => "emergency_visit",
            Self::Lab => "lab",
            Self::Pathology => "pathology",
            Self::ImagingReport => "imaging_report",
            Self::Medication => "medication",
            Self::Allergy => "allergy",
            Self::Vaccine => "vaccine",
            Self::VitalSign => "vital_sign",
            Self::Problem => "problem",
            Self::CarePlan => "care_plan",
            Self::Procedure => "procedure",
            Self::Questionnaire => "questionnaire",
            Self::NursingNote => "nursing_note",
            Self::Billing => "billing",
            Self::Insurance => "insurance",
            Self::Message => "message",
            Self::OutsideRecord => "outside_record",
            Self::Other => "other",
        }
    }

    /// Whether a patient is offered it when choosing. What is only a clerk's drawer goes with "everything".
    pub const fn patient_can_pick(self) -> bool {
        !matches!(self, Self::Other)
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.code() == code)
    }
}

/// What keeps a document from being its source's last word; nothing is said of one that is final.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Preliminary,
    Amended,
    Superseded,
    Cancelled,
}

impl Standing {
    pub const ALL: [Self; 4] = [Self::Preliminary, Self::Amended, Self::Superseded, Self::Cancelled];

    /// The code in tables, where what is final and what says nothing have codes of their own.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Preliminary => "preliminary",
            Self::Amended => "amended",
            Self::Superseded => "superseded",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.code() == code)
    }
}

/// A record laid out for reading, before it is typeset. Text only: nothing in it is markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readable {
    pub title: String,
    /// Whose it is; stands at the head of every page, so that every page says whose it is.
    pub patient: Whose,
    /// Where it comes from: the organization or the author, as the source states it.
    pub source: String,
    /// When the record is from, in the facility's calendar.
    pub dated: Option<Date>,
    /// Where it is not final.
    pub standing: Option<Standing>,
    pub blocks: Vec<Block>,
}

/// The patient as a page names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whose {
    pub name: String,
    pub born: Option<Date>,
    /// The facility's own record number, where the source states one.
    pub record_number: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    Heading(String),
    Paragraph(String),
    /// A name and what it is, line by line.
    Facts(Vec<(String, String)>),
    /// Each row has as many cells as the head.
    Table {
        head: Vec<String>,
        rows: Vec<Vec<String>>,
    },
    /// A note as it was written: its own line breaks kept.
    Note(String),
}
