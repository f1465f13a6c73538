//! The clerk's side: the queue, the case, who asks, whose chart, what is asked back, what is found and decided. Every
//! change needs a clerk who holds the request; every look at a chart is on the trail with whose it was.

mod ask_question;
mod at_work;
mod candidates;
mod case;
mod claim;
mod decide_item;
mod head;
mod identity;
mod item;
mod locate;
mod match_chart;
mod open_document;
mod parse;
mod question;
mod queue;
mod record_answer;
mod records;
mod release_claim;
mod reopen_decision;
mod verify_identity;

pub use ask_question::AskQuestion;
pub use candidates::{LookAtCharts, SearchTyped};
pub use case::{LookAtCase, LookAtHistory};
pub use claim::{ClaimNext, ClaimRequest};
pub use decide_item::{ApproveItems, ItemHeldElsewhere, ItemNotFound, SearchTyped as SearchLogTyped};
pub use identity::LookAtIdentity;
pub use item::LookAtItem;
pub use locate::{ExpandItem, LocateItems};
pub use match_chart::{MatchChart, UnmatchChart};
pub use open_document::{OpenDocument, Opening};
pub use question::LookAtQuestion;
pub use queue::{LookAtQueue, QueueAsked};
pub use record_answer::RecordAnswer;
pub use records::LookAtRecords;
pub use release_claim::{PutBack, TakeOver};
pub use reopen_decision::ReopenDecision;
pub use verify_identity::{IdentityTyped, VerifyIdentity, WithdrawIdentity};
