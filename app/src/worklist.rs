//! The clerk's side: the queue, and a case page by page. Each page is one act and is complete without a script; what a
//! reader may do stands in what the office shows, and is asked again when it is done.

mod calls;
mod case;
mod check;
mod copy;
mod decide;
mod frame;
mod history;
mod loaded;
mod match_chart;
mod question;
mod queue;
mod records;
mod release;
mod said;
mod tried;
mod verify;

pub use self::{
    case::CasePage, check::CaseCheckPage, copy::CaseCopyPage, decide::ItemDecisionPage, history::HistoryPage,
    match_chart::ChartMatchPage, question::CaseQuestionPage, queue::QueuePage, records::CaseRecordsPage,
    release::CaseReleasePage, verify::CaseIdentityPage,
};
