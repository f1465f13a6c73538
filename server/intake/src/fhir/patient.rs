//! Who a chart is about.

use serde::Deserialize;

use super::{
    chart::{Address, Deceased, Identifier, Name, Patient},
    element::{Concept, HumanName, Identifier as StatedIdentifier},
    entry::Entry,
    reading::Reading,
    refused::{Reason, Refused},
};

/// # Errors
/// A patient without any name: there is nothing to match by and nothing to put on a page. An unknown or partial birth
/// date is taken as it is: records have them.
pub(super) fn read(reading: &Reading, at: usize) -> Result<Patient, Refused> {
    let entry = &reading.entries[at];
    let stated: Stated = entry.parse()?;
    let mut names = Vec::new();
    for name in stated.name {
        names.extend(read_name(reading, entry, name)?);
    }
    if names.is_empty() {
        return Err(entry.refuse(Reason::NoName));
    }
    let deceased = match (&stated.deceased_date_time, stated.deceased_boolean) {
        (Some(text), _) => reading.moment(entry, Some(text))?.map(Deceased::On),
        (None, Some(true)) => Some(Deceased::Stated),
        (None, _) => None,
    };
    let contacts = |system: &str| {
        let of_system = stated.telecom.iter().filter(|contact| contact.system.as_deref() == Some(system));
        of_system.filter_map(|contact| contact.value.clone()).collect()
    };
    let spoken = stated.communication.iter().find(|spoken| spoken.preferred).or(stated.communication.first());
    Ok(Patient {
        source_id: entry.id.clone(),
        names,
        birth_date: reading.moment(entry, stated.birth_date.as_deref())?,
        deceased,
        sex: stated.gender,
        identifiers: stated.identifier.into_iter().filter_map(read_identifier).collect(),
        phones: contacts("phone"),
        emails: contacts("email"),
        language: spoken.and_then(|spoken| spoken.language.codes().next().map(str::to_owned)),
        addresses: stated.address.into_iter().map(read_address).collect(),
    })
}

fn read_name(reading: &Reading, entry: &Entry, name: HumanName) -> Result<Option<Name>, Refused> {
    let period = name.period.as_ref().map(|period| reading.span(entry, Some(period))).transpose()?;
    let given = kept(name.given);
    // A name that is stated only as one text is not taken apart: it stands as it is.
    let family = name.family.filter(|family| !family.trim().is_empty());
    let family =
        if family.is_none() && given.is_empty() { name.text.filter(|text| !text.trim().is_empty()) } else { family };
    if family.is_none() && given.is_empty() {
        return Ok(None);
    }
    let (prefix, suffix) = (kept(name.prefix), kept(name.suffix));
    Ok(Some(Name { used_as: name.used_as, given, family, prefix, suffix, period }))
}

fn kept(parts: Vec<Option<String>>) -> Vec<String> {
    parts.into_iter().flatten().filter(|part| !part.trim().is_empty()).collect()
}

fn read_identifier(stated: StatedIdentifier) -> Option<Identifier> {
    let kind = stated.kind.as_ref().and_then(|kind| kind.codes().next().map(str::to_owned));
    Some(Identifier { system: stated.system, kind, value: stated.value? })
}

fn read_address(stated: StatedAddress) -> Address {
    let lines = match kept(stated.line) {
        lines if lines.is_empty() && stated.city.is_none() => stated.text.into_iter().collect(),
        lines => lines,
    };
    Address {
        used_as: stated.used_as,
        lines,
        city: stated.city,
        state: stated.state,
        postal_code: stated.postal_code,
        country: stated.country,
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stated {
    #[serde(default)]
    name: Vec<HumanName>,
    #[serde(default)]
    identifier: Vec<StatedIdentifier>,
    #[serde(default)]
    telecom: Vec<Contact>,
    gender: Option<String>,
    birth_date: Option<String>,
    deceased_boolean: Option<bool>,
    deceased_date_time: Option<String>,
    #[serde(default)]
    address: Vec<StatedAddress>,
    #[serde(default)]
    communication: Vec<Spoken>,
}

#[derive(Deserialize)]
struct Contact {
    system: Option<String>,
    value: Option<String>,
}

#[derive(Deserialize)]
struct Spoken {
    language: Concept,
    #[serde(default)]
    preferred: bool,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct StatedAddress {
    #[serde(rename = "use")]
    used_as: Option<String>,
    text: Option<String>,
    line: Vec<Option<String>>,
    city: Option<String>,
    state: Option<String>,
    postal_code: Option<String>,
    country: Option<String>,
}
