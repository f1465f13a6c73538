//! Lists over the whole chart: problems, medicines, allergies, vaccines, insurance.

mod medicine;
mod problem;

use domain::document::{Block, Category};
use serde::Deserialize;

use super::{
    draft::{Draft, DraftBody, Maker, table},
    other::{besides, told},
};
use crate::fhir::{
    chart::{Span, Status},
    element::{Annotation, Concept, Period, Reference, words},
    entry::Kind,
    refused::Refused,
    time::Moment,
};

pub(super) fn lists(maker: &Maker) -> Result<Vec<Draft>, Refused> {
    let all = [
        problem::problems(maker)?,
        medicine::medicines(maker)?,
        allergies(maker)?,
        vaccines(maker)?,
        insurance(maker)?,
    ];
    Ok(all.into_iter().flatten().collect())
}

/// A row with what it is sorted by.
struct Row<const N: usize> {
    when: Option<Moment>,
    cells: [String; N],
}

fn list<const N: usize>(
    maker: &Maker,
    (kind, category, title): (&str, Category, &str),
    made_of: &[usize],
    tables: Vec<([&str; N], Vec<Row<N>>)>,
    still_holds: bool,
) -> Result<Option<Draft>, Refused> {
    let Some(first) = made_of.first() else { return Ok(None) };
    maker.reading.take_rows(&maker.reading.entries[*first], made_of.len())?;
    let mut draft = Draft::list(kind, &maker.patient.source_id, category, title);
    draft.made_of.extend(made_of);
    draft.status = Status::Final;
    let moments = tables.iter().flat_map(|(_, rows)| rows).filter_map(|row| row.when);
    draft.service = Span { from: moments.clone().min(), to: moments.max_by_key(Moment::last_day) };
    // an undated row may be of any day
    draft.ongoing = still_holds || tables.iter().flat_map(|(_, rows)| rows).any(|row| row.when.is_none());
    let mut blocks: Vec<Block> = Vec::new();
    for (head, mut rows) in tables {
        rows.sort_by(|a, b| (a.when, &a.cells).cmp(&(b.when, &b.cells)));
        blocks.extend(table(head, rows.into_iter().map(|row| row.cells).collect()));
    }
    draft.body = DraftBody::Blocks(blocks);
    Ok(Some(draft))
}

fn shown(moment: Option<Moment>) -> String {
    moment.map(|moment| moment.to_string()).unwrap_or_default()
}

/// What something is, and whether the source doubts it or took it back.
fn named(code: Option<&Concept>, verification: Option<&Concept>) -> String {
    let name = code.and_then(Concept::words).unwrap_or("Not named");
    let doubt = verification.and_then(|concept| concept.codes().next()).filter(|code| *code != "confirmed");
    doubt.map_or_else(|| name.to_owned(), |doubt| format!("{name} ({})", doubt.replace('-', " ")))
}

fn allergies(maker: &Maker) -> Result<Option<Draft>, Refused> {
    let (reading, held) = (maker.reading, maker.of(Kind::AllergyIntolerance));
    let mut rows = Vec::new();
    for at in held {
        let (entry, stated) = (&reading.entries[*at], reading.entries[*at].parse::<Allergy>()?);
        let recorded = reading.moment(entry, stated.recorded_date.as_deref())?;
        let onset = reading.moment(entry, stated.onset_date_time.as_deref())?;
        let signs: Vec<_> = stated.reaction.iter().filter_map(Reaction::words).collect();
        let more = ["onsetString", "onsetAge", "onsetPeriod", "onsetRange", "lastOccurrence"];
        let more = besides(maker, *at, &more)?;
        rows.push(Row {
            when: onset.or(recorded),
            cells: [
                named(stated.code.as_ref(), stated.verification_status.as_ref()),
                signs.join("; "),
                stated.criticality.unwrap_or_default().replace('-', " "),
                stated.clinical_status.as_ref().and_then(Concept::words).unwrap_or_default().to_owned(),
                shown(onset.or(recorded)),
                noted(more, &stated.note),
            ],
        });
    }
    let columns = ["Allergy or intolerance", "Reaction", "Risk", "Status", "Recorded", "Notes"];
    list(maker, ("list:allergies", Category::Allergy, "Allergies"), held, vec![(columns, rows)], true)
}

