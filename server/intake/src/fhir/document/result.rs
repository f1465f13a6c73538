//! Observations: as lines of a report, and the single ones as one list an encounter.

use std::collections::{BTreeMap, BTreeSet};

use domain::document::{Block, Category};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{
    draft::{Draft, DraftBody, Facts, Maker, status, table},
    value::{Line, Valued},
};
use crate::fhir::{
    chart::{Span, Status},
    element::{Annotation, Concept, Period, Reference},
    entry::Kind,
    refused::Refused,
    time::Moment,
};

/// An observation, read.
pub(super) struct Finding {
    pub at: usize,
    pub when: Option<Moment>,
    /// The observations inside the same resource that belong to it.
    contained: Vec<usize>,
    name: String,
    pub lines: Vec<Line>,
    pub notes: Vec<(String, String)>,
    pub status: Status,
    group: Group,
    is_vital_sign: bool,
    encounter: Option<usize>,
    /// The id of its encounter, which need not be in the bundle.
    visit: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Single,
    Laboratory,
    Questionnaire,
    Imaging,
}

/// An observation and, behind it, those inside the same resource that belong to it: no list but this one shows them.
/// What was seen before is left out.
pub(super) fn with_contained(maker: &Maker, at: usize, seen: &mut BTreeSet<usize>) -> Result<Vec<Finding>, Refused> {
    let (mut findings, mut waiting) = (Vec::new(), vec![at]);
    while let Some(at) = waiting.pop() {
        if seen.insert(at) {
            let finding = read(maker, at)?;
            waiting.extend(finding.contained.iter().rev());
            findings.push(finding);
        }
    }
    Ok(findings)
}

fn read(maker: &Maker, at: usize) -> Result<Finding, Refused> {
    let (reading, entry) = (maker.reading, &maker.reading.entries[at]);
    let stated: Stated = entry.parse()?;
    let whole: Valued = entry.parse()?;
    let period = reading.span(entry, stated.effective_period.as_ref())?;
    let effective = stated.effective_date_time.as_deref().or(stated.effective_instant.as_deref());
    let issued = reading.moment(entry, stated.issued.as_deref())?;
    let when = reading.moment(entry, effective)?.or(period.from).or(period.to).or(issued);
    let mut lines: Vec<_> = whole.line(reading, at)?.into_iter().collect();
    for component in &stated.component {
        let part = Valued::of_part(entry, component.get())?;
        if let Some(mut line) = part.line(reading, at)? {
            line.name = format!("{}: {}", whole.name(), line.name);
            lines.push(line);
        }
    }
    if lines.is_empty() && stated.has_member.is_empty() {
        let (value, unit, range, flag) = Default::default();
        lines.push(Line { name: whole.name(), value, unit, range, flag });
    }
    let mut contained = Vec::new();
    for member in stated.has_member.iter().filter(|member| member.leads_inside()) {
        let found = reading.linked(at, member)?;
        contained.extend(found.filter(|found| reading.entries[*found].kind == Kind::Observation));
    }
    let remark = match status(stated.status.as_deref()) {
        Status::Preliminary => Some("preliminary"),
        Status::Amended => Some("corrected"),
        Status::Cancelled => Some("cancelled"),
        Status::EnteredInError => Some("entered in error"),
        _ => None,
    };
    for line in lines.iter_mut().filter(|_| remark.is_some()) {
        line.flag = [line.flag.as_str(), remark.unwrap_or_default()]
            .into_iter()
            .filter(|f| !f.is_empty())
            .collect::<Vec<_>>()
            .join("; ");
    }
    reading.take_rows(entry, lines.len())?;
    let notes = stated.note.into_iter().filter_map(|note| Some((whole.name(), note.text?))).collect();
    let codes: Vec<_> = stated.category.iter().flat_map(Concept::codes).collect();
    let is = |code: &str| codes.contains(&code);
    let group = if is("laboratory") {
        Group::Laboratory
    } else if is("survey") || is("social-history") {
        Group::Questionnaire
    } else if is("imaging") {
        Group::Imaging
    } else {
        Group::Single
    };
    Ok(Finding {
        at,
        when,
        contained,
        name: whole.name(),
        lines,
        notes,
        status: status(stated.status.as_deref()),
        group,
        is_vital_sign: is("vital-signs"),
        encounter: maker.encounter(at, stated.encounter.as_ref())?,
        visit: maker.visit_named(at, stated.encounter.as_ref())?,
    })
}

