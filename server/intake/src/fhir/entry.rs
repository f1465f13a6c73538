//! One resource of a bundle: its head, its text, and the digest that tells whether it changed.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::{
    chart::{Label, Resource},
    element::{Coding, Identifier, OneOrMany, Reference},
    refused::{Reason, Refused},
};

#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// In `Bundle.entry`.
    pub index: usize,
    pub kind: Kind,
    pub type_name: String,
    pub id: String,
    pub full_url: Option<String>,
    pub raw: &'a str,
    /// Of the resource's first byte in the file, counted from 1.
    pub line: usize,
    pub digest: [u8; 32],
    pub head: Head<'a>,
}

/// What every resource may say about itself and about whose it is.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Head<'a> {
    pub resource_type: Option<String>,
    pub id: Option<String>,
    pub meta: Meta,
    pub language: Option<String>,
    pub identifier: OneOrMany<Identifier>,
    pub subject: OneOrMany<Reference>,
    pub patient: OneOrMany<Reference>,
    pub beneficiary: OneOrMany<Reference>,
    pub individual: OneOrMany<Reference>,
    #[serde(rename = "for")]
    pub for_whom: OneOrMany<Reference>,
    pub security_context: OneOrMany<Reference>,
    /// The resources that stand inside this one.
    #[serde(borrow)]
    pub contained: Vec<&'a RawValue>,
}

impl Head<'_> {
    /// All that may say whose a resource is.
    pub(super) fn patients(&self) -> impl Iterator<Item = &Reference> {
        let all =
            [&self.subject, &self.patient, &self.beneficiary, &self.individual, &self.for_whom, &self.security_context];
        all.into_iter().flat_map(|references| &references.0)
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Meta {
    pub security: Vec<Coding>,
}

impl Entry<'_> {
    pub(super) fn refuse(&self, reason: Reason) -> Refused {
        Refused {
            reason,
            entry: Some(self.index),
            kind: Some(self.type_name.clone()),
            source_id: Some(self.id.clone()),
            line: Some(self.line),
        }
    }

    /// Reads the parts of the resource that `T` names.
    pub(super) fn parse<T: DeserializeOwned>(&self) -> Result<T, Refused> {
        serde_json::from_str(self.raw).map_err(|error| {
            let mut refused = self.refuse(Reason::WrongType);
            refused.line = Some(self.line + error.line().saturating_sub(1));
            refused
        })
    }

    pub(super) fn resource(&self) -> Resource {
        Resource {
            kind: self.type_name.clone(),
            source_id: self.id.clone(),
            raw: self.raw.to_owned(),
            digest: self.digest,
        }
    }

    pub(super) fn labels(&self) -> impl Iterator<Item = Label> {
        let codings = self.head.meta.security.iter();
        codings.filter_map(|coding| Some(Label { system: coding.system.clone(), code: coding.code.clone()? }))
    }
}

/// SHA-256 of JSON without the white space between its tokens; refuses what nests deeper than `depth`.
pub(super) fn digest(json: &str, depth: usize) -> Result<[u8; 32], Reason> {
    let bytes = json.as_bytes();
    let mut packed = Vec::with_capacity(bytes.len());
    let (mut from, mut open, mut in_string, mut escaped) = (0, 0_usize, false, false);
    for (at, byte) in bytes.iter().enumerate() {
        match (in_string, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => in_string = !in_string,
            (false, b'{' | b'[') => {
                open += 1;
                if open > depth {
                    return Err(Reason::TooDeep);
                }
            }
            (false, b'}' | b']') => open = open.saturating_sub(1),
            (false, b' ' | b'\n' | b'\r' | b'\t') => {
                packed.extend_from_slice(&bytes[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    packed.extend_from_slice(&bytes[from..]);
    Ok(Sha256::digest(&packed).into())
}

macro_rules! kinds {
    ($($kind:ident),* $(,)?) => {
        /// The resource types that documents are made of or named by; all others are `Supporting` (nobody's record)
        /// or `Other`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(super) enum Kind { $($kind,)* Supporting, Other }

        impl Kind {
            pub(super) fn of(type_name: &str) -> Self {
                match type_name {
                    $(stringify!($kind) => Self::$kind,)*
                    _ if SUPPORTING.contains(&type_name) => Self::Supporting,
                    _ => Self::Other,
                }
            }
        }
    };
}

kinds! {
    Patient, Encounter, Condition, AllergyIntolerance, Immunization, MedicationRequest, MedicationStatement,
    MedicationAdministration, MedicationDispense, Observation, DiagnosticReport, DocumentReference, Binary, Claim,
    ExplanationOfBenefit, Procedure, CarePlan, Goal, CareTeam, ImagingStudy, Media, Coverage, Consent, Communication,
    QuestionnaireResponse, Composition, Provenance,
}

/// Types that hold no patient's record (unless they name a patient, as a device may).
const SUPPORTING: [&str; 30] = [
    "ActivityDefinition",
    "CapabilityStatement",
    "CodeSystem",
    "ConceptMap",
    "Device",
    "DeviceDefinition",
    "Endpoint",
    "HealthcareService",
    "ImplementationGuide",
    "InsurancePlan",
    "Library",
    "Location",
    "Measure",
    "Medication",
    "MedicationKnowledge",
    "NamingSystem",
    "OperationDefinition",
    "Organization",
    "OrganizationAffiliation",
    "PlanDefinition",
    "Practitioner",
    "PractitionerRole",
    "Questionnaire",
    "Schedule",
    "SearchParameter",
    "Slot",
    "StructureDefinition",
    "Substance",
    "SubstanceSpecification",
    "ValueSet",
];
