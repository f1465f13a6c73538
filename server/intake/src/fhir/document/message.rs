//! Messages with the care team, answered questionnaires, and consents.

use domain::document::{Block, Category};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{
    draft::{Draft, DraftBody, Facts, Maker, status, table},
    note::{body, elsewhere},
    value::Valued,
};
use crate::fhir::{
    attachment::{self, Shown},
    element::{Annotation, Attachment, Concept, Reference, words},
    entry::Kind,
    refused::{Reason, Refused},
};

pub(super) fn messages(maker: &Maker) -> Result<Vec<Draft>, Refused> {
    let mut drafts = Vec::new();
    for at in maker.of(Kind::Communication) {
        drafts.extend(message(maker, *at)?);
    }
    for at in maker.of(Kind::QuestionnaireResponse) {
        drafts.push(questionnaire(maker, *at)?);
    }
    for at in maker.of(Kind::Consent) {
        drafts.push(consent(maker, *at)?);
    }
    Ok(drafts)
}

/// A message; the files that came with it are documents beside it.
fn message(maker: &Maker, at: usize) -> Result<Vec<Draft>, Refused> {
    let (reading, entry) = (maker.reading, &maker.reading.entries[at]);
    let stated: Message = entry.parse()?;
    let topic = stated.topic.as_ref().and_then(Concept::words).map(str::to_owned).or_else(|| words(&stated.category));
    let sender = stated.sender.as_ref().map(|sender| reading.words(at, sender)).transpose()?.flatten();
    let when = match (&stated.sent, &stated.received) {
        (Some(sent), _) => reading.moment(entry, Some(sent))?,
        (None, received) => reading.moment(entry, received.as_deref())?,
    };
    let encounter = maker.encounter(at, stated.encounter.as_ref())?;
    let title = topic.map_or_else(|| "Message".to_owned(), |topic| format!("Message: {topic}"));
    let new = || {
        let mut draft = Draft::of(maker, at, Category::Message, title.clone());
        draft.encounter = encounter;
        draft.service.from = when;
        draft.author.clone_from(&sender);
        draft.status = status(stated.status.as_deref());
        draft
    };
    let mut facts = Facts::default();
    facts.add("From", sender.as_ref());
    facts.add("To", reading.all_words(at, &stated.recipient)?);
    facts.add("Sent", when);
    let mut blocks: Vec<_> = facts.block().into_iter().collect();
    let (mut main, mut files, mut number) = (new(), Vec::new(), 2);
    for part in &stated.payload {
        blocks.extend(part.content_string.clone().map(Block::Note));
        let Some(attached) = &part.content_attachment else { continue };
        let Some(content) = attachment::content(reading, at, attached)? else {
            // no other file takes the place of one that is missing
            number += usize::from(!attachment::is_said_to_be_text(attached));
            if let DraftBody::Blocks(missing) = elsewhere(maker, at, Some(attached)) {
                blocks.extend(missing);
            }
            continue;
        };
        let binary = content.binary;
        match content.show(reading, at) {
            Shown::Text(text) => {
                main.takes(binary);
                blocks.extend(text);
            }
            Shown::File { media_type, bytes } => {
                let mut file = new();
                file.key.source_id = format!("{}/{number}", entry.id);
                number += 1;
                file.takes(binary);
                file.body = DraftBody::File { media_type, bytes };
                files.push(file);
            }
        }
    }
    blocks.extend(stated.note.into_iter().filter_map(|note| note.text).map(Block::Note));
    main.body = DraftBody::Blocks(blocks);
    Ok([main].into_iter().chain(files).collect())
}

fn questionnaire(maker: &Maker, at: usize) -> Result<Draft, Refused> {
    let (reading, entry) = (maker.reading, &maker.reading.entries[at]);
    let stated: Answered = entry.parse()?;
    let encounter = maker.encounter(at, stated.encounter.as_ref())?;
    let mut draft = Draft::of(maker, at, Category::Questionnaire, maker.titled("Questionnaire", encounter));
    draft.encounter = encounter;
    draft.service.from = reading.moment(entry, stated.authored.as_deref())?;
    draft.author = stated.author.as_ref().map(|author| reading.words(at, author)).transpose()?.flatten();
    draft.status = status(stated.status.as_deref());
    let mut rows = Vec::new();
    answers(maker, at, &stated.item, &mut rows)?;
    reading.take_rows(entry, rows.len())?;
    draft.body = DraftBody::Blocks(table(["Question", "Answer"], rows).into_iter().collect());
    Ok(draft)
}

