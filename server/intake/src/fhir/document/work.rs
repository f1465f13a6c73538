//! Pictures and recordings (`Media`) and documents written section by section (`Composition`).

use domain::document::{Block, Category};
use serde::Deserialize;

use super::{
    draft::{Draft, DraftBody, Maker, status},
    note::{body, elsewhere},
};
use crate::fhir::{
    attachment, category,
    element::{Attachment, Concept, Narrative, Reference, words},
    entry::Kind,
    markup,
    refused::Refused,
};

pub(super) fn works(maker: &Maker) -> Result<Vec<Draft>, Refused> {
    let media = maker.of(Kind::Media).iter().map(|at| media(maker, *at));
    media.chain(maker.of(Kind::Composition).iter().map(|at| composition(maker, *at))).collect()
}

fn media(maker: &Maker, at: usize) -> Result<Draft, Refused> {
    let (reading, entry) = (maker.reading, &maker.reading.entries[at]);
    let stated: StatedMedia = entry.parse()?;
    let is_imaging = stated.modality.is_some();
    let category = if is_imaging { Category::ImagingReport } else { Category::Other };
    let title = stated.content.title.as_deref().or(stated.modality.as_ref().and_then(Concept::words));
    let mut draft = Draft::of(maker, at, category, title.unwrap_or("Picture or recording"));
    draft.encounter = maker.encounter(at, stated.encounter.as_ref())?;
    let created = stated.created_date_time.as_deref().or(stated.content.creation.as_deref());
    draft.service.from = reading.moment(entry, created)?;
    draft.author = stated.operator.as_ref().map(|author| reading.words(at, author)).transpose()?.flatten();
    draft.status = status(stated.status.as_deref());
    draft.body = match attachment::content(reading, at, &stated.content)? {
        Some(content) => {
            draft.takes(content.binary);
            body(content.show(reading, at))
        }
        None => elsewhere(maker, at, Some(&stated.content)),
    };
    Ok(draft)
}

fn composition(maker: &Maker, at: usize) -> Result<Draft, Refused> {
    let (reading, entry) = (maker.reading, &maker.reading.entries[at]);
    let stated: StatedComposition = entry.parse()?;
    let encounter = maker.encounter(at, stated.encounter.as_ref())?;
    let types = stated.kind.iter().chain(&stated.category);
    let category = category::of_note(types, encounter.map(|encounter| &maker.encounters[&encounter]));
    let title = stated.title.clone().or_else(|| words(&stated.kind)).unwrap_or_else(|| "Document".to_owned());
    let mut draft = Draft::of(maker, at, category.unwrap_or(Category::Other), title);
    draft.encounter = encounter;
    draft.service.from = reading.moment(entry, stated.date.as_deref())?;
    draft.author = reading.all_words(at, &stated.author)?;
    draft.site = stated.custodian.as_ref().map(|site| reading.words(at, site)).transpose()?.flatten();
    draft.status = status(stated.status.as_deref());
    let mut blocks = Vec::new();
    let mut waiting: Vec<_> = stated.section.iter().rev().collect();
    while let Some(section) = waiting.pop() {
        blocks.extend(section.title.clone().map(Block::Heading));
        let narrative = section.text.as_ref().and_then(|text| text.div.as_deref()).map(markup::text);
        blocks.extend(narrative.filter(|text| !text.is_empty()).map(Block::Note));
        waiting.extend(section.section.iter().rev());
    }
    draft.body = DraftBody::Blocks(blocks);
    Ok(draft)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct StatedMedia {
    status: Option<String>,
    modality: Option<Concept>,
    encounter: Option<Reference>,
    created_date_time: Option<String>,
    operator: Option<Reference>,
    content: Attachment,
}

#[derive(Deserialize)]
struct StatedComposition {
    status: Option<String>,
    #[serde(rename = "type")]
    kind: Option<Concept>,
    #[serde(default)]
    category: Vec<Concept>,
    encounter: Option<Reference>,
    date: Option<String>,
    #[serde(default)]
    author: Vec<Reference>,
    title: Option<String>,
    custodian: Option<Reference>,
    #[serde(default)]
    section: Vec<Section>,
}

#[expect(clippy::struct_field_names, reason = "the names are FHIR's")]
#[derive(Deserialize)]
struct Section {
    title: Option<String>,
    text: Option<Narrative>,
    #[serde(default)]
    section: Vec<Section>,
}
