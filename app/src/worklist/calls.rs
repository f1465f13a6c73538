//! What the pages ask of the office, and what their forms post: one line each.

use domain::{
    ids::RequestId,
    shown::worklist::{Case, ChartPage, History, IdentityPage, ItemPage, QuestionPage, Queue, RecordsPage},
};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {crate::desk, office::worklist as office};

use crate::problem::Problem;

#[server(name = QueueCall, endpoint = "worklist/queue")]
pub async fn look_at_queue(
    #[server(default)] headline: String,
    #[server(default)] waiting: String,
    #[server(default)] whose: String,
    #[server(default)] late: String,
    #[server(default)] text: String,
    #[server(default)] after: String,
) -> Result<Queue, Problem> {
    let asked = office::QueueAsked { headline, waiting, whose, late, text, after };
    desk::look(Ok(office::LookAtQueue::parse(&asked))).await
}

#[server(name = CaseCall, endpoint = "worklist/case")]
pub async fn look_at_case(#[server(default)] request: String) -> Result<Case, Problem> {
    desk::look(office::LookAtCase::parse(&request)).await
}

#[server(name = HistoryCall, endpoint = "worklist/history")]
pub async fn look_at_history(#[server(default)] request: String) -> Result<History, Problem> {
    desk::look(office::LookAtHistory::parse(&request)).await
}

#[server(name = IdentityCall, endpoint = "worklist/identity")]
pub async fn look_at_identity(#[server(default)] request: String) -> Result<IdentityPage, Problem> {
    desk::look(office::LookAtIdentity::parse(&request)).await
}

#[server(name = ChartsCall, endpoint = "worklist/charts")]
pub async fn look_at_charts(
    #[server(default)] request: String,
    #[server(default)] name: String,
    #[server(default)] born: [String; 3],
    #[server(default)] record_number: String,
) -> Result<ChartPage, Problem> {
    let born = [born[0].as_str(), born[1].as_str(), born[2].as_str()];
    let typed = office::SearchTyped { name: &name, born, record_number: &record_number };
    desk::look(office::LookAtCharts::parse(&request, &typed)).await
}

#[server(name = QuestionCall, endpoint = "worklist/question")]
pub async fn look_at_question(#[server(default)] request: String) -> Result<QuestionPage, Problem> {
    desk::look(office::LookAtQuestion::parse(&request)).await
}

#[server(name = RecordsCall, endpoint = "worklist/records")]
pub async fn look_at_records(
    #[server(default)] request: String,
    #[server(default)] after: String,
) -> Result<RecordsPage, Problem> {
    desk::look(office::LookAtRecords::parse(&request, &after)).await
}

#[server(name = ItemCall, endpoint = "worklist/item")]
pub async fn look_at_item(
    #[server(default)] request: String,
    #[server(default)] item: String,
) -> Result<ItemPage, Problem> {
    desk::look(office::LookAtItem::parse(&request, &item)).await
}

#[server(name = ClaimCall, endpoint = "worklist/claim")]
pub async fn claim(#[server(default)] request: String) -> Result<RequestId, Problem> {
    let page = format!("/worklist/{request}");
    desk::carry_out(&page, |id| format!("/worklist/{id}"), office::ClaimRequest::parse(&request)).await
}

#[server(name = ClaimNextCall, endpoint = "worklist/claim-next")]
pub async fn claim_next() -> Result<Option<RequestId>, Problem> {
    let next = |id: &Option<RequestId>| id.map_or("/worklist?next=none".to_owned(), |id| format!("/worklist/{id}"));
    desk::carry_out("/worklist", next, Ok(office::ClaimNext)).await
}

#[server(name = TakeOverCall, endpoint = "worklist/take-over")]
pub async fn take_over(#[server(default)] request: String, #[server(default)] reason: String) -> Result<(), Problem> {
    let page = format!("/worklist/{request}");
    desk::carry_out(&page, |()| page.clone(), office::TakeOver::parse(&request, &reason)).await
}

