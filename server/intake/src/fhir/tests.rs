//! Each rule of reading, on small bundles written here.

mod contained;
mod documents;
mod others;
mod parts;
mod refusals;
mod robustness;
mod sample;
mod stated;

use domain::document::{Block, Category};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::*;

fn new_york() -> TimeZone {
    TimeZone::get("America/New_York").expect("the tests have the zones")
}

fn bundle(resources: &[Value]) -> Vec<u8> {
    let entries: Vec<_> = resources
        .iter()
        .map(|resource| {
            json!({
                "fullUrl": format!("urn:uuid:{}", resource["id"].as_str().unwrap_or_default()),
                "resource": resource,
                "request": { "method": "POST", "url": resource["resourceType"] },
            })
        })
        .collect();
    json!({ "resourceType": "Bundle", "type": "transaction", "entry": entries }).to_string().into_bytes()
}

fn read(resources: &[Value]) -> Result<Charts, Refused> {
    super::read(&bundle(resources), &new_york(), &Limits::default())
}

/// The one chart of a bundle with this patient and these resources.
fn chart_with(resources: &[Value]) -> Chart {
    let mut all = vec![patient()];
    all.extend_from_slice(resources);
    let mut charts = read(&all).expect("the bundle reads").charts;
    assert_eq!(charts.len(), 1);
    charts.remove(0)
}

fn patient() -> Value {
    json!({
        "resourceType": "Patient", "id": "ana",
        "identifier": [
            { "type": { "coding": [{ "code": "MR" }] }, "system": "urn:hospital", "value": "00417" },
            { "type": { "coding": [{ "code": "SS" }] }, "system": "http://hl7.org/fhir/sid/us-ssn", "value": "999-10-1234" },
        ],
        "name": [
            { "use": "maiden", "family": "Brown30", "given": ["Ana"] },
            { "use": "official", "family": "D'Amore443", "given": ["Ana", "María"], "prefix": ["Mrs."] },
        ],
        "birthDate": "1961-02-03", "gender": "female",
        "telecom": [{ "system": "phone", "value": "555-0100" }, { "system": "email", "value": "ana@example.org" }],
        "address": [{ "use": "home", "line": ["1 Elm St"], "city": "Saugus", "state": "MA", "postalCode": "01906" }],
        "communication": [{ "language": { "coding": [{ "code": "en" }] } },
                          { "language": { "coding": [{ "code": "es" }] }, "preferred": true }],
    })
}

fn visit() -> Value {
    json!({
        "resourceType": "Encounter", "id": "visit", "status": "finished",
        "class": { "code": "AMB" }, "type": [{ "text": "Check-up" }],
        "subject": { "reference": "Patient/ana" },
        "participant": [{ "individual": { "reference": "Practitioner?identifier=urn:npi|77", "display": "Dr. Ruiz" } }],
        "serviceProvider": { "display": "Elm Clinic" },
        "period": { "start": "2021-03-02T15:00:00Z", "end": "2021-03-02T15:20:00Z" },
    })
}

fn document<'c>(chart: &'c Chart, kind: &str, source_id: &str) -> &'c Document {
    let key = DocumentKey { kind: kind.to_owned(), source_id: source_id.to_owned() };
    let found = chart.documents.iter().find(|document| document.key == key);
    let keys: Vec<_> = chart.documents.iter().map(|document| &document.key).collect();
    found.unwrap_or_else(|| panic!("no {key:?} among {keys:?}"))
}

fn blocks(document: &Document) -> &[Block] {
    match &document.body {
        Body::Readable(readable) => &readable.blocks,
        Body::File { media_type, .. } => panic!("a file of type {media_type}"),
    }
}

fn rows(document: &Document) -> Vec<Vec<&str>> {
    let tables = blocks(document).iter().filter_map(|block| match block {
        Block::Table { head, rows } => Some((head, rows)),
        _ => None,
    });
    let rows = tables.flat_map(|(head, rows)| rows.iter().inspect(|row| assert_eq!(row.len(), head.len())));
    rows.map(|row| row.iter().map(String::as_str).collect()).collect()
}

