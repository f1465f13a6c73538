//! A package on its way through the press: what is to be made, what was made of it, and why nothing was. The press itself
//! runs outside of any transaction; the bytes of what it makes are staged before, and attached here.

mod fail_package;
mod plan_package;
mod store_package;

use domain::{
    document::{Category, DatesOfService, Standing, Whose},
    form::DateRange,
    ids::{BlobId, FacilityId},
    item::{HeldBy, SearchLog},
    language::Language,
    number::RequestNumber,
    package::{FileRole, PageCheck},
};
use jiff::civil::Date;

pub use fail_package::FailPackage;
pub use plan_package::PlanPackage;
pub use store_package::StorePackage;

use crate::bytes::Staged;

/// What is to be made. The same package gives the same plan, whenever it is asked for.
#[derive(Clone)]
pub struct Plan {
    pub facility: Letterhead,
    pub number: RequestNumber,
    pub language: Language,
    /// Name and address, line by line.
    pub recipient: Vec<String>,
    pub patient: Whose,
    /// The day on which the package was begun.
    pub date: Date,
    /// In the order of the copy.
    pub documents: Vec<Planned>,
    /// What was asked for and is not given.
    pub not_given: Vec<NotGiven>,
    /// Beside [`Self::patient`], by which every page is checked.
    pub former_names: Vec<String>,
    pub other_record_numbers: Vec<String>,
}

/// Who answers.
#[derive(Clone)]
pub struct Letterhead {
    pub id: FacilityId,
    pub name: String,
    pub postal: String,
    pub phone: String,
    pub email: String,
    /// Who takes complaints, and how they are reached.
    pub complaints: String,
}

#[derive(Clone)]
pub struct Planned {
    pub title: String,
    pub care: DatesOfService,
    pub category: Category,
    /// Where it is not final.
    pub standing: Option<Standing>,
    pub visit: Option<Visit>,
    pub media_type: String,
    pub blob: BlobId,
    pub bytes: u64,
}

/// The visit or stay that a document belongs to.
#[derive(Clone)]
pub struct Visit {
    pub kind: String,
    pub on: Option<Date>,
    pub site: Option<String>,
}

/// A part that was asked for and is not given. No category: everything.
#[derive(Clone)]
pub struct NotGiven {
    pub category: Option<Category>,
    pub dates: DateRange,
    pub why: WhyNot,
}

#[derive(Clone)]
pub enum WhyNot {
    NotFound(SearchLog),
    HeldElsewhere(HeldBy),
}

/// One file that the press made; its bytes are staged.
pub struct BuiltFile {
    pub role: FileRole,
    pub name: String,
    pub media_type: String,
    pub pages: Option<u32>,
    pub sha256: [u8; 32],
    pub staged: Staged,
}

/// One page of the copy: the document that it is from, by its place in the plan (None: the letter), and what the page
/// check says of it. At least one thing is said of each.
#[derive(Clone)]
pub struct BuiltPage {
    pub document: Option<u32>,
    pub checks: Vec<PageCheck>,
}
