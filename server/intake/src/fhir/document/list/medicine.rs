//! The list of medicines: prescribed, reported as taken, handed out, given.

use domain::document::Category;
use serde::Deserialize;

use super::{Row, list, notes, shown};
use crate::fhir::{
    chart::Span,
    document::draft::{Draft, Maker, span_words},
    element::{Annotation, Concept, Decimal, OneOrMany, Period, Quantity, Reference, words},
    entry::Kind,
    refused::Refused,
};

pub(super) fn medicines(maker: &Maker) -> Result<Option<Draft>, Refused> {
    let reading = maker.reading;
    let kinds = [
        (Kind::MedicationRequest, "Prescribed medicine"),
        (Kind::MedicationStatement, "Medicine reported as taken"),
        (Kind::MedicationDispense, "Medicine handed out"),
        (Kind::MedicationAdministration, "Medicine given"),
    ];
    let (mut made_of, mut tables) = (Vec::new(), Vec::new());
    for (kind, title) in kinds {
        let mut rows = Vec::new();
        for at in maker.of(kind) {
            let (entry, stated) = (&reading.entries[*at], reading.entries[*at].parse::<Medication>()?);
            let period = stated.effective_period.as_ref();
            let span = reading.span(entry, period)?;
            let dates =
                [&stated.authored_on, &stated.effective_date_time, &stated.when_handed_over, &stated.date_asserted];
            let mut when = span.from;
            for date in dates {
                when = when.or(reading.moment(entry, date.as_deref())?);
            }
            let named = match (&stated.medication_codeable_concept, &stated.medication_reference) {
                (Some(concept), _) => concept.words().map(str::to_owned),
                (None, Some(reference)) => {
                    made_of.extend(
                        reading
                            .linked(*at, reference)?
                            .filter(|found| reading.entries[*found].type_name == "Medication"),
                    );
                    reading.words(*at, reference)?
                }
                (None, None) => None,
            };
            let reason = words(&stated.reason_code).or(reading.all_words(*at, &stated.reason_reference)?);
            let dose = stated.dosage_instruction.iter().chain(&stated.dosage.0).map(Dosage::words);
            let dose: Vec<_> =
                dose.chain(stated.quantity.as_ref().and_then(Quantity::words)).filter(|d| !d.is_empty()).collect();
            let medicine = named.unwrap_or_else(|| "Not named".to_owned());
            rows.push(Row {
                when,
                cells: [
                    if stated.do_not_perform { format!("Do NOT give: {medicine}") } else { medicine },
                    dose.join("; "),
                    stated.status.unwrap_or_default().replace('-', " "),
                    if span == Span::default() { shown(when) } else { dates_of(&span) },
                    reason.unwrap_or_default(),
                    notes(&stated.note),
                ],
            });
            made_of.push(*at);
        }
        tables.push(([title, "How to take it", "Status", "Date", "Reason", "Notes"], rows));
    }
    list(maker, ("list:medications", Category::Medication, "Medicines"), &made_of, tables, true)
}

/// From when to when; of an end alone that it is one.
fn dates_of(span: &Span) -> String {
    match (span.from, span.to) {
        (None, Some(to)) => format!("until {to}"),
        _ => span_words(span).unwrap_or_default(),
    }
}

/// How a medicine is taken: the words that the prescriber wrote; where there are none, the dose and how often.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Dosage {
    text: Option<String>,
    patient_instruction: Option<String>,
    as_needed_boolean: Option<bool>,
    route: Option<Concept>,
    timing: Option<Timing>,
    dose_and_rate: Vec<Dose>,
    /// Of a dose that was given.
    dose: Option<Quantity>,
}

impl Dosage {
    fn words(&self) -> String {
        if let Some(text) = self.text.as_ref().or(self.patient_instruction.as_ref()) {
            return text.clone();
        }
        let dose = self.dose_and_rate.iter().filter_map(|dose| dose.dose_quantity.as_ref()).chain(&self.dose);
        let dose = dose.filter_map(Quantity::words).map(|dose| format!("dose {dose}"));
        let route = self.route.as_ref().and_then(Concept::words).map(str::to_owned);
        let timing = self.timing.as_ref().and_then(Timing::words);
        let as_needed = self.as_needed_boolean.filter(|as_needed| *as_needed).map(|_| "as needed".to_owned());
        dose.chain(route).chain(timing).chain(as_needed).collect::<Vec<_>>().join(", ")
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Dose {
    dose_quantity: Option<Quantity>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Timing {
    code: Option<Concept>,
    repeat: Option<Repeat>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Repeat {
    frequency: Option<Decimal>,
    period: Option<Decimal>,
    period_unit: Option<String>,
}

impl Timing {
    fn words(&self) -> Option<String> {
        if let Some(words) = self.code.as_ref().and_then(Concept::words) {
            return Some(words.to_owned());
        }
        let repeat = self.repeat.as_ref()?;
        let unit = match repeat.period_unit.as_deref()? {
            "s" => "second",
            "min" => "minute",
            "h" => "hour",
            "d" => "day",
            "wk" => "week",
            "mo" => "month",
            "a" => "year",
            _ => return None,
        };
        let (times, every) = (&repeat.frequency.as_ref()?.0, &repeat.period.as_ref()?.0);
        Some(if every == "1" { format!("{times} per {unit}") } else { format!("{times} every {every} {unit}s") })
    }
}

#[expect(clippy::struct_field_names, reason = "the names are FHIR's")]
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Medication {
    status: Option<String>,
    #[serde(default)]
    do_not_perform: bool,
    medication_codeable_concept: Option<Concept>,
    medication_reference: Option<Reference>,
    authored_on: Option<String>,
    effective_date_time: Option<String>,
    effective_period: Option<Period>,
    when_handed_over: Option<String>,
    date_asserted: Option<String>,
    #[serde(default)]
    reason_code: Vec<Concept>,
    #[serde(default)]
    reason_reference: Vec<Reference>,
    #[serde(default)]
    dosage_instruction: Vec<Dosage>,
    #[serde(default)]
    dosage: OneOrMany<Dosage>,
    quantity: Option<Quantity>,
    #[serde(default)]
    note: Vec<Annotation>,
}
