//! Whatever of the patient's record has no form of its own: its elements line by line, its narrative and its notes.

use std::collections::BTreeMap;

use domain::document::{Block, Category};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::draft::{Draft, DraftBody, Facts, Maker, span_words, status};
use crate::fhir::{
    chart::Span,
    element::{Annotation, Attachment, Concept, HumanName, Money, Narrative, OneOrMany, Period, Quantity, Reference},
    markup,
    reading::Reading,
    refused::{Reason, Refused},
};

/// Types that tell how records are kept, sent or put in order. What they point to is a document itself, so they stay
/// resources. The list is short on purpose: what nobody foresaw is shown rather than held back.
const ABOUT_RECORDS: [&str; 8] =
    ["AuditEvent", "DocumentManifest", "Group", "Linkage", "MessageHeader", "Parameters", "Provenance", "Subscription"];

/// Elements that say what a thing is, the most telling first.
const NAMING: [&str; 6] = ["code", "title", "event", "type", "relationship", "name"];

/// Elements that say from when to when, and when.
const PERIODS: [&str; 5] = ["period", "occurrencePeriod", "effectivePeriod", "servicePeriod", "timingPeriod"];
const MOMENTS: [&str; 10] = [
    "occurrenceDateTime",
    "effectiveDateTime",
    "performedDateTime",
    "timingDateTime",
    "identifiedDateTime",
    "date",
    "dateTime",
    "authoredOn",
    "recordedDate",
    "created",
];

/// Elements that say nothing of the care, or are shown in another place.
const NOT_LISTED: [&str; 18] = [
    "resourceType",
    "id",
    "meta",
    "implicitRules",
    "language",
    "text",
    "contained",
    "extension",
    "modifierExtension",
    "identifier",
    "subject",
    "patient",
    "for",
    "beneficiary",
    "encounter",
    "context",
    "status",
    "note",
];

type Elements<'e> = BTreeMap<String, &'e RawValue>;

/// Nothing where the type is about records, not about the patient.
pub(super) fn other(maker: &Maker, at: usize) -> Result<Option<Draft>, Refused> {
    let (reading, entry) = (maker.reading, &maker.reading.entries[at]);
    if ABOUT_RECORDS.contains(&entry.type_name.as_str()) {
        return Ok(None);
    }
    let stated: Elements = serde_json::from_str(entry.raw).map_err(|_| entry.refuse(Reason::WrongType))?;
    let told = Told { reading, at };
    let mut title = title(&entry.type_name);
    for raw in NAMING.iter().filter_map(|name| stated.get(*name)) {
        if let Some(what) = told.words(raw)? {
            title = format!("{title}: {what}");
            break;
        }
    }
    if part(&stated, "doNotPerform").unwrap_or(false) {
        title = format!("Do NOT: {title}");
    }
    let mut draft = Draft::of(maker, at, Category::Other, title);
    let visit = part::<Reference>(&stated, "encounter").or_else(|| part(&stated, "context"));
    draft.encounter = maker.encounter(at, visit.as_ref())?;
    let stated_status: Option<String> = part(&stated, "status");
    draft.status = status(stated_status.as_deref());
    draft.service = told.span(&stated)?;
    draft.ongoing = draft.service.to.is_none() && PERIODS.iter().any(|name| stated.contains_key(*name));
    let mut facts = Facts::default();
    facts.add("Status", stated_status.map(|status| status.replace('-', " ")));
    for (name, raw) in stated.iter().filter(|(name, _)| !NOT_LISTED.contains(&name.as_str())) {
        facts.add(&in_words(name), told.words(raw)?.filter(|_| !name.starts_with('_')));
    }
    reading.take_rows(entry, stated.len())?;
    let narrative = part::<Narrative>(&stated, "text").and_then(|text| text.div);
    let narrative = narrative.map(|div| markup::text(&div)).filter(|text| !text.is_empty());
    let notes = part::<OneOrMany<Annotation>>(&stated, "note").unwrap_or_default();
    let notes = notes.0.into_iter().filter_map(|note| note.text);
    let written = narrative.into_iter().chain(notes).map(Block::Note);
    draft.body = DraftBody::Blocks(facts.block().into_iter().chain(written).collect());
    Ok(Some(draft))
}

/// Elements that are rarely stated and have no cell of their own, each with its name, in one line.
pub(super) fn besides(maker: &Maker, at: usize, names: &[&str]) -> Result<Option<String>, Refused> {
    let mut all = Vec::new();
    for name in names {
        all.extend(told(maker, at, name)?.map(|words| format!("{}: {words}", in_words(name))));
    }
    Ok((!all.is_empty()).then(|| all.join("; ")))
}

/// One element, whatever it is built of.
pub(super) fn told(maker: &Maker, at: usize, name: &str) -> Result<Option<String>, Refused> {
    let (reading, entry) = (maker.reading, &maker.reading.entries[at]);
    let stated: Elements = serde_json::from_str(entry.raw).map_err(|_| entry.refuse(Reason::WrongType))?;
    stated.get(name).map_or(Ok(None), |raw| Told { reading, at }.words(raw))
}

/// An element, where it is there and of this form.
fn part<T: for<'x> Deserialize<'x>>(of: &Elements, name: &str) -> Option<T> {
    serde_json::from_str(of.get(name)?.get()).ok()
}

