//! What in a PDF would act by itself, be filled in, or reach out.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Active {
    #[error("A script.")]
    Script,
    #[error("Something that starts a program.")]
    Launch,
    #[error("Something that happens when the file is opened or a page is shown.")]
    Trigger,
    #[error("A form that sends what is typed into it, or takes data in.")]
    Sends,
    #[error("A form to fill in.")]
    Form,
    #[error("A form of a kind that few programs show.")]
    XfaForm,
    #[error("Other files inside it.")]
    AttachedFiles,
    #[error("Sound, film or three-dimensional content.")]
    Multimedia,
    #[error("A link to the web or to another file.")]
    Link,
    #[error("A digital signature, which a changed copy no longer bears out.")]
    Signature,
}

/// Everything found, anywhere in the file, whether or not a page refers to it.
pub(super) fn found(document: &Document) -> Vec<Active> {
    let mut found = BTreeSet::new();
    for object in document.objects.values() {
        look(object, &mut found);
    }
    found.into_iter().collect()
}

fn look(object: &Object, found: &mut BTreeSet<Active>) {
    match object {
        Object::Array(items) => items.iter().for_each(|item| look(item, found)),
        Object::Dictionary(dictionary) => look_into(dictionary, found),
        Object::Stream(stream) => look_into(&stream.dict, found),
        _ => {}
    }
}

fn look_into(dictionary: &Dictionary, found: &mut BTreeSet<Active>) {
    let name = |key: &[u8]| dictionary.get(key).and_then(Object::as_name).unwrap_or_default();
    found.extend(match name(b"S") {
        b"JavaScript" | b"Rendition" => Some(Active::Script),
        b"Launch" => Some(Active::Launch),
        b"SubmitForm" | b"ImportData" => Some(Active::Sends),
        b"URI" | b"GoToR" | b"GoToE" => Some(Active::Link),
        _ => None,
    });
    found.extend(match name(b"Subtype") {
        b"RichMedia" | b"Movie" | b"Sound" | b"Screen" | b"3D" => Some(Active::Multimedia),
        b"FileAttachment" => Some(Active::AttachedFiles),
        _ => None,
    });
    if name(b"FT") == b"Sig" && dictionary.has(b"V") {
        found.insert(Active::Signature);
    }
    for (key, value) in dictionary {
        found.extend(match key.as_slice() {
            b"JS" | b"JavaScript" => Some(Active::Script),
            b"AA" => Some(Active::Trigger),
            // An array or a name only says which page is shown first.
            b"OpenAction" if !matches!(value, Object::Array(_) | Object::Name(_)) => Some(Active::Trigger),
            b"EmbeddedFiles" | b"EF" => Some(Active::AttachedFiles),
            b"AcroForm" => Some(Active::Form),
            b"XFA" => Some(Active::XfaForm),
            _ => None,
        });
        look(value, found);
    }
}
