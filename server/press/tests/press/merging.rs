use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use press::{
    merge::{MergeError, Reason, merge},
    page_check::lines,
    section::section,
    view::view,
};

use crate::made::{Made, cover, form_pdf, merged, merged_alone, pdftotext, qpdf_complaint, reader, said, text_pdf};

#[test]
fn pages_come_in_order_each_with_the_request_and_its_place() {
    let sources = [text_pdf(&[&["alpha"], &["beta"]]), text_pdf(&[&["gamma"]])];
    let (built, copy) = merged(&sources);
    assert_eq!(built.bytes, copy.len() as u64);
    assert_eq!(qpdf_complaint(&copy), None);
    let pages: Vec<_> = built.index.pages.iter().map(|page| (page.source, page.source_page)).collect();
    assert_eq!(pages, [(0, 0), (0, 1), (1, 0)]);
    assert_eq!(lines(copy.clone()).unwrap(), [["alpha"], ["beta"], ["gamma"]]);
    let text = pdftotext(&copy);
    let pages: Vec<_> = text.split('\x0c').collect();
    for (at, word) in ["alpha", "beta", "gamma"].into_iter().enumerate() {
        assert!(pages[at].contains(word) && pages[at].contains("R-4711-8"), "{text}");
        let place: String = pages[at].split_whitespace().collect();
        assert!(place.contains(&format!("Page{}of3", at + 1)), "{text}");
    }
}

#[test]
fn fields_of_one_name_in_two_sources_keep_their_values() {
    for drawn in [true, false] {
        let (_, copy) = merged(&[form_pdf("pain", "seven", drawn), form_pdf("pain", "none at all", drawn)]);
        assert_eq!(qpdf_complaint(&copy), None);
        let pages = lines(copy.clone()).unwrap();
        assert!(pages[0].join(" ").contains("seven"), "drawn {drawn}: {pages:?}");
        assert!(pages[1].join(" ").contains("none at all"), "drawn {drawn}: {pages:?}");
        let doc = Document::load_mem(&copy).unwrap();
        let form = doc.catalog().unwrap().get_deref(b"AcroForm", &doc).unwrap().as_dict().unwrap();
        let tops = form.get(b"Fields").unwrap().as_array().unwrap();
        let mut found: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
        for top in tops {
            let top = doc.get_dictionary(top.as_reference().unwrap()).unwrap();
            let kid = top.get(b"Kids").unwrap().as_array().unwrap()[0].as_reference().unwrap();
            let kid = doc.get_dictionary(kid).unwrap();
            assert_eq!(kid.get(b"Ff").unwrap().as_i64().unwrap() & 1, 1, "a copy's fields are read-only");
            let name = [top.get(b"T").unwrap().as_str().unwrap(), kid.get(b"T").unwrap().as_str().unwrap()].join(&b'.');
            found.push((name, kid.get(b"V").unwrap().as_str().unwrap().to_vec()));
        }
        let wanted = [("document 1.pain", "seven"), ("document 2.pain", "none at all")];
        assert_eq!(found, wanted.map(|(name, value)| (name.into(), value.into())));
    }
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    let sources = [form_pdf("a", "b", false), text_pdf(&[&["one"], &["two"]])];
    let (first, again) = (merged(&sources), merged(&sources));
    assert_eq!(first, again);
    let other = merged(&[sources[1].clone(), sources[0].clone()]);
    assert_ne!(first.0.sha256, other.0.sha256);
}

#[test]
fn content_that_leaves_everything_open_cannot_disturb_the_stamp() {
    let mut made = Made::new();
    made.page("Q Q q q 0.001 0 0 0.001 5000 5000 cm /OC /Gone BDC BT 3 Tr (open", Dictionary::new());
    let (_, copy) = merged(&[made.bytes(), text_pdf(&[&["after"]])]);
    assert_eq!(qpdf_complaint(&copy), None);
    let text = pdftotext(&copy);
    assert!(text.split('\x0c').next().unwrap().contains("R-4711-8"), "{text}");
    // The stamp's line is seen: it is the only dark in the lowest inch of the page.
    assert!(dark_in_the_footer(&copy, 0));
}

#[test]
fn the_stamp_stands_at_the_foot_of_what_is_seen_however_the_page_is_turned() {
    let mut made = Made::new();
    for turn in [0, 90, 180, 270, -90, 450] {
        let crop = vec![100.into(), 200.into(), 500.into(), 700.into()];
        made.page("", dictionary! { "Rotate" => turn, "CropBox" => crop });
    }
    let (_, copy) = merged(&[made.bytes()]);
    assert_eq!(qpdf_complaint(&copy), None);
    for page in 0..6 {
        assert!(dark_in_the_footer(&copy, page), "page {page}");
    }
}

