//! What a document stands on, and what a next version of it may not do without: a bundle that holds only a part of a
//! record must not take away what an earlier one brought.

use std::collections::BTreeSet;

use super::draft::{Draft, Maker};
use crate::fhir::{
    attachment::CONTENT,
    chart::{DocumentKey, Status},
    entry::Kind,
};

pub(super) struct Parts {
    /// Beside what the document is made of.
    pub draws_on: Vec<String>,
    pub keeps: Vec<String>,
}

/// `made_of`: the entries of the resources, also of those that a part of it stands inside.
pub(super) fn of(
    maker: &Maker,
    draft: &Draft,
    status: Status,
    made_of: &BTreeSet<usize>,
    superseded_by: Option<&DocumentKey>,
) -> Parts {
    let (reading, key, carries) = (maker.reading, &draft.key, draft.carries);
    let mut reached: BTreeSet<usize> = made_of.iter().copied().chain(draft.encounter).collect();
    let mut waiting: Vec<usize> = reached.iter().copied().collect();
    while let Some(at) = waiting.pop() {
        waiting.extend(reading.drawn_on(at).into_iter().filter(|found| reached.insert(*found)));
    }
    let content = format!("{CONTENT}{}/{}", key.kind, key.source_id);
    // one that its source took back says so and needs nothing that it names, nor what took its place; what stood in it
    // and was not taken back would be lost with it
    let taken_back = !key.is_list() && status == Status::EnteredInError;
    let gathered = gathered(&key.kind).iter().copied().filter(|kind| !taken_back || *kind != key.kind);
    let mut keeps: BTreeSet<String> = gathered.map(str::to_owned).collect();
    if !taken_back {
        let missed = reached.iter().flat_map(|at| reading.missed_by(*at));
        // bytes may have moved out of the resource
        let shows = carries || made_of.iter().any(|at| reading.entries[*at].kind == Kind::Binary);
        let missed = missed.filter(|part| part != CONTENT || !shows);
        keeps.extend(missed.map(|part| if part == CONTENT { content.clone() } else { part }));
    }
    let named = |at: &usize| format!("{}/{}", reading.entries[*at].type_name, reading.entries[*at].id);
    let drawn = reached.difference(made_of).map(named).chain(carries.then_some(content));
    let replacing = superseded_by.map(|key| format!("{}/{}", key.kind, key.source_id));
    let mut draws_on: Vec<String> = drawn.chain(replacing).collect();
    draws_on.sort();
    Parts { draws_on, keeps: keeps.into_iter().collect() }
}

/// The types that say by themselves that they belong to a document of this kind: nothing in it names them, so that one
/// that stays away cannot be told from one that was taken out.
fn gathered(kind: &str) -> &'static [&'static str] {
    match kind {
        "Claim" => &["ExplanationOfBenefit"],
        // a report of the same bytes; a note that takes its place
        "DocumentReference" => &["DiagnosticReport", "DocumentReference"],
        "list:problems" => &["Condition"],
        "list:medications" => {
            &["MedicationAdministration", "MedicationDispense", "MedicationRequest", "MedicationStatement"]
        }
        "list:allergies" => &["AllergyIntolerance"],
        "list:vaccines" => &["Immunization"],
        "list:insurance" => &["Coverage"],
        "list:goals" => &["Goal"],
        kind if kind.starts_with("observations:") => &["Observation"],
        _ => &[],
    }
}
