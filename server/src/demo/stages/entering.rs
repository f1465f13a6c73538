//! The front desk enters what somebody asked for in person, on the telephone or on paper, with the day on which they
//! did.

use domain::{caller::Side, ids::RequestId};
use jiff::civil::Date;
use office::{
    bytes::Kind,
    front_desk::{EnterRequest, EntryTyped, OfferForm},
};

use super::{Asker, Seated, pictures};
use crate::{
    command::Failure,
    demo::{cast::Patient, record},
};

pub(super) async fn enter(
    at: &Seated,
    patient: &Patient,
    asker: &Asker,
    channel: &str,
    received: Date,
    late_reason: &str,
    categories: &[&str],
) -> Result<RequestId, Failure> {
    let scan = if channel == "paper" { scanned(at, asker, received).await? } else { String::new() };
    let typed = EntryTyped {
        scan,
        channel: channel.to_owned(),
        received: fields(received),
        late_reason: late_reason.to_owned(),
        name: asker.name.clone(),
        birth: fields(asker.born),
        record_number: record::number_of(patient.id),
        phone: "312 555 0176".to_owned(),
        postal: [patient.street, "", "Chicago", "IL", "60601"].map(str::to_owned),
        scope: if categories.is_empty() { "everything" } else { "chosen" }.to_owned(),
        categories: categories.iter().map(|&category| category.to_owned()).collect(),
        dates: "all".to_owned(),
        language: patient.language.to_owned(),
        ..EntryTyped::default()
    };
    Ok(at.does(Ok(EnterRequest { typed })).await?.request)
}

/// The form that came, as the entry names it.
async fn scanned(at: &Seated, asker: &Asker, received: Date) -> Result<String, Failure> {
    let (facility, _) = at.sees(Ok(OfferForm)).await?;
    let form = pictures::request_form(asker, received)?;
    Ok(at.stages(Side::Staff, facility, facility.0, Kind::Form, &form).await?.blob.to_string())
}

/// Month, day, year, as the form has them.
fn fields(date: Date) -> [String; 3] {
    [date.month().to_string(), date.day().to_string(), date.year().to_string()]
}