#[test]
fn the_stamp_can_be_read_on_a_dark_page_and_on_a_large_one() {
    let mut made = Made::new();
    made.page("0 g 0 0 612 792 re f", Dictionary::new());
    made.page("", dictionary! { "MediaBox" => vec![0.into(), 0.into(), 6120.into(), 7920.into()] });
    let (_, copy) = merged(&[made.bytes()]);
    let dark = image::load_from_memory(&view(copy.clone(), 0, 600).unwrap()).unwrap().into_luma8();
    assert!((700..dark.height()).any(|y| (0..600).any(|x| dark.get_pixel(x, y).0[0] > 128)));
    assert!(dark_in_the_footer(&copy, 1));
}

/// Whether the foot of a page shows something and the rest of it nothing.
fn dark_in_the_footer(copy: &[u8], page: usize) -> bool {
    let png = view(copy.to_vec(), page, 600).unwrap();
    let picture = image::load_from_memory(&png).unwrap().into_luma8();
    let high = picture.height();
    let dark =
        |from: u32, to: u32| (from..to).any(|y| (0..picture.width()).any(|x| picture.get_pixel(x, y).0[0] < 128));
    dark(high - high / 10, high) && !dark(0, high - high / 10)
}

#[test]
fn attributes_from_above_a_page_are_kept_and_stray_references_are_null() {
    let mut made = Made::new();
    made.page(&said(&["small"]), dictionary! { "Rotate" => 90, "Missing" => Object::Reference((9999, 0)) });
    let (_, copy) = merged(&[made.bytes()]);
    let doc = Document::load_mem(&copy).unwrap();
    let page = doc.get_dictionary(doc.get_pages()[&1]).unwrap();
    assert_eq!(page.get(b"Rotate").unwrap().as_i64().unwrap(), 90);
    assert_eq!(page.get(b"MediaBox").unwrap().as_array().unwrap().len(), 4);
    assert!(!page.has(b"Missing"));
}

#[test]
fn a_section_is_a_small_pdf_of_one_sources_pages() {
    let sources: Vec<_> = (0..20)
        .map(|n| if n % 2 == 0 { form_pdf("field", &format!("value {n}"), true) } else { text_pdf(&[&["x"], &["y"]]) })
        .collect();
    let (built, copy) = merged(&sources);
    for (page, entry) in built.index.pages.iter().enumerate() {
        let mut read = 0;
        let mut ranges = reader(&copy);
        let part = section(
            &built.index,
            |range| {
                read += range.end - range.start;
                ranges(range)
            },
            page,
        )
        .unwrap();
        assert!(read < copy.len() as u64 / 5, "{read} bytes of {}", copy.len());
        assert_eq!(qpdf_complaint(&part), None);
        let text = lines(part).unwrap();
        assert_eq!(text[entry.source_page], lines(copy.clone()).unwrap()[page]);
    }
    let other = merged(&sources[1..]).0.index;
    let mut shorter = reader(&copy[..copy.len() / 2]);
    assert!((0..other.pages.len()).any(|page| section(&other, &mut shorter, page).is_err()));
}

#[test]
fn an_index_survives_being_kept() {
    let index = merged(&[form_pdf("a", "b", true)]).0.index;
    let kept = serde_json::to_vec(&index).unwrap();
    assert_eq!(serde_json::from_slice::<press::section::Index>(&kept).unwrap(), index);
}

#[test]
fn bookmarks_lead_by_visit_to_each_document() {
    let sources: Vec<_> = (0..5).map(|_| text_pdf(&[&["page"]])).collect();
    let (_, copy) = merged(&sources);
    let doc = Document::load_mem(&copy).unwrap();
    let catalog = doc.catalog().unwrap();
    let top = catalog.get_deref(b"Outlines", &doc).unwrap().as_dict().unwrap();
    let mut found = Vec::new();
    follow(&doc, top, 0, &mut found);
    let wanted = [
        (0, "Document 0", 1),
        (0, "Visit 0, March 1", 2),
        (1, "Document 1", 2),
        (0, "Visit 1, March 2", 3),
        (1, "Document 2", 3),
        (1, "Document 3", 4),
        (0, "Visit 2, March 3", 5),
        (1, "Document 4", 5),
    ];
    assert_eq!(found, wanted.map(|(depth, title, page)| (depth, title.to_owned(), page)));
}

