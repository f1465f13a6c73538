//! A person's record as a FHIR bundle, made up in memory.

mod findings;
mod papers;
mod vaccines;
mod visits;
mod words;

use jiff::{ToSpan as _, civil::Date};
use serde_json::{Value, json};

use super::{
    cast::{Born, Patient, Story},
    hospital::SITES,
    seed::Seed,
};
use crate::command::Failure;

/// What the parts of a record are made from.
pub(super) struct Making<'a> {
    pub(super) patient: &'a Patient,
    pub(super) born: Date,
    pub(super) seed: Seed,
    pub(super) resources: Vec<Value>,
    /// The day on which a stay in the hospital ended.
    pub(super) home: Option<Date>,
}

pub(super) fn bundle(patient: &Patient, today: Date) -> Result<Value, Failure> {
    let born = match patient.born {
        Born::On(year, month, day) => Date::new(year, month, day)?,
        Born::DaysAgo(days) => today.checked_sub(days.days())?,
    };
    let mut making = Making { patient, born, seed: Seed::of(patient.id), resources: Vec::new(), home: None };
    let died = patient.died.map(|years| today.checked_sub((years * 365 - 20).days())).transpose()?;
    let person = making.person(died);
    making.resources.push(person);
    for site in SITES {
        making.resources.push(json!({ "resourceType": "Organization", "id": slug(site), "name": site }));
    }
    visits::of_a_life(&mut making, died.unwrap_or(today))?;
    findings::lists(&mut making);
    vaccines::add(&mut making, died.unwrap_or(today))?;
    papers::add(&mut making, died.unwrap_or(today))?;
    let entries: Vec<_> = making.resources.into_iter().map(|resource| json!({ "resource": resource })).collect();
    Ok(json!({ "resourceType": "Bundle", "type": "collection", "entry": entries }))
}

/// A record number: the same for the same person.
pub(super) fn number_of(id: &str) -> String {
    (1_000_000 + Seed::of(id).between(0, 8_999_999)).to_string()
}

fn slug(text: &str) -> String {
    let letters = text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' });
    letters.collect()
}

impl Making<'_> {
    pub(super) fn me(&self) -> Value {
        json!({ "reference": format!("Patient/{}", self.patient.id) })
    }

    pub(super) fn id(&self, of: &str) -> String {
        format!("{}-{of}", self.patient.id)
    }

    pub(super) fn record_number(&self) -> String {
        number_of(self.patient.id)
    }

    fn person(&self, died: Option<Date>) -> Value {
        let patient = self.patient;
        let given: Vec<_> = patient.given.split(' ').filter(|part| !part.is_empty()).collect();
        let suffix: Vec<_> = [patient.suffix].into_iter().filter(|part| !part.is_empty()).collect();
        let mut names = vec![json!({ "use": "official", "given": given, "family": patient.family, "suffix": suffix })];
        names.extend(
            patient
                .also
                .iter()
                .map(|(used_as, given, family)| json!({ "use": used_as, "given": [given], "family": family })),
        );
        let mut phone = Seed::of(patient.street);
        let mut person = json!({
            "resourceType": "Patient", "id": patient.id, "gender": patient.sex, "birthDate": self.born.to_string(),
            "name": names,
            "identifier": [{
                "type": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR" }] },
                "system": "urn:riverside:mrn", "value": self.record_number(),
            }],
            "telecom": [{ "system": "phone", "value": format!("(312) 555-{:04}", phone.between(150, 199)) }],
            "address": [{ "use": "home", "line": [patient.street], "city": "Chicago", "state": "IL",
                "postalCode": format!("606{:02}", phone.between(1, 60)) }],
            "communication": [{ "language": { "coding": [{ "code": patient.language }] } }],
        });
        if let Some(died) = died {
            person["deceasedDateTime"] = json!(died.to_string());
        }
        person
    }

    pub(super) fn is(&self, story: Story) -> bool {
        self.patient.story == story
    }
}
