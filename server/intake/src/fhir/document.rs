//! What one document is: a note, a report, a claim or a procedure; or a list, per encounter (vital signs and other
//! single observations, questionnaires) or per chart (problems, medicines, allergies, vaccines, insurance). Any other
//! resource of the patient is a document too, unless it is only about records.

mod bill;
mod digest;
mod draft;
mod list;
mod message;
mod note;
mod other;
mod parts;
mod plan;
mod procedure;
mod report;
mod result;
mod value;
mod work;

use std::collections::{BTreeMap, BTreeSet};

use self::draft::Maker;
use super::{
    chart::{Document, Patient},
    encounter::Encounters,
    entry::Kind,
    reading::Reading,
    refused::{About, Refused},
};

/// Which version of the rules below made a document: a new one makes new versions of all documents.
pub const CONVERTER: u32 = 4;

/// The documents of one chart. `of_kind` lists the chart's entries, each list by id.
pub(super) fn read(
    reading: &Reading,
    patient: &Patient,
    encounters: &Encounters,
    of_kind: &BTreeMap<Kind, Vec<usize>>,
) -> Result<Vec<Document>, Refused> {
    let maker = Maker { reading, patient, encounters, of_kind };
    let (mut drafts, contents) = note::notes(&maker)?;
    let reports = report::reports(&maker, &mut drafts, &contents)?;
    drafts.extend(reports.drafts);
    drafts.extend(work::works(&maker)?);
    drafts.extend(result::per_encounter(&maker, &reports.results)?);
    drafts.extend(list::lists(&maker)?);
    drafts.extend(bill::bills(&maker)?);
    drafts.extend(procedure::procedures(&maker)?);
    drafts.extend(procedure::imaging(&maker)?);
    drafts.extend(plan::plans(&maker)?);
    drafts.extend(message::messages(&maker)?);
    let mut without: Vec<usize> = maker.of(Kind::Provenance).to_vec();
    for at in maker.of(Kind::Other).iter().chain(maker.of(Kind::Supporting)) {
        match other::other(&maker, *at)? {
            Some(draft) => drafts.push(draft),
            None => without.push(*at),
        }
    }
    let shown: BTreeSet<usize> = drafts.iter().flat_map(|draft| draft.made_of.iter().copied()).collect();
    without.extend(maker.of(Kind::Binary).iter().filter(|at| !shown.contains(*at)));
    for at in without {
        reading.remark(About::KeptAsResource, &reading.entries[at].type_name);
    }
    Ok(maker.finish(drafts))
}
