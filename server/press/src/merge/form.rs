//! Form fields: what was filled in stays as it was filled in.
//!
//! All fields of a source are put under one field of the copy that is named for the source, so that two fields of the
//! same name in two sources stay two fields: readers show one value for all fields of one full name. They become
//! read-only, since a copy is not a form to fill in, and so that no reader draws them anew.

use std::collections::HashSet;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::{
    Removed,
    helvetica::{encoded, width},
    inert::{is_name, kept},
};

const OF_A_FIELD: [&[u8]; 18] = [
    b"FT", b"Parent", b"T", b"TU", b"TM", b"Ff", b"V", b"DV", b"DA", b"DS", b"Q", b"RV", b"Opt", b"TI", b"I",
    b"MaxLen", b"MK", b"Kids",
];
/// How far a field may stand below the form.
const DEEPEST: usize = 64;
const READ_ONLY: i64 = 1;
const MULTILINE: i64 = 1 << 12;

pub(super) fn is_field(doc: &Document, dict: &Dictionary) -> bool {
    dict.has(b"FT")
        || (dict.has(b"T") && (dict.has(b"Kids") || dict.has(b"Parent")) && inherited(doc, dict, b"FT").is_some())
        || (dict.has(b"T") && dict.has(b"Kids") && !dict.has(b"Type"))
}

pub(super) fn is_signature(doc: &Document, dict: &Dictionary) -> bool {
    inherited(doc, dict, b"FT").is_some_and(|kind| is_name(kind, b"Sig"))
}

/// A field without its actions. `None` for a signature's, which cannot hold in a copy.
pub(super) fn field(doc: &Document, dict: &Dictionary, removed: &mut Removed) -> Option<Dictionary> {
    if is_signature(doc, dict) {
        return None;
    }
    if !dict.has(b"Rect") {
        removed.scripts += u32::from(dict.has(b"AA"));
    }
    let mut field = kept(dict, &[&OF_A_FIELD]);
    if let Ok(kids) = dict.get_deref(b"Kids", doc).and_then(Object::as_array) {
        let stays = |kid: &&Object| {
            let kid = doc.dereference(kid).and_then(|(_, kid)| kid.as_dict());
            kid.is_ok_and(|kid| !is_signature(doc, kid))
        };
        field.set("Kids", Object::Array(kids.iter().filter(stays).cloned().collect()));
    }
    if field.has(b"FT") || field.has(b"Ff") {
        let flags = dict.get_deref(b"Ff", doc).and_then(Object::as_i64).unwrap_or(0);
        field.set("Ff", flags | READ_ONLY);
    }
    Some(field)
}

/// What a field states itself or takes from the fields above it.
pub(super) fn inherited<'a>(doc: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    let mut field = dict;
    for _ in 0..DEEPEST {
        if let Ok(value) = field.get_deref(key, doc) {
            return Some(value);
        }
        field = field.get_deref(b"Parent", doc).ok()?.as_dict().ok()?;
    }
    None
}

/// The fields of a source that have none above them: those that its form names, and those that widgets lead up to,
/// since a damaged form may name none.
pub(super) fn tops(doc: &Document, widgets: &[ObjectId]) -> Vec<ObjectId> {
    let named = form(doc).and_then(|form| form.get_deref(b"Fields", doc).ok()?.as_array().ok());
    let named = named.into_iter().flatten().filter_map(|field| field.as_reference().ok());
    let mut seen = HashSet::new();
    let above = widgets.iter().filter_map(|widget| top(doc, *widget));
    named
        .chain(above)
        .filter(|id| seen.insert(*id))
        .filter(|id| doc.get_dictionary(*id).is_ok_and(|field| field.has(b"T") && !is_signature(doc, field)))
        .collect()
}

fn top(doc: &Document, widget: ObjectId) -> Option<ObjectId> {
    let mut id = widget;
    for _ in 0..DEEPEST {
        match doc.get_dictionary(id).ok()?.get(b"Parent").and_then(Object::as_reference) {
            Ok(above) => id = above,
            Err(_) => return Some(id),
        }
    }
    None
}

fn form(doc: &Document) -> Option<&Dictionary> {
    doc.catalog().ok()?.get_deref(b"AcroForm", doc).ok()?.as_dict().ok()
}

