//! The parts that FHIR resources are built of, as far as documents need them. What is not named here stays in the
//! resource as it came; what is named and has the wrong type is an error.

use serde::{Deserialize, Deserializer, de::Error};
use serde_json::value::RawValue;

/// A number with the digits it came with: `81.5000` is not `81.5`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decimal(pub String);

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(from)?;
        match raw.get().as_bytes() {
            [b'-' | b'0'..=b'9', ..] => Ok(Self(raw.get().to_owned())),
            _ => Err(D::Error::custom("not a number")),
        }
    }
}

/// An element that some resources have once and others many times.
#[derive(Debug, Clone)]
pub(super) struct OneOrMany<T>(pub Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: for<'x> Deserialize<'x>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(from)?;
        let many = if raw.get().starts_with('[') {
            serde_json::from_str(raw.get())
        } else {
            serde_json::from_str(raw.get()).map(|one| vec![one])
        };
        many.map(Self).map_err(|_| D::Error::custom("wrong type"))
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Coding {
    pub system: Option<String>,
    pub code: Option<String>,
    pub display: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Concept {
    pub coding: Vec<Coding>,
    pub text: Option<String>,
}

impl Concept {
    /// As a person reads it: the text, else a coding's words, else its code.
    pub(super) fn words(&self) -> Option<&str> {
        let coded = |part: fn(&Coding) -> Option<&String>| self.coding.iter().find_map(part);
        let words = self.text.as_ref().or_else(|| coded(|c| c.display.as_ref())).or_else(|| coded(|c| c.code.as_ref()));
        words.map(|words| words.trim()).filter(|words| !words.is_empty())
    }

    pub(super) fn codes(&self) -> impl Iterator<Item = &str> {
        self.coding.iter().filter_map(|coding| coding.code.as_deref())
    }
}

/// The words of several concepts, in one line.
pub(super) fn words<'a>(concepts: impl IntoIterator<Item = &'a Concept>) -> Option<String> {
    let all: Vec<_> = concepts.into_iter().filter_map(Concept::words).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

#[expect(clippy::struct_field_names, reason = "the names are FHIR's")]
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Reference {
    pub reference: Option<String>,
    pub display: Option<String>,
    pub identifier: Option<Box<Identifier>>,
}

impl Reference {
    /// The words that it has of its own.
    pub(super) fn displayed(&self) -> Option<&str> {
        self.display.as_deref().map(str::trim).filter(|display| !display.is_empty())
    }

    /// Whether it leads to a resource inside the same one.
    pub(super) fn leads_inside(&self) -> bool {
        self.reference.as_deref().is_some_and(|text| text.starts_with('#'))
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Identifier {
    #[serde(rename = "type")]
    pub kind: Option<Concept>,
    pub system: Option<String>,
    pub value: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Period {
    pub start: Option<String>,
    pub end: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Quantity {
    pub value: Option<Decimal>,
    pub comparator: Option<String>,
    pub unit: Option<String>,
    pub code: Option<String>,
}

impl Quantity {
    pub(super) fn number(&self) -> Option<String> {
        self.value.as_ref().map(|value| format!("{}{}", self.comparator.as_deref().unwrap_or_default(), value.0))
    }

    pub(super) fn unit(&self) -> Option<&str> {
        self.unit.as_deref().or(self.code.as_deref())
    }

    pub(super) fn words(&self) -> Option<String> {
        let number = self.number()?;
        Some(self.unit().map_or_else(|| number.clone(), |unit| format!("{number} {unit}")))
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Range {
    pub low: Option<Quantity>,
    pub high: Option<Quantity>,
    pub text: Option<String>,
}

impl Range {
    pub(super) fn words(&self) -> Option<String> {
        let end = |quantity: &Option<Quantity>| quantity.as_ref().and_then(Quantity::words);
        let bounds = match (end(&self.low), end(&self.high)) {
            (Some(low), Some(high)) => Some(format!("{low} to {high}")),
            (Some(low), None) => Some(format!("{low} or more")),
            (None, Some(high)) => Some(format!("{high} or less")),
            (None, None) => None,
        };
        match (&self.text, bounds) {
            (Some(text), Some(bounds)) => Some(format!("{text} ({bounds})")),
            (text, bounds) => text.clone().or(bounds),
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Ratio {
    pub numerator: Option<Quantity>,
    pub denominator: Option<Quantity>,
}

impl Ratio {
    pub(super) fn words(&self) -> Option<String> {
        Some(format!("{} : {}", self.numerator.as_ref()?.words()?, self.denominator.as_ref()?.words()?))
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Money {
    pub value: Option<Decimal>,
    pub currency: Option<String>,
}

impl Money {
    pub(super) fn words(&self) -> Option<String> {
        let value = &self.value.as_ref()?.0;
        Some(self.currency.as_ref().map_or_else(|| value.clone(), |currency| format!("{value} {currency}")))
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Attachment {
    pub content_type: Option<String>,
    pub language: Option<String>,
    pub data: Option<String>,
    pub url: Option<String>,
    pub title: Option<String>,
    pub creation: Option<String>,
}

impl Attachment {
    /// What is said of a file where it is not shown.
    pub(super) fn words(&self) -> String {
        let kind = self.content_type.as_deref().unwrap_or_default();
        let name = self.title.as_ref().map_or_else(|| format!("A file ({kind})"), |title| format!("{title} ({kind})"));
        format!("{name}, kept with the record and not printed here")
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Annotation {
    pub text: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Narrative {
    pub div: Option<String>,
}

/// A person's name as people and practitioners have it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct HumanName {
    #[serde(rename = "use")]
    pub used_as: Option<String>,
    pub text: Option<String>,
    pub family: Option<String>,
    /// FHIR JSON writes `null` for a part that has only extensions.
    pub given: Vec<Option<String>>,
    pub prefix: Vec<Option<String>>,
    pub suffix: Vec<Option<String>>,
    pub period: Option<Period>,
}

impl HumanName {
    pub(super) fn words(&self) -> Option<String> {
        let parts = self.prefix.iter().flatten().chain(self.given.iter().flatten()).chain(&self.family);
        let parts: Vec<_> = parts.chain(self.suffix.iter().flatten()).map(String::as_str).collect();
        if parts.is_empty() { self.text.clone() } else { Some(parts.join(" ")) }
    }
}
