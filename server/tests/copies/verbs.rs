//! Each verb, in a child as it runs.

use std::io;

use bytes::Bytes;
use domain::{
    document::{Category, DatesOfService},
    package::FailReason,
};
use jiff::civil::date;
use press::{
    language::Language,
    package::{Plan, Planned},
    page_check::Verdict,
    section::Index,
    typeset::{Contact, Facility, Included, Letter},
};
use server::{
    copies::{self, Output},
    sandbox::{Sandbox, SandboxError, Sink, Sources},
};

use crate::{
    dying,
    files::{built, sound},
    made::{DAY, Made, ana, real, said, text_pdf},
    runner::{self, Test},
};

pub(crate) fn tests() -> Vec<Test> {
    runner::tests![
        a_package_is_built_checked_and_shown,
        the_same_plan_and_documents_give_the_same_bytes,
        a_letter_alone_is_a_package,
        what_is_no_pdf_goes_beside_as_it_is_kept_even_when_it_is_empty,
        real_broken_and_hostile_files_become_a_package,
        a_document_that_kills_its_reader_is_the_reason_why_there_is_no_package,
        a_copy_that_is_not_whole_shows_no_page_and_passes_none,
        a_page_that_is_not_there_is_told_from_one_that_cannot_be_drawn,
        the_parent_does_not_grow_with_the_package,
    ]
}

fn plan(kinds: &[&str]) -> Plan {
    let planned = |(n, media_type): (usize, &&str)| Planned {
        title: format!("Record {n}"),
        care: DatesOfService::on(Some(date(2025, 5, 4))),
        category: Category::Lab,
        standing: None,
        visit: None,
        media_type: (*media_type).to_owned(),
    };
    let count = u32::try_from(kinds.len()).unwrap();
    let letter = Letter {
        language: Language::English,
        facility: Facility {
            name: "Mercy River Hospital".to_owned(),
            address: vec!["1 River Street".to_owned()],
            phone: "(312) 555-0100".to_owned(),
            email: None,
            complaints: Contact { title: "Privacy Officer".to_owned(), phone: "(312) 555-0101".to_owned() },
        },
        request_number: "R-4711-8".to_owned(),
        recipient: vec!["Ana María García López".to_owned()],
        patient: ana().patient,
        date: DAY,
        included: (count > 0)
            .then_some(Included { category: Category::Lab, count, care: DatesOfService::default() })
            .into_iter()
            .collect(),
        not_included: Vec::new(),
    };
    Plan { letter, documents: kinds.iter().enumerate().map(planned).collect() }
}

const PDF: &str = "application/pdf";
const HERS: &[&str] = &["Patient: Ana Maria Garcia Lopez", "Date of birth: 03/07/1980", "Blood count: good"];
const HIS: &[&str] = &["Patient: John Smith", "MRN: 99887766", "Culture: growth"];

async fn a_package_is_built_checked_and_shown() {
    let documents = [text_pdf(&[HERS, HERS]), b"\0DICM".to_vec(), text_pdf(&[HIS])];
    let files = built(&plan(&[PDF, "application/dicom", PDF]), &documents).await.unwrap();
    let names: Vec<_> = files.made.files.iter().map(|file| (file.output, file.name.as_str())).collect();
    let expected = [
        (Output::Copy, "copy.pdf"),
        (Output::Letter, "letter.pdf"),
        (Output::Manifest, "manifest.pdf"),
        (Output::Beside(1), "document-002.dcm"),
    ];
    assert_eq!(names, expected);
    for output in [Output::Copy, Output::Letter, Output::Manifest] {
        assert!(sound(&files.of(output)).contains("R-4711-8"), "{output:?} says which request it answers");
    }
    assert_eq!(files.of(Output::Beside(1)), documents[1]);
    let letter = files.made.files[1].pages.unwrap();
    assert_eq!(files.made.pages, [(None, letter), (Some(0), 2), (Some(2), 1)]);
    let index: Index = serde_json::from_slice(&files.of(Output::Index)).unwrap();
    assert_eq!(index.pages.len(), letter as usize + 3);

    let findings = files.checked().await.unwrap();
    assert!(findings[..letter as usize].iter().all(|found| found.verdict == Verdict::Confirmed), "the letter is hers");
    let rest: Vec<_> = findings[letter as usize..].iter().map(|found| (found.verdict, found.same_as)).collect();
    let first = Some(letter as usize);
    assert_eq!(rest, [(Verdict::Confirmed, None), (Verdict::Confirmed, first), (Verdict::AnotherPerson, None)]);

    let png = files.drawn(letter, 1200).await.unwrap();
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    assert_eq!(png[16..20], 1200_u32.to_be_bytes(), "as wide as it was asked for");
}

async fn the_same_plan_and_documents_give_the_same_bytes() {
    let documents = [text_pdf(&[HERS]), text_pdf(&[&["a scan"]])];
    let plan = plan(&[PDF, PDF]);
    assert_eq!(built(&plan, &documents).await.unwrap(), built(&plan, &documents).await.unwrap());
}

async fn a_letter_alone_is_a_package() {
    let files = built(&plan(&[]), &[]).await.unwrap();
    assert_eq!(files.made.files.len(), 3);
    assert!(sound(&files.of(Output::Copy)).contains("We have nothing"));
    assert!(files.checked().await.unwrap().iter().all(|found| found.verdict == Verdict::Confirmed));
}

async fn what_is_no_pdf_goes_beside_as_it_is_kept_even_when_it_is_empty() {
    let documents = [Vec::new(), b"<html><script>alert(1)</script>".to_vec()];
    let files = built(&plan(&["text/plain", "text/html"]), &documents).await.unwrap();
    let beside: Vec<_> = files.made.files[3..].iter().map(|file| (file.output, file.name.as_str())).collect();
    assert_eq!(beside, [(Output::Beside(0), "document-001.txt"), (Output::Beside(1), "document-002.bin")]);
    assert_eq!(files.of(Output::Beside(0)), b"", "nothing came, and nothing was to come");
    assert_eq!(files.of(Output::Beside(1)), documents[1]);
}

