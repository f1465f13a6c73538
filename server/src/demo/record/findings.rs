//! Measurements, laboratory results, and the lists over a whole chart.

use serde_json::{Value, json};

use super::{Making, visits::Visit};
use crate::demo::cast::Story;

pub(super) fn vital_signs(making: &mut Making<'_>, visit: &Visit) {
    let child = matches!(making.patient.story, Story::Newborn | Story::Child);
    let high = matches!(making.patient.story, Story::Chronic | Story::Old);
    let weight = match making.patient.story {
        Story::Newborn => making.seed.between(38, 55),
        Story::Child => making.seed.between(180, 340),
        _ => making.seed.between(520, 1080),
    };
    let mut all = vec![
        ("weight", "Body weight", f64::from(weight) / 10.0, "kg"),
        ("pulse", "Heart rate", f64::from(making.seed.between(58, if child { 140 } else { 96 })), "/min"),
        ("temperature", "Body temperature", f64::from(making.seed.between(362, 374)) / 10.0, "°C"),
    ];
    if !child {
        let top = making.seed.between(108, if high { 162 } else { 134 });
        all.push(("systolic", "Systolic blood pressure", f64::from(top), "mmHg"));
        all.push(("diastolic", "Diastolic blood pressure", f64::from(making.seed.between(64, 92)), "mmHg"));
    }
    for (id, name, value, unit) in all {
        let observed = observation(making, visit, id, "vital-signs", name, value, unit, None);
        making.resources.push(observed);
    }
}

/// Name, lowest and highest of the healthy range, unit, and tenths above and below which values may fall.
const PANEL: [(&str, i32, i32, &str); 8] = [
    ("Hemoglobin", 120, 160, "g/dL"),
    ("White blood cells", 40, 110, "10*3/uL"),
    ("Platelets", 1500, 4000, "10*3/uL"),
    ("Sodium", 1350, 1450, "mmol/L"),
    ("Potassium", 35, 51, "mmol/L"),
    ("Creatinine", 6, 12, "mg/dL"),
    ("Glucose", 700, 1000, "mg/dL"),
    ("Alanine transaminase", 70, 560, "U/L"),
];

pub(super) fn laboratory(making: &mut Making<'_>, visit: &Visit) {
    let mut results = Vec::new();
    for (name, low, high, unit) in PANEL {
        let span = high - low;
        let tenths = making.seed.between(low - span / 6, high + span / 3);
        let id = super::slug(name);
        let range = Some((f64::from(low) / 10.0, f64::from(high) / 10.0));
        let observed = observation(making, visit, &id, "laboratory", name, f64::from(tenths) / 10.0, unit, range);
        results.push(json!({ "reference": format!("Observation/{}", observed["id"].as_str().unwrap_or_default()) }));
        making.resources.push(observed);
    }
    making.resources.push(json!({
        "resourceType": "DiagnosticReport", "id": making.id(&format!("lab-{}", visit.number)), "status": "final",
        "category": [{ "coding": [{ "code": "LAB" }] }], "code": { "text": "Blood count and metabolic panel" },
        "subject": making.me(), "encounter": visit.here, "effectiveDateTime": format!("{}T09:00:00-06:00", visit.on),
        "issued": format!("{}T16:00:00-06:00", visit.on), "performer": [{ "display": "Riverside Laboratory" }], "result": results,
    }));
}

#[expect(clippy::too_many_arguments, reason = "each names one thing and none can be left out")]
fn observation(
    making: &Making<'_>,
    visit: &Visit,
    id: &str,
    category: &str,
    name: &str,
    value: f64,
    unit: &str,
    range: Option<(f64, f64)>,
) -> Value {
    let mut observed = json!({
        "resourceType": "Observation", "id": making.id(&format!("{id}-{}", visit.number)), "status": "final",
        "category": [{ "coding": [{ "code": category }] }], "code": { "text": name },
        "subject": making.me(), "encounter": visit.here, "effectiveDateTime": format!("{}T09:00:00-06:00", visit.on),
        "valueQuantity": { "value": value, "unit": unit },
    });
    if let Some((low, high)) = range {
        observed["referenceRange"] =
            json!([{ "low": { "value": low, "unit": unit }, "high": { "value": high, "unit": unit } }]);
        if value < low || value > high {
            let code = if value < low { "L" } else { "H" };
            observed["interpretation"] = json!([{ "coding": [{ "code": code }] }]);
        }
    }
    observed
}

/// Problems, medicines, allergies and vaccines.
pub(super) fn lists(making: &mut Making<'_>) {
    let chronic = making.is(Story::Chronic) || making.is(Story::Old);
    if chronic {
        for (id, problem, medicine) in [
            ("diabetes", "Type 2 diabetes mellitus", "Metformin 1000 mg, twice a day"),
            ("pressure", "Essential hypertension", "Lisinopril 20 mg, in the morning"),
        ] {
            making.resources.push(json!({
                "resourceType": "Condition", "id": making.id(id), "code": { "text": problem }, "subject": making.me(),
                "clinicalStatus": { "coding": [{ "code": "active" }] }, "onsetDateTime": "2014",
            }));
            making.resources.push(json!({
                "resourceType": "MedicationRequest", "id": making.id(&format!("{id}-tablets")), "status": "active",
                "intent": "order", "medicationCodeableConcept": { "text": medicine }, "subject": making.me(),
                "authoredOn": "2019-02-11",
            }));
        }
    }
    if making.seed.between(0, 2) == 0 || making.is(Story::Child) {
        let (allergy, reaction) =
            *making.seed.pick(&[("Penicillin", "Hives"), ("Peanuts", "Swelling of the lips"), ("Latex", "Rash")]);
        making.resources.push(json!({
            "resourceType": "AllergyIntolerance", "id": making.id("allergy"), "patient": making.me(), "code": { "text": allergy },
            "reaction": [{ "manifestation": [{ "text": reaction }] }],
        }));
    }
    let vaccines: &[&str] = match making.patient.story {
        Story::Newborn => &["Hepatitis B"],
        Story::Child | Story::Teenager => &["DTaP", "Polio", "MMR", "Varicella"],
        _ => &["Influenza", "COVID-19", "Tdap"],
    };
    for (number, vaccine) in vaccines.iter().enumerate() {
        let given = making.born.checked_add(jiff::Span::new().days(40 + i32::try_from(number).unwrap_or_default()));
        let Ok(given) = given else { continue };
        making.resources.push(json!({
            "resourceType": "Immunization", "id": making.id(&format!("vaccine-{number}")), "status": "completed",
            "vaccineCode": { "text": vaccine }, "patient": making.me(), "occurrenceDateTime": given.to_string(),
        }));
    }
}
