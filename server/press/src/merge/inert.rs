//! Makes what a page carries inert: it shows what it showed and does nothing.
//!
//! Annotations and fields keep the keys named here and no others, so an action that a later PDF version invents is
//! gone too. Everything else loses what is known to act or to lead out of the file.

use lopdf::{Dictionary, Document, Object, StringFormat};

use super::{Removed, form};

/// What an object becomes in the copy. [`Object::Null`] for what has no place there.
pub(super) fn inert(doc: &Document, object: Object, removed: &mut Removed) -> Object {
    match object {
        Object::Dictionary(dict) => dictionary(doc, dict, removed).map_or(Object::Null, Object::Dictionary),
        Object::Stream(mut stream) => {
            if stream.dict.has_type(b"EmbeddedFile") {
                removed.attachments += 1;
                return Object::Null;
            }
            if stream.dict.has_type(b"Metadata") || stream.dict.get(b"Subtype").is_ok_and(|kind| is_name(kind, b"PS")) {
                return Object::Null;
            }
            for key in OUT_OF_A_STREAM {
                stream.dict.remove(key);
            }
            Object::Stream(stream)
        }
        other => other,
    }
}

/// Whether a dictionary may stay: it neither acts nor leads out of the file.
pub(super) fn may_stay(doc: &Document, dict: &Dictionary, removed: &mut Removed) -> bool {
    if acts(doc, dict) {
        removed.scripts += 1;
        return false;
    }
    if dict.has(b"EF") || dict.has_type(b"Filespec") {
        removed.attachments += 1;
        return false;
    }
    true
}

/// Counts what the document as a whole carries beside its pages, none of which is copied.
pub(super) fn beside_the_pages(doc: &Document, removed: &mut Removed) {
    let Ok(catalog) = doc.catalog() else { return };
    let opens = catalog.get_deref(b"OpenAction", doc).and_then(Object::as_dict).is_ok_and(|dict| acts(doc, dict));
    removed.scripts += u32::from(opens) + u32::from(catalog.has(b"AA"));
    let Ok(names) = catalog.get_deref(b"Names", doc).and_then(Object::as_dict) else { return };
    removed.scripts += u32::from(names.has(b"JavaScript"));
    if let Ok(files) = names.get_deref(b"EmbeddedFiles", doc).and_then(Object::as_dict) {
        let count = files.get_deref(b"Names", doc).and_then(Object::as_array).map_or(1, |names| names.len() / 2);
        removed.attachments += u32::try_from(count).unwrap_or(u32::MAX);
    }
}

pub(super) fn is_name(object: &Object, name: &[u8]) -> bool {
    object.as_name().is_ok_and(|found| found == name)
}

/// External data, private data of the maker's program, alternates that show only elsewhere, structure that is not
/// copied.
const OUT_OF_A_STREAM: [&[u8]; 12] = [
    b"F",
    b"FFilter",
    b"FDecodeParms",
    b"Metadata",
    b"PieceInfo",
    b"StructParent",
    b"StructParents",
    b"OPI",
    b"Ref",
    b"AF",
    b"Alternates",
    b"LastModified",
];

/// Parts of a document that are no part of a page.
const NOT_OF_A_PAGE: [&[u8]; 10] = [
    b"Catalog",
    b"Pages",
    b"Page",
    b"ObjStm",
    b"XRef",
    b"Sig",
    b"DocTimeStamp",
    b"StructTreeRoot",
    b"StructElem",
    b"Outlines",
];

const ACTIONS: [&[u8]; 18] = [
    b"JavaScript",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"ResetForm",
    b"Hide",
    b"GoToR",
    b"GoToE",
    b"GoToDp",
    b"Rendition",
    b"Sound",
    b"Movie",
    b"GoTo3DView",
    b"RichMediaExecute",
    b"SetOCGState",
    b"Named",
    b"Thread",
    b"Trans",
];

const OF_AN_ANNOTATION: [&[u8]; 36] = [
    b"Type",
    b"Subtype",
    b"Rect",
    b"Contents",
    b"NM",
    b"M",
    b"F",
    b"AP",
    b"AS",
    b"Border",
    b"C",
    b"CA",
    b"ca",
    b"BM",
    b"OC",
    b"BS",
    b"BE",
    b"T",
    b"Subj",
    b"RC",
    b"QuadPoints",
    b"InkList",
    b"L",
    b"LE",
    b"IC",
    b"DA",
    b"DS",
    b"Q",
    b"Vertices",
    b"CL",
    b"RD",
    b"Name",
    b"CreationDate",
    b"IT",
    b"Lang",
    b"MK",
];