#[server(name = PutBackCall, endpoint = "worklist/put-back")]
pub async fn put_back(#[server(default)] request: String, #[server(default)] reason: String) -> Result<(), Problem> {
    let page = format!("/worklist/{request}");
    desk::carry_out(&page, |()| "/worklist".to_owned(), office::PutBack::parse(&request, &reason)).await
}

#[server(name = VerifyIdentityCall, endpoint = "worklist/verify-identity")]
pub async fn verify_identity(
    #[server(default)] request: String,
    #[server(default)] version: String,
    #[server(default)] method: String,
    #[server(default)] evidence: String,
    #[server(default)] evidence_name: String,
    #[server(default)] matched: Vec<String>,
) -> Result<(), Problem> {
    let page = format!("/worklist/{request}/identity");
    let typed = office::IdentityTyped {
        method: &method,
        evidence: &evidence,
        evidence_name: &evidence_name,
        matched: &matched,
    };
    desk::carry_out(&page, |()| page.clone(), office::VerifyIdentity::parse(&request, &version, &typed)).await
}

#[server(name = WithdrawIdentityCall, endpoint = "worklist/withdraw-identity")]
pub async fn withdraw_identity(
    #[server(default)] request: String,
    #[server(default)] version: String,
) -> Result<(), Problem> {
    let page = format!("/worklist/{request}/identity");
    desk::carry_out(&page, |()| page.clone(), office::WithdrawIdentity::parse(&request, &version)).await
}

#[server(name = MatchChartCall, endpoint = "worklist/match-chart")]
pub async fn match_chart(
    #[server(default)] request: String,
    #[server(default)] version: String,
    #[server(default)] patient: String,
) -> Result<(), Problem> {
    let page = format!("/worklist/{request}/chart");
    desk::carry_out(&page, |()| page.clone(), office::MatchChart::parse(&request, &version, &patient)).await
}

#[server(name = UnmatchChartCall, endpoint = "worklist/unmatch-chart")]
pub async fn unmatch_chart(
    #[server(default)] request: String,
    #[server(default)] version: String,
) -> Result<(), Problem> {
    let page = format!("/worklist/{request}/chart");
    desk::carry_out(&page, |()| page.clone(), office::UnmatchChart::parse(&request, &version)).await
}

#[server(name = AskCall, endpoint = "worklist/ask")]
pub async fn ask(
    #[server(default)] request: String,
    #[server(default)] reason: String,
    #[server(default)] message: String,
    #[server(default)] ways: Vec<String>,
) -> Result<(), Problem> {
    let page = format!("/worklist/{request}/question");
    desk::carry_out(&page, |()| page.clone(), office::AskQuestion::parse(&request, &reason, &message, &ways)).await
}

#[server(name = RecordAnswerCall, endpoint = "worklist/record-answer")]
pub async fn record_answer(
    #[server(default)] request: String,
    #[server(default)] question: String,
    #[server(default)] version: String,
    #[server(default)] answer: String,
) -> Result<(), Problem> {
    let page = format!("/worklist/{request}/question");
    let next = format!("/worklist/{request}");
    desk::carry_out(&page, |()| next, office::RecordAnswer::parse(&request, &question, &version, &answer)).await
}

#[server(name = LocateCall, endpoint = "worklist/locate")]
pub async fn locate(#[server(default)] request: String, #[server(default)] items: Vec<String>) -> Result<(), Problem> {
    let page = format!("/worklist/{request}/records");
    desk::carry_out(&page, |()| page.clone(), office::LocateItems::parse(&request, &items)).await
}

#[server(name = ApproveCall, endpoint = "worklist/approve")]
pub async fn approve(#[server(default)] request: String, #[server(default)] items: Vec<String>) -> Result<(), Problem> {
    let page = format!("/worklist/{request}/records");
    desk::carry_out(&page, |()| page.clone(), office::ApproveItems::parse(&request, &items)).await
}

