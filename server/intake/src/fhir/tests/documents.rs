//! What one document is.

use domain::document::Standing;

use super::*;

#[test]
fn a_note_keeps_its_own_lines() {
    let chart = chart_with(&[visit(), sample::note("n", "34117-2", "# Plan\r\n\r\n  rest\n\ttea\n")]);
    let note = document(&chart, "DocumentReference", "n");
    assert_eq!(blocks(note), [Block::Note("# Plan\n\n  rest\n\ttea\n".to_owned())]);
    assert_eq!(note.title, "Note: Check-up");
    assert_eq!((note.author.as_deref(), note.site.as_deref()), (Some("Dr. Ruiz"), Some("Elm Clinic")));
    assert_eq!(note.encounter.as_deref(), Some("visit"));
    assert_eq!(note.service.from.map(|moment| moment.day.to_string()).as_deref(), Some("2021-03-02"));
}

#[test]
fn the_same_note_in_a_report_is_one_document() {
    let form = json!([{ "contentType": "text/plain", "data": base64("the words") }]);
    let report = sample::report("r", json!({ "presentedForm": form }));
    let chart = chart_with(&[visit(), sample::note("n", "34117-2", "the words"), report.clone()]);
    assert_eq!(chart.documents.len(), 1);
    let made_of: Vec<_> = chart.documents[0].made_of.iter().map(|(kind, id)| format!("{kind}/{id}")).collect();
    assert_eq!(made_of, ["DiagnosticReport/r", "DocumentReference/n"]);
    let differs = chart_with(&[visit(), sample::note("n", "34117-2", "other words"), report]);
    assert_eq!(differs.documents.len(), 2);
}

#[test]
fn a_report_does_not_go_with_a_note_of_the_same_words_that_was_taken_back() {
    let form = json!([{ "contentType": "text/plain", "data": base64("the words") }]);
    let mut wrong = sample::note("n", "34117-2", "the words");
    wrong["status"] = json!("entered-in-error");
    let chart = chart_with(&[visit(), wrong, sample::report("r", json!({ "presentedForm": form }))]);
    let (report, note) = (document(&chart, "DiagnosticReport", "r"), document(&chart, "DocumentReference", "n"));
    assert_eq!((report.status, note.status), (Status::Final, Status::EnteredInError));
    assert_eq!(blocks(report), [Block::Note("the words".to_owned())]);
    assert_eq!(note.made_of.len(), 1);
}

#[test]
fn a_page_says_what_keeps_it_from_being_the_last_word() {
    let standing = |status: &str| {
        let report = sample::report("r", json!({ "status": status, "conclusion": "Unremarkable." }));
        let chart = chart_with(&[visit(), report]);
        let Body::Readable(readable) = &document(&chart, "DiagnosticReport", "r").body else { panic!("a file") };
        readable.standing
    };
    assert_eq!(standing("final"), None);
    assert_eq!(standing("unknown"), None);
    assert_eq!(standing("partial"), Some(Standing::Preliminary));
    assert_eq!(standing("corrected"), Some(Standing::Amended));
    assert_eq!(standing("superseded"), Some(Standing::Superseded));
    assert_eq!(standing("cancelled"), Some(Standing::Cancelled));
}

#[test]
fn an_empty_report_says_whether_it_was_cancelled_or_not_received() {
    let says = |status: &str| {
        let chart = chart_with(&[visit(), sample::report("r", json!({ "status": status }))]);
        blocks(document(&chart, "DiagnosticReport", "r")).to_vec()
    };
    assert_eq!(says("cancelled"), [Block::Paragraph("This report was cancelled.".to_owned())]);
    assert!(format!("{:?}", says("final")).contains("not part of what was received"));
}

#[test]
fn a_report_joins_the_note_that_names_it() {
    let form = json!([{ "contentType": "text/plain", "data": base64("No change.") }]);
    let mut named = sample::note("z", "34117-2", "No change.");
    named["identifier"] = json!([{ "value": "urn:uuid:r" }]);
    let resources = [
        visit(),
        sample::note("a", "34117-2", "No change."),
        named,
        sample::report("r", json!({ "presentedForm": form })),
    ];
    let chart = chart_with(&resources);
    assert_eq!(chart.documents.len(), 2);
    assert_eq!(document(&chart, "DocumentReference", "z").made_of.len(), 2);
}

