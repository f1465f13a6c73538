use lopdf::dictionary;
use proptest::prelude::*;

use super::*;

fn read(bytes: &[u8]) -> Result<Inspected, Problem> {
    inspect(bytes, &Limits::default())
}

#[test]
fn pages_and_their_text_are_found() {
    let read = read(&sample::pages(&["Visit note", "", "Plan"])).expect("a PDF");
    assert_eq!((read.pages, read.has_text), (3, vec![true, false, true]));
    assert_eq!((read.remarks, read.active), (vec![], vec![]));
}

#[test]
fn text_that_a_scanner_lays_unseen_under_the_picture_counts() {
    let read = read(&sample::pages(&["x) Tj 3 Tr (found by the scanner"])).expect("a PDF");
    assert_eq!(read.has_text, [true]);
}

#[test]
fn what_would_act_is_named() {
    let mut document = sample::document(&["x"]);
    let script =
        document.add_object(dictionary! { "S" => "JavaScript", "JS" => lopdf::Object::string_literal("go()") });
    document.add_object(dictionary! { "S" => "Launch" });
    document.add_object(dictionary! { "Subtype" => "Link", "A" => dictionary! { "S" => "URI" } });
    let catalog = document.trailer.get(b"Root").and_then(lopdf::Object::as_reference).expect("a root");
    let catalog = document.get_dictionary_mut(catalog).expect("a catalog");
    catalog.set("OpenAction", script);
    catalog.set("Names", dictionary! { "EmbeddedFiles" => dictionary! {} });
    let read = read(&sample::save(document)).expect("a PDF");
    assert_eq!(read.active, [Active::Script, Active::Launch, Active::Trigger, Active::AttachedFiles, Active::Link]);
}

#[test]
fn a_lost_index_is_rebuilt_and_said() {
    let whole = sample::pages(&["x"]);
    let text = whole.windows(9).rposition(|window| window == b"startxref").expect("an index");
    let mut broken = whole[..text].to_vec();
    broken.extend(b"startxref\n9999999\n%%EOF");
    let read = read(&broken).expect("a PDF");
    assert_eq!((read.pages, read.remarks), (1, vec![Remark::IndexRebuilt]));
}

#[test]
fn what_is_no_pdf_or_too_much_is_refused() {
    assert_eq!(read(b""), Err(Problem::NotAPdf));
    assert_eq!(read(b"PK\x03\x04"), Err(Problem::NotAPdf));
    assert_eq!(read(b"%PDF-1.7 and then nothing"), Err(Problem::Unreadable));
    let file = sample::pages(&["a", "b", "c"]);
    assert_eq!(inspect(&file, &Limits { pages: 2, ..Limits::default() }), Err(Problem::TooManyPages));
    assert_eq!(inspect(&file, &Limits { bytes: 100, ..Limits::default() }), Err(Problem::TooLarge));
}

#[test]
fn a_panic_in_a_library_is_an_unreadable_file() {
    assert_eq!(guarded::<()>(|| panic!("as a parser may")), Err(Problem::Unreadable));
}

#[test]
fn hostile_and_odd_files_get_an_answer() {
    let Some(files) = crate::test_data::files("pdf", &["pdf"]) else { return };
    assert!(files.len() > 40);
    for (name, bytes) in files {
        let read = read(&bytes);
        let shown = read
            .as_ref()
            .map(|read| (read.pages, read.has_text.iter().filter(|has| **has).count(), &read.remarks, &read.active));
        eprintln!("{name}: {shown:?}");
        match name.as_str() {
            "artur__encrypted.pdf"
            | "pypdf__libreoffice-writer-password.pdf"
            | "qpdf__enc-R3,V2,U=view,O=master.pdf" => {
                assert_eq!(read, Err(Problem::PasswordNeeded), "{name}");
            }
            "fmt__javascript.pdf" => assert!(read.expect(&name).active.contains(&Active::Script)),
            "fmt__fileAttachment.pdf" => assert!(read.expect(&name).active.contains(&Active::AttachedFiles)),
            "ocrm__acroform.pdf" => assert!(read.expect(&name).active.contains(&Active::Form)),
            "qpdf__digitally-signed.pdf" => assert!(read.expect(&name).active.contains(&Active::Signature)),
            "fmt__T01_006_header-invalid-syntax-no-pdf.pdf" => assert_eq!(read, Err(Problem::NotAPdf)),
            "artur__not_encrypted.pdf" => assert!(read.expect(&name).has_text.iter().all(|has| *has)),
            "ocrm__skew.pdf" => assert_eq!(read.expect(&name).has_text, [false]),
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_change_to_a_file_breaks_the_reading(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = sample::pages(&["Visit note", "Plan"]);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(&bytes);
        bytes.truncate(cut.index(bytes.len()));
        let _ = read(&bytes);
    }
}
