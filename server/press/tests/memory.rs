//! Memory does not grow with the copy. It is a program of its own, so that no other test's memory is counted.
#![expect(clippy::unwrap_used, reason = "a test that cannot make its input has failed")]
#![expect(clippy::format_collect, reason = "a few lines of text, made once")]
#![expect(clippy::cast_possible_wrap, clippy::cast_precision_loss, reason = "figures for people")]

use std::time::Instant;

use jiff::civil::date;
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use press::{
    language::Language,
    merge::{Cover, Listed, merge},
};

/// What one source looks like.
#[derive(Clone, Copy)]
enum Kind {
    /// 25 pages of text.
    Text,
    /// One scan of about 8 MB.
    Scan,
}

struct Measured {
    pages: usize,
    bytes: u64,
    peak_kib: u64,
    cpu: f64,
    made: f64,
}

fn measure(kind: Kind, sources: usize) -> Measured {
    let cover = Cover {
        language: Language::English,
        title: "Copy".to_owned(),
        request_number: "R-4711-8".to_owned(),
        date: date(2026, 3, 2),
        sources: (0..sources)
            .map(|n| Listed { title: format!("Document {n}"), under: Some(format!("Visit {}", n / 3)) })
            .collect(),
    };
    let mut peak = 0;
    let mut made = 0.0;
    let start = cpu();
    let built = merge(
        &cover,
        |n| {
            peak = peak.max(resident());
            let before = cpu();
            let source = match kind {
                Kind::Text => text(n, 25),
                Kind::Scan => scan(n),
            };
            made += cpu() - before;
            Ok(source)
        },
        std::io::sink(),
    )
    .unwrap();
    let cpu = cpu() - start - made;
    Measured { pages: built.index.pages.len(), bytes: built.bytes, peak_kib: peak.max(resident()), cpu, made }
}

fn report(name: &str, measured: &Measured) {
    eprintln!(
        "{name}: {} pages, {:.1} MB, peak {} KiB resident, {:.2} CPU-s ({:.0} pages/CPU-s, {:.0} MB/CPU-s; making the sources took {:.2})",
        measured.pages,
        measured.bytes as f64 / 1e6,
        measured.peak_kib,
        measured.cpu,
        measured.pages as f64 / measured.cpu.max(0.01),
        measured.bytes as f64 / 1e6 / measured.cpu.max(0.01),
        measured.made,
    );
}

#[test]
fn a_thousand_pages_take_no_more_memory_than_a_hundred() {
    if resident() == 0 {
        eprintln!("SKIPPED: no /proc/self/status to measure memory by");
        return;
    }
    let small = measure(Kind::Text, 4);
    report("small", &small);
    let large = measure(Kind::Text, 40);
    report("large", &large);
    assert_eq!(large.pages, 1000);
    assert!(large.peak_kib < small.peak_kib + 6 * 1024, "from {} to {} KiB", small.peak_kib, large.peak_kib);
}

#[test]
#[ignore = "a measurement: takes a minute"]
fn ten_thousand_pages_and_two_gigabytes_of_scans_stay_flat() {
    let start = Instant::now();
    let small = measure(Kind::Text, 4);
    report("100 pages of text", &small);
    let text = measure(Kind::Text, 400);
    report("10,000 pages of text", &text);
    let scans = measure(Kind::Scan, 256);
    report("256 scans", &scans);
    eprintln!("in {:?}", start.elapsed());
    assert!(text.peak_kib < 64 * 1024 && text.peak_kib < small.peak_kib + 16 * 1024);
    assert!(scans.bytes > 2_000_000_000 && scans.peak_kib < 64 * 1024);
}

fn text(n: usize, pages: usize) -> Vec<u8> {
    let mut doc = Document::with_version("1.5");
    let tree = doc.new_object_id();
    let font = doc.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let kids: Vec<Object> = (0..pages)
        .map(|page| {
            let lines: String =
                (0..24).map(|line| format!("(Source {n} page {page} line {line}: a result) Tj T* ")).collect();
            let content = format!("BT /F1 11 Tf 14 TL 72 700 Td {lines}ET");
            let content = doc.add_object(Stream::new(Dictionary::new(), content.into_bytes()));
            Object::Reference(doc.add_object(dictionary! {
                "Type" => "Page", "Parent" => Object::Reference(tree), "Contents" => Object::Reference(content),
            }))
        })
        .collect();
    finish(doc, tree, kids, dictionary! { "Font" => dictionary! { "F1" => Object::Reference(font) } })
}

fn scan(n: usize) -> Vec<u8> {
    let mut doc = Document::with_version("1.5");
    let tree = doc.new_object_id();
    // Not a picture that can be drawn: as large and as dense as one, which is what the merge sees of it.
    let mut state = n as u64 + 1;
    let data: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    })
    .take(8 * 1024 * 1024)
    .collect();
    let picture = doc.add_object(Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 2550, "Height" => 3300,
        "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8, "Filter" => "DCTDecode" },
        data,
    ));
    let content = doc.add_object(Stream::new(Dictionary::new(), b"q 612 0 0 792 0 0 cm /P Do Q".to_vec()));
    let page = doc.add_object(dictionary! {
        "Type" => "Page", "Parent" => Object::Reference(tree), "Contents" => Object::Reference(content),
    });
    let resources = dictionary! { "XObject" => dictionary! { "P" => Object::Reference(picture) } };
    finish(doc, tree, vec![Object::Reference(page)], resources)
}

fn finish(mut doc: Document, tree: lopdf::ObjectId, kids: Vec<Object>, resources: Dictionary) -> Vec<u8> {
    let tree_dict = dictionary! {
        "Type" => "Pages", "Count" => kids.len() as i64, "Kids" => kids, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
    };
    doc.objects.insert(tree, Object::Dictionary(tree_dict));
    let catalog = doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => Object::Reference(tree) });
    doc.trailer.set("Root", Object::Reference(catalog));
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).unwrap();
    bytes
}

/// Resident memory in KiB; zero where it cannot be read.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}

/// CPU seconds of this process so far, by the kernel's ticks of 10 ms.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(") ").next().unwrap_or_default();
    let ticks: Vec<f64> = after.split_whitespace().skip(11).take(2).filter_map(|t| t.parse().ok()).collect();
    ticks.iter().sum::<f64>() / 100.0
}