#[test]
fn a_lab_report_shows_its_results_as_stated_and_takes_them_from_the_visits_list() {
    let mut sugar = sample::observation("sugar", "laboratory", "Glucose", "5.40");
    sugar["referenceRange"] =
        json!([{ "low": { "value": 3.9, "unit": "mmol/L" }, "high": { "value": 5.60, "unit": "mmol/L" } }]);
    sugar["interpretation"] = json!([{ "coding": [{ "code": "N", "display": "Normal" }] }]);
    sugar["valueQuantity"] = json!({ "value": 5.40, "unit": "mmol/L", "comparator": "<" });
    let single = sample::observation("single", "laboratory", "Potassium", "4");
    let result =
        json!([{ "reference": "Observation/sugar" }, { "reference": "Observation/gone", "display": "Sodium" }]);
    let report = sample::report("r", json!({ "result": result, "conclusion": "Unremarkable." }));
    let text = String::from_utf8(bundle(&[patient(), visit(), sugar, single, report])).expect("UTF-8");
    let text = text.replace("\"value\":5.4", "\"value\":5.40").replace("\"value\":5.6", "\"value\":5.60");
    let charts = super::super::read(text.as_bytes(), &new_york(), &Limits::default()).expect("it reads");
    let report = document(&charts.charts[0], "DiagnosticReport", "r");
    assert_eq!(report.category, Category::Lab);
    assert_eq!(
        rows(report),
        [vec!["Glucose", "<5.40", "mmol/L", "3.9 mmol/L to 5.60 mmol/L", "Normal", "2021-03-02"], vec!["Sodium"],]
    );
    assert!(blocks(report).contains(&Block::Note("Unremarkable.".to_owned())));
    assert!(charts.notes.iter().any(|note| note.about == About::ResultNotIncluded));
    let list = document(&charts.charts[0], "observations:laboratory", "visit");
    assert_eq!(rows(list), [vec!["Potassium", "4", "kg", "", "", "2021-03-02"]]);
}

#[test]
fn single_observations_make_one_list_a_visit_and_questionnaires_another() {
    let mut pressure = sample::vital("bp", "Blood pressure", "0");
    pressure.as_object_mut().expect("an object").remove("valueQuantity");
    pressure["component"] = json!([
        { "code": { "text": "Systolic" }, "valueQuantity": { "value": 120, "unit": "mm[Hg]" } },
        { "code": { "text": "Diastolic" }, "valueQuantity": { "value": 80, "unit": "mm[Hg]" } },
    ]);
    let mut smoking = sample::observation("smoking", "social-history", "Smoking", "0");
    smoking.as_object_mut().expect("an object").remove("valueQuantity");
    smoking["valueCodeableConcept"] = json!({ "text": "Never" });
    let chart = chart_with(&[visit(), pressure, sample::vital("w", "Weight", "81"), smoking]);
    assert_eq!(chart.documents.len(), 2);
    let vital_signs = document(&chart, "observations:vital-signs", "visit");
    assert_eq!((vital_signs.category, vital_signs.title.as_str()), (Category::VitalSign, "Vital signs: Check-up"));
    let names: Vec<_> = rows(vital_signs).into_iter().map(|row| row[..2].join(" ")).collect();
    assert_eq!(names, ["Blood pressure: Systolic 120", "Blood pressure: Diastolic 80", "Weight 81"]);
    let answers = document(&chart, "observations:survey", "visit");
    assert_eq!(
        (answers.category, answers.title.as_str()),
        (Category::Questionnaire, "Questionnaires and screening: Check-up")
    );
    assert_eq!(rows(answers), [vec!["Smoking", "Never", "2021-03-02"]]);
}

#[test]
fn a_result_taken_back_says_so() {
    let mut wrong = sample::vital("w", "Weight", "810");
    wrong["status"] = json!("entered-in-error");
    let chart = chart_with(&[visit(), wrong]);
    let list = document(&chart, "observations:vital-signs", "visit");
    assert_eq!(list.status, Status::EnteredInError);
    assert_eq!(rows(list)[0][4], "entered in error");
}