/// Every question with its answer, in the order asked; it goes no deeper than a resource may nest.
fn answers(maker: &Maker, at: usize, items: &[Item], rows: &mut Vec<[String; 2]>) -> Result<(), Refused> {
    let entry = &maker.reading.entries[at];
    for item in items {
        let question = item.text.clone().or_else(|| item.link_id.clone()).unwrap_or_default();
        let mut given = Vec::new();
        let mut followed_by = Vec::new();
        for answer in &item.answer {
            given.extend(Valued::of_part(entry, answer.get())?.words(maker.reading, at)?);
            let nested: Nested = serde_json::from_str(answer.get()).map_err(|_| entry.refuse(Reason::WrongType))?;
            followed_by.extend(nested.item);
        }
        rows.push([question, given.join("; ")]);
        answers(maker, at, &followed_by, rows)?;
        answers(maker, at, &item.item, rows)?;
    }
    Ok(())
}

fn consent(maker: &Maker, at: usize) -> Result<Draft, Refused> {
    let (reading, entry) = (maker.reading, &maker.reading.entries[at]);
    let stated: Consent = entry.parse()?;
    let title = words(&stated.category).map_or_else(|| "Consent".to_owned(), |what| format!("Consent: {what}"));
    let mut draft = Draft::of(maker, at, Category::Insurance, title);
    draft.service.from = reading.moment(entry, stated.date_time.as_deref())?;
    draft.author = reading.all_words(at, &stated.performer)?;
    draft.site = reading.all_words(at, &stated.organization)?;
    draft.status = status(stated.status.as_deref());
    if let Some(attached) = &stated.source_attachment
        && let Some(content) = attachment::content(reading, at, attached)?
    {
        draft.takes(content.binary);
        draft.body = body(content.show(reading, at));
        return Ok(draft);
    }
    let mut facts = Facts::default();
    facts.add("Scope", stated.scope.as_ref().and_then(Concept::words));
    facts.add("About", words(&stated.category));
    facts.add("Given on", draft.service.from);
    facts.add("Status", stated.status.as_deref());
    facts.add("Given by", draft.author.as_ref());
    facts.add("Kept by", draft.site.as_ref());
    facts.add("Decision", stated.provision.and_then(|provision| provision.kind));
    draft.body = DraftBody::Blocks(facts.block().into_iter().collect());
    Ok(draft)
}

#[derive(Deserialize)]
struct Message {
    status: Option<String>,
    #[serde(default)]
    category: Vec<Concept>,
    topic: Option<Concept>,
    encounter: Option<Reference>,
    sent: Option<String>,
    received: Option<String>,
    sender: Option<Reference>,
    #[serde(default)]
    recipient: Vec<Reference>,
    #[serde(default)]
    payload: Vec<Payload>,
    #[serde(default)]
    note: Vec<Annotation>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payload {
    content_string: Option<String>,
    content_attachment: Option<Attachment>,
}

#[derive(Deserialize)]
struct Answered {
    status: Option<String>,
    encounter: Option<Reference>,
    authored: Option<String>,
    author: Option<Reference>,
    #[serde(default)]
    item: Vec<Item>,
}

#[expect(clippy::struct_field_names, reason = "the names are FHIR's")]
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    link_id: Option<String>,
    text: Option<String>,
    #[serde(default)]
    answer: Vec<Box<RawValue>>,
    #[serde(default)]
    item: Vec<Item>,
}

#[derive(Deserialize)]
struct Nested {
    #[serde(default)]
    item: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Consent {
    status: Option<String>,
    scope: Option<Concept>,
    #[serde(default)]
    category: Vec<Concept>,
    date_time: Option<String>,
    #[serde(default)]
    performer: Vec<Reference>,
    #[serde(default)]
    organization: Vec<Reference>,
    source_attachment: Option<Attachment>,
    provision: Option<Provision>,
}

#[derive(Deserialize)]
struct Provision {
    #[serde(rename = "type")]
    kind: Option<String>,
}
