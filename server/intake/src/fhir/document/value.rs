//! The value of an observation, in words: exactly the digits, the unit and the range that the source states.

use serde::{Deserialize, de::IgnoredAny};

use crate::fhir::{
    element::{Attachment, Coding, Concept, Decimal, Period, Quantity, Range, Ratio, Reference, words},
    entry::Entry,
    reading::Reading,
    refused::{Reason, Refused},
};

/// What an observation and each of its components say.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Valued {
    pub code: Concept,
    value_quantity: Option<Quantity>,
    value_codeable_concept: Option<Concept>,
    value_coding: Option<Coding>,
    value_string: Option<String>,
    value_boolean: Option<bool>,
    value_integer: Option<Decimal>,
    value_decimal: Option<Decimal>,
    value_date: Option<String>,
    value_range: Option<Range>,
    value_ratio: Option<Ratio>,
    value_time: Option<String>,
    value_date_time: Option<String>,
    value_period: Option<Period>,
    value_sampled_data: Option<IgnoredAny>,
    value_attachment: Option<Attachment>,
    value_reference: Option<Reference>,
    value_uri: Option<String>,
    data_absent_reason: Option<Concept>,
    interpretation: Vec<Concept>,
    reference_range: Vec<Range>,
}

/// One line of results.
pub(super) struct Line {
    pub name: String,
    pub value: String,
    pub unit: String,
    pub range: String,
    pub flag: String,
}

impl Valued {
    /// From a component of an observation, or an answer to a question, as it stands there.
    pub(super) fn of_part(entry: &Entry, raw: &str) -> Result<Self, Refused> {
        serde_json::from_str(raw).map_err(|_| entry.refuse(Reason::WrongType))
    }

    pub(super) fn name(&self) -> String {
        self.code.words().unwrap_or("Not named").to_owned()
    }

    /// Nothing where neither a value nor a reason for its absence is stated.
    pub(super) fn line(&self, reading: &Reading, at: usize) -> Result<Option<Line>, Refused> {
        let (value, unit) = match &self.value_quantity {
            Some(quantity) => (quantity.number(), quantity.unit().unwrap_or_default().to_owned()),
            None => (self.other_value(reading, at)?, String::new()),
        };
        let absent = || self.data_absent_reason.as_ref().and_then(Concept::words).map(str::to_owned);
        let Some(value) = value.or_else(absent) else { return Ok(None) };
        let range: Vec<_> = self.reference_range.iter().filter_map(Range::words).collect();
        let flag = words(&self.interpretation).unwrap_or_default();
        Ok(Some(Line { name: self.name(), value, unit, range: range.join("; "), flag }))
    }

    /// The value in one line, with its unit.
    pub(super) fn words(&self, reading: &Reading, at: usize) -> Result<Option<String>, Refused> {
        match &self.value_quantity {
            Some(quantity) => Ok(quantity.words()),
            None => self.other_value(reading, at),
        }
    }

    fn other_value(&self, reading: &Reading, at: usize) -> Result<Option<String>, Refused> {
        let entry = &reading.entries[at];
        if let Some(text) = &self.value_string {
            return Ok(Some(text.clone()));
        }
        if let Some(concept) = &self.value_codeable_concept {
            return Ok(concept.words().map(str::to_owned));
        }
        if let Some(yes) = self.value_boolean {
            return Ok(Some(if yes { "Yes" } else { "No" }.to_owned()));
        }
        if let Some(coding) = &self.value_coding {
            return Ok(coding.display.clone().or_else(|| coding.code.clone()));
        }
        if let Some(text) = self.value_date_time.as_ref().or(self.value_date.as_ref()) {
            return Ok(reading.moment(entry, Some(text))?.map(|moment| moment.to_string()));
        }
        if let Some(period) = &self.value_period {
            return Ok(super::draft::span_words(&reading.span(entry, Some(period))?));
        }
        if let Some(reference) = &self.value_reference {
            return reading.words(at, reference);
        }
        if let Some(file) = &self.value_attachment {
            return Ok(Some(file.words()));
        }
        if self.value_sampled_data.is_some() {
            return Ok(Some("A recorded curve, kept with the record and not printed here".to_owned()));
        }
        let number = self.value_integer.as_ref().or(self.value_decimal.as_ref()).map(|number| number.0.clone());
        let range = || self.value_range.as_ref().and_then(Range::words);
        let ratio = || self.value_ratio.as_ref().and_then(Ratio::words);
        let text = || self.value_time.clone().or_else(|| self.value_uri.clone());
        Ok(number.or_else(range).or_else(ratio).or_else(text))
    }
}
