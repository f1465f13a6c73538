//! The clerk's pages.

mod case;
mod check;
mod copy;
mod evidence;
mod queue;
mod records;
mod release;

pub use case::{Case, Fact, Happened, Head, History, Holder, May, QuestionPage, QuestionShown};
pub use check::{CheckPage, CopyPart, Outlined, PageShown, Picture, WhoseShown};
pub use copy::{
    CopyDocument, CopyPage, ErrorShown, FileShown, FindingShown, LeftOutShown, OverrideShown, PackageShown, ReturnShown,
};
pub use evidence::{Asked, Candidate, ChartPage, ChartShown, IdentityPage, IdentityShown, MatchShown, Searched, Seen};
pub use queue::{Count, Counts, Queue, QueueRow};
pub use records::{DocumentShown, ItemPage, ItemShown, RecordsPage};
pub use release::{CollectedShown, DeliveryShown, ReleasePage};
