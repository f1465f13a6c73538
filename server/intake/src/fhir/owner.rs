//! Whose each resource is. It is never guessed: not from the bundle having one patient, not from the order.

use serde::Deserialize;

use super::{
    bundle::Entries,
    element::{OneOrMany, Reference},
    entry::{Entry, Kind},
    reference::{Index, type_named},
    refused::{Reason, Refused},
};

/// For each entry the entry of its patient; nothing for people, places and definitions.
///
/// # Errors
/// A resource that does not say whose it is, says a patient who is not in the bundle, or says two.
pub(super) fn owners(entries: &[Entry], index: &Index) -> Result<Vec<Option<usize>>, Refused> {
    let mut owners = vec![None; entries.len()];
    for (at, entry) in entries.iter().enumerate() {
        owners[at] =
            if entry.kind == Kind::Patient { Some(at) } else { stated(entries, index, entry, entry.head.patients())? };
    }
    let mut known = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        if let Some(owner) = owners[at] {
            for target in attachments(entry)?.iter().filter_map(|url| index.find(url)) {
                if entries[target].kind == Kind::Binary {
                    known.push((target, owner));
                }
            }
        } else if entry.kind == Kind::Provenance {
            for target in entry.parse::<Provenance>()?.target {
                let target = target.reference.and_then(|target| index.find(&target));
                let target = target.ok_or_else(|| entry.refuse(Reason::PatientNotInBundle))?;
                known.extend(owners[target].map(|owner| (at, owner)));
            }
        }
    }
    for (at, owner) in known {
        if *owners[at].get_or_insert(owner) != owner {
            return Err(entries[at].refuse(Reason::SeveralPatients));
        }
    }
    match entries.iter().zip(&owners).find(|(entry, owner)| owner.is_none() && entry.kind != Kind::Supporting) {
        Some((entry, _)) => Err(entry.refuse(Reason::OwnerNotStated)),
        None => Ok(owners),
    }
}

/// Whose the resources are that stand inside others: those others' patients', for they are part of them.
///
/// # Errors
/// One says another patient than the resource that it stands in.
pub(super) fn of_contained(
    read: &Entries,
    owners: &[Option<usize>],
    index: &Index,
) -> Result<Vec<Option<usize>>, Refused> {
    let owner = |(container, entry): &(usize, Entry)| {
        let owner = owners[*container];
        let outside = entry.head.patients().filter(|reference| !reference.leads_inside());
        match stated(&read.kept, index, entry, outside)? {
            Some(_) if owner.is_none() => Err(entry.refuse(Reason::OwnerNotStated)),
            Some(patient) if owner != Some(patient) => Err(entry.refuse(Reason::SeveralPatients)),
            _ => Ok(owner),
        }
    };
    read.contained.iter().map(owner).collect()
}

fn stated<'r>(
    entries: &[Entry],
    index: &Index,
    entry: &Entry,
    patients: impl Iterator<Item = &'r Reference>,
) -> Result<Option<usize>, Refused> {
    let mut owner = None;
    for reference in patients {
        let found = match (&reference.reference, &reference.identifier) {
            (Some(text), _) => match index.find(text) {
                None if type_named(text).is_none_or(|name| name == "Patient") => {
                    return Err(entry.refuse(Reason::PatientNotInBundle));
                }
                found => found,
            },
            (None, Some(identifier)) => match &identifier.value {
                Some(value) => index.by_identifier("Patient", identifier.system.as_deref(), value),
                None => None,
            },
            (None, None) => None,
        };
        if let Some(found) = found.filter(|found| entries[*found].kind == Kind::Patient)
            && *owner.get_or_insert(found) != found
        {
            return Err(entry.refuse(Reason::SeveralPatients));
        }
    }
    Ok(owner)
}

/// The addresses of the files that a resource is about or carries.
fn attachments(entry: &Entry) -> Result<Vec<String>, Refused> {
    if !matches!(
        entry.kind,
        Kind::DocumentReference | Kind::DiagnosticReport | Kind::Media | Kind::Communication | Kind::Consent
    ) {
        return Ok(Vec::new());
    }
    let files = entry.parse::<Files>()?;
    let contents =
        files.content.0.into_iter().flat_map(|content| [content.attachment.and_then(|file| file.url), content.url]);
    let carried = files.payload.into_iter().filter_map(|part| part.content_attachment).chain(files.source_attachment);
    let carried = files.presented_form.into_iter().chain(carried).filter_map(|file| file.url);
    Ok(contents.flatten().chain(carried).collect())
}

#[derive(Deserialize)]
struct Provenance {
    #[serde(default)]
    target: Vec<Reference>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Files {
    #[serde(default)]
    content: OneOrMany<Content>,
    #[serde(default)]
    presented_form: Vec<Address>,
    #[serde(default)]
    payload: Vec<Part>,
    source_attachment: Option<Address>,
}

#[derive(Deserialize)]
struct Content {
    attachment: Option<Address>,
    url: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    content_attachment: Option<Address>,
}

#[derive(Deserialize)]
struct Address {
    url: Option<String>,
}
