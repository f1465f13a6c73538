//! What the front desk's pages read and what their forms post.

#![expect(clippy::too_many_arguments, reason = "a form's fields arrive one by one, as text")]

use domain::shown::front_desk as shown;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::desk;
use crate::problem::Problem;
#[cfg(feature = "ssr")]
use office::front_desk as acts;

#[server(name = FrontDeskCall, endpoint = "front-desk/page")]
pub async fn front_desk() -> Result<shown::Desk, Problem> {
    desk::look(Ok(acts::FrontDeskPage)).await
}

#[server(name = LookUpCall, endpoint = "front-desk/look-up")]
pub async fn look_up(#[server(default)] words: String, #[server(default)] reason: String) -> Result<(), Problem> {
    let found = |id: &_| format!("/front-desk/found?search={id}");
    desk::carry_out("/front-desk", found, acts::LookUp::parse(&words, &reason)).await.map(|_| ())
}

#[server(name = FoundCall, endpoint = "front-desk/found")]
pub async fn found(#[server(default)] search: String) -> Result<shown::Found, Problem> {
    desk::look(acts::LookAtFound::parse(&search)).await
}

#[server(name = CallerCheckCall, endpoint = "front-desk/caller")]
pub async fn caller_check(
    #[server(default)] request: String,
    #[server(default)] search: String,
) -> Result<shown::Check, Problem> {
    desk::look(acts::CallerCheck::parse(&request, &search)).await
}

#[server(name = CheckCallerCall, endpoint = "front-desk/check-caller")]
pub async fn check_caller(
    #[server(default)] request: String,
    #[server(default)] search: String,
    #[server(default)] identifiers: Vec<String>,
) -> Result<(), Problem> {
    desk::carry_out(
        &format!("/front-desk/caller?request={request}&search={search}"),
        |id| format!("/front-desk/told?check={id}"),
        acts::CheckCaller::parse(&request, &search, &identifiers),
    )
    .await
    .map(|_| ())
}

#[server(name = ToldCall, endpoint = "front-desk/told")]
pub async fn told(#[server(default)] check: String) -> Result<shown::Told, Problem> {
    desk::look(acts::TellCaller::parse(&check)).await
}

#[server(name = EnterPageCall, endpoint = "front-desk/enter-page")]
pub async fn enter_page() -> Result<shown::Entering, Problem> {
    desk::look(Ok(acts::EnterPage)).await
}

#[server(name = EnterRequestCall, endpoint = "front-desk/enter")]
pub async fn enter_request(
    #[server(default)] channel: String,
    #[server(default)] scan: String,
    #[server(default)] received_month: String,
    #[server(default)] received_day: String,
    #[server(default)] received_year: String,
    #[server(default)] late_reason: String,
    #[server(default)] name: String,
    #[server(default)] former_names: String,
    #[server(default)] birth_month: String,
    #[server(default)] birth_day: String,
    #[server(default)] birth_year: String,
    #[server(default)] record_number: String,
    #[server(default)] email: String,
    #[server(default)] phone: String,
    #[server(default)] line1: String,
    #[server(default)] line2: String,
    #[server(default)] city: String,
    #[server(default)] state: String,
    #[server(default)] zip: String,
    #[server(default)] scope: String,
    #[server(default)] categories: Vec<String>,
    #[server(default)] dates: String,
    #[server(default)] from_month: String,
    #[server(default)] from_day: String,
    #[server(default)] from_year: String,
    #[server(default)] to_month: String,
    #[server(default)] to_day: String,
    #[server(default)] to_year: String,
    #[server(default)] language: String,
    #[server(default)] help: String,
) -> Result<(), Problem> {
    let page = if scan.is_empty() { "/front-desk/enter".to_owned() } else { format!("/front-desk/enter?scan={scan}") };
    let typed = acts::EntryTyped {
        channel,
        scan,
        received: [received_month, received_day, received_year],
        late_reason,
        name,
        former_names,
        birth: [birth_month, birth_day, birth_year],
        record_number,
        email,
        phone,
        postal: [line1, line2, city, state, zip],
        scope,
        categories,
        dates,
        from: [from_month, from_day, from_year],
        to: [to_month, to_day, to_year],
        language,
        help,
    };
    desk::carry_out(
        &page,
        |receipt: &acts::Receipt| format!("/front-desk/entered/{}", receipt.request),
        Ok(acts::EnterRequest { typed }),
    )
    .await
    .map(|_| ())
}

#[server(name = EnteredCall, endpoint = "front-desk/entered")]
pub async fn entered(#[server(default)] request: String) -> Result<shown::Entered, Problem> {
    desk::look(acts::LookAtEntered::parse(&request)).await
}

#[server(name = NoticeCall, endpoint = "front-desk/notice")]
pub async fn notice(#[server(default)] notice: String) -> Result<shown::Letter, Problem> {
    desk::look(acts::PrintNotice::parse(&notice, desk::sign_in_address())).await
}

#[server(name = MailNoticeCall, endpoint = "front-desk/mail-notice")]
pub async fn mail_notice(#[server(default)] notice: String) -> Result<(), Problem> {
    let page = format!("/front-desk/notices/{notice}");
    desk::carry_out(&page, |()| "/front-desk".to_owned(), acts::MailNotice::parse(&notice)).await
}

#[server(name = CollectPageCall, endpoint = "front-desk/collect-page")]
pub async fn collect_page(#[server(default)] request: String) -> Result<shown::Collect, Problem> {
    desk::look(acts::LookAtCollect::parse(&request)).await
}

#[server(name = CollectCopyCall, endpoint = "front-desk/collect")]
pub async fn collect_copy(
    #[server(default)] request: String,
    #[server(default)] version: String,
    #[server(default)] evidence: String,
    #[server(default)] evidence_name: String,
    #[server(default)] signed_name: String,
) -> Result<(), Problem> {
    let page = format!("/front-desk/collect/{request}");
    let act = acts::CollectCopy::parse(&request, &version, &evidence, &evidence_name, &signed_name);
    desk::carry_out(&page, |()| page.clone(), act).await
}
