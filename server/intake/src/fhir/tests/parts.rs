//! What a next version of a document may not do without, and when there is one.

use super::*;

fn letter(url: &str) -> Value {
    let mut letter = sample::note("n", "18842-5", "");
    letter["content"] = json!([{ "attachment": { "contentType": "application/pdf", "url": url } }]);
    letter
}

fn file(id: &str) -> Value {
    json!({ "resourceType": "Binary", "id": id, "contentType": "application/pdf", "data": base64("%PDF-1.4 x") })
}

fn keeps(resources: &[Value], kind: &str, source_id: &str) -> Vec<String> {
    document(&chart_with(resources), kind, source_id).keeps.clone()
}

#[test]
fn a_note_keeps_the_file_and_the_visit_that_it_still_names() {
    let of_note = |resources: &[Value]| keeps(resources, "DocumentReference", "n");
    // the visit names somebody who is not in the bundle
    let whole = ["DiagnosticReport", "DocumentReference", "Practitioner"];
    assert_eq!(of_note(&[visit(), letter("Binary/b"), file("b")]), whole);
    assert_eq!(of_note(&[visit(), letter("Binary/second"), file("second")]), whole);
    let less = of_note(&[letter("Binary/b")]);
    for part in ["Binary/b", "Encounter/visit", "content:DocumentReference/n"] {
        assert!(less.iter().any(|kept| kept == part), "{part} in {less:?}");
    }
}

#[test]
fn a_note_that_was_taken_back_keeps_nothing_that_it_names() {
    let mut letter = letter("Binary/b");
    letter["status"] = json!("entered-in-error");
    // but a report of the same bytes was not taken back with it, nor an explanation with its bill
    assert_eq!(keeps(&[letter], "DocumentReference", "n"), ["DiagnosticReport"]);
    let claim = json!({ "resourceType": "Claim", "id": "b", "patient": { "reference": "Patient/ana" },
                        "status": "entered-in-error" });
    assert_eq!(keeps(&[claim], "Claim", "b"), ["ExplanationOfBenefit"]);
}

#[test]
fn a_note_stands_on_nothing_that_is_only_the_reason_of_its_visit() {
    let mut visit = visit();
    visit["reasonReference"] = json!([{ "reference": "Condition/c" }]);
    let cough = json!({ "resourceType": "Condition", "id": "c", "subject": { "reference": "Patient/ana" },
                        "code": { "text": "Cough" } });
    let whole = chart_with(&[visit.clone(), sample::note("n", "34117-2", "words"), cough]);
    let corrected = chart_with(&[visit, sample::note("n", "34117-2", "other words")]);
    for chart in [whole, corrected] {
        let note = document(&chart, "DocumentReference", "n");
        let parts: Vec<_> = note.draws_on.iter().chain(&note.keeps).collect();
        assert!(!parts.iter().any(|part| part.starts_with("Condition")), "{parts:?}");
    }
}

#[test]
fn a_result_is_of_the_visit_that_it_names_also_where_that_is_not_in_the_bundle() {
    let list_of = |reference: &str, id: &str| {
        let mut weight = sample::vital("w", "Weight", "82");
        weight["encounter"] = json!({ "reference": reference });
        let list = document(&chart_with(&[weight]), "observations:vital-signs", id).clone();
        assert_eq!((list.title.as_str(), list.encounter.as_deref()), ("Vital signs", None), "{reference}");
        assert_eq!(list.service.from.map(|from| from.day.to_string()).as_deref(), Some("2021-03-02"), "{reference}");
        list.keeps
    };
    for (reference, kept) in [
        ("Encounter/visit", "Encounter/visit"),
        ("Encounter/visit/_history/2", "Encounter/visit"),
        ("https://fhir.example/r4/Encounter/visit", "Encounter/visit"),
        ("urn:uuid:visit", "*"),
    ] {
        assert_eq!(list_of(reference, "visit"), [kept, "Observation"], "{reference}");
    }
    for (reference, kept) in [("Encounter?identifier=urn:x|1", "Encounter"), ("urn:oid:1.2", "*")] {
        assert_eq!(list_of(reference, "ana/2021-03-02"), [kept, "Observation"], "{reference}");
    }
}

