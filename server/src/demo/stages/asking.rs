//! A patient asks by the portal: answers the questions, signs, sends, takes it back.

use domain::{
    ask::Answer,
    caller::Side,
    ids::{FacilityId, RequestId},
};
use office::{
    bytes::Kind,
    requests::{CheckPage, OneRequest, SaveAnswer, SendEvidence, StartRequest, SubmitRequest, WithdrawRequest},
};

use super::{Asker, Seated, pictures};
use crate::{command::Failure, demo::sign_ins::Patient};

pub(super) async fn begin(
    at: &Seated,
    patient: &Patient,
    facility: FacilityId,
    categories: &[&str],
    delivery: &str,
) -> Result<RequestId, Failure> {
    let request = at.does(StartRequest::parse(&facility.to_string(), patient.language)).await?;
    let none = || ["", "", ""].map(str::to_owned);
    let scope = if categories.is_empty() { "everything" } else { "chosen" };
    let born = patient.born();
    for answer in [
        Answer::Name { name: patient.name.to_owned(), former_names: patient.former_names() },
        Answer::BirthDate([born.month().to_string(), born.day().to_string(), born.year().to_string()]),
        Answer::Contact {
            email: patient.email.to_owned(),
            phone: "312 555 0188".to_owned(),
            postal: [patient.street(), "", "Chicago", "IL", "60601"].map(str::to_owned),
        },
        Answer::Records {
            scope: scope.to_owned(),
            categories: categories.iter().map(|&category| category.to_owned()).collect(),
        },
        Answer::Dates { preset: "all".to_owned(), from: none(), to: none() },
        Answer::Delivery(delivery.to_owned()),
        Answer::Help(String::new()),
    ] {
        at.does(SaveAnswer::parse(&request.to_string(), answer)).await?;
    }
    Ok(request)
}

pub(super) async fn send(at: &Seated, patient: &Patient, request: RequestId) -> Result<(), Failure> {
    let request = request.to_string();
    let check = at.sees(CheckPage::parse(&request)).await?;
    let signed =
        SubmitRequest::parse(&request, &check.version.0.to_string(), patient.name.to_owned(), patient.language);
    at.does(signed).await?;
    Ok(())
}

/// Sends a photo of their driver license unasked.
pub(super) async fn photograph(at: &Seated, asker: &Asker, street: &str, request: RequestId) -> Result<(), Failure> {
    let photo = pictures::driver_license(asker, street)?;
    let staged = at.stages(Side::Patient, request.facility, request.id, Kind::Evidence, &photo).await?;
    at.does(SendEvidence::parse(&request.to_string(), vec![staged], "", "")).await?;
    Ok(())
}

pub(super) async fn withdraw(at: &Seated, request: RequestId) -> Result<(), Failure> {
    let request = request.to_string();
    let shown = at.sees(OneRequest::parse(&request)).await?;
    at.does(WithdrawRequest::parse(&request, &shown.version.0.to_string())).await?;
    Ok(())
}
