use press::{merge::MergeError, page_check::check_pages, section::section, view::view};
use proptest::prelude::*;

use crate::made::{ana, form_pdf, merged_alone, qpdf_complaint, reader, real};

#[test]
fn real_broken_and_hostile_pdfs_become_clean_copies_or_a_reason() {
    let Some(files) = real("pdf") else { return };
    let mut copies = 0;
    for (name, bytes) in &files {
        match merged_alone(bytes) {
            Ok((built, copy)) => {
                if let Some(complaint) = qpdf_complaint(&copy) {
                    // Damage inside a page's own content is the source's and is copied as it is. What holds a file
                    // together is ours.
                    let ours =
                        ["xref", "reference", "trailer", "endobj", "endstream", "loop", "tree", "dictionary", "Pages"];
                    let of_ours = |line: &&str| ours.iter().any(|word| line.contains(word));
                    assert_eq!(complaint.lines().find(of_ours), None, "{name}: {complaint}");
                    assert!(qpdf_complaint(bytes).is_some(), "{name} was sound: {complaint}");
                }
                let pages = built.index.pages.len();
                for page in [0, pages / 2, pages - 1] {
                    let part = section(&built.index, reader(&copy), page).unwrap();
                    assert!(view(part, built.index.pages[page].source_page, 200).is_ok(), "{name}, page {page}");
                }
                assert_eq!(check_pages(copy, &ana()).unwrap().len(), pages, "{name}");
                copies += 1;
            }
            Err(MergeError::NothingToMerge) => eprintln!("{name}: not merged"),
            Err(error) => panic!("{name}: {error}"),
        }
    }
    assert!(copies * 2 > files.len(), "only {copies} of {} became copies", files.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_change_of_bytes_breaks_the_merge(at in prop::collection::vec((0usize..4000, any::<u8>()), 1..24)) {
        let mut bytes = form_pdf("field", "value", true);
        let long = bytes.len();
        for (place, byte) in at {
            bytes[place % long] = byte;
        }
        if let Ok((built, copy)) = merged_alone(&bytes) {
            prop_assert!(lopdf::Document::load_mem(&copy).is_ok());
            prop_assert!(section(&built.index, reader(&copy), 0).is_ok());
            let _ = check_pages(copy, &ana());
        }
    }

    #[test]
    fn no_bytes_break_the_pictures(bytes in prop::collection::vec(any::<u8>(), 0..300), kind in 0usize..4) {
        let starts: [&[u8]; 4] = [b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1A\n", b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08"];
        let file = [starts[kind], &bytes].concat();
        let _ = press::picture::pdf(&file);
    }
}
