//! A document being made: what all kinds of them have in common.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::document::{Block, Category, Readable, Whose};

use super::{digest, parts};
use crate::fhir::{
    chart::{Body, Document, DocumentKey, Encounter, Name, Patient, Span, Status},
    element::Reference,
    encounter::Encounters,
    entry::Kind,
    reading::Reading,
    reference,
    refused::Refused,
    time::{Moment, Precision},
};

/// Makes the documents of one chart.
pub(super) struct Maker<'r, 'a> {
    pub reading: &'r Reading<'a>,
    pub patient: &'r Patient,
    pub encounters: &'r Encounters,
    pub of_kind: &'r BTreeMap<Kind, Vec<usize>>,
}

pub(super) struct Draft {
    pub key: DocumentKey,
    pub category: Category,
    pub title: String,
    pub service: Span,
    /// What it says still holds, or may, after the last moment of `service`.
    pub ongoing: bool,
    /// The entry of its encounter.
    pub encounter: Option<usize>,
    pub author: Option<String>,
    pub site: Option<String>,
    pub status: Status,
    pub language: Option<String>,
    pub supersedes: Option<DocumentKey>,
    pub body: DraftBody,
    /// The entries whose content is in it.
    pub made_of: BTreeSet<usize>,
    /// Whether bytes of it stand in its own resource.
    pub carries: bool,
}

pub(super) enum DraftBody {
    Blocks(Vec<Block>),
    File { media_type: String, bytes: Vec<u8> },
}

impl Draft {
    /// A document made of one resource and keyed by it; what it holds comes next.
    pub(super) fn of(maker: &Maker, at: usize, category: Category, title: impl Into<String>) -> Self {
        let entry = &maker.reading.entries[at];
        let mut draft = Self::list(&entry.type_name, &entry.id, category, title);
        draft.language.clone_from(&entry.head.language);
        draft.made_of.insert(at);
        draft
    }

    pub(super) fn list(kind: &str, source_id: &str, category: Category, title: impl Into<String>) -> Self {
        Self {
            key: DocumentKey { kind: kind.to_owned(), source_id: source_id.to_owned() },
            category,
            title: title.into(),
            service: Span::default(),
            ongoing: false,
            encounter: None,
            author: None,
            site: None,
            status: Status::NotStated,
            language: None,
            supersedes: None,
            body: DraftBody::Blocks(Vec::new()),
            made_of: BTreeSet::new(),
            carries: false,
        }
    }

    /// Takes in bytes that stand in this `Binary`, or in the resource itself.
    pub(super) fn takes(&mut self, binary: Option<usize>) {
        self.carries |= binary.is_none();
        self.made_of.extend(binary);
    }
}