fn base64(text: &str) -> String {
    use base64ct::{Base64, Encoding};
    Base64::encode_string(text.as_bytes())
}

#[test]
fn a_patient_is_read_as_stated() {
    let patient = chart_with(&[]).patient;
    assert_eq!(patient.source_id, "ana");
    let names: Vec<_> =
        patient.names.iter().map(|n| (n.used_as.as_deref(), n.family.as_deref(), n.given.join(" "))).collect();
    assert_eq!(
        names,
        [
            (Some("maiden"), Some("Brown30"), "Ana".to_owned()),
            (Some("official"), Some("D'Amore443"), "Ana María".to_owned()),
        ]
    );
    assert_eq!(patient.birth_date.map(|moment| moment.to_string()).as_deref(), Some("1961-02-03"));
    assert_eq!(patient.identifiers[1].kind.as_deref(), Some("SS"));
    assert_eq!((patient.phones, patient.emails), (vec!["555-0100".to_owned()], vec!["ana@example.org".to_owned()]));
    assert_eq!(patient.language.as_deref(), Some("es"));
    assert_eq!(patient.addresses[0].postal_code.as_deref(), Some("01906"));
}

#[test]
fn a_partial_or_absent_birth_date_is_taken_and_never_completed() {
    let mut partial = patient();
    partial["birthDate"] = json!("1961");
    let chart = read(&[partial, visit()]).expect("it reads").charts.remove(0);
    assert_eq!(chart.patient.birth_date.map(|born| born.precision), Some(Precision::Year));
    let mut absent = patient();
    absent.as_object_mut().expect("an object").remove("birthDate");
    let weight = sample::vital("w1", "Weight", "81.5000");
    let chart = read(&[absent, visit(), weight]).expect("it reads").charts.remove(0);
    let Body::Readable(readable) = &document(&chart, "observations:vital-signs", "visit").body else {
        panic!("a file")
    };
    assert_eq!(readable.patient.born, None);
    assert_eq!(readable.patient.name, "Ana María D'Amore443");
    assert_eq!(readable.patient.record_number.as_deref(), Some("00417"));
}

#[test]
fn resources_are_kept_byte_for_byte() {
    let resource = r#"{ "resourceType":"Observation", "id":"w1","subject":{"reference":"Patient/ana"},
        "valueQuantity":{"value":81.5000,"unit":"kg"}, "extension":[{"url":"urn:x","valueString":"kept \u00e9"}] }"#;
    let file = format!(
        r#"{{"resourceType":"Bundle","type":"collection","entry":[{{"resource":{}}},{{"resource":{resource}}}]}}"#,
        patient()
    );
    let charts = super::read(file.as_bytes(), &new_york(), &Limits::default()).expect("it reads");
    let kept = charts.charts[0].resources.iter().find(|kept| kept.source_id == "w1").expect("it is kept");
    assert_eq!(kept.raw, resource);
}

