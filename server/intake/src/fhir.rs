//! Reads a FHIR R4 bundle into charts.
//!
//! Every resource is kept exactly as it came; its documents are made from it for reading. Nothing here may guess whose
//! a resource is: a resource that does not say, or says two patients, refuses the whole bundle.

mod attachment;
mod bundle;
mod category;
mod chart;
mod document;
mod element;
mod encounter;
mod entry;
mod markup;
mod owner;
mod patient;
mod reading;
mod reference;
mod refused;
mod time;

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

pub use self::{
    chart::{
        Address, Body, Chart, Charts, Deceased, Document, DocumentKey, Encounter, Identifier, Label, Name, Patient,
        Resource, Span, Status,
    },
    document::CONVERTER,
    refused::{About, Reason, Refused, Remark},
    time::{Moment, Precision},
};
use self::{entry::Kind, reading::Reading};

/// How much one bundle may ask for. What goes beyond is refused, so that a bundle cannot exhaust the process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Of the file, in bytes.
    pub bytes: usize,
    /// With the resources that stand inside them.
    pub entries: usize,
    /// How deep objects and arrays may nest inside one resource.
    pub depth: usize,
    /// Of one attachment, decoded, in bytes.
    pub attachment: usize,
    /// Of all attachments that documents are made of, decoded, in bytes: several documents may name the same one.
    pub attachments: usize,
    /// Rows that results, lists and bills may have together: many reports may name the same results.
    pub rows: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 256 << 20,
            entries: 200_000,
            depth: 64,
            attachment: 64 << 20,
            attachments: 256 << 20,
            rows: 1_000_000,
        }
    }
}

/// Reads a bundle (transaction, batch, collection, searchset or document) whole.
///
/// `zone` is the facility's: a time in the record falls on the facility's calendar day. The order of the bundle's
/// entries makes no difference to the charts, except where a refusal points.
///
/// # Errors
/// The first thing found that would make a chart wrong or incomplete; then nothing of the bundle is given.
pub fn read(bytes: &[u8], zone: &TimeZone, limits: &Limits) -> Result<Charts, Refused> {
    let entries = bundle::entries(bytes, limits)?;
    let reading = Reading::new(entries, zone, limits)?;
    let mut held: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut supporting = Vec::new();
    for (at, owner) in reading.owners.iter().enumerate().filter(|(at, _)| !reading.is_contained(*at)) {
        match owner {
            Some(patient) => held.entry(*patient).or_default().push(at),
            None => supporting.push(reading.entries[at].resource()),
        }
    }
    if held.is_empty() {
        return Err(Refused::bundle(Reason::NoPatient));
    }
    let mut charts = held
        .into_iter()
        .map(|(patient, of_patient)| chart(&reading, patient, &of_patient))
        .collect::<Result<Vec<_>, _>>()?;
    charts.sort_by(|a, b| a.patient.source_id.cmp(&b.patient.source_id));
    supporting.sort_by(|a, b| (&a.kind, &a.source_id).cmp(&(&b.kind, &b.source_id)));
    Ok(Charts { charts, supporting, notes: reading.remarks() })
}

fn chart(reading: &Reading, patient: usize, held: &[usize]) -> Result<Chart, Refused> {
    let mut of_kind: BTreeMap<Kind, Vec<usize>> = BTreeMap::new();
    for at in held {
        of_kind.entry(reading.entries[*at].kind).or_default().push(*at);
    }
    for same_kind in of_kind.values_mut() {
        same_kind.sort_by(|a, b| reading.entries[*a].id.cmp(&reading.entries[*b].id));
    }
    let read = patient::read(reading, patient)?;
    let encounters = encounter::read(reading, of_kind.get(&Kind::Encounter).map_or(&[][..], Vec::as_slice))?;
    let documents = document::read(reading, &read, &encounters, &of_kind)?;
    let mut resources: Vec<_> = held.iter().map(|at| reading.entries[*at].resource()).collect();
    resources.sort_by(|a, b| (&a.kind, &a.source_id).cmp(&(&b.kind, &b.source_id)));
    Ok(Chart { patient: read, encounters: encounter::listed(encounters), resources, documents })
}

#[cfg(test)]
mod tests;
