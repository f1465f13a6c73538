//! The list of problems and diagnoses.

use domain::document::Category;
use serde::Deserialize;

use super::{Row, list, named, noted, shown};
use crate::fhir::{
    document::{
        draft::{Draft, Maker, span_words},
        other::besides,
    },
    element::{Annotation, Concept, Period, Quantity, Range},
    entry::Kind,
    refused::Refused,
};

pub(super) fn problems(maker: &Maker) -> Result<Option<Draft>, Refused> {
    let (reading, held) = (maker.reading, maker.of(Kind::Condition));
    let mut rows = Vec::new();
    for at in held {
        let (entry, stated) = (&reading.entries[*at], reading.entries[*at].parse::<Condition>()?);
        let onset = reading.span(entry, stated.onset_period.as_ref())?;
        let began = reading.moment(entry, stated.onset_date_time.as_deref())?.or(onset.from);
        let ended = reading.moment(entry, stated.abatement_date_time.as_deref())?;
        let ending = reading.span(entry, stated.abatement_period.as_ref())?;
        let recorded = reading.moment(entry, stated.recorded_date.as_deref())?;
        let name = named(stated.code.as_ref(), stated.verification_status.as_ref());
        let status = stated.clinical_status.as_ref().and_then(Concept::words).unwrap_or_default().to_owned();
        let at_age = |age: Option<&Quantity>, ages: Option<&Range>| {
            let age = age.and_then(Quantity::words).or_else(|| ages.and_then(Range::words));
            age.map(|age| format!("at the age of {age}"))
        };
        let began_at = at_age(stated.onset_age.as_ref(), stated.onset_range.as_ref());
        let ended_at = at_age(stated.abatement_age.as_ref(), stated.abatement_range.as_ref());
        let began_words = stated.onset_string.or_else(|| span_words(&onset)).or(began_at);
        let ended_words = stated.abatement_string.or_else(|| span_words(&ending)).or(ended_at);
        let more = besides(maker, *at, &["severity", "stage", "bodySite"])?;
        rows.push(Row {
            when: began.or(recorded),
            cells: [
                name,
                status,
                began_words.unwrap_or_else(|| shown(began)),
                ended_words.unwrap_or_else(|| shown(ended)),
                shown(recorded),
                noted(more, &stated.note),
            ],
        });
    }
    let columns = ["Problem or diagnosis", "Status", "Began", "Ended", "Recorded", "Notes"];
    list(maker, ("list:problems", Category::Problem, "Problems and diagnoses"), held, vec![(columns, rows)], true)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Condition {
    clinical_status: Option<Concept>,
    verification_status: Option<Concept>,
    code: Option<Concept>,
    onset_date_time: Option<String>,
    onset_period: Option<Period>,
    onset_string: Option<String>,
    onset_age: Option<Quantity>,
    onset_range: Option<Range>,
    abatement_date_time: Option<String>,
    abatement_period: Option<Period>,
    abatement_string: Option<String>,
    abatement_age: Option<Quantity>,
    abatement_range: Option<Range>,
    recorded_date: Option<String>,
    #[serde(default)]
    note: Vec<Annotation>,
}