#[test]
fn a_chart_has_one_list_each_of_problems_medicines_allergies_and_vaccines() {
    let of_ana = json!({ "reference": "Patient/ana" });
    let chart = chart_with(&[
        json!({ "resourceType": "Condition", "id": "c", "subject": of_ana, "code": { "text": "Asthma" },
                "clinicalStatus": { "coding": [{ "code": "active" }] }, "onsetDateTime": "1999-05",
                "verificationStatus": { "coding": [{ "code": "provisional" }] } }),
        json!({ "resourceType": "Medication", "id": "m", "code": { "text": "Salbutamol" } }),
        json!({ "resourceType": "MedicationRequest", "id": "r", "status": "on-hold", "subject": of_ana,
                "medicationReference": { "reference": "Medication/m" }, "authoredOn": "2020-01-05",
                "dosageInstruction": [{ "asNeededBoolean": true, "doseAndRate": [{ "doseQuantity": { "value": 2 } }],
                                        "timing": { "repeat": { "frequency": 3, "period": 1, "periodUnit": "d" } } }] }),
        json!({ "resourceType": "AllergyIntolerance", "id": "a", "patient": of_ana, "code": { "text": "Bees" },
                "criticality": "high", "reaction": [{ "manifestation": [{ "text": "Hives" }] }] }),
        json!({ "resourceType": "Immunization", "id": "i", "patient": of_ana, "status": "completed",
                "vaccineCode": { "text": "Tetanus" }, "occurrenceDateTime": "2015-01-01", "lotNumber": "L1" }),
    ]);
    let row = |kind: &str| rows(document(&chart, kind, "ana")).into_iter().map(|row| row.join("|")).collect::<Vec<_>>();
    assert_eq!(row("list:problems"), ["Asthma (provisional)|active|1999-05|||"]);
    assert_eq!(row("list:medications"), ["Salbutamol|dose 2, 3 per day, as needed|on hold|2020-01-05||"]);
    assert_eq!(row("list:allergies"), ["Bees|Hives|high|||"]);
    assert_eq!(row("list:vaccines"), ["Tetanus|2015-01-01|completed|L1||"]);
    assert_eq!(chart.documents.len(), 4);
}

#[test]
fn a_list_says_up_to_when_it_is_about_and_whether_it_still_holds() {
    let of_ana = json!({ "reference": "Patient/ana" });
    let vaccine = |id: &str, day: &str| {
        json!({ "resourceType": "Immunization", "id": id, "patient": of_ana, "status": "completed",
                "vaccineCode": { "text": "Tetanus" }, "occurrenceDateTime": day })
    };
    let problem = json!({ "resourceType": "Condition", "id": "c", "subject": of_ana, "code": { "text": "Asthma" },
                          "onsetDateTime": "1999-05-04" });
    let plan =
        |id: &str, period: Value| json!({ "resourceType": "CarePlan", "id": id, "subject": of_ana, "period": period });
    let chart = chart_with(&[
        vaccine("old", "1950-07-27"),
        vaccine("new", "2021-03-02"),
        problem,
        plan("open", json!({ "start": "2020-01-01" })),
        plan("over", json!({ "start": "2020-01-01", "end": "2020-06-30" })),
    ]);
    let told = |kind: &str, id: &str| {
        let document = document(&chart, kind, id);
        let day = |moment: Option<Moment>| moment.map(|moment| moment.to_string()).unwrap_or_default();
        (day(document.service.from), day(document.service.to), document.ongoing)
    };
    let days = |from: &str, to: &str, ongoing| (from.to_owned(), to.to_owned(), ongoing);
    assert_eq!(told("list:vaccines", "ana"), days("1950-07-27", "2021-03-02", false));
    assert_eq!(told("list:problems", "ana"), days("1999-05-04", "1999-05-04", true));
    assert_eq!(told("CarePlan", "open"), days("2020-01-01", "", true));
    assert_eq!(told("CarePlan", "over"), days("2020-01-01", "2020-06-30", false));
    // a year may reach beyond the last day that is stated
    let chart = chart_with(&[vaccine("day", "2021-03-02"), vaccine("year", "2021")]);
    let to = document(&chart, "list:vaccines", "ana").service.to;
    assert_eq!(to.map(|moment| moment.precision), Some(Precision::Year));
    let mut undated = vaccine("undated", "2021");
    undated.as_object_mut().expect("an object").remove("occurrenceDateTime");
    let chart = chart_with(&[vaccine("day", "2021-03-02"), undated]);
    assert!(document(&chart, "list:vaccines", "ana").ongoing);
}

