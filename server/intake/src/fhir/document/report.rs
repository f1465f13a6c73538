//! Reports: results with their values, the conclusion, and what the laboratory or the reader wrote.

use std::collections::BTreeSet;

use domain::document::{Block, Category};
use serde::Deserialize;

use super::{
    draft::{Draft, DraftBody, Maker, status, table},
    note::{self, Contents},
    result::{self, Finding},
};
use crate::fhir::{
    attachment::{self, Content, Shown},
    category,
    chart::{Span, Status},
    element::{Attachment, Concept, Period, Reference, words},
    entry::Kind,
    refused::{About, Refused},
    time::Moment,
};

pub(super) struct Reports {
    pub drafts: Vec<Draft>,
    /// The observations that stand in a report.
    pub results: BTreeSet<usize>,
}

/// Makes reports; what a report holds that a note already holds joins that note and makes no second document.
pub(super) fn reports(maker: &Maker, notes: &mut [Draft], contents: &Contents) -> Result<Reports, Refused> {
    let mut reports = Reports { drafts: Vec::new(), results: BTreeSet::new() };
    for at in maker.of(Kind::DiagnosticReport) {
        report(maker, *at, notes, contents, &mut reports)?;
    }
    Ok(reports)
}

fn report(
    maker: &Maker,
    at: usize,
    notes: &mut [Draft],
    contents: &Contents,
    reports: &mut Reports,
) -> Result<(), Refused> {
    let (reading, entry) = (maker.reading, &maker.reading.entries[at]);
    let stated: Stated = entry.parse()?;
    let encounter = maker.encounter(at, stated.encounter.as_ref())?;
    let period = reading.span(entry, stated.effective_period.as_ref())?;
    let issued = reading.moment(entry, stated.issued.as_deref())?;
    let when = reading.moment(entry, stated.effective_date_time.as_deref())?.or(period.from).or(issued);
    let (findings, missing) = findings(maker, at, &stated.result)?;
    let has_results = !findings.is_empty() || !missing.is_empty();
    reports.results.extend(findings.iter().map(|finding| finding.at));
    let kind = kind(maker, &stated, encounter, has_results);
    let title = stated.code.words().unwrap_or("Report");
    let new = |number: usize| -> Result<Draft, Refused> {
        let mut draft =
            Draft::of(maker, at, kind, if has_results { title.to_owned() } else { maker.titled(title, encounter) });
        if number > 0 {
            draft.key.source_id = format!("{}/{}", entry.id, number + 1);
        }
        draft.encounter = encounter;
        draft.service = Span { from: when, to: period.to };
        draft.author = reading.all_words(at, stated.results_interpreter.iter().chain(&stated.performer))?;
        draft.status = status(stated.status.as_deref());
        Ok(draft)
    };
    let mut main = new(0)?;
    let mut blocks = results(&mut main, findings, missing);
    if let Some(conclusion) = stated.conclusion.clone().or_else(|| words(&stated.conclusion_code)) {
        blocks.push(Block::Heading("Conclusion".to_owned()));
        blocks.push(Block::Note(conclusion));
    }
    let mut files = Vec::new();
    let (mut joined, mut lacks_text, mut number) = (false, false, 0);
    for form in &stated.presented_form {
        let Some(content) = attachment::content(reading, at, form)? else {
            reading.remark(About::ContentElsewhere, &entry.type_name);
            // no other takes the place of one that is missing
            let is_text = attachment::is_said_to_be_text(form);
            lacks_text |= is_text;
            number += usize::from(!is_text);
            continue;
        };
        if let Some(draft) = same(contents, &content, encounter, when, issued, &entry.id) {
            notes[draft].made_of.insert(at);
            notes[draft].takes(content.binary);
            joined = true;
            continue;
        }
        let binary = content.binary;
        match content.show(reading, at) {
            Shown::Text(text) => {
                main.takes(binary);
                blocks.extend(text);
            }
            Shown::File { media_type, bytes } => {
                files.push((number, binary, media_type, bytes));
                number += 1;
            }
        }
    }
    // The report itself is a document unless all that it holds stands elsewhere: in a note, or in its own files.
    let has_main = !blocks.is_empty() || (files.is_empty() && !joined);
    if has_main {
        if blocks.is_empty() {
            let why = match main.status {
                Status::Cancelled => "This report was cancelled.",
                _ => "The content of this report was not part of what was received.",
            };
            blocks.push(Block::Paragraph(why.to_owned()));
        }
        main.body = DraftBody::Blocks(blocks);
        reports.drafts.push(main);
    }
    for (number, binary, media_type, bytes) in files {
        let mut draft = new(number + usize::from(has_main || lacks_text))?;
        draft.takes(binary);
        draft.body = DraftBody::File { media_type, bytes };
        reports.drafts.push(draft);
    }
    Ok(())
}

