//! What refuses a bundle, and that the refusal says what and where.

use super::*;

fn refused(resources: &[Value]) -> (Reason, Option<usize>, Option<String>, Option<String>) {
    let refused = read(resources).expect_err("the bundle is refused");
    (refused.reason, refused.entry, refused.kind, refused.source_id)
}

fn at(reason: Reason, entry: usize, kind: &str, id: &str) -> (Reason, Option<usize>, Option<String>, Option<String>) {
    (reason, Some(entry), Some(kind.to_owned()), Some(id.to_owned()))
}

#[test]
fn a_bundle_cut_in_half_is_cut_off() {
    let file = bundle(&sample::whole_chart(2));
    let refused = super::super::read(&file[..file.len() / 2], &new_york(), &Limits::default());
    assert_eq!(refused.expect_err("it is refused").reason, Reason::CutOff);
}

#[test]
fn what_is_no_bundle_is_named() {
    let reason = |file: &[u8]| super::super::read(file, &new_york(), &Limits::default()).expect_err("refused").reason;
    assert_eq!(reason(b""), Reason::CutOff);
    assert_eq!(reason(b"%PDF-1.4"), Reason::NotJson);
    assert_eq!(reason(b"[1]"), Reason::NotABundle);
    assert_eq!(reason(b"\xff\xfe{"), Reason::NotUtf8);
    assert_eq!(reason(br#"{"resourceType":"Bundle","type":"history","entry":[]}"#), Reason::BundleType);
    assert_eq!(reason(br#"{"resourceType":"Bundle","type":"collection"}"#), Reason::NoPatient);
    let alone = patient().to_string();
    let refused = super::super::read(alone.as_bytes(), &new_york(), &Limits::default()).expect_err("refused");
    assert_eq!((refused.reason, refused.kind.as_deref()), (Reason::NotABundle, Some("Patient")));
}

#[test]
fn a_value_of_the_wrong_type_is_named_with_its_resource() {
    let mut wrong = sample::vital("w1", "Weight", "81");
    wrong["valueQuantity"]["value"] = json!("heavy");
    assert_eq!(refused(&[patient(), visit(), wrong]), at(Reason::WrongType, 2, "Observation", "w1"));
    let mut wrong = patient();
    wrong["name"] = json!("Ana");
    assert_eq!(refused(&[wrong]), at(Reason::WrongType, 0, "Patient", "ana"));
}

#[test]
fn whose_a_resource_is_must_be_stated_and_known() {
    let mut nobodys = sample::vital("w1", "Weight", "81");
    nobodys.as_object_mut().expect("an object").remove("subject");
    assert_eq!(refused(&[patient(), visit(), nobodys]), at(Reason::OwnerNotStated, 2, "Observation", "w1"));
    let mut strangers = sample::vital("w1", "Weight", "81");
    strangers["subject"] = json!({ "reference": "Patient/ben" });
    assert_eq!(refused(&[patient(), visit(), strangers]), at(Reason::PatientNotInBundle, 2, "Observation", "w1"));
    let binary = json!({ "resourceType": "Binary", "id": "b", "contentType": "text/plain", "data": base64("x") });
    assert_eq!(refused(&[patient(), binary]), at(Reason::OwnerNotStated, 1, "Binary", "b"));
}

#[test]
fn a_resource_that_reaches_into_another_chart_is_refused() {
    let mut other = patient();
    other["id"] = json!("ben");
    let mut crossing = sample::vital("w1", "Weight", "81");
    crossing["subject"] = json!({ "reference": "Patient/ben" });
    assert_eq!(
        refused(&[patient(), other.clone(), visit(), crossing]),
        at(Reason::SeveralPatients, 3, "Observation", "w1")
    );
    let mut both = sample::vital("w1", "Weight", "81");
    both["patient"] = json!({ "reference": "Patient/ben" });
    assert_eq!(refused(&[patient(), other, visit(), both]), at(Reason::SeveralPatients, 3, "Observation", "w1"));
}

#[test]
fn a_patient_without_a_name_is_refused() {
    let mut nameless = patient();
    nameless["name"] = json!([{ "use": "official", "given": [null], "family": " " }]);
    assert_eq!(refused(&[nameless]), at(Reason::NoName, 0, "Patient", "ana"));
    assert_eq!(refused(&[]).0, Reason::NoPatient);
}

#[test]
fn bad_base64_and_bad_dates_are_named() {
    let mut note = sample::note("n", "34117-2", "words");
    note["content"][0]["attachment"]["data"] = json!("not base64!");
    assert_eq!(refused(&[patient(), visit(), note]), at(Reason::BadBase64, 2, "DocumentReference", "n"));
    let mut undated = visit();
    undated["period"]["start"] = json!("yesterday");
    assert_eq!(refused(&[patient(), undated]), at(Reason::BadDate, 1, "Encounter", "visit"));
}

#[test]
fn two_different_resources_under_one_id_are_refused() {
    let mut other = visit();
    other["status"] = json!("planned");
    assert_eq!(refused(&[patient(), visit(), other]), at(Reason::Twice, 2, "Encounter", "visit"));
}

#[test]
fn ids_and_types_are_checked() {
    let mut bad = visit();
    bad["id"] = json!("../../etc");
    let refused_id = refused(&[patient(), bad]);
    assert_eq!((refused_id.0, refused_id.1, refused_id.3), (Reason::BadId, Some(1), None));
    let mut untyped = visit();
    untyped.as_object_mut().expect("an object").remove("resourceType");
    assert_eq!(refused(&[patient(), untyped]).0, Reason::NoType);
}

#[test]
fn a_request_to_delete_is_refused() {
    let file = json!({ "resourceType": "Bundle", "type": "transaction", "entry": [
        { "request": { "method": "DELETE", "url": "Observation/1" } } ] });
    let refused = super::super::read(file.to_string().as_bytes(), &new_york(), &Limits::default());
    assert_eq!(refused.expect_err("refused").reason, Reason::NotAnAddition);
}

#[test]
fn limits_hold() {
    let file = bundle(&sample::whole_chart(3));
    let with =
        |limits: Limits| super::super::read(&file, &new_york(), &limits).map(|_| ()).map_err(|refused| refused.reason);
    assert_eq!(with(Limits::default()), Ok(()));
    assert_eq!(with(Limits { bytes: file.len() - 1, ..Limits::default() }), Err(Reason::TooLarge));
    assert_eq!(with(Limits { entries: 5, ..Limits::default() }), Err(Reason::TooMuch));
    assert_eq!(with(Limits { depth: 2, ..Limits::default() }), Err(Reason::TooDeep));
    assert_eq!(with(Limits { attachment: 3, ..Limits::default() }), Err(Reason::AttachmentTooLarge));
    assert_eq!(with(Limits { attachments: 20, ..Limits::default() }), Err(Reason::TooMuch));
    assert_eq!(with(Limits { rows: 3, ..Limits::default() }), Err(Reason::TooMuch));
}

#[test]
fn a_refusal_points_to_the_line_and_quotes_nothing() {
    let mut wrong = visit();
    wrong["period"]["start"] = json!("SECRET");
    let value: Value = serde_json::from_slice(&bundle(&[patient(), wrong])).expect("JSON");
    let file = serde_json::to_string_pretty(&value).expect("JSON");
    let refused = super::super::read(file.as_bytes(), &new_york(), &Limits::default()).expect_err("refused");
    let line = refused.line.expect("a line");
    let near = file.lines().skip(line - 1).take(40).collect::<String>();
    assert!(near.starts_with("      \"resource\": {") && near.contains("SECRET"), "{line}");
    assert!(!format!("{refused} {refused:?}").contains("SECRET"));
}
