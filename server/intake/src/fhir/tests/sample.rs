//! Resources that the tests share.

use serde_json::{Value, json};

use super::base64;

pub(super) fn vital(id: &str, name: &str, value: &str) -> Value {
    observation(id, "vital-signs", name, value)
}

pub(super) fn observation(id: &str, category: &str, name: &str, value: &str) -> Value {
    let value: serde_json::Number = value.parse().expect("a number");
    json!({
        "resourceType": "Observation", "id": id, "status": "final",
        "category": [{ "coding": [{ "code": category }] }],
        "code": { "text": name },
        "subject": { "reference": "Patient/ana" }, "encounter": { "reference": "Encounter/visit" },
        "effectiveDateTime": "2021-03-02T15:05:00Z",
        "valueQuantity": { "value": value, "unit": "kg" },
    })
}

pub(super) fn note(id: &str, loinc: &str, words: &str) -> Value {
    json!({
        "resourceType": "DocumentReference", "id": id, "status": "current",
        "type": { "coding": [{ "system": "http://loinc.org", "code": loinc, "display": "Note" }] },
        "category": [{ "coding": [{ "code": "clinical-note" }] }],
        "subject": { "reference": "Patient/ana" },
        "date": "2021-03-02T15:30:00Z",
        "author": [{ "display": "Dr. Ruiz" }],
        "content": [{ "attachment": { "contentType": "text/plain; charset=utf-8", "data": base64(words) } }],
        "context": { "encounter": [{ "reference": "Encounter/visit" }] },
    })
}

pub(super) fn report(id: &str, more: Value) -> Value {
    let mut report = json!({
        "resourceType": "DiagnosticReport", "id": id, "status": "final",
        "category": [{ "coding": [{ "code": "LAB" }] }], "code": { "text": "Lipid panel" },
        "subject": { "reference": "Patient/ana" }, "encounter": { "reference": "Encounter/visit" },
        "effectiveDateTime": "2021-03-02T15:05:00Z", "issued": "2021-03-02T15:30:00Z",
    });
    let (Value::Object(report_map), Value::Object(more)) = (&mut report, more) else { panic!("objects") };
    report_map.extend(more);
    report
}

/// A chart with something of most kinds.
pub(super) fn whole_chart(visits: usize) -> Vec<Value> {
    let mut all = vec![super::patient()];
    for number in 0..visits {
        let at = |id: &str| format!("{id}-{number}");
        let mut visit = super::visit();
        visit["id"] = json!(at("visit"));
        visit["period"] = json!({ "start": format!("20{:02}-03-02T15:00:00Z", number % 90 + 10) });
        let here = json!({ "reference": format!("Encounter/{}", at("visit")) });
        let mut weight = vital(&at("weight"), "Weight", "81.5");
        let mut answer = observation(&at("answer"), "survey", "Feeling down", "2");
        let mut sugar = observation(&at("sugar"), "laboratory", "Glucose", "5.4");
        for resource in [&mut weight, &mut answer, &mut sugar] {
            resource["encounter"] = here.clone();
        }
        let mut written = note(&at("note"), "34117-2", &format!("Words of visit {number}."));
        written["context"] = json!({ "encounter": [here] });
        let form = json!([{ "contentType": "text/plain", "data": base64(&format!("Words of visit {number}.")) }]);
        let mut same = report(&at("same"), json!({ "presentedForm": form }));
        same["encounter"] = here.clone();
        let result = json!([{ "reference": format!("Observation/{}", at("sugar")) }]);
        let mut panel = report(&at("panel"), json!({ "result": result }));
        panel["encounter"] = here.clone();
        let claim = json!({
            "resourceType": "Claim", "id": at("claim"), "status": "active", "patient": { "reference": "Patient/ana" },
            "billablePeriod": { "start": "2021-03-02" }, "total": { "value": 12.50, "currency": "USD" },
            "item": [{ "productOrService": { "text": "Check-up" }, "encounter": [here] }],
        });
        let explained = json!({
            "resourceType": "ExplanationOfBenefit", "id": at("eob"), "status": "active",
            "patient": { "reference": "Patient/ana" }, "claim": { "reference": format!("Claim/{}", at("claim")) },
            "insurer": { "display": "Aetna" }, "payment": { "amount": { "value": 10.00, "currency": "USD" } },
        });
        let problem = json!({
            "resourceType": "Condition", "id": at("problem"), "code": { "text": "Cough" },
            "subject": { "reference": "Patient/ana" }, "onsetDateTime": "2020",
        });
        all.extend([visit, weight, answer, sugar, written, same, panel, claim, explained, problem]);
    }
    all
}
