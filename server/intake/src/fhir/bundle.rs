//! A bundle's envelope: finds each resource's text without building a tree of the whole.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{error::Category, value::RawValue};

use super::{
    Limits,
    entry::{self, Entry, Head, Kind},
    refused::{Reason, Refused},
};

/// The entries that hold resources, in the file's order, and how many were left out and why.
pub(super) struct Entries<'a> {
    pub kept: Vec<Entry<'a>>,
    /// The resources that stand inside kept ones, each with the place of that one.
    pub contained: Vec<(usize, Entry<'a>)>,
    /// Types of the resources that came again word for word.
    pub repeated: Vec<String>,
    /// Full addresses under which a resource came again: they lead to the one that is kept.
    pub aliases: Vec<(String, usize)>,
    pub outcomes: usize,
}

pub(super) fn entries<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Entries<'a>, Refused> {
    if bytes.len() > limits.bytes {
        return Err(Refused::bundle(Reason::TooLarge));
    }
    let file = match std::str::from_utf8(bytes) {
        Ok(file) => file.strip_prefix('\u{feff}').unwrap_or(file),
        // A file cut inside a character is cut off first of all.
        Err(error) if error.error_len().is_none() => return Err(Refused::bundle(Reason::CutOff)),
        Err(_) => return Err(Refused::bundle(Reason::NotUtf8)),
    };
    let envelope: Envelope = serde_json::from_str(file).map_err(|error| unread(file, &error))?;
    if envelope.resource_type.as_deref() != Some("Bundle") {
        let named = Named::of(file);
        return Err(Refused { kind: named.resource_type, source_id: named.id, ..Refused::bundle(Reason::NotABundle) });
    }
    match envelope.kind.as_deref() {
        Some("transaction" | "batch" | "collection" | "searchset" | "document") => {}
        _ => return Err(Refused::bundle(Reason::BundleType)),
    }
    if envelope.entry.len() > limits.entries {
        return Err(Refused::bundle(Reason::TooMuch));
    }
    let mut read =
        Entries { kept: Vec::new(), contained: Vec::new(), repeated: Vec::new(), aliases: Vec::new(), outcomes: 0 };
    let mut known: HashMap<(String, String), usize> = HashMap::new();
    let (mut line, mut counted_to) = (1, 0);
    for (index, raw) in envelope.entry.iter().enumerate() {
        let start = raw.get().as_ptr().addr() - file.as_ptr().addr();
        line += newlines(&file[counted_to..start]);
        counted_to = start;
        let Some(entry) = one(index, raw.get(), line, limits)? else {
            read.outcomes += 1;
            continue;
        };
        let at = *known.entry((entry.type_name.clone(), entry.id.clone())).or_insert(read.kept.len());
        match read.kept.get(at) {
            None => {
                if read.kept.len() + read.contained.len() + entry.head.contained.len() >= limits.entries {
                    return Err(entry.refuse(Reason::TooMuch));
                }
                read.contained.extend(contained(&entry)?.into_iter().map(|inside| (at, inside)));
                read.kept.push(entry);
            }
            Some(kept) if kept.digest == entry.digest => {
                read.aliases.extend(entry.full_url.map(|url| (url, at)));
                read.repeated.push(entry.type_name);
            }
            Some(_) => return Err(entry.refuse(Reason::Twice)),
        }
    }
    Ok(read)
}