/// The observations that no report has, one list an encounter and group; where none is named, one a day. An encounter
/// that is not in the bundle may be known from an earlier one.
pub(super) fn per_encounter(maker: &Maker, in_reports: &BTreeSet<usize>) -> Result<Vec<Draft>, Refused> {
    let mut lists: BTreeMap<(Group, String), Vec<Finding>> = BTreeMap::new();
    for at in maker.of(Kind::Observation).iter().filter(|at| !in_reports.contains(at)) {
        let results = with_contained(maker, *at, &mut BTreeSet::new())?;
        let Some(result) = results.first() else { continue };
        let source_id = if let Some(visit) = &result.visit {
            maker.reading.take_visit(*at, visit)?;
            visit.clone()
        } else {
            let day = result.when.map_or_else(|| "undated".to_owned(), |when| when.to_string());
            format!("{}/{day}", maker.patient.source_id)
        };
        lists.entry((result.group, source_id)).or_default().extend(results);
    }
    Ok(lists.into_iter().map(|((group, id), results)| list(maker, group, &id, results)).collect())
}

fn list(maker: &Maker, group: Group, source_id: &str, mut results: Vec<Finding>) -> Draft {
    let id = |finding: &Finding| &maker.reading.entries[finding.at].id;
    results.sort_by(|a, b| (a.when, &a.name, id(a)).cmp(&(b.when, &b.name, id(b))));
    let vital_signs = results.iter().filter(|result| result.is_vital_sign).count();
    let (kind, category, title) = match group {
        Group::Laboratory => ("observations:laboratory", Category::Lab, "Lab results"),
        Group::Questionnaire => ("observations:survey", Category::Questionnaire, "Questionnaires and screening"),
        Group::Imaging => ("observations:imaging", Category::ImagingReport, "Imaging results"),
        Group::Single if vital_signs == results.len() => {
            ("observations:vital-signs", Category::VitalSign, "Vital signs")
        }
        Group::Single if vital_signs == 0 => ("observations:vital-signs", Category::Other, "Observations"),
        Group::Single => ("observations:vital-signs", Category::VitalSign, "Vital signs and other observations"),
    };
    let mut encounters = results.iter().filter_map(|result| result.encounter);
    let encounter = encounters.find(|at| maker.encounters[at].source_id == source_id);
    let mut draft = Draft::list(kind, source_id, category, maker.titled(title, encounter));
    draft.encounter = encounter;
    draft.made_of.extend(results.iter().map(|result| result.at));
    draft.service = Span {
        from: results.iter().filter_map(|result| result.when).min(),
        to: results.iter().filter_map(|result| result.when).max(),
    };
    let all = |status: Status| results.iter().all(|result| result.status == status);
    draft.status = match () {
        () if all(Status::EnteredInError) => Status::EnteredInError,
        () if results.iter().any(|result| result.status == Status::Preliminary) => Status::Preliminary,
        () => Status::Final,
    };
    draft.body = DraftBody::Blocks(blocks(results, group == Group::Questionnaire));
    draft
}

/// Results as a table, in the order given, and what was noted on them.
pub(super) fn blocks(results: Vec<Finding>, questions: bool) -> Vec<Block> {
    let mut notes = Facts::default();
    let mut rows = Vec::new();
    for result in results {
        let when = result.when.map(|when| when.to_string()).unwrap_or_default();
        rows.extend(result.lines.into_iter().map(|line| (line, when.clone())));
        for (name, note) in result.notes {
            notes.add(&name, Some(note));
        }
    }
    let table = if questions {
        let answer = |line: Line| {
            [line.value, line.unit, line.flag].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
        };
        let rows = rows.into_iter().map(|(mut line, when)| [std::mem::take(&mut line.name), answer(line), when]);
        table(["Question", "Answer", "Date"], rows.collect())
    } else {
        let rows = rows.into_iter().map(|(line, when)| [line.name, line.value, line.unit, line.range, line.flag, when]);
        table(["Test", "Result", "Unit", "Reference range", "Flag", "Date"], rows.collect())
    };
    table.into_iter().chain(notes.block()).collect()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stated {
    status: Option<String>,
    #[serde(default)]
    category: Vec<Concept>,
    encounter: Option<Reference>,
    effective_date_time: Option<String>,
    effective_instant: Option<String>,
    effective_period: Option<Period>,
    issued: Option<String>,
    #[serde(default)]
    component: Vec<Box<RawValue>>,
    #[serde(default)]
    has_member: Vec<Reference>,
    #[serde(default)]
    note: Vec<Annotation>,
}