fn dictionary(doc: &Document, dict: Dictionary, removed: &mut Removed) -> Option<Dictionary> {
    if dict.get_type().is_ok_and(|kind| NOT_OF_A_PAGE.contains(&kind)) || !may_stay(doc, &dict, removed) {
        return None;
    }
    if dict.has(b"Rect") && dict.has(b"Subtype") {
        return annotation(doc, &dict, removed);
    }
    if form::is_field(doc, &dict) {
        return form::field(doc, &dict, removed);
    }
    Some(dict)
}

/// By its name alone: readers act on it whatever type it claims.
fn acts(doc: &Document, dict: &Dictionary) -> bool {
    dict.get_deref(b"S", doc).and_then(Object::as_name).is_ok_and(|kind| ACTIONS.contains(&kind))
}

fn annotation(doc: &Document, dict: &Dictionary, removed: &mut Removed) -> Option<Dictionary> {
    let does = dict.get_deref(b"A", doc).and_then(Object::as_dict).is_ok_and(|action| acts(doc, action));
    removed.scripts += u32::from(does) + u32::from(dict.has(b"AA"));
    match dict.get_deref(b"Subtype", doc).and_then(Object::as_name).ok()? {
        b"TrapNet" | b"PrinterMark" => None,
        b"FileAttachment" => {
            removed.attachments += 1;
            look(dict)
        }
        b"Screen" | b"Movie" | b"Sound" | b"RichMedia" | b"3D" | b"Projection" => {
            removed.media += 1;
            look(dict)
        }
        b"Link" => link(doc, dict),
        b"Popup" => Some(kept(dict, &[&OF_AN_ANNOTATION, &[b"Parent", b"Open"]])),
        b"Widget" if form::is_signature(doc, dict) => {
            removed.signatures += u32::from(form::inherited(doc, dict, b"V").is_some());
            look(dict)
        }
        b"Widget" => {
            let mut widget = kept(dict, &[&OF_AN_ANNOTATION, &[b"H"]]);
            if let Some(field) = form::field(doc, dict, removed) {
                for (key, value) in field {
                    widget.set(key, value);
                }
            }
            Some(widget)
        }
        _ => Some(kept(dict, &[&OF_AN_ANNOTATION, &[b"IRT", b"RT", b"Popup", b"Open", b"State", b"StateModel"]])),
    }
}

/// Only how it looks, as a mark that does nothing. `None` when it has no look of its own.
fn look(dict: &Dictionary) -> Option<Dictionary> {
    dict.has(b"AP").then(|| {
        let mut look = kept(dict, &[&[b"Rect", b"AP", b"AS", b"F", b"OC"]]);
        look.set("Type", "Annot");
        look.set("Subtype", "Stamp");
        look
    })
}

/// A link to the web, to a mail or telephone address, or to a page of the same source. `None` for any other.
fn link(doc: &Document, dict: &Dictionary) -> Option<Dictionary> {
    let mut link = kept(dict, &[&OF_AN_ANNOTATION, &[b"H"]]);
    let action = dict.get_deref(b"A", doc).and_then(Object::as_dict).ok();
    if let Some(target) = dict.get_deref(b"Dest", doc).ok().or_else(|| action?.get_deref(b"D", doc).ok()) {
        let target = target.as_array().ok()?;
        target.first()?.as_reference().ok()?;
        link.set("Dest", Object::Array(target.clone()));
        return Some(link);
    }
    let address = action?.get_deref(b"URI", doc).ok()?.as_str().ok()?;
    let plain = ["http://", "https://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme.as_bytes())));
    plain.then(|| {
        let mut action = Dictionary::new();
        action.set("S", "URI");
        action.set("URI", Object::String(address.to_vec(), StringFormat::Literal));
        link.set("A", action);
        link
    })
}

pub(super) fn kept(dict: &Dictionary, keys: &[&[&[u8]]]) -> Dictionary {
    let mut kept = Dictionary::new();
    for (key, value) in dict {
        if keys.iter().any(|keys| keys.contains(&key.as_slice())) {
            kept.set(key.clone(), value.clone());
        }
    }
    kept
}