fn follow(doc: &Document, above: &Dictionary, depth: u32, found: &mut Vec<(u32, String, u32)>) {
    let pages = doc.get_pages();
    let mut next = above.get(b"First").and_then(Object::as_reference).ok();
    while let Some(id) = next {
        let item = doc.get_dictionary(id).unwrap();
        let title = lopdf::decode_text_string(item.get(b"Title").unwrap()).unwrap();
        let target = item.get(b"Dest").unwrap().as_array().unwrap()[0].as_reference().unwrap();
        let page = pages.iter().find(|(_, id)| **id == target).map(|(number, _)| *number).unwrap();
        found.push((depth, title, page));
        follow(doc, item, depth + 1, found);
        next = item.get(b"Next").and_then(Object::as_reference).ok();
    }
}

#[test]
fn a_copy_that_is_merged_again_keeps_both_stamps() {
    let (_, once) = merged(&[text_pdf(&[&["one"]]), text_pdf(&[&["two"]])]);
    let (_, twice) = merged(&[once, text_pdf(&[&["three"]])]);
    assert_eq!(qpdf_complaint(&twice), None);
    let text = pdftotext(&twice);
    let first: String = text.split('\x0c').next().unwrap().split_whitespace().collect();
    // One on the other, so the words mingle; both totals must be there.
    assert!(first.contains('2') && first.contains('3'), "{text}");
}

#[test]
fn an_encrypted_source_is_opened_when_it_needs_no_password_and_named_when_it_does() {
    let encrypted = |password: &str| {
        let mut doc = Document::load_mem(&text_pdf(&[&["secret"]])).unwrap();
        let id = Object::string_literal("0123456789abcdef");
        doc.trailer.set("ID", vec![id.clone(), id]);
        let version = lopdf::EncryptionVersion::V2 {
            document: &doc,
            owner_password: "owner",
            user_password: password,
            key_length: 128,
            permissions: lopdf::Permissions::empty(),
        };
        let state = lopdf::EncryptionState::try_from(version).unwrap();
        doc.encrypt(&state).unwrap();
        let mut bytes = Vec::new();
        doc.save_to(&mut bytes).unwrap();
        bytes
    };
    let (built, copy) = merged(&[encrypted(""), encrypted("user"), text_pdf(&[&["open"]])]);
    assert_eq!(qpdf_complaint(&copy), None);
    assert_eq!(lines(copy).unwrap(), [["secret"], ["open"]]);
    assert_eq!(built.unmergeable.len(), 1);
    assert_eq!((built.unmergeable[0].source, built.unmergeable[0].reason), (1, Reason::Password));
}

#[test]
fn a_source_that_cannot_be_read_is_named_and_the_rest_is_merged() {
    let whole = text_pdf(&[&["whole"]]);
    let cut = whole[..whole.len() / 3].to_vec();
    let mut portfolio = Made::new();
    portfolio.page("", Dictionary::new());
    portfolio.catalog.set("Collection", Dictionary::new());
    let mut xfa = Made::new();
    xfa.page("", Dictionary::new());
    xfa.catalog.set("NeedsRendering", true);
    let none = Made::new().bytes();
    let (built, copy) = merged(&[cut, whole, b"plain text".to_vec(), Vec::new(), portfolio.bytes(), xfa.bytes(), none]);
    assert_eq!(lines(copy).unwrap(), [["whole"]]);
    let named: Vec<_> = built.unmergeable.iter().map(|gone| (gone.source, gone.reason)).collect();
    assert_eq!(
        named,
        [
            (0, Reason::Broken),
            (2, Reason::NotPages),
            (3, Reason::NotPages),
            (4, Reason::Portfolio),
            (5, Reason::DynamicForm),
            (6, Reason::NoPages),
        ]
    );
}

#[test]
fn content_that_unpacks_without_end_is_refused() {
    let mut made = Made::new();
    let mut bomb = Stream::new(Dictionary::new(), vec![b' '; 80 * 1024 * 1024]);
    bomb.compress().unwrap();
    let bomb = made.doc.add_object(bomb);
    made.page("", dictionary! { "Contents" => Object::Reference(bomb) });
    let bytes = made.bytes();
    assert!(bytes.len() < 1024 * 1024);
    let (built, _) = merged(&[bytes, text_pdf(&[&["fine"]])]);
    assert_eq!(built.unmergeable[0].reason, Reason::TooLarge);
}

#[test]
fn nothing_to_merge_is_said_and_a_failed_fetch_stops_the_copy() {
    assert!(matches!(merged_alone(b"nothing"), Err(MergeError::NothingToMerge)));
    let failed = merge(&cover(1), |_| Err(std::io::ErrorKind::PermissionDenied.into()), Vec::new());
    assert!(matches!(failed, Err(MergeError::Fetch { source_index: 0, .. })));
}
