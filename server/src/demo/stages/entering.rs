//! The front desk enters what somebody asked for in person or on the telephone, with the day on which they did.

use domain::ids::RequestId;
use jiff::civil::Date;
use office::front_desk::{EnterRequest, EntryTyped};

use super::{Asker, Seated};
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
    let typed = EntryTyped {
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

/// Month, day, year, as the form has them.
fn fields(date: Date) -> [String; 3] {
    [date.month().to_string(), date.day().to_string(), date.year().to_string()]
}
