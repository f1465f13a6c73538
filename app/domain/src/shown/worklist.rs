//! The clerk's pages.

mod case;
mod evidence;
mod queue;
mod records;

pub use case::{Case, Fact, Happened, Head, History, Holder, May, QuestionPage, QuestionShown};
pub use evidence::{Asked, Candidate, ChartPage, ChartShown, IdentityPage, IdentityShown, MatchShown, Searched, Seen};
pub use queue::{Count, Counts, Queue, QueueRow};
pub use records::{DocumentShown, ItemPage, ItemShown, RecordsPage};
