use domain::document::{Block, Category, DatesOfService, Readable, Standing, Whose};
use jiff::civil::date;
use press::{
    language::Language,
    merge::{Reason, Removed},
    page_check::lines,
    typeset::{
        Contact, Facility, Included, Letter, Manifest, NotIncluded, Place, Row, WhyNot, letter, manifest, readable,
    },
};

use crate::made::{DAY, qpdf_complaint};

pub(crate) fn a_letter(language: Language) -> Letter {
    Letter {
        language,
        facility: Facility {
            name: "Mercy River Hospital".to_owned(),
            address: vec!["12 River Road".to_owned(), "Springfield, IL 62701".to_owned()],
            phone: "217-555-0100".to_owned(),
            email: Some("records@mercyriver.example".to_owned()),
            complaints: Contact { title: "Privacy Office".to_owned(), phone: "217-555-0199".to_owned() },
        },
        request_number: "R-4711-8".to_owned(),
        recipient: vec!["Ana María García López".to_owned(), "7 Elm Street".to_owned()],
        patient: Whose {
            name: "Ana María García López".to_owned(),
            born: Some(date(1980, 3, 7)),
            record_number: Some("00-123-456".to_owned()),
        },
        date: DAY,
        included: vec![Included {
            category: Category::Lab,
            count: 3,
            care: DatesOfService { first: Some(date(2024, 1, 5)), last: Some(date(2025, 6, 30)) },
        }],
        not_included: vec![
            NotIncluded {
                what: "X-ray pictures <b>#eval(\"1 + 1\")</b> \\ $x$ *all* @ref".to_owned(),
                why: WhyNot::NotFound { searched: vec!["Imaging archive, 2015 to 2026".to_owned()] },
            },
            NotIncluded {
                what: "Birth certificate".to_owned(),
                why: WhyNot::HeldElsewhere { ask: vec!["County vital records, 217-555-0142".to_owned()] },
            },
            NotIncluded {
                what: "Therapy notes".to_owned(),
                why: WhyNot::Withheld {
                    basis: "Psychotherapy notes (45 CFR 164.524(a)(1)(i))".to_owned(),
                    reviewable: false,
                },
            },
        ],
    }
}

fn text(pdf: Vec<u8>) -> String {
    lines(pdf).unwrap().concat().join(" ")
}

#[test]
fn letters_in_both_languages_conform_to_pdf_ua_and_say_what_the_law_wants_said() {
    for (language, wanted) in [
        (Language::English, ["Office for Civil Rights", "correct your record", "did not find it", "Someone else does"]),
        (
            Language::Spanish,
            ["Oficina de Derechos Civiles", "corrijamos su expediente", "no lo encontramos", "otra institución"],
        ),
    ] {
        let printed = letter(&a_letter(language)).unwrap();
        assert!(printed.accessible, "{language:?}");
        assert!(printed.pdf.windows(14).any(|bytes| bytes == b"StructTreeRoot"), "{language:?}: not tagged");
        assert!(printed.pdf.windows(14).any(|bytes| bytes == b"pdfuaid:part>1"), "{language:?}: not declared");
        assert_eq!(qpdf_complaint(&printed.pdf), None);
        let text = text(printed.pdf);
        for wanted in wanted.into_iter().chain(["R-4711-8", "217-555-0142", "164.524(a)(1)(i)", "1-800-368-1019"]) {
            assert!(text.contains(wanted), "{language:?}: {wanted:?} is missing from {text}");
        }
    }
}

#[test]
fn what_people_wrote_is_never_markup() {
    let text = text(letter(&a_letter(Language::English)).unwrap().pdf);
    assert!(text.contains("<b>#eval(\"1 + 1\")</b> \\ $x$ *all* @ref"), "{text}");
}

#[test]
fn a_letter_opens_by_what_there_is_and_promises_nothing_that_it_does_not_say() {
    for (language, openings) in [
        (
            Language::English,
            ["what is not in it and why", "what is in the copy and what you can do", "nothing that we can give you"],
        ),
        (
            Language::Spanish,
            ["qué no contiene y por qué", "qué contiene la copia y qué puede", "nada que podamos entregarle"],
        ),
    ] {
        let some = a_letter(language);
        let all = Letter { not_included: Vec::new(), ..some.clone() };
        let alone = Letter { included: Vec::new(), ..some.clone() };
        for (at, one) in [some, all, alone].iter().enumerate() {
            let printed = letter(one).unwrap();
            assert!(printed.accessible);
            let said = text(printed.pdf).split_whitespace().collect::<Vec<_>>().join(" ");
            let opens = openings.map(|opening| said.contains(opening));
            assert_eq!(opens, [at == 0, at == 1, at == 2], "{said}");
        }
    }
}

