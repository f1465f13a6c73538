use domain::document::{Block, Readable};
use lopdf::dictionary;
use press::{
    language::Language,
    page_check::{Finding, Pictures, Verdict, check_copy, check_pages},
    typeset::readable,
};

use crate::made::{Made, ana, form_pdf, merged, reader, said, text_pdf};

fn verdict(lines: &[&str]) -> Verdict {
    check_pages(text_pdf(&[lines]), &ana()).unwrap()[0].verdict
}

#[test]
fn the_record_number_or_name_and_birth_date_confirm_a_page() {
    for lines in [
        &["Record 00123456"][..],
        &["MRN: 00-123-456"],
        &["Chart X998877"],
        &["GARCIA LOPEZ, ANA MARIA   DOB 03/07/1980"],
        &["Ana Maria Garcia Lopez", "born March 7, 1980"],
        &["Ana Lopez 7 Mar 1980"],
        &["Ana Ruiz (1980-03-07)"],
        &["Paciente: Ana Maria Garcia Lopez", "Fecha de nacimiento: 7 de marzo de 1980"],
        &["Lopez, Ana 3/7/80"],
    ] {
        assert_eq!(verdict(lines), Verdict::Confirmed, "{lines:?}");
    }
}

#[test]
fn less_than_that_does_not() {
    for lines in [
        &["Ana Maria Garcia Lopez"][..],
        &["DOB 03/07/1980"],
        &["Seen on 03/07/1980, no complaints"],
        &["Reference 900123456"],
        &["Reference 001234567"],
        &["Ana Garcia 03/07/1980 Lopez"],
        &["Patient: denies pain and reports headaches"],
        &["Continued from page 1"],
    ] {
        assert_eq!(verdict(lines), Verdict::CannotConfirm, "{lines:?}");
    }
}

#[test]
fn a_page_of_another_patient_is_found() {
    for lines in [
        &["MRN: 77-000-111", "Glucose 5.4"][..],
        &["Patient: Robert Smith", "Glucose 5.4"],
        &["Patient Name: SMITH, ROBERT"],
        &["Ana Maria Garcia Lopez", "Date of birth: 11/30/1951"],
        &["Nombre del paciente: Pedro Santos"],
        &["Medical record no. 4455667"],
    ] {
        assert_eq!(verdict(lines), Verdict::AnotherPerson, "{lines:?}");
    }
}

#[test]
fn a_page_that_names_both_is_confirmed_and_marked() {
    let found = &check_pages(text_pdf(&[&["MRN: 00-123-456", "Patient: Robert Smith"]]), &ana()).unwrap()[0];
    assert_eq!((found.verdict, found.names_another), (Verdict::Confirmed, true));
}

#[test]
fn text_in_forms_and_annotations_counts_and_our_own_stamp_does_not() {
    let scan = {
        let mut made = Made::new();
        made.page("0 0 0 rg 100 100 50 50 re f", lopdf::Dictionary::new());
        made.page("", lopdf::Dictionary::new());
        made.bytes()
    };
    let (built, copy) = merged(&[form_pdf("mrn", "MRN 00-123-456", true), scan, text_pdf(&[&["MRN 99-999-999"]])]);
    let findings = check_copy(&built.index, reader(&copy), &ana(), Pictures::Unpack).unwrap();
    let verdicts: Vec<_> = findings.iter().map(|found| found.verdict).collect();
    assert_eq!(verdicts, [Verdict::Confirmed, Verdict::NoText, Verdict::Blank, Verdict::AnotherPerson]);
}

#[test]
fn the_same_page_twice_is_flagged_whatever_its_number() {
    let lab: &[&str] = &["MRN 00-123-456", "Glucose 5.4"];
    let (built, copy) = merged(&[text_pdf(&[lab, &["MRN 00-123-456", "Glucose 5.5"]]), text_pdf(&[lab])]);
    let found = check_copy(&built.index, reader(&copy), &ana(), Pictures::Unpack).unwrap();
    let same: Vec<_> = found.iter().map(|found| found.same_as).collect();
    assert_eq!(same, [None, None, Some(0)]);
}