impl Maker<'_, '_> {
    pub(super) fn of(&self, kind: Kind) -> &[usize] {
        self.of_kind.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The encounter that a reference leads to; nothing where it is not in the bundle.
    pub(super) fn encounter(&self, at: usize, reference: Option<&Reference>) -> Result<Option<usize>, Refused> {
        let Some(reference) = reference else { return Ok(None) };
        Ok(self.reading.linked(at, reference)?.filter(|found| self.encounters.contains_key(found)))
    }

    /// The source id of the encounter that a reference names, also where it is not in the bundle.
    pub(super) fn visit_named(&self, at: usize, reference: Option<&Reference>) -> Result<Option<String>, Refused> {
        let Some(reference) = reference else { return Ok(None) };
        Ok(match self.reading.linked(at, reference)? {
            Some(found) => self.encounters.get(&found).map(|encounter| encounter.source_id.clone()),
            None => reference.reference.as_deref().and_then(reference::visit_named),
        })
    }

    /// `title`, with what the encounter was.
    pub(super) fn titled(&self, title: &str, encounter: Option<usize>) -> String {
        let kind = encounter.and_then(|at| self.encounters[&at].kind.as_deref());
        kind.map_or_else(|| title.to_owned(), |kind| format!("{title}: {kind}"))
    }

    pub(super) fn finish(&self, drafts: Vec<Draft>) -> Vec<Document> {
        // what was taken back itself takes nobody's place
        let standing = drafts.iter().filter(|draft| draft.status != Status::EnteredInError);
        let replaced: HashMap<_, _> =
            standing.filter_map(|draft| Some((draft.supersedes.clone()?, draft.key.clone()))).collect();
        let mut documents: Vec<_> = drafts.into_iter().map(|draft| self.document(draft, &replaced)).collect();
        documents.sort_by(|a, b| (a.service.from, &a.key).cmp(&(b.service.from, &b.key)));
        documents
    }

    fn document(&self, draft: Draft, replaced: &HashMap<DocumentKey, DocumentKey>) -> Document {
        let entries = &self.reading.entries;
        // what stands inside a resource comes and goes with it
        let held: BTreeSet<_> = draft.made_of.iter().map(|at| self.reading.container(*at)).collect();
        let mut made_of: Vec<_> = held.iter().map(|at| &entries[*at]).collect();
        made_of.sort_by(|a, b| (&a.type_name, &a.id).cmp(&(&b.type_name, &b.id)));
        // every file of a note is replaced with it
        let note = draft.key.source_id.split('/').next().unwrap_or_default().to_owned();
        let superseded_by = replaced.get(&DocumentKey { kind: draft.key.kind.clone(), source_id: note }).cloned();
        let status = match draft.status {
            Status::EnteredInError => Status::EnteredInError,
            // also where its source goes on calling it current
            _ if superseded_by.is_some() => Status::Superseded,
            stated => stated,
        };
        let parts = parts::of(self, &draft, status, &held, superseded_by.as_ref());
        let labels: BTreeSet<_> = made_of.iter().flat_map(|entry| entry.labels()).collect();
        let encounter: Option<&Encounter> = draft.encounter.map(|at| &self.encounters[&at]);
        let author = draft.author.or_else(|| encounter?.provider.clone());
        let site = draft.site.or_else(|| encounter?.site.clone());
        let service = if draft.service == Span::default() {
            encounter.map(|encounter| encounter.period.clone()).unwrap_or_default()
        } else {
            draft.service
        };
        let body = match draft.body {
            DraftBody::File { media_type, bytes } => Body::File { media_type, bytes },
            DraftBody::Blocks(blocks) => Body::Readable(Readable {
                title: draft.title.clone(),
                patient: whose(self.patient),
                source: [author.as_deref(), site.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", "),
                dated: service.from.or(service.to).filter(is_a_day).map(|moment| moment.day),
                standing: status.standing(),
                blocks,
            }),
        };
        let mut document = Document {
            superseded_by,
            key: draft.key,
            category: draft.category,
            title: draft.title,
            service,
            ongoing: draft.ongoing,
            encounter: encounter.map(|encounter| encounter.source_id.clone()),
            author,
            site,
            status,
            language: draft.language,
            labels: labels.into_iter().collect(),
            supersedes: draft.supersedes,
            body,
            made_of: made_of.iter().map(|entry| (entry.type_name.clone(), entry.id.clone())).collect(),
            draws_on: parts.draws_on,
            keeps: parts.keeps,
            digest: [0; 32],
        };
        document.digest = digest::of(&made_of, &document);
        document
    }
}

/// The patient as pages name them: by the official name where one is marked, else the usual, else the first.
fn whose(patient: &Patient) -> Whose {
    let used = |as_what: &str| patient.names.iter().find(|name| name.used_as.as_deref() == Some(as_what));
    let name = used("official").or_else(|| used("usual")).or(patient.names.first());
    let record_number = patient.identifiers.iter().find(|identifier| identifier.kind.as_deref() == Some("MR"));
    Whose {
        name: name.map(written).unwrap_or_default(),
        born: patient.birth_date.filter(is_a_day).map(|born| born.day),
        record_number: record_number.map(|number| number.value.clone()),
    }
}

fn written(name: &Name) -> String {
    let parts = name.given.iter().chain(&name.family).chain(&name.suffix);
    parts.map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn is_a_day(moment: &Moment) -> bool {
    matches!(moment.precision, Precision::Day | Precision::Instant)
}

/// A status of FHIR's event and report resources, of notes and of plans.
pub(super) fn status(stated: Option<&str>) -> Status {
    match stated {
        Some("final" | "completed" | "finished" | "current" | "active" | "stopped") => Status::Final,
        Some("registered" | "partial" | "preliminary" | "in-progress" | "draft" | "preparation") => Status::Preliminary,
        Some("amended" | "corrected" | "appended") => Status::Amended,
        Some("superseded") => Status::Superseded,
        Some("cancelled") => Status::Cancelled,
        Some("entered-in-error") => Status::EnteredInError,
        _ => Status::NotStated,
    }
}

/// The names of a document's facts, each with what is known of it.
#[derive(Default)]
pub(super) struct Facts(Vec<(String, String)>);

impl Facts {
    pub(super) fn add(&mut self, name: &str, fact: Option<impl ToString>) {
        if let Some(fact) = fact.map(|fact| fact.to_string()).filter(|fact| !fact.trim().is_empty()) {
            self.0.push((name.to_owned(), fact));
        }
    }

    pub(super) fn block(self) -> Option<Block> {
        (!self.0.is_empty()).then_some(Block::Facts(self.0))
    }
}

/// A span in words: one day, or from and to.
pub(super) fn span_words(span: &Span) -> Option<String> {
    match (span.from, span.to) {
        (Some(from), Some(to)) if from.to_string() != to.to_string() => Some(format!("{from} to {to}")),
        (Some(one), _) | (None, Some(one)) => Some(one.to_string()),
        (None, None) => None,
    }
}

/// A table of cells that are all texts, and nothing where there are no rows.
pub(super) fn table<const N: usize>(head: [&str; N], rows: Vec<[String; N]>) -> Option<Block> {
    let head = head.map(str::to_owned).to_vec();
    (!rows.is_empty()).then(|| Block::Table { head, rows: rows.into_iter().map(Vec::from).collect() })
}