/// A resource's elements, told in words.
struct Told<'r, 'a> {
    reading: &'r Reading<'a>,
    at: usize,
}

impl Told<'_, '_> {
    /// When it was: a period, else the first moment that is stated.
    fn span(&self, stated: &Elements) -> Result<Span, Refused> {
        let entry = &self.reading.entries[self.at];
        let period = PERIODS.iter().find_map(|name| part::<Period>(stated, name));
        let mut span = self.reading.span(entry, period.as_ref())?;
        if span == Span::default() {
            let moment: Option<String> = MOMENTS.iter().find_map(|name| part(stated, name));
            span.from = self.reading.moment(entry, moment.as_deref())?;
        }
        Ok(span)
    }

    /// An element in one line, as deep as it nests; that is no deeper than a resource may.
    fn words(&self, raw: &RawValue) -> Result<Option<String>, Refused> {
        let text = raw.get();
        let wrong = |_: serde_json::Error| self.reading.entries[self.at].refuse(Reason::WrongType);
        let words = match text.as_bytes() {
            [b'"', ..] => Some(serde_json::from_str::<String>(text).map_err(wrong)?),
            [b't', ..] => Some("Yes".to_owned()),
            [b'f', ..] => Some("No".to_owned()),
            [b'-' | b'0'..=b'9', ..] => Some(text.to_owned()),
            [b'[', ..] => {
                let mut all = Vec::new();
                for one in serde_json::from_str::<Vec<&RawValue>>(text).map_err(wrong)? {
                    all.extend(self.words(one)?);
                }
                Some(all.join("; "))
            }
            [b'{', ..] => {
                let parts: Elements = serde_json::from_str(text).map_err(wrong)?;
                self.structure(raw, &parts)?
            }
            _ => None,
        };
        Ok(words.filter(|words| !words.trim().is_empty()))
    }

    /// What FHIR builds of several elements, as it is read elsewhere; anything else element by element.
    fn structure(&self, raw: &RawValue, parts: &Elements) -> Result<Option<String>, Refused> {
        let (text, has) = (raw.get(), |name: &str| parts.contains_key(name));
        let only = |names: &[&str]| {
            parts.keys().all(|name| names.contains(&name.as_str()) || matches!(name.as_str(), "id" | "extension"))
        };
        if has("reference")
            && let Ok(reference) = serde_json::from_str::<Reference>(text)
        {
            return self.reading.words(self.at, &reference);
        }
        if only(&["coding", "text"])
            && let Ok(concept) = serde_json::from_str::<Concept>(text)
        {
            return Ok(concept.words().map(str::to_owned));
        }
        if only(&["system", "version", "code", "display", "userSelected"]) {
            return Ok(part(parts, "display").or_else(|| part(parts, "code")));
        }
        if only(&["value", "comparator", "unit", "system", "code"])
            && let Ok(quantity) = serde_json::from_str::<Quantity>(text)
        {
            return Ok(quantity.words());
        }
        if only(&["value", "currency"])
            && let Ok(money) = serde_json::from_str::<Money>(text)
        {
            return Ok(money.words());
        }
        if only(&["start", "end"])
            && let Ok(period) = serde_json::from_str::<Period>(text)
        {
            return Ok(span_words(&self.reading.span(&self.reading.entries[self.at], Some(&period))?));
        }
        if only(&["use", "text", "family", "given", "prefix", "suffix", "period"])
            && let Ok(name) = serde_json::from_str::<HumanName>(text)
        {
            return Ok(name.words());
        }
        if has("contentType")
            && let Ok(file) = serde_json::from_str::<Attachment>(text)
        {
            return Ok(Some(file.words()));
        }
        let mut all = Vec::new();
        for (name, raw) in parts.iter().filter(|(name, _)| !matches!(name.as_str(), "id" | "extension" | "data")) {
            if let Some(words) = self.words(raw)?.filter(|_| !name.starts_with('_')) {
                all.push(format!("{}: {words}", in_words(name)));
            }
        }
        Ok(Some(all.join(", ")))
    }
}

/// What a type of resource is called. Those that are met most have a name that people use.
fn title(type_name: &str) -> String {
    match type_name {
        "FamilyMemberHistory" => "Family history".to_owned(),
        "ServiceRequest" => "Order or referral".to_owned(),
        "NutritionOrder" => "Diet order".to_owned(),
        "DeviceRequest" => "Device order".to_owned(),
        "DeviceUseStatement" => "Use of a device".to_owned(),
        "Device" => "Device or implant".to_owned(),
        "Flag" => "Alert".to_owned(),
        "ImmunizationRecommendation" => "Recommended vaccines".to_owned(),
        "VisionPrescription" => "Glasses or contact lenses".to_owned(),
        other => in_words(other),
    }
}

/// A name of FHIR's, `reasonCode` or `AdverseEvent`, taken apart: `Reason code`, `Adverse event`.
fn in_words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    let mut after_small = false;
    for c in name.chars() {
        if words.is_empty() {
            words.push(c.to_ascii_uppercase());
        } else if c.is_ascii_uppercase() && after_small {
            words.push(' ');
            words.push(c.to_ascii_lowercase());
        } else {
            words.push(c);
        }
        after_small = c.is_ascii_lowercase();
    }
    words
}
