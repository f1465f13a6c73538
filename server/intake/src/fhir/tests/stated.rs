//! What is rarely stated and must not be lost: that something is not to be done, how bad, up to when, for what.

use super::*;

fn of_ana(mut resource: Value) -> Value {
    resource["subject"] = json!({ "reference": "Patient/ana" });
    resource
}

fn row(chart: &Chart, kind: &str) -> Vec<String> {
    rows(document(chart, kind, "ana")).into_iter().map(|row| row.join("|")).collect()
}

#[test]
fn what_is_not_to_be_given_or_done_says_so_first() {
    let barred = of_ana(json!({ "resourceType": "MedicationRequest", "id": "m", "status": "active",
        "doNotPerform": true, "medicationCodeableConcept": { "text": "Penicillin" }, "authoredOn": "2020-01-05" }));
    let order = of_ana(json!({ "resourceType": "ServiceRequest", "id": "s", "status": "active", "doNotPerform": true,
        "code": { "text": "Resuscitation" } }));
    let plan = of_ana(json!({ "resourceType": "CarePlan", "id": "p", "activity": [
        { "detail": { "description": "Heavy lifting", "doNotPerform": true } },
        { "detail": { "description": "Walking", "doNotPerform": false } },
        { "reference": { "reference": "ServiceRequest/s" } },
    ] }));
    let chart = chart_with(&[barred, order, plan]);
    assert_eq!(row(&chart, "list:medications"), ["Do NOT give: Penicillin||active|2020-01-05||"]);
    assert_eq!(
        rows(document(&chart, "CarePlan", "p")),
        [vec!["Do NOT: Heavy lifting", ""], vec!["Walking", ""], vec!["Do NOT: Resuscitation", ""]]
    );
    assert_eq!(document(&chart, "ServiceRequest", "s").title, "Do NOT: Order or referral: Resuscitation");
}

#[test]
fn a_medicine_says_until_when_it_was_taken() {
    let taken = |id: &str, period: Value| {
        of_ana(json!({ "resourceType": "MedicationStatement", "id": id, "effectivePeriod": period,
            "medicationCodeableConcept": { "text": id } }))
    };
    let chart = chart_with(&[
        taken("ended", json!({ "end": "2019-03" })),
        taken("open", json!({ "start": "2020-01-05" })),
        taken("over", json!({ "start": "2020-01-06", "end": "2020-02-01" })),
    ]);
    let dates: Vec<_> =
        rows(document(&chart, "list:medications", "ana")).into_iter().map(|row| (row[0], row[3])).collect();
    assert_eq!(dates, [("ended", "until 2019-03"), ("open", "2020-01-05"), ("over", "2020-01-06 to 2020-02-01")]);
}

#[test]
fn a_bill_says_what_was_treated_in_its_order() {
    let cough = of_ana(json!({ "resourceType": "Condition", "id": "c", "code": { "text": "Cough" } }));
    let claim = json!({ "resourceType": "Claim", "id": "b", "patient": { "reference": "Patient/ana" }, "diagnosis": [
        { "sequence": 2, "diagnosisCodeableConcept": { "text": "Asthma" } },
        { "sequence": 1, "diagnosisReference": { "reference": "Condition/c" } },
    ] });
    let explained = json!({ "resourceType": "ExplanationOfBenefit", "id": "e", "claim": { "reference": "Claim/b" },
        "patient": { "reference": "Patient/ana" }, "diagnosis": [
            { "sequence": 1, "diagnosisCodeableConcept": { "text": "Bronchitis" } } ] });
    let chart = chart_with(&[cough, claim, explained]);
    let bill = document(&chart, "Claim", "b");
    let diagnoses = |what: &str| Block::Facts(vec![("Diagnoses".to_owned(), what.to_owned())]);
    assert_eq!(
        blocks(bill),
        [diagnoses("Cough; Asthma"), Block::Heading("Explanation of benefits".to_owned()), diagnoses("Bronchitis"),]
    );
    assert!(bill.made_of.contains(&("Condition".to_owned(), "c".to_owned())));
}

#[test]
fn a_problem_says_how_bad_it_is_where_and_at_what_age() {
    let problem = of_ana(json!({ "resourceType": "Condition", "id": "c", "code": { "text": "Fracture" },
        "severity": { "text": "Severe" }, "stage": [{ "summary": { "text": "II" } }],
        "bodySite": [{ "text": "Left arm" }], "onsetAge": { "value": 45, "unit": "years" },
        "abatementPeriod": { "start": "2020-01-01", "end": "2020-02-01" }, "note": [{ "text": "Healed." }] }));
    assert_eq!(
        row(&chart_with(&[problem]), "list:problems"),
        ["Fracture||at the age of 45 years|2020-01-01 to 2020-02-01||Severity: Severe; Stage: Summary: II; \
          Body site: Left arm; Healed."]
    );
}

