//! Opens one source and says whether it can be merged, before a byte of it is written.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

use super::{
    MOST_CONTENT, MOST_OBJECTS, Reason,
    content::{Balance, balance},
    pages::{Page, pages},
};
use crate::{
    guard::guarded,
    picture::{self, Kind},
};

/// The most that one stream may unpack to while a source is opened, in bytes.
const MOST_UNPACKED: usize = 64 * 1024 * 1024;

/// A source that can be merged.
pub(super) struct Source {
    pub(super) doc: Document,
    pub(super) pages: Vec<Page>,
    /// Of every content stream of the pages.
    pub(super) balances: HashMap<ObjectId, Balance>,
    pub(super) pages_missing: bool,
    pub(super) repaired: bool,
}

/// Opens a PDF, or a picture as a PDF of its pages. A PDF that is encrypted but opens without a password is decrypted.
pub(super) fn open(bytes: Vec<u8>) -> Result<Source, Reason> {
    guarded(move || match picture::kind(&bytes) {
        Some(Kind::Pdf) | None => read(&bytes).and_then(survey),
        Some(kind) => picture::document(kind, &bytes).and_then(survey),
    })
    .unwrap_or(Err(Reason::Broken))
}

fn read(bytes: &[u8]) -> Result<Document, Reason> {
    // Junk may stand before the header, but not so much that any file at all with these letters in it counts.
    if !bytes[..bytes.len().min(1024)].windows(5).any(|start| start == b"%PDF-") {
        return Err(Reason::NotPages);
    }
    let doc = Document::load_mem_with_options(bytes, LoadOptions::with_max_decompressed_size(MOST_UNPACKED)).map_err(
        |error| match error {
            lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => Reason::TooLarge,
            lopdf::Error::InvalidPassword => Reason::Password,
            _ => Reason::Broken,
        },
    )?;
    // A document that waits for its password reads as one without objects.
    if doc.is_encrypted() && doc.encryption_state.is_none() {
        return Err(Reason::Password);
    }
    Ok(doc)
}

fn survey(doc: Document) -> Result<Source, Reason> {
    if doc.objects.len() > MOST_OBJECTS {
        return Err(Reason::TooManyPages);
    }
    let catalog = doc.catalog().map_err(|_| Reason::Broken)?;
    if catalog.has(b"Collection") {
        return Err(Reason::Portfolio);
    }
    if matches!(catalog.get_deref(b"NeedsRendering", &doc), Ok(Object::Boolean(true))) {
        return Err(Reason::DynamicForm);
    }
    let pages = pages(&doc)?;
    let declared = catalog
        .get_deref(b"Pages", &doc)
        .and_then(Object::as_dict)
        .and_then(|root| root.get_deref(b"Count", &doc))
        .and_then(Object::as_i64);
    let pages_missing = declared.is_ok_and(|declared| usize::try_from(declared).is_ok_and(|n| n > pages.len()));
    let repaired = doc.xref_recovery.is_some();
    let mut balances = HashMap::new();
    let mut unpacked = 0;
    for page in &pages {
        let page = doc.get_dictionary(page.id).map_err(|_| Reason::Broken)?;
        let mut whole = Balance::default();
        for id in contents(&doc, page) {
            let found = match balances.get(&id) {
                Some(known) => *known,
                None => *balances.entry(id).or_insert(weigh(&doc, id, &mut unpacked)?),
            };
            whole = whole.then(found);
        }
        if !whole.is_sane() {
            return Err(Reason::Broken);
        }
    }
    Ok(Source { doc, pages, balances, pages_missing, repaired })
}

/// The streams that make up a page's content, in order.
pub(super) fn contents(doc: &Document, page: &Dictionary) -> Vec<ObjectId> {
    let is_stream = |id: &ObjectId| matches!(doc.objects.get(id), Some(Object::Stream(_)));
    let Ok(stated) = page.get(b"Contents") else { return Vec::new() };
    match doc.dereference(stated) {
        Ok((Some(id), Object::Stream(_))) => vec![id],
        Ok((_, Object::Array(parts))) => {
            parts.iter().filter_map(|part| doc.dereference(part).ok()?.0).filter(is_stream).collect()
        }
        _ => Vec::new(),
    }
}

fn weigh(doc: &Document, id: ObjectId, unpacked: &mut usize) -> Result<Balance, Reason> {
    let Some(Object::Stream(stream)) = doc.objects.get(&id) else { return Ok(Balance::default()) };
    match stream.get_plain_content_with_limit(MOST_UNPACKED) {
        Ok(content) => {
            *unpacked += content.len();
            if *unpacked > MOST_CONTENT { Err(Reason::TooLarge) } else { Ok(balance(&content)) }
        }
        Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => Err(Reason::TooLarge),
        // Damaged content shows as far as a viewer can read it; it cannot be weighed.
        Err(_) => Ok(Balance::default()),
    }
}