#[test]
fn every_page_of_a_record_says_whose_it_is_and_repeats_the_head_of_its_table() {
    let record = Readable {
        title: "Lab results".to_owned(),
        patient: a_letter(Language::English).patient,
        source: "Mercy River Hospital".to_owned(),
        dated: Some(date(2025, 6, 30)),
        standing: None,
        blocks: vec![
            Block::Heading("Blood count".to_owned()),
            Block::Table {
                head: vec!["Test".to_owned(), "Result".to_owned()],
                rows: (0..120).map(|n| vec![format!("Test {n}"), format!("{n}.50")]).collect(),
            },
            Block::Note("First line\n  second line\u{7}\n\nlast line".to_owned()),
            Block::Facts(vec![("Fasting".to_owned(), "yes".to_owned())]),
            Block::Facts(Vec::new()),
            Block::Paragraph(String::new()),
        ],
    };
    let printed = readable(&record, Language::English).unwrap();
    assert!(printed.accessible);
    assert_eq!(qpdf_complaint(&printed.pdf), None);
    let pages = lines(printed.pdf).unwrap();
    assert!(pages.len() > 2);
    assert_eq!(pages.len(), printed.pages as usize);
    for (at, page) in pages.iter().enumerate() {
        let text = page.join("\n");
        assert!(text.contains("Ana María García López") && text.contains("00-123-456"), "page {at}: {text}");
        assert!(text.contains(&format!("Page {} of {}", at + 1, pages.len())), "page {at}: {text}");
        assert!(at + 1 == pages.len() || text.contains("Result"), "page {at}: {text}");
    }
    let all = pages.concat();
    assert!(all.iter().any(|line| line.trim() == "First line"), "{all:?}");
    assert!(all.iter().any(|line| line.trim() == "second line"), "{all:?}");
}

#[test]
fn a_row_that_does_not_fit_its_head_loses_no_cell() {
    let record = Readable {
        title: String::new(),
        patient: Whose { name: "Ana".to_owned(), born: None, record_number: None },
        source: String::new(),
        dated: None,
        standing: None,
        blocks: vec![Block::Table {
            head: vec!["A".to_owned(), "B".to_owned()],
            rows: vec![vec!["one".to_owned()], vec!["two".to_owned(), "three".to_owned(), "four".to_owned()]],
        }],
    };
    let text = text(readable(&record, Language::English).unwrap().pdf);
    for cell in ["one", "two", "three", "four"] {
        assert!(text.contains(cell), "{text}");
    }
}

#[test]
fn a_record_that_is_not_final_says_so() {
    let mut record = Readable {
        title: "Biopsy".to_owned(),
        patient: a_letter(Language::English).patient,
        source: String::new(),
        dated: None,
        standing: None,
        blocks: vec![Block::Note("Awaiting stains.".to_owned())],
    };
    let says = |record: &Readable, language| text(readable(record, language).unwrap().pdf);
    assert!(!says(&record, Language::English).contains("Status"));
    record.standing = Some(Standing::Preliminary);
    assert!(says(&record, Language::English).contains("not yet final"));
    assert!(says(&record, Language::Spanish).contains("todavía no es definitivo"));
}

#[test]
fn a_name_in_a_script_that_the_fonts_lack_is_printed_and_owned_up_to() {
    let mut foreign = a_letter(Language::English);
    foreign.patient.name = "山田 花子".to_owned();
    let printed = letter(&foreign).unwrap();
    assert!(!printed.accessible);
    assert!(printed.pages > 0);
}

#[test]
fn the_list_says_where_every_document_stands_and_what_was_left_out() {
    let row = |title: &str, place| Row {
        title: title.to_owned(),
        care: DatesOfService { first: Some(date(1950, 7, 27)), last: Some(date(2025, 1, 2)) },
        category: Category::ImagingReport,
        standing: Some(Standing::Amended),
        place,
        sha256: [0xAB; 32],
    };
    let removed = Removed { attachments: 2, ..Removed::default() };
    for language in [Language::English, Language::Spanish] {
        let printed = manifest(&Manifest {
            language,
            request_number: "R-4711-8".to_owned(),
            date: DAY,
            rows: vec![
                row("Chest", Place::Copy { first: 3, last: 9, removed, pages_missing: true }),
                row("Film", Place::Beside { file: "document-002.dcm".to_owned(), reason: Reason::NotPages }),
            ],
        })
        .unwrap();
        assert!(printed.accessible);
        assert_eq!(qpdf_complaint(&printed.pdf), None);
        let text = text(printed.pdf);
        let (pages, why, left, standing) = match language {
            Language::English => ("3 to 9", "has no pages", "attached files", "Amended"),
            Language::Spanish => ("3 a 9", "no tiene páginas", "archivos adjuntos", "Modificado"),
        };
        let days = [date(1950, 7, 27), date(2025, 1, 2)].map(|day| language.date(day));
        for day in &days {
            assert!(text.contains(day), "{day:?} is missing from {text}");
        }
        for wanted in ["Chest", "Film", "document-002.dcm", pages, why, left, standing, "abababababababab"] {
            assert!(text.contains(wanted), "{wanted:?} is missing from {text}");
        }
    }
}

#[test]
fn the_same_letter_gives_the_same_bytes() {
    assert_eq!(letter(&a_letter(Language::Spanish)), letter(&a_letter(Language::Spanish)));
}
