//! Small bundles.

use base64ct::{Base64, Encoding as _};
use serde_json::{Value, json};

pub(crate) fn bundle(resources: Vec<Value>) -> Value {
    let entries: Vec<_> = resources.into_iter().map(|resource| json!({ "resource": resource })).collect();
    json!({ "resourceType": "Bundle", "type": "collection", "entry": entries })
}

pub(crate) fn patient(id: &str, given: &str, family: &str) -> Value {
    json!({
        "resourceType": "Patient", "id": id, "gender": "female", "birthDate": "1961-04-09",
        "name": [
            { "use": "official", "given": [given], "family": family },
            { "use": "maiden", "given": [given], "family": "O'Keefe" }
        ],
        "identifier": [{ "type": { "coding": [{ "code": "MR" }] }, "system": "urn:mrn", "value": format!("MRN-{id}") }],
        "telecom": [{ "system": "phone", "value": "(312) 555-0188" }],
        "address": [{ "line": ["7 Lake Street"], "city": "Chicago", "state": "IL", "postalCode": "60601" }]
    })
}

pub(crate) fn visit(id: &str, patient: &str) -> Value {
    json!({
        "resourceType": "Encounter", "id": id, "status": "finished", "class": { "code": "AMB" },
        "type": [{ "text": "Check-up" }], "subject": { "reference": format!("Patient/{patient}") },
        "period": { "start": "2024-03-02T15:00:00Z", "end": "2024-03-02T15:30:00Z" },
        "serviceProvider": { "reference": "Organization/clinic" }
    })
}

pub(crate) fn clinic() -> Value {
    json!({ "resourceType": "Organization", "id": "clinic", "name": "Lake Clinic" })
}

/// A visit note as text.
pub(crate) fn note(id: &str, patient: &str, visit: &str, words: &str) -> Value {
    attached(id, patient, visit, "text/plain; charset=utf-8", words.as_bytes())
}

/// A note whose content is a file.
pub(crate) fn attached(id: &str, patient: &str, visit: &str, media_type: &str, bytes: &[u8]) -> Value {
    json!({
        "resourceType": "DocumentReference", "id": id, "status": "current",
        "type": { "coding": [{ "system": "http://loinc.org", "code": "11506-3", "display": "Progress note" }] },
        "subject": { "reference": format!("Patient/{patient}") }, "date": "2024-03-02T15:30:00Z",
        "author": [{ "display": "Dr. Ruiz" }],
        "content": [{ "attachment": { "contentType": media_type, "data": Base64::encode_string(bytes) } }],
        "context": { "encounter": [{ "reference": format!("Encounter/{visit}") }] }
    })
}

/// A chart with a visit and a note.
pub(crate) fn chart(patient_id: &str, words: &str) -> Vec<Value> {
    let visit_id = format!("visit-{patient_id}");
    vec![
        patient(patient_id, "Ana", "Ruiz"),
        visit(&visit_id, patient_id),
        clinic(),
        note(&format!("note-{patient_id}"), patient_id, &visit_id, words),
    ]
}