fn vaccines(maker: &Maker) -> Result<Option<Draft>, Refused> {
    let (reading, held) = (maker.reading, maker.of(Kind::Immunization));
    let mut rows = Vec::new();
    for at in held {
        let (entry, stated) = (&reading.entries[*at], reading.entries[*at].parse::<Immunization>()?);
        let given = reading.moment(entry, stated.occurrence_date_time.as_deref())?;
        let place = match &stated.location {
            Some(place) => reading.words(*at, place)?,
            None => reading.all_words(*at, stated.performer.iter().filter_map(|performer| performer.actor.as_ref()))?,
        };
        let status = stated.status.map(|status| status.replace('-', " "));
        let status: Vec<_> = status.into_iter().chain(told(maker, *at, "statusReason")?).collect();
        // said only of a dose that does not count
        let subpotent = stated.is_subpotent.then_some("isSubpotent");
        let more = ["subpotentReason", "doseQuantity", "protocolApplied", "manufacturer", "route", "site", "reaction"];
        let more: Vec<_> = subpotent.into_iter().chain(more).collect();
        rows.push(Row {
            when: given,
            cells: [
                stated.vaccine_code.words().unwrap_or("Not named").to_owned(),
                stated.occurrence_string.unwrap_or_else(|| shown(given)),
                status.join(": "),
                stated.lot_number.unwrap_or_default(),
                place.unwrap_or_default(),
                noted(besides(maker, *at, &more)?, &stated.note),
            ],
        });
    }
    let columns = ["Vaccine", "Date", "Status", "Lot", "Where", "Notes"];
    list(maker, ("list:vaccines", Category::Vaccine, "Vaccines"), held, vec![(columns, rows)], false)
}

fn insurance(maker: &Maker) -> Result<Option<Draft>, Refused> {
    let (reading, held) = (maker.reading, maker.of(Kind::Coverage));
    let mut rows = Vec::new();
    for at in held {
        let (entry, stated) = (&reading.entries[*at], reading.entries[*at].parse::<Coverage>()?);
        let span = reading.span(entry, stated.period.as_ref())?;
        let payor = reading.all_words(*at, &stated.payor)?.unwrap_or_else(|| "Not named".to_owned());
        let kind = stated.kind.as_ref().and_then(Concept::words).unwrap_or_default().to_owned();
        rows.push(Row {
            when: span.from,
            cells: [
                payor,
                kind,
                stated.subscriber_id.unwrap_or_default(),
                shown(span.from),
                shown(span.to),
                stated.status.unwrap_or_default(),
            ],
        });
    }
    let columns = ["Insurer", "Plan", "Member number", "From", "To", "Status"];
    list(maker, ("list:insurance", Category::Insurance, "Insurance"), held, vec![(columns, rows)], true)
}

fn notes(notes: &[Annotation]) -> String {
    noted(None, notes)
}

/// What has no column of its own, and what was noted.
fn noted(more: Option<String>, notes: &[Annotation]) -> String {
    let notes = notes.iter().filter_map(|note| note.text.clone());
    more.into_iter().chain(notes).collect::<Vec<_>>().join("; ")
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Allergy {
    clinical_status: Option<Concept>,
    verification_status: Option<Concept>,
    code: Option<Concept>,
    criticality: Option<String>,
    onset_date_time: Option<String>,
    recorded_date: Option<String>,
    #[serde(default)]
    reaction: Vec<Reaction>,
    #[serde(default)]
    note: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Reaction {
    #[serde(default)]
    manifestation: Vec<Concept>,
    severity: Option<String>,
    description: Option<String>,
}

impl Reaction {
    fn words(&self) -> Option<String> {
        let signs = words(&self.manifestation).into_iter().chain(self.description.clone());
        let signs = signs.collect::<Vec<_>>().join(": ");
        match &self.severity {
            Some(severity) if signs.is_empty() => Some(severity.clone()),
            Some(severity) => Some(format!("{signs} ({severity})")),
            None => Some(signs).filter(|signs| !signs.is_empty()),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Immunization {
    status: Option<String>,
    #[serde(default)]
    vaccine_code: Concept,
    occurrence_date_time: Option<String>,
    occurrence_string: Option<String>,
    lot_number: Option<String>,
    #[serde(default)]
    is_subpotent: bool,
    location: Option<Reference>,
    #[serde(default)]
    performer: Vec<Performer>,
    #[serde(default)]
    note: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Performer {
    actor: Option<Reference>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Coverage {
    status: Option<String>,
    #[serde(rename = "type")]
    kind: Option<Concept>,
    subscriber_id: Option<String>,
    period: Option<Period>,
    #[serde(default)]
    payor: Vec<Reference>,
}