/// The field above all fields of one source.
pub(super) fn above(doc: &Document, source: usize, kids: &[u32]) -> Dictionary {
    let mut above = dictionary! {
        "T" => lopdf::text_string(&format!("document {}", source + 1)),
        "Kids" => kids.iter().map(|id| Object::Reference((*id, 0))).collect::<Vec<_>>(),
    };
    for key in [&b"DA"[..], b"Q"] {
        if let Some(value) = form(doc).and_then(|form| form.get_deref(key, doc).ok())
            && matches!(value, Object::String(..) | Object::Integer(_))
        {
            above.set(key, value.clone());
        }
    }
    above
}

/// The form of a whole copy.
pub(crate) fn properties(fields: &[u32], font: u32) -> Option<Object> {
    (!fields.is_empty()).then(|| {
        Object::Dictionary(dictionary! {
            "Fields" => fields.iter().map(|id| Object::Reference((*id, 0))).collect::<Vec<_>>(),
            "DR" => dictionary! { "Font" => dictionary! { "Helv" => Object::Reference((font, 0)) } },
            "DA" => Object::string_literal("/Helv 0 Tf 0 g"),
        })
    })
}

/// Draws a text field that has a value and no look. Its source leaves the drawing to whoever opens it
/// (`NeedAppearances`), and not every reader does, so the value would be missing where it is most looked for.
pub(super) fn drawn(doc: &Document, widget: &Dictionary, font: u32) -> Option<Stream> {
    if widget.has(b"AP") || !inherited(doc, widget, b"FT").is_some_and(|t| is_name(t, b"Tx") || is_name(t, b"Ch")) {
        return None;
    }
    let value = lopdf::decode_text_string(inherited(doc, widget, b"V")?).ok()?;
    let rect = widget.get_deref(b"Rect", doc).ok()?.as_array().ok()?;
    let mut sides = [0.0; 4];
    if value.trim().is_empty() || rect.len() != 4 {
        return None;
    }
    for (side, stated) in sides.iter_mut().zip(rect) {
        *side = doc.dereference(stated).ok()?.1.as_float().ok()?;
    }
    let (wide, high) = ((sides[2] - sides[0]).abs(), (sides[3] - sides[1]).abs());
    let flags = inherited(doc, widget, b"Ff").and_then(|flags| flags.as_i64().ok()).unwrap_or(0);
    let several = flags & MULTILINE != 0;
    let stated = inherited(doc, widget, b"DA").and_then(|da| da.as_str().ok()).and_then(size);
    let fits = if several { 10.0 } else { (high * 0.7).clamp(4.0, 12.0) };
    let size = stated.filter(|size| *size > 0.0).unwrap_or(fits);
    let lines = if several { wrapped(&value, (wide - 4.0) / size) } else { vec![value.replace(['\r', '\n'], " ")] };
    let first = if several { high - size } else { (high - size) / 2.0 + size * 0.2 };
    let mut content =
        format!("/Tx BMC q 0 0 {wide} {high} re W n BT 0 g /F {size} Tf {} TL 2 {first} Td\n", size * 1.15);
    for line in lines {
        content.push_str(&encoded(&line));
        content.push_str(" Tj T*\n");
    }
    content.push_str("ET Q EMC\n");
    let form = dictionary! {
        "Type" => "XObject", "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), wide.into(), high.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F" => Object::Reference((font, 0)) } },
    };
    Some(Stream::new(form, content.into_bytes()))
}

/// The font size that a default appearance sets.
fn size(appearance: &[u8]) -> Option<f32> {
    let text = String::from_utf8_lossy(appearance);
    let words: Vec<_> = text.split_whitespace().collect();
    let at = words.iter().position(|word| *word == "Tf")?;
    words.get(at.checked_sub(1)?)?.parse().ok().filter(|size: &f32| size.is_finite() && *size < 300.0)
}

/// Breaks at spaces where a line is wider than `wide` at size one.
fn wrapped(text: &str, wide: f32) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.replace("\r\n", "\n").split(['\r', '\n']) {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if !line.is_empty() && width(&line) + width(word) + width(" ") > wide {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}
