//! Resources that stand inside others.

use super::*;

fn prescription(reference: &str) -> Value {
    json!({
        "resourceType": "MedicationRequest", "id": "r", "status": "active", "subject": { "reference": "Patient/ana" },
        "contained": [
            { "resourceType": "Medication", "id": "m1", "code": { "text": "Salbutamol" } },
            { "resourceType": "Medication", "id": "m2", "code": { "text": "Aspirin" } },
            { "resourceType": "Medication", "id": "m2", "code": { "text": "Ibuprofen" } },
        ],
        "medicationReference": { "reference": reference }, "authoredOn": "2020-01-05",
    })
}

/// An observation as it stands inside a report: it says neither whose it is nor when.
fn inside(id: &str, name: &str, value: &str) -> Value {
    let mut observation = sample::observation(id, "laboratory", name, value);
    for element in ["subject", "encounter"] {
        observation.as_object_mut().expect("an object").remove(element);
    }
    observation
}

fn report_with_results() -> Value {
    let mut panel = inside("panel", "Electrolytes", "0");
    panel.as_object_mut().expect("an object").remove("valueQuantity");
    panel["hasMember"] = json!([{ "reference": "#salt" }]);
    let contained = json!([inside("sugar", "Glucose", "5.4"), panel, inside("salt", "Sodium", "140")]);
    let result = json!([{ "reference": "#sugar" }, { "reference": "#panel" }]);
    sample::report("r", json!({ "contained": contained, "result": result }))
}

#[test]
fn a_prescription_names_the_medicine_that_stands_inside_it() {
    let charts = read(&[patient(), prescription("#m1")]).expect("it reads");
    let chart = &charts.charts[0];
    let list = document(chart, "list:medications", "ana");
    assert_eq!(rows(list)[0][0], "Salbutamol");
    // it is no resource of its own: it comes and goes with the prescription
    assert_eq!(list.made_of, [("MedicationRequest".to_owned(), "r".to_owned())]);
    assert_eq!((chart.resources.len(), chart.documents.len(), charts.supporting.len()), (2, 1, 0));
    assert_eq!(charts.notes, []);
}

#[test]
fn a_reference_to_what_is_not_inside_or_is_there_twice_is_remarked() {
    for reference in ["#gone", "#m2"] {
        let charts = read(&[patient(), prescription(reference)]).expect("it reads");
        assert_eq!(rows(document(&charts.charts[0], "list:medications", "ana"))[0][0], "Not named", "{reference}");
        assert!(charts.notes.iter().any(|note| note.about == About::ReferenceKeptAsText), "{reference}");
    }
}

#[test]
fn a_report_shows_the_results_that_stand_inside_it() {
    let charts = read(&[patient(), visit(), report_with_results()]).expect("it reads");
    let chart = &charts.charts[0];
    let report = document(chart, "DiagnosticReport", "r");
    assert_eq!(
        rows(report),
        [vec!["Glucose", "5.4", "kg", "", "", "2021-03-02"], vec!["Sodium", "140", "kg", "", "", "2021-03-02"]]
    );
    assert_eq!(report.made_of, [("DiagnosticReport".to_owned(), "r".to_owned())]);
    assert_eq!((chart.resources.len(), chart.documents.len()), (3, 1));
    assert!(!charts.notes.iter().any(|note| note.about == About::ResultNotIncluded), "{:?}", charts.notes);
}

#[test]
fn results_that_belong_to_each_other_are_shown_once() {
    let mut report = report_with_results();
    report["contained"][2]["hasMember"] = json!([{ "reference": "#panel" }, { "reference": "#sugar" }]);
    let chart = chart_with(&[visit(), report]);
    assert_eq!(rows(document(&chart, "DiagnosticReport", "r")).len(), 2);
}

#[test]
fn a_role_is_called_by_who_fills_it() {
    let procedure = json!({
        "resourceType": "Procedure", "id": "p", "status": "completed", "subject": { "reference": "Patient/ana" },
        "code": { "text": "Biopsy" }, "performer": [{ "actor": { "reference": "#role" } }],
        "contained": [
            { "resourceType": "PractitionerRole", "id": "role", "practitioner": { "reference": "#eva" } },
            { "resourceType": "Practitioner", "id": "eva", "name": [{ "family": "Ruiz", "given": ["Eva"] }] },
        ],
    });
    let chart = chart_with(&[procedure]);
    assert_eq!(document(&chart, "Procedure", "p").author.as_deref(), Some("Eva Ruiz"));
}

#[test]
fn an_explanation_keeps_its_own_document_though_the_claim_stands_inside_it() {
    let explanation = json!({
        "resourceType": "ExplanationOfBenefit", "id": "e", "patient": { "reference": "Patient/ana" },
        "contained": [{ "resourceType": "Claim", "id": "c" }], "claim": { "reference": "#c" },
    });
    assert_eq!(document(&chart_with(&[explanation]), "ExplanationOfBenefit", "e").category, Category::Billing);
}

#[test]
fn what_stands_inside_is_no_other_patients() {
    let mut other = patient();
    other["id"] = json!("ben");
    let mut report = report_with_results();
    report["contained"][0]["subject"] = json!({ "reference": "Patient/ben" });
    let refused = read(&[patient(), other, visit(), report]).expect_err("refused");
    assert_eq!((refused.reason, refused.entry), (Reason::SeveralPatients, Some(3)));
    assert_eq!((refused.kind.as_deref(), refused.source_id.as_deref()), (Some("Observation"), Some("r#sugar")));
}

#[test]
fn what_stands_inside_counts_among_a_bundles_entries() {
    let file = bundle(&[patient(), visit(), report_with_results()]);
    let with = |entries| super::super::read(&file, &new_york(), &Limits { entries, ..Limits::default() });
    assert!(with(6).is_ok());
    assert_eq!(with(5).expect_err("refused").reason, Reason::TooMuch);
}
