use std::{cell::RefCell, collections::BTreeMap, io, rc::Rc};

use domain::document::{Category, DatesOfService};
use jiff::civil::date;
use press::{
    language::Language,
    merge::Reason,
    package::{Package, PackageError, Plan, Planned, package},
    page_check::lines,
    typeset::Place,
};
use sha2::{Digest, Sha256};

use crate::{
    letters::a_letter,
    made::{qpdf_complaint, text_pdf},
};

type Files = Rc<RefCell<BTreeMap<String, Vec<u8>>>>;

struct Shelf(Files, String);

impl io::Write for Shelf {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().entry(self.1.clone()).or_default().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn plan() -> Plan {
    let planned = |title: &str, media_type: &str, visit: Option<&str>| Planned {
        title: title.to_owned(),
        care: DatesOfService::on(Some(date(2025, 5, 4))),
        category: Category::Lab,
        standing: None,
        visit: visit.map(str::to_owned),
        media_type: media_type.to_owned(),
    };
    Plan {
        letter: a_letter(Language::English),
        documents: vec![
            planned("Blood count", "application/pdf", Some("Office visit, May 4, 2025")),
            planned("X-ray", "application/dicom", None),
            planned("Old scan", "application/pdf", None),
        ],
    }
}

fn documents() -> [Vec<u8>; 3] {
    [text_pdf(&[&["count one"], &["count two"]]), b"\0DICM".to_vec(), text_pdf(&[&["scan"]])]
}

fn made(plan: &Plan) -> (Package, BTreeMap<String, Vec<u8>>) {
    let files = Files::default();
    let documents = documents();
    let shelf = Rc::clone(&files);
    let made =
        package(plan, |n| Ok(documents[n].clone()), |name, _| Ok(Shelf(Rc::clone(&shelf), name.to_owned()))).unwrap();
    let files = files.borrow().clone();
    (made, files)
}

#[test]
fn a_package_is_the_copy_the_letter_the_list_and_what_could_not_be_merged() {
    let (made, files) = made(&plan());
    let names: Vec<_> = made.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["copy.pdf", "letter.pdf", "manifest.pdf", "document-002.dcm"]);
    for file in &made.files {
        let bytes = &files[&file.name];
        assert_eq!((file.bytes, file.sha256), (bytes.len() as u64, Sha256::digest(bytes).into()), "{}", file.name);
    }
    for name in ["copy.pdf", "letter.pdf", "manifest.pdf"] {
        assert_eq!(qpdf_complaint(&files[name]), None, "{name}");
    }
    let letter = made.files[1].pages.unwrap();
    let pages = lines(files["copy.pdf"].clone()).unwrap();
    assert_eq!(pages.len() as u32, letter + 3);
    assert_eq!(made.files[0].pages, Some(letter + 3));
    assert!(pages[0].join(" ").contains("Mercy River Hospital"));
    assert_eq!(pages[letter as usize..], [["count one"], ["count two"], ["scan"]]);

    let places: Vec<_> = made.documents.iter().map(|row| row.place.clone()).collect();
    assert!(matches!(places[0], Place::Copy { first, last, .. } if (first, last) == (letter + 1, letter + 2)));
    assert_eq!(places[1], Place::Beside { file: "document-002.dcm".to_owned(), reason: Reason::NotPages });
    assert!(matches!(places[2], Place::Copy { first, last, .. } if (first, last) == (letter + 3, letter + 3)));
    for (row, document) in made.documents.iter().zip(documents()) {
        assert_eq!(row.sha256, <[u8; 32]>::from(Sha256::digest(&document)));
    }
    let list = lines(files["manifest.pdf"].clone()).unwrap().concat().join(" ");
    assert!(list.contains("document-002.dcm") && list.contains(&format!("{} to {}", letter + 1, letter + 2)), "{list}");
}

#[test]
fn the_same_plan_and_documents_give_the_same_bytes() {
    assert_eq!(made(&plan()), made(&plan()));
}

#[test]
fn a_letter_alone_is_a_package_too() {
    let mut alone = plan();
    alone.documents.clear();
    alone.letter.included.clear();
    let (made, files) = made(&alone);
    assert_eq!(made.files.len(), 3);
    let text = lines(files["copy.pdf"].clone()).unwrap().concat().join(" ");
    assert!(text.contains("We have nothing"), "{text}");
}

#[test]
fn a_document_that_changes_on_the_way_stops_the_package() {
    let mut calls = 0;
    let made = package(
        &plan(),
        |n| {
            calls += 1;
            Ok(if calls > 3 { b"other".to_vec() } else { documents()[n].clone() })
        },
        |_, _| Ok(io::sink()),
    );
    assert!(matches!(made, Err(PackageError::Changed { document: 1 })), "{made:?}");
}