#[test]
fn layout_alone_is_no_change_and_a_digit_is() {
    let digest = |json: &str| entry::digest(json, 9).expect("not too deep");
    assert_eq!(digest(r#"{"a":"x y","b":[1,2]}"#), digest("{ \"a\": \"x y\",\n\t\"b\": [ 1, 2 ]\r\n}"));
    assert_ne!(digest(r#"{"a":"x y"}"#), digest(r#"{"a":"xy"}"#));
    assert_ne!(digest(r#"{"a":81.5000}"#), digest(r#"{"a":81.5}"#));
    assert_eq!(digest(r#"{"a":"\" { "}"#), digest(r#"{ "a" : "\" { " }"#));
}

#[test]
fn references_lead_by_address_by_id_and_by_condition() {
    let practitioner = json!({
        "resourceType": "Practitioner", "id": "ruiz",
        "identifier": [{ "system": "urn:npi", "value": "77" }],
        "name": [{ "family": "Ruiz", "given": ["Eva"], "prefix": ["Dr."] }],
    });
    for reference in
        ["urn:uuid:ruiz", "Practitioner/ruiz", "Practitioner/ruiz/_history/3", "Practitioner?identifier=urn:npi|77"]
    {
        let mut visit = visit();
        visit["participant"] = json!([{ "individual": { "reference": reference } }]);
        let charts = read(&[patient(), visit, practitioner.clone()]).expect("it reads");
        assert_eq!(charts.charts[0].encounters[0].provider.as_deref(), Some("Dr. Eva Ruiz"), "{reference}");
        assert_eq!(charts.notes, [], "{reference}");
        assert_eq!(charts.supporting.len(), 1);
    }
}

#[test]
fn a_conditional_reference_that_leads_nowhere_is_kept_as_text() {
    let mut visit = visit();
    visit["participant"] = json!([{ "individual": { "reference": "Practitioner?identifier=urn:npi|9999" } }]);
    let charts = read(&[patient(), visit]).expect("it reads");
    assert_eq!(charts.charts[0].encounters[0].provider.as_deref(), Some("Practitioner 9999"));
    assert_eq!(charts.notes, [Remark { about: About::ReferenceKeptAsText, kind: "Practitioner".to_owned(), times: 1 }]);
}

#[test]
fn a_reference_that_is_asked_for_twice_is_remarked_once() {
    let plan = json!({ "resourceType": "CarePlan", "id": "p", "subject": { "reference": "Patient/ana" },
        "addresses": [{ "reference": "Condition/gone" }], "activity": [{ "reference": { "reference": "Task/gone" } }] });
    let charts = read(&[patient(), plan]).expect("it reads");
    let kept = |kind: &str| Remark { about: About::ReferenceKeptAsText, kind: kind.to_owned(), times: 1 };
    assert_eq!(charts.notes, [kept("Condition"), kept("Task")]);
}

#[test]
fn two_patients_make_two_charts_and_nothing_crosses() {
    let mut other = patient();
    other["id"] = json!("ben");
    let mut theirs = sample::vital("w2", "Weight", "70");
    theirs["subject"] = json!({ "reference": "Patient/ben" });
    theirs.as_object_mut().expect("an object").remove("encounter");
    let charts =
        read(&[patient(), other, visit(), sample::vital("w1", "Weight", "81"), theirs]).expect("it reads").charts;
    let held: Vec<_> =
        charts.iter().map(|c| c.resources.iter().map(|r| r.source_id.as_str()).collect::<Vec<_>>()).collect();
    assert_eq!(
        held,
        [vec!["visit", "w1", "ana"], vec!["w2", "ben"]].map(|mut ids| {
            ids.sort_by_key(|id| match *id {
                "visit" => 0,
                "w1" | "w2" => 1,
                _ => 2,
            });
            ids
        })
    );
    assert_eq!(charts[1].documents.len(), 1);
    assert_eq!(charts[1].documents[0].key.source_id, "ben/2021-03-02");
}

#[test]
fn the_same_resource_twice_is_kept_once() {
    let charts = read(&[patient(), visit(), visit()]).expect("it reads");
    assert_eq!(charts.charts[0].resources.len(), 2);
    assert!(charts.notes.contains(&Remark { about: About::Repeated, kind: "Encounter".to_owned(), times: 1 }));
}

#[test]
fn categories_follow_the_source_codes_and_the_visit() {
    let note = |code: &str, class: &str| {
        let mut visit = visit();
        visit["class"] = json!({ "code": class });
        let chart = chart_with(&[visit, sample::note("n", code, "words")]);
        document(&chart, "DocumentReference", "n").category
    };
    assert_eq!(note("34117-2", "AMB"), Category::VisitNote);
    assert_eq!(note("34117-2", "IMP"), Category::AdmissionPaper);
    assert_eq!(note("34117-2", "EMER"), Category::EmergencyVisit);
    assert_eq!(note("18842-5", "IMP"), Category::DischargeSummary);
    assert_eq!(note("00000-0", "AMB"), Category::VisitNote);
}