/// The results that a report names, and the names of those that are not in the bundle.
fn findings(maker: &Maker, at: usize, named: &[Reference]) -> Result<(Vec<Finding>, Vec<String>), Refused> {
    let reading = maker.reading;
    let (mut findings, mut missing, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for reference in named {
        match reading.linked(at, reference)? {
            Some(found) if reading.entries[found].kind == Kind::Observation => {
                findings.extend(result::with_contained(maker, found, &mut seen)?);
            }
            _ => {
                reading.remark(About::ResultNotIncluded, &reading.entries[at].type_name);
                missing.push(reference.display.clone().unwrap_or_else(|| "Not named".to_owned()));
            }
        }
    }
    Ok((findings, missing))
}

fn results(draft: &mut Draft, findings: Vec<Finding>, missing: Vec<String>) -> Vec<Block> {
    draft.made_of.extend(findings.iter().map(|finding| finding.at));
    let mut blocks = result::blocks(findings, false);
    let rows = missing.into_iter().map(|name| [name]).collect();
    blocks.extend(table(["Results that were not part of what was received"], rows));
    blocks
}

fn kind(maker: &Maker, stated: &Stated, encounter: Option<usize>, has_results: bool) -> Category {
    let encounter = encounter.map(|encounter| &maker.encounters[&encounter]);
    let kind = category::of_report(&stated.category);
    let kind = kind.or_else(|| category::of_note(stated.category.iter().chain([&stated.code]), encounter));
    kind.unwrap_or(if has_results { Category::Lab } else { Category::Other })
}

/// The note that holds the same bytes at the same visit: the one that names this report, else one of the same time,
/// else the first.
fn same(
    contents: &Contents,
    content: &Content,
    encounter: Option<usize>,
    when: Option<Moment>,
    issued: Option<Moment>,
    id: &str,
) -> Option<usize> {
    let held = contents.get(&note::digest(&content.bytes))?;
    let fits =
        || held.iter().filter(|note| note.encounter == encounter || note.encounter.is_none() || encounter.is_none());
    let leads_here =
        |name: &String| name.strip_suffix(id).is_some_and(|before| before.is_empty() || before.ends_with([':', '/']));
    let named = fits().find(|note| note.names.iter().any(leads_here));
    let same_time = || fits().find(|note| note.when.is_some() && (note.when == issued || note.when == when));
    named.or_else(same_time).or_else(|| fits().next()).map(|note| note.draft)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stated {
    status: Option<String>,
    #[serde(default)]
    category: Vec<Concept>,
    #[serde(default)]
    code: Concept,
    encounter: Option<Reference>,
    effective_date_time: Option<String>,
    effective_period: Option<Period>,
    issued: Option<String>,
    #[serde(default)]
    performer: Vec<Reference>,
    #[serde(default)]
    results_interpreter: Vec<Reference>,
    #[serde(default)]
    result: Vec<Reference>,
    conclusion: Option<String>,
    #[serde(default)]
    conclusion_code: Vec<Concept>,
    #[serde(default)]
    presented_form: Vec<Attachment>,
}
