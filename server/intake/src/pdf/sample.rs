//! Small PDFs that tests share.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

/// A letter-size PDF with these words on its pages.
pub(crate) fn pages(words: &[&str]) -> Vec<u8> {
    save(document(words))
}

pub(super) fn save(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("it writes");
    bytes
}

pub(super) fn document(words: &[&str]) -> Document {
    let mut document = Document::with_version("1.7");
    let tree = document.new_object_id();
    let font = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let kids: Vec<Object> = words
        .iter()
        .map(|words| {
            let content =
                if words.is_empty() { String::new() } else { format!("BT /F1 24 Tf 72 600 Td ({words}) Tj ET") };
            let content = document.add_object(Stream::new(Dictionary::new(), content.into_bytes()));
            let page = dictionary! {
                "Type" => "Page", "Parent" => tree, "Contents" => content,
                "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
                "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
            };
            document.add_object(page).into()
        })
        .collect();
    let count = i64::try_from(kids.len()).expect("few pages");
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    document
}