#[server(name = ReopenCall, endpoint = "worklist/reopen")]
pub async fn reopen(#[server(default)] request: String, #[server(default)] item: String) -> Result<(), Problem> {
    let page = format!("/worklist/{request}/records");
    desk::carry_out(&page, |()| page.clone(), office::ReopenDecision::parse(&request, &item)).await
}

#[server(name = LeaveOutCall, endpoint = "worklist/leave-out")]
pub async fn leave_out(
    #[server(default)] request: String,
    #[server(default)] document: String,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    let page = format!("/worklist/{request}/records");
    desk::carry_out(&page, |()| page.clone(), office::LeaveOutDocument::parse(&request, &document, &reason)).await
}

#[server(name = TakeInCall, endpoint = "worklist/take-in")]
pub async fn take_in(#[server(default)] request: String, #[server(default)] document: String) -> Result<(), Problem> {
    let page = format!("/worklist/{request}/records");
    desk::carry_out(&page, |()| page.clone(), office::TakeInDocument::parse(&request, &document)).await
}

/// The page of the item that a form names with its version.
#[cfg(feature = "ssr")]
fn page_of(request: &str, item: &str) -> String {
    let id = item.split_once(':').map_or(item, |(id, _)| id);
    format!("/worklist/{request}/records/{id}")
}

#[server(name = NotFoundCall, endpoint = "worklist/not-found")]
pub async fn not_found(
    #[server(default)] request: String,
    #[server(default)] item: String,
    #[server(default)] systems: String,
    #[server(default)] names: String,
    #[server(default)] birth_dates: String,
    #[server(default)] off_site: String,
    #[server(default)] note: String,
) -> Result<(), Problem> {
    let (page, next) = (page_of(&request, &item), format!("/worklist/{request}/records"));
    let log = office::SearchLogTyped { systems, names, birth_dates, off_site, note };
    desk::carry_out(&page, |()| next, office::ItemNotFound::parse(&request, &item, log)).await
}

#[server(name = ExpandCall, endpoint = "worklist/expand")]
pub async fn expand(
    #[server(default)] request: String,
    #[server(default)] item: String,
    #[server(default)] systems: String,
    #[server(default)] names: String,
    #[server(default)] birth_dates: String,
    #[server(default)] off_site: String,
    #[server(default)] note: String,
) -> Result<(), Problem> {
    let (page, next) = (page_of(&request, &item), format!("/worklist/{request}/records"));
    let log = office::SearchLogTyped { systems, names, birth_dates, off_site, note };
    desk::carry_out(&page, |()| next, office::ExpandItem::parse(&request, &item, log)).await
}

#[server(name = HeldElsewhereCall, endpoint = "worklist/held-elsewhere")]
pub async fn held_elsewhere(
    #[server(default)] request: String,
    #[server(default)] item: String,
    #[server(default)] held_by: String,
    #[server(default)] how_to_reach: String,
) -> Result<(), Problem> {
    let (page, next) = (page_of(&request, &item), format!("/worklist/{request}/records"));
    let act = office::ItemHeldElsewhere::parse(&request, &item, &held_by, &how_to_reach);
    desk::carry_out(&page, |()| next, act).await
}

/// Leads to the bytes, under the opening that was recorded. It has no key: every reading is an opening of its own.
#[server(name = OpenDocumentCall, endpoint = "worklist/open-document")]
pub async fn open_document(
    #[server(default)] request: String,
    #[server(default)] document: String,
) -> Result<(), Problem> {
    let page = format!("/worklist/{request}/records");
    let to = |opened: &office::Opening| format!("/evidence/{}/{}", opened.facility, opened.opening);
    desk::carry_out(&page, to, office::OpenDocument::parse(&request, &document)).await.map(drop)
}
