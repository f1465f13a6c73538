//! The check: a second person sees every page of a copy, one at a time, beside what the page check says of it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{FileShown, FindingShown, Head, LeftOutShown};
use crate::{
    document::{Category, DatesOfService},
    ids::{FacilityId, PackageId},
    refusal::Refusal,
    version::Version,
};

/// One page of the copy and how far the reader is; the pages of a package that is built but not handed over, too, for
/// whoever answers for its findings.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckPage {
    pub head: Head,
    pub package: PackageId,
    pub version: Version,
    pub builder: String,
    pub handed_over_on: Option<Date>,
    /// Why the reader is not the one who checks it; None: they are.
    pub not_checker: Option<Refusal>,
    /// Whose every page must be.
    pub whose: WhoseShown,
    /// The page that was asked for, or the first that the reader has not seen.
    pub page: PageShown,
    pub pages: u32,
    pub unseen: u32,
    /// The first page after this one, or from the beginning, that the reader has not seen.
    pub next_unseen: Option<u32>,
    /// What goes with the copy.
    pub files: Vec<FileShown>,
    /// Of the files beside the copy, how many the reader has not opened.
    pub unopened: u32,
    /// What of the chart is not in it.
    pub left_out: Vec<LeftOutShown>,
    /// Where each document begins, in the order of the copy.
    pub outline: Vec<Outlined>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhoseShown {
    pub name: String,
    pub other_names: Vec<String>,
    pub born: Option<Date>,
    pub record_number: Option<String>,
}

/// One page of the copy.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageShown {
    /// From 1.
    pub n: u32,
    /// Where its picture is: the openings of the copy and of its index, in this session.
    pub picture: Picture,
    /// None: a page of the letter.
    pub document: Option<CopyPart>,
    /// Without one the page names the patient.
    pub findings: Vec<FindingShown>,
    pub seen: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub facility: FacilityId,
    pub copy: Uuid,
    pub index: Uuid,
}

impl Picture {
    /// The address of a page, from 1.
    pub fn address(&self, page: u32) -> String {
        format!("/page-images/{}/{}/{}/{page}", self.facility, self.copy, self.index)
    }
}

/// The document that a page is from.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyPart {
    pub title: String,
    pub category: Category,
    pub care: DatesOfService,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlined {
    pub title: String,
    pub care: DatesOfService,
    /// Its first page in the copy.
    pub page: u32,
    /// Of its pages, how many the reader has not seen.
    pub unseen: u32,
}
