//! Procedures, one document each, and imaging studies: what was taken, where the pictures are not part of the record
//! that came.

use domain::document::{Block, Category};
use serde::Deserialize;

use super::draft::{Draft, DraftBody, Facts, Maker, span_words, status, table};
use crate::fhir::{
    element::{Annotation, Coding, Concept, Decimal, Period, Reference, words},
    entry::Kind,
    refused::Refused,
};

/// SNOMED CT for a surgical procedure, as `Procedure.category` has it.
const SURGICAL: &str = "387713003";

pub(super) fn procedures(maker: &Maker) -> Result<Vec<Draft>, Refused> {
    maker.of(Kind::Procedure).iter().map(|at| procedure(maker, *at)).collect()
}

pub(super) fn imaging(maker: &Maker) -> Result<Vec<Draft>, Refused> {
    maker.of(Kind::ImagingStudy).iter().map(|at| study(maker, *at)).collect()
}

fn procedure(maker: &Maker, at: usize) -> Result<Draft, Refused> {
    let (reading, entry) = (maker.reading, &maker.reading.entries[at]);
    let stated: Procedure = entry.parse()?;
    let is_surgery = stated.category.iter().flat_map(Concept::codes).any(|code| code == SURGICAL);
    let category = if is_surgery { Category::SurgeryReport } else { Category::Procedure };
    let title = stated.code.as_ref().and_then(Concept::words).unwrap_or("Procedure");
    let mut draft = Draft::of(maker, at, category, title);
    draft.encounter = maker.encounter(at, stated.encounter.as_ref())?;
    draft.service = reading.span(entry, stated.performed_period.as_ref())?;
    if draft.service.from.is_none() {
        draft.service.from = reading.moment(entry, stated.performed_date_time.as_deref())?;
    }
    draft.status = status(stated.status.as_deref());
    draft.author = reading.all_words(at, stated.performer.iter().map(|performer| &performer.actor))?;
    draft.site = stated.location.as_ref().map(|place| reading.words(at, place)).transpose()?.flatten();
    let mut reasons = words(&stated.reason_code);
    for reason in &stated.reason_reference {
        draft.made_of.extend(reading.linked(at, reason)?.filter(|found| reading.owners[*found].is_some()));
        reasons =
            [reasons, reading.words(at, reason)?].into_iter().flatten().reduce(|all, one| format!("{all}; {one}"));
    }
    let mut facts = Facts::default();
    facts.add("Procedure", Some(title));
    facts.add("Date", span_words(&draft.service).or(stated.performed_string));
    facts.add("Status", stated.status.map(|status| status.replace('-', " ")));
    facts.add("Reason", reasons);
    facts.add("Body site", words(&stated.body_site));
    facts.add("Done by", draft.author.as_ref());
    facts.add("Outcome", stated.outcome.as_ref().and_then(Concept::words));
    facts.add("Complications", words(&stated.complication));
    facts.add("Follow-up", words(&stated.follow_up));
    let notes = stated.note.into_iter().filter_map(|note| note.text).map(Block::Note);
    draft.body = DraftBody::Blocks(facts.block().into_iter().chain(notes).collect());
    Ok(draft)
}

fn study(maker: &Maker, at: usize) -> Result<Draft, Refused> {
    let (reading, entry) = (maker.reading, &maker.reading.entries[at]);
    let stated: Study = entry.parse()?;
    let what = stated.description.clone().or_else(|| words(&stated.procedure_code));
    let encounter = maker.encounter(at, stated.encounter.as_ref())?;
    let title = what.clone().unwrap_or_else(|| maker.titled("Imaging study", encounter));
    let mut draft = Draft::of(maker, at, Category::ImagingReport, title);
    draft.encounter = encounter;
    draft.service.from = reading.moment(entry, stated.started.as_deref())?;
    draft.status = match stated.status.as_deref() {
        Some("available") => crate::fhir::chart::Status::Final,
        other => status(other),
    };
    let mut facts = Facts::default();
    facts.add("Study", what);
    facts.add("Date", draft.service.from);
    facts.add("Pictures", stated.number_of_instances.as_ref().map(|number| &number.0));
    facts.add("Reason", words(&stated.reason_code));
    let readers = reading.all_words(at, &stated.interpreter)?;
    facts.add("Read by", readers);
    let mut rows = Vec::new();
    for series in &stated.series {
        let named = |coding: &Option<Coding>| {
            let coding = coding.as_ref();
            coding.and_then(|coding| coding.display.clone().or_else(|| coding.code.clone())).unwrap_or_default()
        };
        let number = |number: &Option<Decimal>| number.as_ref().map(|number| number.0.clone()).unwrap_or_default();
        let description = series.description.clone().unwrap_or_default();
        rows.push([
            named(&series.modality),
            named(&series.body_site),
            description,
            number(&series.number_of_instances),
        ]);
    }
    reading.take_rows(entry, rows.len())?;
    let table = table(["Kind", "Body part", "Description", "Pictures"], rows);
    let elsewhere = Block::Paragraph("The pictures themselves are kept in the imaging archive.".to_owned());
    draft.body = DraftBody::Blocks(facts.block().into_iter().chain(table).chain([elsewhere]).collect());
    Ok(draft)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Procedure {
    status: Option<String>,
    category: Option<Concept>,
    code: Option<Concept>,
    encounter: Option<Reference>,
    performed_date_time: Option<String>,
    performed_period: Option<Period>,
    performed_string: Option<String>,
    #[serde(default)]
    performer: Vec<Performer>,
    location: Option<Reference>,
    #[serde(default)]
    reason_code: Vec<Concept>,
    #[serde(default)]
    reason_reference: Vec<Reference>,
    #[serde(default)]
    body_site: Vec<Concept>,
    outcome: Option<Concept>,
    #[serde(default)]
    complication: Vec<Concept>,
    #[serde(default)]
    follow_up: Vec<Concept>,
    #[serde(default)]
    note: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Performer {
    actor: Reference,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Study {
    status: Option<String>,
    encounter: Option<Reference>,
    started: Option<String>,
    description: Option<String>,
    number_of_instances: Option<Decimal>,
    #[serde(default)]
    interpreter: Vec<Reference>,
    #[serde(default)]
    procedure_code: Vec<Concept>,
    #[serde(default)]
    reason_code: Vec<Concept>,
    #[serde(default)]
    series: Vec<Series>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Series {
    modality: Option<Coding>,
    body_site: Option<Coding>,
    description: Option<String>,
    number_of_instances: Option<Decimal>,
}