#[test]
fn an_allergy_says_how_severe_it_was_and_a_vaccine_why_it_was_not_given() {
    let chart = chart_with(&[
        json!({ "resourceType": "AllergyIntolerance", "id": "a", "patient": { "reference": "Patient/ana" },
            "code": { "text": "Bees" }, "lastOccurrence": "2020-05",
            "reaction": [{ "manifestation": [{ "text": "Hives" }], "severity": "severe" }, { "severity": "mild" }] }),
        json!({ "resourceType": "Immunization", "id": "i", "patient": { "reference": "Patient/ana" },
            "status": "not-done", "statusReason": { "text": "Refused" }, "vaccineCode": { "text": "Tetanus" },
            "isSubpotent": false, "reaction": [{ "date": "2020-01-02", "reported": true }] }),
    ]);
    assert_eq!(row(&chart, "list:allergies"), ["Bees|Hives (severe); mild||||Last occurrence: 2020-05"]);
    assert_eq!(
        row(&chart, "list:vaccines"),
        ["Tetanus||not done: Refused|||Reaction: Date: 2020-01-02, Reported: Yes"]
    );
}

#[test]
fn a_vaccine_that_was_too_weak_says_so_and_why() {
    let weak = json!({ "resourceType": "Immunization", "id": "i", "patient": { "reference": "Patient/ana" },
        "status": "completed", "vaccineCode": { "text": "Measles" }, "isSubpotent": true,
        "subpotentReason": [{ "text": "Cold chain broken" }], "doseQuantity": { "value": 0.25, "unit": "mL" },
        "protocolApplied": [{ "doseNumberPositiveInt": 2 }] });
    let told = "Is subpotent: Yes; Subpotent reason: Cold chain broken; Dose quantity: 0.25 mL; \
        Protocol applied: Dose number positive int: 2";
    assert_eq!(row(&chart_with(&[weak]), "list:vaccines"), [format!("Measles||completed|||{told}")]);
}

#[test]
fn a_goal_says_what_it_aims_at() {
    let goal = of_ana(json!({ "resourceType": "Goal", "id": "g", "description": { "text": "Lose weight" }, "target": [
        { "measure": { "text": "Weight" }, "detailQuantity": { "value": 80, "unit": "kg" },
          "dueDate": "2021-01-01" } ] }));
    assert_eq!(
        row(&chart_with(&[goal]), "list:goals"),
        ["Lose weight|Detail quantity: 80 kg, Due date: 2021-01-01, Measure: Weight||"]
    );
}

#[test]
fn an_answer_that_is_no_text_says_what_it_is() {
    let mut trace = sample::vital("w", "Heart rhythm", "0");
    trace.as_object_mut().expect("an object").remove("valueQuantity");
    trace["valueSampledData"] = json!({ "origin": { "value": 0 }, "period": 10, "dimensions": 1, "data": "1 2 3" });
    let asked = of_ana(json!({ "resourceType": "QuestionnaireResponse", "id": "q", "item": [
        { "text": "Photo", "answer": [{ "valueAttachment": { "contentType": "image/png", "title": "Wound" } }] },
        { "text": "Seen by", "answer": [{ "valueReference": { "display": "Dr. Ruiz" } }] },
        { "text": "Page", "answer": [{ "valueUri": "https://example.org" }] },
    ] }));
    let chart = chart_with(&[visit(), trace, asked]);
    assert_eq!(
        rows(document(&chart, "observations:vital-signs", "visit"))[0][1],
        "A recorded curve, kept with the record and not printed here"
    );
    assert_eq!(
        rows(document(&chart, "QuestionnaireResponse", "q")),
        [
            vec!["Photo", "Wound (image/png), kept with the record and not printed here"],
            vec!["Seen by", "Dr. Ruiz"],
            vec!["Page", "https://example.org"],
        ]
    );
}

#[test]
fn a_clinical_document_without_sections_is_the_file_that_it_carries() {
    let carried = |data: &str| {
        let xml = format!(
            "<ClinicalDocument><title>Scan</title><nonXMLBody><text mediaType=\"application/pdf\" \
             representation=\"B64\">{data}</text></nonXMLBody></ClinicalDocument>"
        );
        let mut note = sample::note("n", "34133-9", &xml);
        note["content"][0]["attachment"]["contentType"] = json!("text/xml");
        match chart_with(&[visit(), note]).documents.remove(0).body {
            Body::File { media_type, bytes } => (media_type, bytes.len()),
            Body::Readable(readable) => panic!("{readable:?}"),
        }
    };
    let pdf = "%PDF-1.4 x";
    assert_eq!(carried(&base64(pdf)), ("application/pdf".to_owned(), pdf.len()));
    let verbatim = format!("\n<![CDATA[{}]]>", base64(pdf));
    assert_eq!(carried(&verbatim), ("application/pdf".to_owned(), pdf.len()));
    let (media_type, _) = carried("not base64!");
    assert_eq!(media_type, "text/xml");
}
