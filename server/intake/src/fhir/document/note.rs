//! Notes: each `DocumentReference` with what it holds.

use std::collections::BTreeMap;

use domain::document::{Block, Category};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::draft::{Draft, DraftBody, Facts, Maker, status};
use crate::fhir::{
    attachment::{self, Content, Shown},
    category,
    chart::{DocumentKey, Span, Status},
    element::{Attachment, Concept, Identifier, Period, Reference},
    entry::Kind,
    refused::{About, Refused},
    time::Moment,
};

/// What notes that stand hold, by digest: a report that holds the same bytes is the same document.
pub(super) type Contents = BTreeMap<[u8; 32], Vec<Held>>;

/// A note that holds certain bytes.
pub(super) struct Held {
    /// In the list of drafts.
    pub draft: usize,
    pub encounter: Option<usize>,
    pub when: Option<Moment>,
    /// What the note says it indexes or goes with.
    pub names: Vec<String>,
}

pub(super) fn notes(maker: &Maker) -> Result<(Vec<Draft>, Contents), Refused> {
    let (mut drafts, mut contents) = (Vec::new(), Contents::new());
    for at in maker.of(Kind::DocumentReference) {
        document_reference(maker, *at, &mut drafts, &mut contents)?;
    }
    Ok((drafts, contents))
}

fn document_reference(
    maker: &Maker,
    at: usize,
    drafts: &mut Vec<Draft>,
    contents: &mut Contents,
) -> Result<(), Refused> {
    let (reading, entry) = (maker.reading, &maker.reading.entries[at]);
    let stated: StatedNote = entry.parse()?;
    let context = stated.context.unwrap_or_default();
    let encounter = maker.encounter(at, context.encounter.first())?;
    let known = encounter.map(|encounter| &maker.encounters[&encounter]);
    let types = || stated.kind.iter().chain(&stated.category);
    let is_note = stated.category.iter().flat_map(Concept::codes).any(|code| code == "clinical-note");
    let category = category::of_note(types(), known).or_else(|| category::of_report(types()));
    let category = category.unwrap_or(if is_note { Category::VisitNote } else { Category::Other });
    let title = stated.kind.as_ref().and_then(Concept::words).or(stated.description.as_deref());
    let date = reading.moment(entry, stated.date.as_deref())?;
    let mut service = reading.span(entry, context.period.as_ref())?;
    if service == Span::default() {
        service.from = known.and_then(|encounter| encounter.period.from).or(date);
    }
    let mut replaces = None;
    for related in stated.relates_to.iter().filter(|related| related.code.as_deref() == Some("replaces")) {
        let text = related.target.reference.as_deref().unwrap_or_default();
        let found = reading.linked(at, &related.target)?.filter(|found| !reading.is_contained(*found));
        let found = found.map(|found| reading.entries[found].id.clone());
        replaces = replaces.or(found.or_else(|| text.strip_prefix("DocumentReference/").map(str::to_owned)));
    }
    let mut held = Vec::new();
    for content in &stated.content {
        held.push((attachment::content(reading, at, &content.attachment)?, &content.attachment));
    }
    for (number, (content, attached)) in chosen(maker, at, held).into_iter().enumerate() {
        let fallback = attached.and_then(|attached| attached.title.as_deref()).unwrap_or("Document");
        let mut draft = Draft::of(maker, at, category, maker.titled(title.unwrap_or(fallback), encounter));
        if number > 0 {
            draft.key.source_id = format!("{}/{}", entry.id, number + 1);
        } else {
            let supersedes = |id| DocumentKey { kind: "DocumentReference".to_owned(), source_id: id };
            draft.supersedes = replaces.clone().map(supersedes);
        }
        draft.service.clone_from(&service);
        draft.encounter = encounter;
        draft.author = reading.all_words(at, &stated.author)?;
        draft.site = stated.custodian.as_ref().map(|site| reading.words(at, site)).transpose()?.flatten();
        draft.status = status(match stated.status.as_deref() {
            Some("current") => stated.doc_status.as_deref().or(Some("current")),
            other => other,
        });
        draft.language = attached.and_then(|attached| attached.language.clone()).or(draft.language);
        if let Some(content) = content {
            // a report that stands does not go with a note that was taken back
            if draft.status != Status::EnteredInError {
                let names = stated.identifier.iter().filter_map(|identifier| identifier.value.clone());
                let related = context.related.iter().filter_map(|related| related.reference.clone());
                let held = Held { draft: drafts.len(), encounter, when: date, names: names.chain(related).collect() };
                contents.entry(digest(&content.bytes)).or_default().push(held);
            }
            draft.takes(content.binary);
            draft.body = body(content.show(reading, at));
        } else {
            draft.body = elsewhere(maker, at, attached);
        }
        drafts.push(draft);
    }
    Ok(())
}

/// Several contents are the same document in several formats (FHIR R4, `DocumentReference.content`): the most faithful
/// format is taken, whole where several contents have it. One of them that is missing has its place among them, so that
/// no other takes it.
fn chosen<'s>(
    maker: &Maker,
    at: usize,
    held: Vec<(Option<Content>, &'s Attachment)>,
) -> Vec<(Option<Content>, Option<&'s Attachment>)> {
    let Some(best) = held.iter().filter_map(|(content, _)| Some(content.as_ref()?.rank())).min() else {
        return vec![(None, held.first().map(|(_, attached)| *attached))];
    };
    let mut chosen = Vec::new();
    for (content, attached) in held {
        let rank = content.as_ref().map(Content::rank).or_else(|| attachment::stated_rank(attached));
        if rank == Some(best) {
            chosen.push((content, Some(attached)));
        } else {
            maker.reading.remark(About::OtherFormatKept, &maker.reading.entries[at].type_name);
        }
    }
    chosen
}

pub(super) fn elsewhere(maker: &Maker, at: usize, attached: Option<&Attachment>) -> DraftBody {
    maker.reading.remark(About::ContentElsewhere, &maker.reading.entries[at].type_name);
    let mut facts = Facts::default();
    facts.add("Title", attached.and_then(|attached| attached.title.as_ref()));
    facts.add("Type", attached.and_then(|attached| attached.content_type.as_ref()));
    facts.add("Held at", attached.and_then(|attached| attached.url.as_ref()));
    let missing = Block::Paragraph("The content of this document was not part of what was received.".to_owned());
    DraftBody::Blocks([missing].into_iter().chain(facts.block()).collect())
}

pub(super) fn body(shown: Shown) -> DraftBody {
    match shown {
        Shown::Text(blocks) => DraftBody::Blocks(blocks),
        Shown::File { media_type, bytes } => DraftBody::File { media_type, bytes },
    }
}

pub(super) fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct StatedNote {
    status: Option<String>,
    doc_status: Option<String>,
    #[serde(rename = "type")]
    kind: Option<Concept>,
    #[serde(default)]
    category: Vec<Concept>,
    #[serde(default)]
    identifier: Vec<Identifier>,
    date: Option<String>,
    description: Option<String>,
    #[serde(default)]
    author: Vec<Reference>,
    custodian: Option<Reference>,
    #[serde(default)]
    relates_to: Vec<Related>,
    #[serde(default)]
    content: Vec<Form>,
    context: Option<Context>,
}

#[derive(Deserialize)]
struct Related {
    code: Option<String>,
    target: Reference,
}

#[derive(Deserialize)]
struct Form {
    attachment: Attachment,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Context {
    encounter: Vec<Reference>,
    period: Option<Period>,
    related: Vec<Reference>,
}
