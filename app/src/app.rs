//! Which page answers at which address. Every page is complete when it arrives, and links and forms are the browser's own.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

use crate::{
    front_desk::{Caller, Collect, Desk, Enter, Entered, Found, Notice, Told},
    gallery::{Gallery, QuestionSample, StatusSample},
    oversight::{Oversight, Trail, Verify},
    requests::{
        AnswerPage, AskPage, CheckPage, EvidencePage, MyRequests, SentPage, StartPage, StatusPage, WithdrawPage,
    },
    sign_in::{
        AccountOpen, AccountOpened, LinkOver, Register, RegisterSent, SignInPage, SignedOut, StaffSignIn, Start,
    },
    ui::NotFound,
    worklist::{
        CaseCheckPage, CaseCopyPage, CaseIdentityPage, CasePage, CaseQuestionPage, CaseRecordsPage, CaseReleasePage,
        ChartMatchPage, HistoryPage, ItemDecisionPage, QueuePage,
    },
};

/// Everything between the header and the footer. Its type does not name the pages, so that they are compiled here and not
/// once more in each program that serves them.
#[component]
pub fn App() -> AnyView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/") view=Start ssr=SsrMode::Async/>
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
                <Route path=path!("/staff/sign-in") view=StaffSignIn ssr=SsrMode::Async/>
                <Route path=path!("/signed-out") view=SignedOut ssr=SsrMode::Async/>
                <Route path=path!("/register") view=Register ssr=SsrMode::Async/>
                <Route path=path!("/register/sent") view=RegisterSent ssr=SsrMode::Async/>
                <Route path=path!("/account/open") view=AccountOpen ssr=SsrMode::Async/>
                <Route path=path!("/account/opened") view=AccountOpened ssr=SsrMode::Async/>
                <Route path=path!("/account/link-over") view=LinkOver ssr=SsrMode::Async/>
                <Route path=path!("/worklist") view=QueuePage ssr=SsrMode::Async/>
                <Route path=path!("/worklist/:request") view=CasePage ssr=SsrMode::Async/>
                <Route path=path!("/worklist/:request/identity") view=CaseIdentityPage ssr=SsrMode::Async/>
                <Route path=path!("/worklist/:request/chart") view=ChartMatchPage ssr=SsrMode::Async/>
                <Route path=path!("/worklist/:request/question") view=CaseQuestionPage ssr=SsrMode::Async/>
                <Route path=path!("/worklist/:request/records") view=CaseRecordsPage ssr=SsrMode::Async/>
                <Route path=path!("/worklist/:request/records/:item") view=ItemDecisionPage ssr=SsrMode::Async/>
                <Route path=path!("/worklist/:request/copy") view=CaseCopyPage ssr=SsrMode::Async/>
                <Route path=path!("/worklist/:request/check") view=CaseCheckPage ssr=SsrMode::Async/>
                <Route path=path!("/worklist/:request/release") view=CaseReleasePage ssr=SsrMode::Async/>
                <Route path=path!("/worklist/:request/history") view=HistoryPage ssr=SsrMode::Async/>
                <Route path=path!("/requests") view=MyRequests ssr=SsrMode::Async/>
                <Route path=path!("/requests/new") view=StartPage ssr=SsrMode::Async/>
                <Route path=path!("/requests/:request") view=StatusPage ssr=SsrMode::Async/>
                <Route path=path!("/requests/:request/ask/check") view=CheckPage ssr=SsrMode::Async/>
                <Route path=path!("/requests/:request/ask/:step") view=AskPage ssr=SsrMode::Async/>
                <Route path=path!("/requests/:request/sent") view=SentPage ssr=SsrMode::Async/>
                <Route path=path!("/requests/:request/answer") view=AnswerPage ssr=SsrMode::Async/>
                <Route path=path!("/requests/:request/evidence") view=EvidencePage ssr=SsrMode::Async/>
                <Route path=path!("/requests/:request/withdraw") view=WithdrawPage ssr=SsrMode::Async/>
                <Route path=path!("/front-desk") view=Desk ssr=SsrMode::Async/>
                <Route path=path!("/front-desk/found") view=Found ssr=SsrMode::Async/>
                <Route path=path!("/front-desk/caller") view=Caller ssr=SsrMode::Async/>
                <Route path=path!("/front-desk/told") view=Told ssr=SsrMode::Async/>
                <Route path=path!("/front-desk/collect/:request") view=Collect ssr=SsrMode::Async/>
                <Route path=path!("/front-desk/enter") view=Enter ssr=SsrMode::Async/>
                <Route path=path!("/front-desk/entered/:request") view=Entered ssr=SsrMode::Async/>
                <Route path=path!("/front-desk/notices/:notice") view=Notice ssr=SsrMode::Async/>
                <Route path=path!("/oversight") view=Oversight ssr=SsrMode::Async/>
                <Route path=path!("/oversight/trail") view=Trail ssr=SsrMode::Async/>
                <Route path=path!("/oversight/verify") view=Verify ssr=SsrMode::Async/>
                <Route path=path!("/gallery") view=Gallery ssr=SsrMode::Async/>
                <Route path=path!("/gallery/status") view=StatusSample ssr=SsrMode::Async/>
                <Route path=path!("/gallery/question") view=QuestionSample ssr=SsrMode::Async/>
            </Routes>
        </Router>
    }
    .into_any()
}
