//! What the pages ask of the office, and what their forms post: one line each.

#![expect(clippy::too_many_arguments, reason = "a form's fields arrive one by one, as text")]

use domain::{
    ids::RequestId,
    shown::requests::{Asking, Check, Mine, One, Saved, Start},
};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::desk,
    domain::ask::{Answer, AskStep},
    office::requests as office,
};

use crate::problem::Problem;

#[server(name = MyRequestsCall, endpoint = "requests/mine")]
pub async fn my_requests() -> Result<Mine, Problem> {
    desk::look(Ok(office::MyRequests)).await
}

#[server(name = StartPageCall, endpoint = "requests/start-page")]
pub async fn start_page() -> Result<Start, Problem> {
    desk::look(Ok(office::StartPage)).await
}

#[server(name = AskPageCall, endpoint = "requests/ask-page")]
pub async fn ask_page(#[server(default)] request: String, #[server(default)] step: String) -> Result<Asking, Problem> {
    desk::look(office::AskPage::parse(&request, &step)).await
}

#[server(name = CheckPageCall, endpoint = "requests/check-page")]
pub async fn check_page(#[server(default)] request: String) -> Result<Check, Problem> {
    desk::look(office::CheckPage::parse(&request)).await
}

#[server(name = OneRequestCall, endpoint = "requests/one")]
pub async fn one_request(#[server(default)] request: String) -> Result<One, Problem> {
    desk::look(office::OneRequest::parse(&request)).await
}

#[server(name = StartRequestCall, endpoint = "requests/start")]
pub async fn start_request(#[server(default)] facility: String) -> Result<RequestId, Problem> {
    let act = office::StartRequest::parse(&facility, desk::visit()?.language);
    desk::carry_out("/requests/new", |id| format!("/requests/{id}/ask/name"), act).await
}

/// Keeps an answer; leads on, back to the answers where one was changed, or to the list.
#[cfg(feature = "ssr")]
async fn save(request: &str, change: &str, later: &str, answer: Answer) -> Result<Saved, Problem> {
    let page = format!("/requests/{request}/ask/{}", answer.step().code());
    let next = |saved: &Saved| match saved.next {
        _ if !later.is_empty() => "/requests".to_owned(),
        Some(next) if change.is_empty() => format!("/requests/{}/ask/{}", saved.id, AskStep::code(next)),
        _ => format!("/requests/{}/ask/check", saved.id),
    };
    desk::carry_out(&page, next, office::SaveAnswer::parse(request, answer)).await
}

#[server(name = SaveNameCall, endpoint = "requests/save-name")]
pub async fn save_name(
    #[server(default)] request: String,
    #[server(default)] change: String,
    #[server(default)] later: String,
    #[server(default)] name: String,
    #[server(default)] former_names: String,
) -> Result<Saved, Problem> {
    save(&request, &change, &later, Answer::Name { name, former_names }).await
}

#[server(name = SaveBirthDateCall, endpoint = "requests/save-birth-date")]
pub async fn save_birth_date(
    #[server(default)] request: String,
    #[server(default)] change: String,
    #[server(default)] later: String,
    #[server(default)] birth_month: String,
    #[server(default)] birth_day: String,
    #[server(default)] birth_year: String,
) -> Result<Saved, Problem> {
    save(&request, &change, &later, Answer::BirthDate([birth_month, birth_day, birth_year])).await
}

#[server(name = SaveContactCall, endpoint = "requests/save-contact")]
pub async fn save_contact(
    #[server(default)] request: String,
    #[server(default)] change: String,
    #[server(default)] later: String,
    #[server(default)] email: String,
    #[server(default)] phone: String,
    #[server(default)] line1: String,
    #[server(default)] line2: String,
    #[server(default)] city: String,
    #[server(default)] state: String,
    #[server(default)] zip: String,
) -> Result<Saved, Problem> {
    let postal = [line1, line2, city, state, zip];
    save(&request, &change, &later, Answer::Contact { email, phone, postal }).await
}

#[server(name = SaveRecordsCall, endpoint = "requests/save-records")]
pub async fn save_records(
    #[server(default)] request: String,
    #[server(default)] change: String,
    #[server(default)] later: String,
    #[server(default)] scope: String,
    #[server(default)] categories: Vec<String>,
) -> Result<Saved, Problem> {
    save(&request, &change, &later, Answer::Records { scope, categories }).await
}

