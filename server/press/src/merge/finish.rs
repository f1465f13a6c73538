//! What a copy ends with: the page tree's root, bookmarks, layers, form, title, and the catalog.

use std::{
    collections::HashMap,
    io::{self, Write},
};

use lopdf::{Dictionary, Object, Stream, dictionary, text_string};

use super::{
    Cover, Listed, form, layers,
    stamp::Stamp,
    writer::{PAGE_TREE, ROOT, Writer},
};
use crate::{VERSION, section::Index};

/// A source's first page, and how it is bookmarked.
pub(super) struct Bookmark<'a> {
    pub(super) listed: &'a Listed,
    pub(super) page: u32,
}

/// Writes the end. Gives the copy's length and SHA-256.
pub(super) fn finish(
    mut out: Writer<impl Write>,
    cover: &Cover,
    stamp: &Stamp,
    bookmarks: &[Bookmark<'_>],
    index: &mut Index,
) -> io::Result<(u64, [u8; 32])> {
    let start = out.at();
    stamp.finish(&mut out, index.pages.len())?;
    let shared = [stamp.font, stamp.total, stamp.ahead];
    let placed = shared.map(|id| (id, out.offsets(id..id + 1)[0] - start)).to_vec();
    index.share(start..out.at(), placed, stamp.font);

    let tree = dictionary! {
        "Type" => "Pages", "Count" => i64::try_from(index.pages.len()).unwrap_or(i64::MAX),
        "Kids" => index.sections.iter().map(|part| Object::Reference((part.tree, 0))).collect::<Vec<_>>(),
    };
    out.object(PAGE_TREE, &Object::Dictionary(tree))?;
    let outlines = outline(&mut out, bookmarks)?;
    let metadata = out.reserve();
    let packet = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, packet(cover).into_bytes());
    out.object(metadata, &Object::Stream(packet))?;
    let info = out.reserve();
    let day = format!("D:{:04}{:02}{:02}000000Z", cover.date.year(), cover.date.month(), cover.date.day());
    let stated = dictionary! {
        "Title" => text_string(&cover.title), "Producer" => text_string(&producer()),
        "CreationDate" => Object::string_literal(day.clone()), "ModDate" => Object::string_literal(day),
    };
    out.object(info, &Object::Dictionary(stated))?;

    let mut catalog = dictionary! {
        "Type" => "Catalog", "Pages" => Object::Reference((PAGE_TREE, 0)),
        "Lang" => text_string(cover.language.code()), "PageMode" => "UseOutlines",
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
        "Outlines" => Object::Reference((outlines, 0)), "Metadata" => Object::Reference((metadata, 0)),
    };
    complete(&mut catalog, index);
    out.object(ROOT, &Object::Dictionary(catalog))?;
    out.finish(info)
}

/// Enters what the catalog says of layers and fields.
pub(crate) fn complete(catalog: &mut Dictionary, index: &Index) {
    let gather = |of: fn(&crate::section::Section) -> &[u32]| -> Vec<u32> {
        index.sections.iter().flat_map(|section| of(section).iter().copied()).collect()
    };
    if let Some(properties) = layers::properties(&gather(|section| &section.layers), &gather(|section| &section.hidden))
    {
        catalog.set("OCProperties", properties);
    }
    if let Some(properties) = form::properties(&gather(|section| section.fields.as_slice()), index.font) {
        catalog.set("AcroForm", properties);
    }
}

enum Entry<'a> {
    Document(&'a Bookmark<'a>),
    Group(&'a str, Vec<&'a Bookmark<'a>>),
}

/// Two levels: what documents stand under, in the order of first appearance, then the documents.
fn outline(out: &mut Writer<impl Write>, bookmarks: &[Bookmark<'_>]) -> io::Result<u32> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut groups = HashMap::new();
    for bookmark in bookmarks {
        let Some(label) = bookmark.listed.under.as_deref() else {
            entries.push(Entry::Document(bookmark));
            continue;
        };
        let at = *groups.entry(label).or_insert_with(|| {
            entries.push(Entry::Group(label, Vec::new()));
            entries.len() - 1
        });
        if let Entry::Group(_, documents) = &mut entries[at] {
            documents.push(bookmark);
        }
    }
    let root = out.reserve();
    let ids: Vec<u32> = entries.iter().map(|_| out.reserve()).collect();
    for (at, entry) in entries.iter().enumerate() {
        let (label, page, documents) = match entry {
            Entry::Document(bookmark) => (bookmark.listed.title.as_str(), bookmark.page, &[][..]),
            Entry::Group(label, documents) => (*label, documents.first().map_or(0, |first| first.page), &documents[..]),
        };
        let below: Vec<u32> = documents.iter().map(|_| out.reserve()).collect();
        let mut item = item(label, page, root, &ids, at);
        if let (Some(first), Some(last)) = (below.first(), below.last()) {
            item.set("First", Object::Reference((*first, 0)));
            item.set("Last", Object::Reference((*last, 0)));
            // Negative: closed, so that a long list of visits can be seen at once.
            item.set("Count", -i64::try_from(below.len()).unwrap_or(i64::MAX));
        }
        out.object(ids[at], &Object::Dictionary(item))?;
        for (place, bookmark) in documents.iter().enumerate() {
            let item = self::item(&bookmark.listed.title, bookmark.page, ids[at], &below, place);
            out.object(below[place], &Object::Dictionary(item))?;
        }
    }
    let mut top = dictionary! { "Type" => "Outlines", "Count" => i64::try_from(ids.len()).unwrap_or(i64::MAX) };
    if let (Some(first), Some(last)) = (ids.first(), ids.last()) {
        top.set("First", Object::Reference((*first, 0)));
        top.set("Last", Object::Reference((*last, 0)));
    }
    out.object(root, &Object::Dictionary(top))?;
    Ok(root)
}

fn item(title: &str, page: u32, parent: u32, siblings: &[u32], at: usize) -> Dictionary {
    let mut item = dictionary! {
        "Title" => text_string(title), "Parent" => Object::Reference((parent, 0)),
        "Dest" => vec![Object::Reference((page, 0)), "Fit".into()],
    };
    let mut beside = |key: &str, at: Option<usize>| {
        if let Some(id) = at.and_then(|at| siblings.get(at)) {
            item.set(key, Object::Reference((*id, 0)));
        }
    };
    beside("Prev", at.checked_sub(1));
    beside("Next", at.checked_add(1));
    item
}

fn producer() -> String {
    format!("Records portal press {VERSION}")
}

/// The XMP packet: the same title, language, producer and day as the information dictionary.
fn packet(cover: &Cover) -> String {
    let date = cover.date;
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\
         <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\
         <pdf:Producer>{producer}</pdf:Producer><xmp:CreateDate>{date}</xmp:CreateDate>\
         <xmp:ModifyDate>{date}</xmp:ModifyDate></rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>",
        title = escaped(&cover.title),
        language = cover.language.code(),
        producer = producer(),
    )
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