#[test]
fn text_off_the_page_proves_nothing() {
    let mut made = Made::new();
    let hidden = said(&["MRN 00-123-456"]).replace("72 700", "-900 700");
    made.page(&format!("{hidden} {}", said(&["visible"])), lopdf::Dictionary::new());
    let found = check_pages(made.bytes(), &ana()).unwrap();
    assert_eq!(found[0].verdict, Verdict::CannotConfirm);
}

/// A page that names her, with a picture of these bytes.
fn pictured(bytes: Vec<u8>, filter: Option<&str>) -> Vec<u8> {
    let mut made = Made::new();
    let mut image = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => 4, "Height" => 4,
        "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8,
    };
    if let Some(filter) = filter {
        image.set("Filter", filter);
    }
    let image = made.doc.add_object(lopdf::Stream::new(image, bytes));
    let font = made.doc.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let resources = dictionary! {
        "XObject" => dictionary! { "P" => image }, "Font" => dictionary! { "F1" => font },
    };
    let content = format!("q 200 0 0 200 72 72 cm /P Do Q {}", said(&["MRN 00-123-456"]));
    made.page(&content, dictionary! { "Resources" => resources });
    made.bytes()
}

#[test]
fn a_page_whose_picture_cannot_be_drawn_says_so_although_it_names_the_patient() {
    let found = |pdf: Vec<u8>| {
        let found = check_pages(pdf, &ana()).unwrap().remove(0);
        (found.verdict, found.undrawn)
    };
    assert_eq!(found(pictured(vec![128; 16], None)), (Verdict::Confirmed, false));
    let broken = pictured(b"no picture at all".to_vec(), Some("DCTDecode"));
    assert_eq!(found(broken), (Verdict::Confirmed, true));
}

#[test]
fn where_pictures_are_not_unpacked_none_is_passed() {
    let (built, copy) = merged(&[pictured(vec![128; 16], None), text_pdf(&[&["MRN 00-123-456"]])]);
    let found = check_copy(&built.index, reader(&copy), &ana(), Pictures::Doubt).unwrap();
    assert_eq!(found.iter().map(|found| found.undrawn).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn every_page_that_we_typeset_is_confirmed() {
    let record = Readable {
        title: "Lab results".to_owned(),
        patient: ana().patient,
        source: "Mercy River Hospital".to_owned(),
        dated: None,
        standing: None,
        blocks: vec![Block::Table {
            head: vec!["Test".to_owned(), "Result".to_owned()],
            rows: (0..150).map(|n| vec![format!("Test {n}"), format!("{n}.5")]).collect(),
        }],
    };
    for language in [Language::English, Language::Spanish] {
        let findings = check_pages(readable(&record, language).unwrap().pdf, &ana()).unwrap();
        assert!(findings.len() > 2);
        let clean = |found: &Finding| found.verdict == Verdict::Confirmed && !found.names_another;
        assert!(findings.iter().all(clean), "{findings:?}");
    }
}

#[test]
fn a_record_number_of_many_parts_is_the_patients_own_and_another_of_them_is_not() {
    let mut expected = ana();
    expected.patient.record_number = Some("6eb9f136-121e-2f36-9115-d450c210dced".to_owned());
    let found = |number: &str| {
        let line = format!("Record number: {number}");
        check_pages(text_pdf(&[&["Patient: Ana Maria Garcia Lopez", &line]]), &expected).unwrap().remove(0)
    };
    let own = found("6eb9f136-121e-2f36-9115-d450c210dced");
    assert_eq!((own.verdict, own.names_another), (Verdict::Confirmed, false));
    assert!(found("6eb9f136-121e-2f36-9115-d450c210dcee").names_another, "it differs at the very end");
}