#[test]
fn a_claim_and_its_explanation_are_one_bill() {
    let all = sample::whole_chart(1);
    let of_bill: Vec<_> = all
        .into_iter()
        .filter(|r| {
            ["Encounter", "Claim", "ExplanationOfBenefit"].contains(&r["resourceType"].as_str().unwrap_or_default())
        })
        .collect();
    let chart = chart_with(&of_bill);
    assert_eq!(chart.documents.len(), 1);
    let bill = document(&chart, "Claim", "claim-0");
    assert_eq!((bill.category, bill.made_of.len(), bill.encounter.as_deref()), (Category::Billing, 2, Some("visit-0")));
    let text = format!("{:?}", blocks(bill));
    for part in ["12.5 USD", "10.0 USD", "Aetna", "Check-up", "Explanation of benefits"] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn a_care_plan_has_its_goals_and_other_goals_stand_alone() {
    let of_ana = json!({ "reference": "Patient/ana" });
    let goal = |id: &str| json!({ "resourceType": "Goal", "id": id, "subject": of_ana, "description": { "text": id } });
    let plan = json!({ "resourceType": "CarePlan", "id": "p", "status": "active", "subject": of_ana,
                       "category": [{ "text": "Asthma care" }], "goal": [{ "reference": "Goal/run" }],
                       "activity": [{ "detail": { "code": { "text": "Breathing" }, "status": "in-progress" } }] });
    let chart = chart_with(&[plan, goal("run"), goal("sleep")]);
    let plan = document(&chart, "CarePlan", "p");
    assert_eq!((plan.title.as_str(), plan.made_of.len()), ("Care plan: Asthma care", 2));
    assert_eq!(rows(plan), [vec!["Breathing", "in progress"], vec!["run", "", "", ""]]);
    assert_eq!(rows(document(&chart, "list:goals", "ana")), [vec!["sleep", "", "", ""]]);
}

#[test]
fn pages_come_as_the_files_they_are_also_from_a_binary() {
    let mut note = sample::note("n", "18842-5", "");
    note["content"] = json!([{ "attachment": { "contentType": "text/plain", "url": "Binary/b" } }]);
    let binary =
        json!({ "resourceType": "Binary", "id": "b", "contentType": "application/pdf", "data": base64("%PDF-1.4 x") });
    let charts = read(&[patient(), visit(), note, binary]).expect("it reads");
    let note = document(&charts.charts[0], "DocumentReference", "n");
    let Body::File { media_type, bytes } = &note.body else { panic!("not a file") };
    assert_eq!((media_type.as_str(), bytes.as_slice()), ("application/pdf", &b"%PDF-1.4 x"[..]));
    assert_eq!(note.made_of.len(), 2);
    assert!(charts.notes.iter().any(|note| note.about == About::TypeMisstated));
}

#[test]
fn html_is_read_without_its_markup_and_unknown_types_stay_files() {
    let attached = |content_type: &str, words: &str| {
        let mut note = sample::note("n", "34117-2", words);
        note["content"][0]["attachment"]["contentType"] = json!(content_type);
        chart_with(&[visit(), note]).documents.remove(0)
    };
    let html = attached("text/html", "<p>Rest</p><script>go()</script>");
    assert_eq!(blocks(&html), [Block::Note("Rest".to_owned())]);
    let Body::File { media_type, .. } = attached("text/rtf", "{\\rtf1}").body else { panic!("not a file") };
    assert_eq!(media_type, "text/rtf");
}

#[test]
fn a_note_whose_content_is_elsewhere_says_so() {
    let mut note = sample::note("n", "34133-9", "");
    note["content"] = json!([{ "attachment": { "contentType": "text/plain", "url": "https://example.org/Binary/1" } }]);
    let charts = read(&[patient(), visit(), note]).expect("it reads");
    let text = format!("{:?}", blocks(document(&charts.charts[0], "DocumentReference", "n")));
    assert!(text.contains("not part of what was received") && text.contains("https://example.org/Binary/1"), "{text}");
    assert!(charts.notes.iter().any(|note| note.about == About::ContentElsewhere));
}

#[test]
fn a_newer_version_names_the_older_one_and_labels_are_kept() {
    let mut newer = sample::note("new", "34117-2", "corrected");
    newer["relatesTo"] = json!([{ "code": "replaces", "target": { "reference": "DocumentReference/old" } }]);
    newer["meta"] = json!({ "security": [{ "system": "urn:labels", "code": "PSY" }] });
    let chart = chart_with(&[visit(), sample::note("old", "34117-2", "first"), newer]);
    let (old, new) = (document(&chart, "DocumentReference", "old"), document(&chart, "DocumentReference", "new"));
    assert_eq!((old.superseded_by.as_ref(), new.supersedes.as_ref()), (Some(&new.key), Some(&old.key)));
    assert_eq!((old.status, new.status), (Status::Superseded, Status::Final), "though its source calls it current");
    assert_eq!(new.labels.iter().map(|label| label.code.as_str()).collect::<Vec<_>>(), ["PSY"]);
    assert!(old.labels.is_empty());
}

#[test]
fn a_note_of_several_files_is_replaced_whole_and_by_nothing_that_was_taken_back() {
    let standing = |status: &str| {
        let mut newer = sample::note("new", "34117-2", "corrected");
        newer["relatesTo"] = json!([{ "code": "replaces", "target": { "reference": "DocumentReference/old" } }]);
        newer["status"] = json!(status);
        let mut old = sample::note("old", "34117-2", "first");
        let second = sample::note("x", "34117-2", "second")["content"][0].clone();
        old["content"].as_array_mut().unwrap().push(second);
        let chart = chart_with(&[visit(), old, newer]);
        ["old", "old/2"].map(|id| document(&chart, "DocumentReference", id).status)
    };
    assert_eq!(standing("current"), [Status::Superseded, Status::Superseded]);
    assert_eq!(standing("entered-in-error"), [Status::Final, Status::Final]);
}

#[test]
fn a_documents_digest_changes_with_what_it_is_made_of_and_with_nothing_else() {
    let digests = |weight: &str, phone: &str| {
        let mut patient = patient();
        patient["telecom"] = json!([{ "system": "phone", "value": phone }]);
        let resources = [patient, visit(), sample::vital("w", "Weight", weight), sample::note("n", "34117-2", "words")];
        let chart = read(&resources).expect("it reads").charts.remove(0);
        ["observations:vital-signs/visit", "DocumentReference/n"].map(|key| {
            let (kind, id) = key.split_once('/').expect("a key");
            document(&chart, kind, id).digest
        })
    };
    let before = digests("81", "1");
    assert_eq!(digests("81", "2"), before);
    let after = digests("82", "1");
    assert_ne!(after[0], before[0]);
    assert_eq!(after[1], before[1]);
}

#[test]
fn messages_questionnaires_and_consents_are_documents() {
    let of_ana = json!({ "reference": "Patient/ana" });
    let chart = chart_with(&[
        json!({ "resourceType": "Communication", "id": "m", "status": "completed", "subject": of_ana,
                "sent": "2021-01-01T10:00:00Z", "sender": { "display": "Dr. Ruiz" }, "topic": { "text": "Refill" },
                "payload": [{ "contentString": "Ready on Monday." }] }),
        json!({ "resourceType": "QuestionnaireResponse", "id": "q", "status": "completed", "subject": of_ana,
                "item": [{ "linkId": "1", "text": "Sleep", "answer": [{ "valueCoding": { "display": "Badly" },
                           "item": [{ "text": "Since", "answer": [{ "valueInteger": 3 }] }] }] }] }),
        json!({ "resourceType": "Consent", "id": "c", "status": "active", "patient": of_ana,
                "category": [{ "text": "Research" }], "dateTime": "2020-02-02", "provision": { "type": "deny" } }),
    ]);
    assert!(blocks(document(&chart, "Communication", "m")).contains(&Block::Note("Ready on Monday.".to_owned())));
    assert_eq!(rows(document(&chart, "QuestionnaireResponse", "q")), [vec!["Sleep", "Badly"], vec!["Since", "3"]]);
    assert!(format!("{:?}", blocks(document(&chart, "Consent", "c"))).contains("deny"));
    let categories: Vec<_> = chart.documents.iter().map(|document| document.category).collect();
    assert_eq!(categories, [Category::Questionnaire, Category::Insurance, Category::Message]);
}
