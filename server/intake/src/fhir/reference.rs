//! Where references lead inside a bundle: by full address, by `Type/id`, or by `Type?identifier=system|value`.

use std::collections::HashMap;

use serde::Deserialize;

use super::{
    bundle::{Entries, is_id},
    element::{Concept, HumanName, Reference},
    entry::Entry,
    refused::{Reason, Refused},
};

/// `None` where a conditional reference would fit several resources: it then leads nowhere.
pub(super) struct Index(HashMap<String, Option<usize>>);

impl Index {
    /// # Errors
    /// Two resources under one full address.
    pub(super) fn new(read: &Entries) -> Result<Self, Refused> {
        let mut index = HashMap::with_capacity(read.kept.len() * 3);
        for (at, entry) in read.kept.iter().enumerate() {
            index.insert(format!("{}/{}", entry.type_name, entry.id), Some(at));
        }
        let urls = read.kept.iter().enumerate().filter_map(|(at, entry)| Some((entry.full_url.as_ref()?, at)));
        for (url, at) in urls.chain(read.aliases.iter().map(|(url, at)| (url, *at))) {
            if let Some(Some(other)) = index.insert(url.clone(), Some(at))
                && other != at
            {
                return Err(read.kept[at].refuse(Reason::Twice));
            }
        }
        for (at, entry) in read.kept.iter().enumerate() {
            for identifier in &entry.head.identifier.0 {
                let Some(value) = &identifier.value else { continue };
                let with_system = identifier.system.as_ref().map(|system| format!("{system}|{value}"));
                for query in with_system.into_iter().chain([value.clone()]) {
                    index
                        .entry(conditional(&entry.type_name, &query))
                        .and_modify(|known| *known = known.filter(|known| *known == at))
                        .or_insert(Some(at));
                }
            }
        }
        Ok(Self(index))
    }

    pub(super) fn find(&self, reference: &str) -> Option<usize> {
        let reference = reference.split_once("/_history/").map_or(reference, |(resource, _)| resource);
        if let Some(at) = self.0.get(reference) {
            return *at;
        }
        let (type_name, query) = reference.split_once("?identifier=")?;
        *self.0.get(&conditional(type_name, &query.replace("%7C", "|").replace("%7c", "|")))?
    }

    pub(super) fn by_identifier(&self, type_name: &str, system: Option<&str>, value: &str) -> Option<usize> {
        let query = system.map_or_else(|| value.to_owned(), |system| format!("{system}|{value}"));
        *self.0.get(&conditional(type_name, &query))?
    }
}

fn conditional(type_name: &str, query: &str) -> String {
    format!("{type_name}?identifier={query}")
}

/// The resource type that a reference names, where it names one.
pub(super) fn type_named(reference: &str) -> Option<&str> {
    let path = reference.split_once(['?', '#']).map_or(reference, |(path, _)| path);
    let mut back = path.split_once("/_history/").map_or(path, |(path, _)| path).rsplit('/');
    let last = back.next()?;
    let name = if reference.contains('?') { last } else { back.next()? };
    name.bytes().next().is_some_and(|first| first.is_ascii_uppercase()).then_some(name)
}

/// What a reference to something that is not here leads to: `type/id`; the type, where it says no more; `*`, where it
/// says nothing.
pub(super) fn part_named(reference: &str) -> String {
    let Some(type_name) = type_named(reference) else { return "*".to_owned() };
    if reference.contains('?') {
        return type_name.to_owned();
    }
    let path = reference.split_once('#').map_or(reference, |(path, _)| path);
    let path = path.split_once("/_history/").map_or(path, |(path, _)| path);
    format!("{type_name}/{}", path.rsplit('/').next().unwrap_or_default())
}

/// The id of the visit that a reference names, though it leads nowhere. A visit without an id goes by its `urn:uuid:`.
pub(super) fn visit_named(reference: &str) -> Option<String> {
    let part = part_named(reference);
    let id = part.strip_prefix("Encounter/").or_else(|| reference.strip_prefix("urn:uuid:"))?;
    is_id(id).then(|| id.to_owned())
}

/// A reference that leads nowhere, as a person may read it: `Practitioner 9999955949`.
pub(super) fn as_text(reference: &str) -> Option<String> {
    if reference.starts_with('#') || reference.starts_with("urn:") {
        return None;
    }
    let Some((type_name, value)) = reference.split_once("?identifier=") else { return Some(reference.to_owned()) };
    let value = value.rsplit_once('|').map_or(value, |(_, value)| value);
    Some(format!("{type_name} {value}"))
}

/// Who fills a role, where and as what.
#[derive(Deserialize)]
pub(super) struct Role {
    pub practitioner: Option<Reference>,
    pub organization: Option<Reference>,
    #[serde(default)]
    pub code: Vec<Concept>,
}

/// What a person, place or medicine is called.
pub(super) fn called(entry: &Entry) -> Result<Option<String>, Refused> {
    #[derive(Deserialize)]
    struct Place {
        name: Option<String>,
    }
    #[derive(Deserialize)]
    struct Person {
        #[serde(default)]
        name: Vec<HumanName>,
    }
    #[derive(Deserialize)]
    struct Thing {
        code: Option<Concept>,
    }
    #[derive(Deserialize)]
    struct OfType {
        #[serde(rename = "type")]
        kind: Option<Concept>,
    }
    Ok(match entry.type_name.as_str() {
        "Organization" | "Location" | "HealthcareService" | "CareTeam" | "Group" => entry.parse::<Place>()?.name,
        "Patient" | "Practitioner" | "RelatedPerson" => {
            entry.parse::<Person>()?.name.first().and_then(HumanName::words)
        }
        "Medication" | "Condition" | "Observation" | "Procedure" | "AllergyIntolerance" | "DiagnosticReport"
        | "ServiceRequest" | "Substance" => {
            entry.parse::<Thing>()?.code.as_ref().and_then(Concept::words).map(str::to_owned)
        }
        "Device" | "Specimen" | "Coverage" => {
            entry.parse::<OfType>()?.kind.as_ref().and_then(Concept::words).map(str::to_owned)
        }
        _ => None,
    })
}
