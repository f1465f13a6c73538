//! Optional content: a layer that a source hides stays hidden in the copy.

use lopdf::{Dictionary, Document, Object, ObjectId};

/// A source's layers, and those that it hides when it is opened.
#[derive(Debug, Default)]
pub(super) struct Layers {
    pub(super) all: Vec<ObjectId>,
    pub(super) hidden: Vec<ObjectId>,
}

/// Reads the default configuration (ISO 32000-1, 8.11.4.3). What changes layers by zoom, language or printing is not
/// kept: the copy shows what the source shows when it is opened.
pub(super) fn layers(doc: &Document) -> Layers {
    let Some(properties) =
        doc.catalog().and_then(|catalog| catalog.get_deref(b"OCProperties", doc)).and_then(Object::as_dict).ok()
    else {
        return Layers::default();
    };
    let all = references(doc, properties, b"OCGs");
    let Ok(shown) = properties.get_deref(b"D", doc).and_then(Object::as_dict) else {
        return Layers { all, hidden: Vec::new() };
    };
    let off_at_first = shown.get_deref(b"BaseState", doc).and_then(Object::as_name).is_ok_and(|name| name == b"OFF");
    let (on, off) = (references(doc, shown, b"ON"), references(doc, shown, b"OFF"));
    let hidden = all
        .iter()
        .filter(|layer| off.binary_search(layer).is_ok() || (off_at_first && on.binary_search(layer).is_err()))
        .copied()
        .collect();
    Layers { all, hidden }
}

fn references(doc: &Document, dict: &Dictionary, key: &[u8]) -> Vec<ObjectId> {
    let mut found: Vec<ObjectId> = dict
        .get_deref(key, doc)
        .and_then(Object::as_array)
        .map(|array| array.iter().filter_map(|entry| entry.as_reference().ok()).collect())
        .unwrap_or_default();
    found.retain(|id| matches!(doc.objects.get(id), Some(Object::Dictionary(_))));
    found.sort_unstable();
    found.dedup();
    found
}

/// The configuration of a whole copy, from its sections' layers.
pub(crate) fn properties(all: &[u32], hidden: &[u32]) -> Option<Object> {
    let list = |ids: &[u32]| Object::Array(ids.iter().map(|id| Object::Reference((*id, 0))).collect());
    (!all.is_empty()).then(|| {
        let mut shown = Dictionary::new();
        shown.set("BaseState", "ON");
        shown.set("OFF", list(hidden));
        shown.set("Order", Object::Array(Vec::new()));
        // Readers let nobody switch a locked layer, so what a source hid stays out of sight.
        shown.set("Locked", list(all));
        let mut properties = Dictionary::new();
        properties.set("OCGs", list(all));
        properties.set("D", shown);
        Object::Dictionary(properties)
    })
}
