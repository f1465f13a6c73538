//! The copy: what goes in, what the press made of it and could not confirm, what the check sent back.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Head;
use crate::{
    document::{Category, DatesOfService},
    ids::{DocumentId, PackageId},
    package::{ErrorCode, FailReason, FileRole, LeaveOutReason, PackageStage, PageCheck},
    refusal::Refusal,
    version::Version,
};

/// The copy's page, for whoever works the case.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyPage {
    pub head: Head,
    /// When it was read, for an open page that asks whether it missed something: a transaction's number.
    pub as_of: i64,
    /// Why no package can be begun now, where the reader may and none is under way.
    pub missing: Option<Refusal>,
    /// The reader can begin a package now.
    pub may_build: bool,
    /// What a form that begins one carries: a list that has changed since is not built unseen.
    pub seen: String,
    /// What goes in, in the order of the copy: of the package under way or, without one, what would.
    pub documents: Vec<CopyDocument>,
    /// What of the chart does not.
    pub left_out: Vec<LeftOutShown>,
    /// Of the documents.
    pub pages: u32,
    pub bytes: u64,
    /// Nothing is given: the letter goes alone.
    pub letter_alone: bool,
    /// The latest one.
    pub package: Option<PackageShown>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyDocument {
    pub id: DocumentId,
    pub category: Category,
    pub title: String,
    pub care: DatesOfService,
    /// None: it cannot be counted before the copy is built.
    pub pages: Option<u32>,
}

/// A document that is left out of the copy, by whom and why.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOutShown {
    pub id: DocumentId,
    pub title: String,
    pub care: DatesOfService,
    pub reason: LeaveOutReason,
    pub by: String,
    pub on: Date,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageShown {
    pub id: PackageId,
    pub version: Version,
    pub stage: PackageStage,
    pub builder: String,
    pub begun_on: Date,
    /// Pages of the copy, once it is built.
    pub pages: Option<u32>,
    /// In the order in which they are given out; without the index, which nobody gets.
    pub files: Vec<FileShown>,
    pub failure: Option<FailReason>,
    /// What the page check could not confirm, by page.
    pub findings: Vec<FindingShown>,
    /// Why it was sent back.
    pub returned: Option<ReturnShown>,
    /// The reader answers for findings and hands it over.
    pub may_hand_over: bool,
    pub may_set_aside: bool,
}

/// One file of a copy.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileShown {
    /// Its place among the files; names it in forms.
    pub position: u32,
    pub role: FileRole,
    pub name: String,
    pub media_type: String,
    pub bytes: u64,
    pub pages: Option<u32>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingShown {
    /// Names it in forms.
    pub n: u32,
    /// Of the copy, from 1.
    pub page: u32,
    pub check: PageCheck,
    /// The document that the page is from; None: a page of the letter.
    pub document: Option<String>,
    pub overridden: Option<OverrideShown>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverrideShown {
    pub by: String,
    pub on: Date,
    pub reason: String,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnShown {
    pub by: String,
    pub on: Date,
    pub errors: Vec<ErrorShown>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorShown {
    pub code: ErrorCode,
    pub page: Option<u32>,
    pub note: Option<String>,
}
