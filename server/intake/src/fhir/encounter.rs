//! Visits and stays.

use std::collections::HashMap;

use serde::Deserialize;

use super::{
    chart::Encounter,
    element::{Coding, Concept, Period, Reference, words},
    reading::Reading,
    refused::Refused,
};

/// The encounters of one patient, by entry.
pub(super) type Encounters = HashMap<usize, Encounter>;

pub(super) fn read(reading: &Reading, held: &[usize]) -> Result<Encounters, Refused> {
    held.iter().map(|at| Ok((*at, one(reading, *at)?))).collect()
}

/// Oldest first.
pub(super) fn listed(encounters: Encounters) -> Vec<Encounter> {
    let mut listed: Vec<_> = encounters.into_values().collect();
    listed.sort_by(|a, b| (a.period.from, &a.source_id).cmp(&(b.period.from, &b.source_id)));
    listed
}

fn one(reading: &Reading, at: usize) -> Result<Encounter, Refused> {
    let entry = &reading.entries[at];
    let stated: Stated = entry.parse()?;
    let provider = reading.all_words(at, stated.participant.iter().filter_map(|taking| taking.individual.as_ref()))?;
    let site = match &stated.service_provider {
        Some(site) => reading.words(at, site)?,
        None => reading.all_words(at, stated.location.iter().map(|place| &place.location))?,
    };
    Ok(Encounter {
        source_id: entry.id.clone(),
        class: stated.class.and_then(|class| class.code),
        kind: words(&stated.kind),
        status: stated.status,
        period: reading.span(entry, stated.period.as_ref())?,
        provider,
        site,
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stated {
    status: Option<String>,
    class: Option<Coding>,
    #[serde(rename = "type", default)]
    kind: Vec<Concept>,
    period: Option<Period>,
    #[serde(default)]
    participant: Vec<Participant>,
    #[serde(default)]
    location: Vec<Place>,
    service_provider: Option<Reference>,
}

#[derive(Deserialize)]
struct Participant {
    individual: Option<Reference>,
}

#[derive(Deserialize)]
struct Place {
    location: Reference,
}