async fn real_broken_and_hostile_files_become_a_package() {
    for folder in ["pdf", "scans"] {
        let Some(real) = real(folder) else { return };
        // several small packages, so that one reader meets many files
        for real in real.chunks(12) {
            let documents: Vec<Vec<u8>> = real.iter().map(|(_, bytes)| bytes.clone()).collect();
            let kinds = vec![PDF; documents.len()];
            let files = built(&plan(&kinds), &documents).await.unwrap();
            let in_copy = files.made.pages.iter().filter(|(document, _)| document.is_some()).count();
            let beside = files.made.files.len() - 3;
            assert_eq!(in_copy + beside, documents.len(), "each stands in the copy or beside it");
            let findings = files.checked().await.unwrap();
            assert_eq!(findings.len(), files.made.page_count() as usize);
            for (page, found) in findings.iter().enumerate() {
                let letter = page < files.made.files[1].pages.unwrap() as usize;
                assert_eq!(found.verdict == Verdict::Confirmed, letter, "none of these pages is Ana's: {page}");
            }
            let last = files.made.page_count() - 1;
            assert!(files.drawn(last, 300).await.unwrap().starts_with(b"\x89PNG"));
        }
    }
}

async fn a_document_that_kills_its_reader_is_the_reason_why_there_is_no_package() {
    let killers = [
        (dying::OVERFLOWS, FailReason::UnreadableDocument),
        (dying::PANICS, FailReason::UnreadableDocument),
        (dying::HOARDS, FailReason::TooLarge),
    ];
    for (words, reason) in killers {
        let error = built(&plan(&[PDF]), &[text_pdf(&[&[words]])]).await.unwrap_err();
        assert_eq!(copies::fails(&error), Some(reason), "{words}: {error:?}");
        assert!(!format!("{error} {error:?}").contains(words), "what it said is not passed on");
    }
}

async fn a_copy_that_is_not_whole_shows_no_page_and_passes_none() {
    let mut files = built(&plan(&[PDF]), &[text_pdf(&[HERS])]).await.unwrap();
    for (number, bytes) in &mut files.bytes {
        if Output::of(*number) == Output::Copy {
            bytes.truncate(bytes.len() / 2);
        }
    }
    let last = files.made.page_count() - 1;
    assert!(matches!(files.drawn(last, 300).await, Err(SandboxError::Broken { .. })));
    assert!(matches!(files.checked().await, Err(SandboxError::Broken { .. })), "nothing is passed");
}

async fn a_page_that_is_not_there_is_told_from_one_that_cannot_be_drawn() {
    let files = built(&plan(&[PDF]), &[text_pdf(&[HERS])]).await.unwrap();
    let error = files.drawn(files.made.page_count(), 300).await.unwrap_err();
    assert!(matches!(&error, SandboxError::Refused { code } if code == "no-such-page"), "{error:?}");
    let broken = vec![Bytes::from_static(b"{}"), Bytes::from(files.of(Output::Copy))];
    let error = copies::view(&Sandbox::new(1), copies::View { page: 0, width: 300 }, broken).await.unwrap_err();
    assert!(matches!(error, SandboxError::Broken { .. }), "{error:?}");
}

/// Documents of a megabyte, each made when it is asked for.
struct Scans {
    count: usize,
    length: u64,
    open: Option<(u32, Bytes)>,
}

fn scan(n: u32) -> Vec<u8> {
    let mut made = Made::new();
    let mut state = u64::from(n) + 1;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56).to_le_bytes()[0]
    })
    .take(1 << 20)
    .collect();
    let image = lopdf::dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 1024, "Height" => 1024,
    "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8 };
    let image = made.doc.add_object(lopdf::Stream::new(image, noise));
    let resources = lopdf::dictionary! { "XObject" => lopdf::dictionary! { "P" => image } };
    made.page("q 612 0 0 792 0 0 cm /P Do Q", lopdf::dictionary! { "Resources" => resources });
    made.page(&said(&["the back"]), lopdf::Dictionary::new());
    made.bytes()
}

impl Sources for &mut Scans {
    fn lengths(&self) -> Vec<u64> {
        vec![self.length; self.count]
    }

    async fn read(&mut self, source: u32, offset: u64, at_most: usize) -> io::Result<Bytes> {
        if self.open.as_ref().is_none_or(|(number, _)| *number != source) {
            self.open = Some((source, Bytes::from(scan(source))));
        }
        let from = usize::try_from(offset).unwrap();
        Ok(self.open.as_ref().unwrap().1.slice(from..from + at_most))
    }
}

struct Counted(u64);

impl Sink for &mut Counted {
    async fn write(&mut self, _: u32, bytes: Bytes) -> io::Result<()> {
        self.0 += bytes.len() as u64;
        Ok(())
    }
}

async fn the_parent_does_not_grow_with_the_package() {
    let length = scan(0).len() as u64;
    let package = async |count: usize| {
        let mut scans = Scans { count, length, open: None };
        let mut counted = Counted(0);
        copies::build(&Sandbox::new(1), &plan(&vec![PDF; count]), &mut scans, &mut counted).await.unwrap();
        (counted.0, peak_memory())
    };
    let (_, before) = package(4).await;
    let (written, after) = package(80).await;
    assert!(written > 80 << 20, "eighty megabytes passed: {written}");
    assert!(after - before < 8 << 20, "the parent grew by {} bytes", after - before);
}

/// The most memory that this process ever held, in bytes.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}