/// One entry; nothing where it only tells how a search went.
fn one<'a>(index: usize, raw: &'a str, line: usize, limits: &Limits) -> Result<Option<Entry<'a>>, Refused> {
    let refuse = |reason| Refused { entry: Some(index), line: Some(line), ..Refused::bundle(reason) };
    let wrapped: Wrapped<'a> = serde_json::from_str(raw).map_err(|_| refuse(Reason::WrongType))?;
    if wrapped.request.is_some_and(|request| !matches!(request.method.as_str(), "POST" | "PUT" | "GET")) {
        return Err(refuse(Reason::NotAnAddition));
    }
    let Some(resource) = wrapped.resource else { return Err(refuse(Reason::NoResource)) };
    let before = resource.get().as_ptr().addr() - raw.as_ptr().addr();
    let line = line + newlines(&raw[..before]);
    let refuse = |reason| Refused { line: Some(line), ..refuse(reason) };
    let digest = entry::digest(resource.get(), limits.depth).map_err(refuse)?;
    let refuse = |reason| {
        let named = Named::of(resource.get());
        Refused { kind: named.resource_type, source_id: named.id, ..refuse(reason) }
    };
    let mut head: Head = serde_json::from_str(resource.get()).map_err(|_| refuse(Reason::WrongType))?;
    let type_name =
        head.resource_type.take().filter(|name| is_type_name(name)).ok_or_else(|| refuse(Reason::NoType))?;
    if type_name == "OperationOutcome" {
        return Ok(None);
    }
    let from_url = || wrapped.full_url.as_deref()?.strip_prefix("urn:uuid:").map(str::to_owned);
    let id = head.id.take().or_else(from_url).ok_or_else(|| refuse(Reason::NoId))?;
    if !is_id(&id) {
        return Err(refuse(Reason::BadId));
    }
    let (kind, full_url, raw) = (Kind::of(&type_name), wrapped.full_url, resource.get());
    Ok(Some(Entry { index, kind, type_name, id, full_url, raw, line, digest, head }))
}

/// The resources inside another, as entries: their ids are `id of the other#own id`. One without a type or an id cannot
/// be referred to and is left where it stands.
fn contained<'a>(container: &Entry<'a>) -> Result<Vec<Entry<'a>>, Refused> {
    let mut entries = Vec::with_capacity(container.head.contained.len());
    let (mut line, mut counted_to) = (container.line, 0);
    for raw in container.head.contained.iter().copied().map(RawValue::get) {
        let start = raw.as_ptr().addr() - container.raw.as_ptr().addr();
        line += newlines(&container.raw[counted_to..start]);
        counted_to = start;
        let wrong = |_| Refused { line: Some(line), ..container.refuse(Reason::WrongType) };
        let mut head: Head = serde_json::from_str(raw).map_err(wrong)?;
        let type_name = head.resource_type.take().filter(|name| is_type_name(name));
        let Some((type_name, id)) = type_name.zip(head.id.take().filter(|id| is_id(id))) else { continue };
        entries.push(Entry {
            index: container.index,
            kind: Kind::of(&type_name),
            type_name,
            id: format!("{}#{id}", container.id),
            full_url: None,
            raw,
            line,
            digest: container.digest,
            head,
        });
    }
    Ok(entries)
}

fn unread(file: &str, error: &serde_json::Error) -> Refused {
    let reason = match error.classify() {
        Category::Eof => Reason::CutOff,
        Category::Data => Reason::NotABundle,
        Category::Syntax | Category::Io => Reason::NotJson,
    };
    let named = Named::of(file);
    Refused { kind: named.resource_type, source_id: named.id, line: Some(error.line()), ..Refused::bundle(reason) }
}

fn newlines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

/// FHIR R4, 2.24.0.1: `[A-Za-z0-9\-\.]{1,64}`.
pub(super) fn is_id(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}

fn is_type_name(name: &str) -> bool {
    (1..=64).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(rename = "resourceType")]
    resource_type: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(borrow, default)]
    entry: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Wrapped<'a> {
    #[serde(rename = "fullUrl")]
    full_url: Option<String>,
    #[serde(borrow)]
    resource: Option<&'a RawValue>,
    request: Option<Request>,
}

#[derive(Deserialize)]
struct Request {
    method: String,
}

/// Only what a refusal names; it may be absent or odd without hiding the refusal.
#[derive(Default, Deserialize)]
struct Named {
    #[serde(rename = "resourceType")]
    resource_type: Option<String>,
    id: Option<String>,
}

impl Named {
    fn of(resource: &str) -> Self {
        let named: Self = serde_json::from_str(resource).unwrap_or_default();
        Self {
            resource_type: named.resource_type.filter(|name| is_type_name(name)),
            id: named.id.filter(|id| is_id(id)),
        }
    }
}