#[test]
fn results_of_one_visit_are_one_list_however_they_name_it_and_of_one_patient() {
    let mut weight = sample::vital("w", "Weight", "82");
    weight["encounter"] = json!({ "reference": "https://fhir.example/r4/Encounter/visit" });
    let chart = chart_with(&[visit(), weight.clone(), sample::vital("height", "Height", "170")]);
    assert_eq!(chart.documents.len(), 1);
    let list = document(&chart, "observations:vital-signs", "visit");
    assert_eq!((rows(list).len(), list.encounter.as_deref()), (2, Some("visit")));
    let mut other = patient();
    other["id"] = json!("ben");
    weight["subject"] = json!({ "reference": "Patient/ben" });
    let refused = read(&[patient(), other, weight, sample::vital("height", "Height", "170")]).expect_err("refused");
    assert_eq!((refused.reason, refused.kind.as_deref()), (Reason::SeveralPatients, Some("Observation")));
}

#[test]
fn a_file_that_is_missing_leaves_its_place_to_no_other() {
    let pdf = |words: &str| json!({ "contentType": "application/pdf", "data": base64(&format!("%PDF-1.4 {words}")) });
    let missing = |media_type: &str| json!({ "contentType": media_type });
    let text = json!({ "contentType": "text/plain", "data": base64("Rested.") });
    let message = |files: &[&Value]| {
        let payload: Vec<_> = files.iter().map(|file| json!({ "contentAttachment": file })).collect();
        json!({ "resourceType": "Communication", "id": "x", "subject": { "reference": "Patient/ana" },
            "payload": payload })
    };
    let report = |files: &[&Value]| sample::report("x", json!({ "presentedForm": files }));
    let note = |files: &[&Value]| {
        let mut note = sample::note("x", "34117-2", "");
        note["content"] = files.iter().map(|file| json!({ "attachment": file })).collect();
        note
    };
    let places = |resource: Value| {
        let chart = chart_with(&[visit(), resource]);
        let held = |document: &Document| match &document.body {
            Body::File { bytes, .. } => String::from_utf8_lossy(bytes).replace("%PDF-1.4 ", ""),
            Body::Readable(_) => "a page".to_owned(),
        };
        let mut places: Vec<_> =
            chart.documents.iter().map(|document| format!("{}: {}", document.key.source_id, held(document))).collect();
        places.sort();
        places
    };
    let (a, b) = (&pdf("a"), &pdf("b"));
    let (no_pdf, no_text) = (&missing("application/pdf"), &missing("text/plain"));
    assert_eq!(places(message(&[&text, a, b])), ["x/2: a", "x/3: b", "x: a page"]);
    assert_eq!(places(message(&[&text, no_pdf, b])), ["x/3: b", "x: a page"]);
    assert_eq!(places(message(&[no_text, a, b])), ["x/2: a", "x/3: b", "x: a page"]);
    assert_eq!(places(report(&[a, b])), ["x/2: b", "x: a"]);
    assert_eq!(places(report(&[no_pdf, b])), ["x/2: b"]);
    assert_eq!(places(report(&[&text, a, b])), ["x/2: a", "x/3: b", "x: a page"]);
    assert_eq!(places(report(&[no_text, no_pdf, b])), ["x/3: b"]);
    assert_eq!(places(note(&[a, b])), ["x/2: b", "x: a"]);
    assert_eq!(places(note(&[no_pdf, b])), ["x/2: b", "x: a page"]);
    assert_eq!(places(note(&[no_text, b])), ["x: b"], "another format of the same");
    let chart = chart_with(&[visit(), note(&[no_pdf, b])]);
    let content = |id: &str| document(&chart, "DocumentReference", id).keeps.iter().any(|part| part.contains(':'));
    assert_eq!([content("x"), content("x/2")], [true, false]);
}