#[server(name = SaveDatesCall, endpoint = "requests/save-dates")]
pub async fn save_dates(
    #[server(default)] request: String,
    #[server(default)] change: String,
    #[server(default)] later: String,
    #[server(default)] dates: String,
    #[server(default)] from_month: String,
    #[server(default)] from_day: String,
    #[server(default)] from_year: String,
    #[server(default)] to_month: String,
    #[server(default)] to_day: String,
    #[server(default)] to_year: String,
) -> Result<Saved, Problem> {
    let (from, to) = ([from_month, from_day, from_year], [to_month, to_day, to_year]);
    save(&request, &change, &later, Answer::Dates { preset: dates, from, to }).await
}

#[server(name = SaveDeliveryCall, endpoint = "requests/save-delivery")]
pub async fn save_delivery(
    #[server(default)] request: String,
    #[server(default)] change: String,
    #[server(default)] later: String,
    #[server(default)] delivery: String,
) -> Result<Saved, Problem> {
    save(&request, &change, &later, Answer::Delivery(delivery)).await
}

#[server(name = SaveHelpCall, endpoint = "requests/save-help")]
pub async fn save_help(
    #[server(default)] request: String,
    #[server(default)] change: String,
    #[server(default)] later: String,
    #[server(default)] help: String,
) -> Result<Saved, Problem> {
    save(&request, &change, &later, Answer::Help(help)).await
}

#[server(name = SubmitRequestCall, endpoint = "requests/submit")]
pub async fn submit_request(
    #[server(default)] request: String,
    #[server(default)] version: String,
    #[server(default)] signed_name: String,
) -> Result<RequestId, Problem> {
    let act = office::SubmitRequest::parse(&request, &version, signed_name, desk::visit()?.language);
    desk::carry_out(&format!("/requests/{request}/ask/check"), |id| format!("/requests/{id}/sent"), act).await
}

#[server(name = AnswerQuestionCall, endpoint = "requests/answer")]
pub async fn answer_question(
    #[server(default)] request: String,
    #[server(default)] question: String,
    #[server(default)] version: String,
    #[server(default)] answer: String,
) -> Result<RequestId, Problem> {
    let act = office::AnswerQuestion::parse(&request, &question, &version, &answer);
    desk::carry_out(&format!("/requests/{request}/answer"), |id| format!("/requests/{id}"), act).await
}

#[server(name = WithdrawRequestCall, endpoint = "requests/withdraw")]
pub async fn withdraw_request(
    #[server(default)] request: String,
    #[server(default)] version: String,
) -> Result<RequestId, Problem> {
    let act = office::WithdrawRequest::parse(&request, &version);
    desk::carry_out(&format!("/requests/{request}/withdraw"), |id| format!("/requests/{id}"), act).await
}

#[server(name = UndoWithdrawalCall, endpoint = "requests/undo-withdrawal")]
pub async fn undo_withdrawal(
    #[server(default)] request: String,
    #[server(default)] version: String,
) -> Result<RequestId, Problem> {
    let act = office::UndoWithdrawal::parse(&request, &version);
    desk::carry_out(&format!("/requests/{request}"), |id| format!("/requests/{id}"), act).await
}

/// Leads to the bytes, under the opening that was recorded. It has no key: every reading is an opening of its own.
#[server(name = OpenCopyCall, endpoint = "requests/open-copy")]
pub async fn open_copy(#[server(default)] request: String, #[server(default)] position: String) -> Result<(), Problem> {
    let to = |opened: &office::CopyOpening| format!("/copies/{}/{}", opened.facility, opened.opening);
    desk::carry_out(&format!("/requests/{request}"), to, office::OpenCopy::parse(&request, &position)).await.map(drop)
}

#[server(name = ConfirmCompleteCall, endpoint = "requests/confirm-complete")]
pub async fn confirm_complete(
    #[server(default)] request: String,
    #[server(default)] version: String,
) -> Result<RequestId, Problem> {
    let act = office::ConfirmComplete::parse(&request, &version);
    desk::carry_out(&format!("/requests/{request}"), |id| format!("/requests/{id}"), act).await
}
