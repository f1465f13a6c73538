//! Measurements, laboratory results, and the lists over a whole chart.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::{Making, visits::Visit};
use crate::demo::{cast::Story, seed::Seed};

pub(super) fn vital_signs(making: &mut Making<'_>, visit: &Visit) {
    let child = matches!(making.patient.story, Story::Newborn | Story::Child);
    let high = matches!(making.patient.story, Story::Chronic | Story::Old);
    let (slowest, fastest) = match making.patient.story {
        Story::Newborn => (110, 155),
        Story::Child => (70, 110),
        _ => (58, 96),
    };
    let weight = weight(making, visit.on);
    let mut all = vec![
        ("weight", "Body weight", f64::from(weight) / 10.0, "kg"),
        ("pulse", "Heart rate", f64::from(making.seed.between(slowest, fastest)), "/min"),
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

/// Tenths of a kilogram: an adult's own, give or take two kilograms; a child's by its age, along a curve of its own.
fn weight(making: &mut Making<'_>, on: Date) -> i32 {
    let mut own = Seed::of(&making.id("weight"));
    match making.patient.story {
        Story::Newborn | Story::Child | Story::Teenager => {
            let days = making.born.until(on).map_or(0, |age| age.get_days());
            by_age(days) * own.between(92, 108) / 100 + making.seed.between(-1, 1)
        }
        _ if making.patient.sex == "male" => own.between(660, 1_020) + making.seed.between(-20, 20),
        _ => own.between(540, 880) + making.seed.between(-20, 20),
    }
}

/// What a child of so many days weighs in the middle, in tenths of a kilogram.
fn by_age(days: i32) -> i32 {
    const YEAR: i32 = 365;
    // from this day on, in tenths of a kilogram, and how much more in so many days
    let (from, weight, more, within) = match days {
        ..90 => (0, 34, 27, 90),
        90..365 => (90, 61, 34, 275),
        365..2_190 => (YEAR, 95, 20, YEAR),
        2_190..4_380 => (6 * YEAR, 195, 33, YEAR),
        _ => (12 * YEAR, 393, 45, YEAR),
    };
    weight + (days.min(17 * YEAR) - from) * more / within
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

/// Problems, medicines and allergies.
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
    if making.is(Story::Child) || making.seed.between(0, 2) == 0 && !making.is(Story::Newborn) {
        let (allergy, reaction) =
            *making.seed.pick(&[("Penicillin", "Hives"), ("Peanuts", "Swelling of the lips"), ("Latex", "Rash")]);
        making.resources.push(json!({
            "resourceType": "AllergyIntolerance", "id": making.id("allergy"), "patient": making.me(), "code": { "text": allergy },
            "reaction": [{ "manifestation": [{ "text": reaction }] }],
        }));
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::demo::cast;

    fn weights(id: &str, days: &[Date]) -> Vec<i32> {
        let patient = cast::by_id(id).unwrap();
        let born = patient.born_on().unwrap();
        let mut making = Making { patient, born, seed: Seed::of(id), resources: Vec::new(), home: None };
        days.iter().map(|on| weight(&mut making, *on)).collect()
    }

    #[test]
    fn an_adult_keeps_a_weight_and_a_child_grows() {
        let days = [date(2023, 1, 5), date(2024, 1, 5), date(2025, 1, 5)];
        let adult = weights("maria-nunez", &days);
        assert!(adult.iter().all(|weight| (weight - adult[0]).abs() <= 40), "{adult:?}");
        let child = weights("ella-brooks", &days);
        assert!(child.is_sorted() && child[2] - child[0] > 40, "{child:?}");
        assert!((200..320).contains(&child[1]), "a child of seven: {child:?}");
    }
}
