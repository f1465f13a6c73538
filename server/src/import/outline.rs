//! What was read, as charts keep it.

use std::collections::HashSet;

use intake::fhir::{self, Charts, Deceased, Moment, Precision, Status};
use jiff::tz::TimeZone;
use office::charts::{Announced, Chart, Document, Encounter, Identifier, Key, Name, Outline, Patient};

/// In characters: a title stands in lists. The document itself says it whole.
const LONGEST_TITLE: usize = 300;

pub(super) fn of(charts: &Charts, zone: &TimeZone) -> Outline {
    let chart = |of: &fhir::Chart| chart(of, zone);
    Outline { charts: charts.charts.iter().map(chart).collect(), supporting: resources(&charts.supporting) }
}

fn chart(chart: &fhir::Chart, zone: &TimeZone) -> Chart {
    Chart {
        patient: patient(&chart.patient),
        encounters: chart.encounters.iter().map(|of| encounter(of, zone)).collect(),
        resources: resources(&chart.resources),
        documents: chart.documents.iter().map(announced).collect(),
    }
}

fn announced(document: &fhir::Document) -> Announced {
    let key =
        Key { kind: document.key.kind.clone(), source_id: document.key.source_id.clone(), digest: document.digest };
    Announced { key, keeps: document.keeps.clone() }
}

fn resources(resources: &[fhir::Resource]) -> Vec<Key> {
    let key = |resource: &fhir::Resource| Key {
        kind: resource.kind.clone(),
        source_id: resource.source_id.clone(),
        digest: resource.digest,
    };
    resources.iter().map(key).collect()
}

fn patient(patient: &fhir::Patient) -> Patient {
    let used = |used_as: &str| patient.names.iter().find(|name| name.used_as.as_deref() == Some(used_as));
    // as the pages of the record name them
    let shown = used("official").or_else(|| used("usual")).or(patient.names.first());
    let number = patient.identifiers.iter().find(|identifier| identifier.kind.as_deref() == Some("MR"));
    let address = patient.addresses.iter().find(|address| address.used_as.as_deref() != Some("old"));
    Patient {
        source_id: patient.source_id.clone(),
        name: shown.map(written).unwrap_or_default(),
        family: shown.and_then(|name| name.family.clone()).unwrap_or_default(),
        given: shown.map(|name| name.given.join(" ")).unwrap_or_default(),
        birth_date: patient.birth_date.filter(is_a_day).map(|born| born.day),
        deceased_on: match &patient.deceased {
            Some(Deceased::On(moment)) if is_a_day(moment) => Some(moment.day),
            _ => None,
        },
        sex: patient.sex.clone(),
        record_number: number.map(|number| number.value.clone()),
        phone: patient.phones.first().cloned(),
        email: patient.emails.first().cloned(),
        postal: address.map(postal).filter(|postal| !postal.is_empty()),
        language: patient.language.clone(),
        names: patient.names.iter().map(name).collect(),
        identifiers: patient.identifiers.iter().map(identifier).collect(),
    }
}

fn written(name: &fhir::Name) -> String {
    let parts = name.given.iter().chain(&name.family).chain(&name.suffix);
    parts.map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn name(name: &fhir::Name) -> Name {
    Name {
        used_as: name.used_as.clone().unwrap_or_default(),
        name: written(name),
        family: name.family.clone().unwrap_or_default(),
        given: name.given.join(" "),
    }
}

fn identifier(identifier: &fhir::Identifier) -> Identifier {
    Identifier {
        kind: identifier.kind.clone().unwrap_or_default(),
        system: identifier.system.clone().unwrap_or_default(),
        value: identifier.value.clone(),
    }
}

fn postal(address: &fhir::Address) -> String {
    let place = [&address.city, &address.state, &address.postal_code].into_iter().flatten();
    let place = place.map(String::as_str).collect::<Vec<_>>().join(" ");
    let lines = address.lines.iter().map(String::as_str);
    let parts: Vec<_> = lines
        .chain([place.as_str()])
        .chain(address.country.as_deref())
        .filter(|part| !part.trim().is_empty())
        .collect();
    parts.join(", ")
}

fn encounter(encounter: &fhir::Encounter, zone: &TimeZone) -> Encounter {
    // a visit of which only the day is known has its place among the others by the day's beginning
    let begins = |on: Moment| on.day.to_zoned(zone.clone()).ok().map(|start| start.timestamp());
    let from = encounter.period.from;
    Encounter {
        source_id: encounter.source_id.clone(),
        kind: encounter.kind.clone().or_else(|| encounter.class.clone()).unwrap_or_default(),
        from_at: from.and_then(|from| from.at).or_else(|| from.filter(is_a_day).and_then(begins)),
        to_at: encounter.period.to.and_then(|to| to.at),
        site: encounter.site.clone(),
    }
}

/// A document, but for what it is printed on.
pub(super) fn document(document: &fhir::Document) -> Document {
    let service = &document.service;
    let dated = service.from.or(service.to).filter(is_a_day).map(|moment| moment.day);
    let last = service.to.or(service.from).filter(|moment| is_a_day(moment) && !document.ongoing);
    let made_of = document.made_of.iter().map(|(kind, source_id)| format!("{kind}/{source_id}"));
    Document {
        encounter: document.encounter.clone(),
        category: document.category,
        title: document.title.chars().take(LONGEST_TITLE).collect(),
        dated,
        // some sources state an end before the beginning
        until: last.map(|moment| dated.map_or(moment.day, |dated| dated.max(moment.day))),
        from_at: document.service.from.and_then(|from| from.at),
        to_at: document.service.to.and_then(|to| to.at),
        author: document.author.clone(),
        site: document.site.clone(),
        status: status(document.status).to_owned(),
        language: document.language.clone(),
        labels: labels(document),
        made_of: made_of.chain(document.draws_on.iter().cloned()).collect(),
        media_type: String::new(),
        pages: None,
        has_text: false,
    }
}

/// Each once, a line each.
fn labels(document: &fhir::Document) -> Vec<String> {
    let mut once = HashSet::new();
    let of = |label: &fhir::Label| {
        let system = label.system.as_deref().unwrap_or_default();
        format!("{system}|{}", label.code).replace(['\n', '\r'], " ")
    };
    document.labels.iter().map(of).filter(|label| once.insert(label.clone())).collect()
}

/// The code in tables.
const fn status(status: Status) -> &'static str {
    match status {
        Status::Final => "final",
        Status::Preliminary => "preliminary",
        Status::Amended => "amended",
        Status::Superseded => "superseded",
        Status::Cancelled => "cancelled",
        Status::EnteredInError => "entered_in_error",
        Status::NotStated => "not_stated",
    }
}

fn is_a_day(moment: &Moment) -> bool {
    matches!(moment.precision, Precision::Day | Precision::Instant)
}
