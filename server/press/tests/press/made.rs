//! Sources made for a test, and what independent programs say of a result.

use std::{
    io,
    path::PathBuf,
    process::{Command, Stdio},
};

use domain::document::Whose;
use jiff::civil::{Date, date};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use press::{
    language::Language,
    merge::{Built, Cover, Listed, MergeError, merge},
    page_check::Expected,
};

pub(crate) const DAY: Date = date(2026, 3, 2);

/// A PDF under construction: its pages share one inherited set of resources.
pub(crate) struct Made {
    pub(crate) doc: Document,
    pub(crate) tree: ObjectId,
    pub(crate) kids: Vec<ObjectId>,
    pub(crate) catalog: Dictionary,
}

impl Made {
    pub(crate) fn new() -> Self {
        let mut doc = Document::with_version("1.5");
        let tree = doc.new_object_id();
        let catalog = dictionary! { "Type" => "Catalog", "Pages" => Object::Reference(tree) };
        Self { doc, tree, kids: Vec::new(), catalog }
    }

    pub(crate) fn page(&mut self, content: &str, more: Dictionary) -> ObjectId {
        let content = self.doc.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
        let mut page = dictionary! {
            "Type" => "Page", "Parent" => Object::Reference(self.tree), "Contents" => Object::Reference(content),
        };
        for (key, value) in more {
            page.set(key, value);
        }
        let page = self.doc.add_object(page);
        self.kids.push(page);
        page
    }

    pub(crate) fn bytes(mut self) -> Vec<u8> {
        let font =
            self.doc.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
        let kids: Vec<Object> = self.kids.iter().map(|id| Object::Reference(*id)).collect();
        let tree = dictionary! {
            "Type" => "Pages", "Count" => kids.len() as i64, "Kids" => kids,
            "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => Object::Reference(font) } },
        };
        self.doc.objects.insert(self.tree, Object::Dictionary(tree));
        let catalog = self.doc.add_object(self.catalog);
        self.doc.trailer.set("Root", Object::Reference(catalog));
        let mut bytes = Vec::new();
        self.doc.save_to(&mut bytes).unwrap();
        bytes
    }
}

pub(crate) fn said(lines: &[&str]) -> String {
    let shown: String = lines.iter().map(|line| format!("({line}) Tj T* ")).collect();
    format!("BT /F1 11 Tf 14 TL 72 700 Td {shown}ET")
}

/// A PDF with these lines on each page.
pub(crate) fn text_pdf(pages: &[&[&str]]) -> Vec<u8> {
    let mut made = Made::new();
    for lines in pages {
        made.page(&said(lines), Dictionary::new());
    }
    made.bytes()
}

/// A one-page form with one filled text field.
pub(crate) fn form_pdf(name: &str, value: &str, drawn: bool) -> Vec<u8> {
    let mut made = Made::new();
    let mut widget = dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "FT" => "Tx",
        "T" => Object::string_literal(name), "V" => Object::string_literal(value),
        "DA" => Object::string_literal("/F1 12 Tf 0 g"),
        "Rect" => vec![72.into(), 600.into(), 300.into(), 620.into()],
    };
    if drawn {
        let font =
            made.doc.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
        let look = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 228.into(), 20.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => Object::Reference(font) } },
        };
        let look = made.doc.add_object(Stream::new(look, format!("BT /F1 12 Tf 2 5 Td ({value}) Tj ET").into_bytes()));
        widget.set("AP", dictionary! { "N" => Object::Reference(look) });
    }
    let widget = made.doc.add_object(widget);
    made.page(&said(&["A form"]), dictionary! { "Annots" => vec![Object::Reference(widget)] });
    made.catalog.set("AcroForm", dictionary! { "Fields" => vec![Object::Reference(widget)] });
    made.bytes()
}

pub(crate) fn cover(sources: usize) -> Cover {
    Cover {
        language: Language::English,
        title: "Your medical records".to_owned(),
        request_number: "R-4711-8".to_owned(),
        date: DAY,
        sources: (0..sources)
            .map(|n| Listed {
                title: format!("Document {n}"),
                under: (n > 0).then(|| format!("Visit {}, March {}", n / 2, n / 2 + 1)),
            })
            .collect(),
    }
}

pub(crate) fn merged(sources: &[Vec<u8>]) -> (Built, Vec<u8>) {
    let mut out = Vec::new();
    let built = merge(&cover(sources.len()), |n| Ok(sources[n].clone()), &mut out).unwrap();
    (built, out)
}

pub(crate) fn merged_alone(source: &[u8]) -> Result<(Built, Vec<u8>), MergeError> {
    let mut out = Vec::new();
    merge(&cover(1), |_| Ok(source.to_vec()), &mut out).map(|built| (built, out))
}

pub(crate) fn reader(copy: &[u8]) -> impl FnMut(std::ops::Range<u64>) -> io::Result<Vec<u8>> {
    |range| {
        let range = usize::try_from(range.start).unwrap()..usize::try_from(range.end).unwrap();
        copy.get(range).map(<[u8]>::to_vec).ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))
    }
}

pub(crate) fn ana() -> Expected {
    Expected {
        patient: Whose {
            name: "Ana María García López".to_owned(),
            born: Some(date(1980, 3, 7)),
            record_number: Some("00-123-456".to_owned()),
        },
        former_names: vec!["Ana Ruiz".to_owned()],
        other_record_numbers: vec!["X998877".to_owned()],
    }
}

/// What `qpdf --check` finds wrong.
pub(crate) fn qpdf_complaint(pdf: &[u8]) -> Option<String> {
    let file = kept(pdf);
    let checked = Command::new("qpdf").arg("--check").arg(file.path()).output();
    let checked = checked.expect("qpdf is installed: `./dev test` does that");
    let said = String::from_utf8_lossy(&checked.stdout).into_owned() + &String::from_utf8_lossy(&checked.stderr);
    let clean = checked.status.success() && said.contains("No syntax or stream encoding errors found");
    (!clean).then_some(said)
}

/// The text of all pages by pdftotext.
pub(crate) fn pdftotext(pdf: &[u8]) -> String {
    let file = kept(pdf);
    let read = Command::new("pdftotext").arg("-layout").arg(file.path()).arg("-").stderr(Stdio::null()).output();
    String::from_utf8_lossy(&read.expect("pdftotext is installed: `./dev test` does that").stdout).into_owned()
}

/// Real and hostile files that no test may take along; `None`, said aloud, where no folder of them is named.
pub(crate) fn real(folder: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let Some(data) = std::env::var_os("PORTAL_TEST_DATA").map(PathBuf::from) else {
        eprintln!("SKIPPED: PORTAL_TEST_DATA names no folder with real input");
        return None;
    };
    let listed = std::fs::read_dir(data.join(folder)).expect("PORTAL_TEST_DATA has this folder");
    let mut files: Vec<_> = listed
        .filter_map(|entry| {
            let entry = entry.ok()?;
            Some((entry.file_name().into_string().ok()?, std::fs::read(entry.path()).ok()?))
        })
        .filter(|(name, _)| name != "MANIFEST.csv")
        .collect();
    files.sort();
    Some(files)
}

struct Kept(PathBuf);

impl Kept {
    fn path(&self) -> &std::path::Path {
        &self.0
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn kept(pdf: &[u8]) -> Kept {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("press-test-{}-{}.pdf", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let path = std::env::temp_dir().join(name);
    std::fs::write(&path, pdf).unwrap();
    Kept(path)
}