#[test]
fn a_report_keeps_results_that_it_names_in_whatever_way() {
    for (reference, kept) in [
        ("Observation/gone", "Observation/gone"),
        ("Observation/gone/_history/2", "Observation/gone"),
        ("https://fhir.example/r4/Observation/gone", "Observation/gone"),
        ("Observation?identifier=urn:x|gone", "Observation"),
        ("urn:uuid:0d5c2c4e-7d1f-4a3e-9a55-2f6a3e7c1b10", "*"),
    ] {
        let report = sample::report("r", json!({ "result": [{ "reference": reference }], "conclusion": "Fine." }));
        let keeps = keeps(&[visit(), report], "DiagnosticReport", "r");
        assert!(keeps.iter().any(|part| part == kept), "{reference}: {keeps:?}");
    }
    let without = sample::report("r", json!({ "conclusion": "Fine." }));
    assert_eq!(keeps(&[visit(), without], "DiagnosticReport", "r"), ["Practitioner"]);
}

#[test]
fn a_document_draws_on_its_visit_on_whom_it_names_and_on_bytes_of_its_own() {
    let mut note = sample::note("n", "34117-2", "words");
    note["author"] = json!([{ "reference": "Practitioner/eva" }]);
    let eva = json!({ "resourceType": "Practitioner", "id": "eva", "name": [{ "family": "Ruiz", "given": ["Eva"] }] });
    let charts = read(&[patient(), visit(), note, eva]).expect("it reads");
    let note = document(&charts.charts[0], "DocumentReference", "n");
    assert_eq!(note.author.as_deref(), Some("Eva Ruiz"));
    assert_eq!(note.draws_on, ["Encounter/visit", "Practitioner/eva", "content:DocumentReference/n"]);
    let chart = chart_with(&[visit(), letter("Binary/b"), file("b")]);
    assert_eq!(document(&chart, "DocumentReference", "n").draws_on, ["Encounter/visit"]);
}

#[test]
fn a_list_keeps_all_that_belongs_to_it_and_a_bill_its_explanations() {
    let problem = json!({ "resourceType": "Condition", "id": "c", "subject": { "reference": "Patient/ana" },
                          "code": { "text": "Asthma" } });
    let claim = json!({ "resourceType": "Claim", "id": "b", "patient": { "reference": "Patient/ana" } });
    assert_eq!(keeps(&[problem], "list:problems", "ana"), ["Condition"]);
    assert_eq!(keeps(&[claim], "Claim", "b"), ["ExplanationOfBenefit"]);
}

#[test]
fn a_corrected_visit_or_birth_date_makes_a_next_version_of_what_says_it() {
    let digests = |began: &str, born: &str| {
        let (mut patient, mut visit) = (patient(), visit());
        patient["birthDate"] = json!(born);
        visit["period"]["start"] = json!(began);
        let note = sample::note("n", "34117-2", "words");
        let mut letter = letter("Binary/b");
        letter["id"] = json!("letter");
        let resources = [patient, visit, sample::vital("w", "Weight", "81"), note, letter, file("b")];
        let chart = read(&resources).expect("it reads").charts.remove(0);
        let keys = [("observations:vital-signs", "visit"), ("DocumentReference", "n"), ("DocumentReference", "letter")];
        keys.map(|(kind, id)| document(&chart, kind, id).digest)
    };
    let [weight, note, letter] = digests("2021-03-02T15:00:00Z", "1961-02-03");
    // a weight is of the day that it was taken, and so is its list
    let [same, moved, moved_letter] = digests("2021-03-01T15:00:00Z", "1961-02-03");
    assert_eq!(same, weight);
    assert!(moved != note && moved_letter != letter);
    // nobody prints on a file's own pages
    let [corrected, corrected_note, same] = digests("2021-03-02T15:00:00Z", "1961-03-02");
    assert!(corrected != weight && corrected_note != note);
    assert_eq!(same, letter);
}
