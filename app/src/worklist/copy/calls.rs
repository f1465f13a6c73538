//! What the copy's page asks of the office, and what its forms post: one line each.

use domain::shown::worklist::CopyPage;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {crate::desk, office::worklist as office};

use crate::problem::Problem;

#[server(name = CopyCall, endpoint = "worklist/copy")]
pub async fn look_at_copy(#[server(default)] request: String) -> Result<CopyPage, Problem> {
    desk::look(office::LookAtCopy::parse(&request)).await
}

#[server(name = BuildPackageCall, endpoint = "worklist/build-package")]
pub async fn build_package(#[server(default)] request: String, #[server(default)] seen: String) -> Result<(), Problem> {
    let page = format!("/worklist/{request}/copy");
    desk::carry_out(&page, |()| page.clone(), office::BuildPackage::parse(&request, &seen)).await
}

#[server(name = OverrideFindingsCall, endpoint = "worklist/override-findings")]
pub async fn override_findings(
    #[server(default)] request: String,
    #[server(default)] version: String,
    #[server(default)] findings: Vec<String>,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    let page = format!("/worklist/{request}/copy");
    let act = office::OverrideFindings::parse(&request, &version, &findings, &reason);
    desk::carry_out(&page, |()| page.clone(), act).await
}

#[server(name = HandOverCall, endpoint = "worklist/hand-over")]
pub async fn hand_over(#[server(default)] request: String, #[server(default)] version: String) -> Result<(), Problem> {
    let page = format!("/worklist/{request}/copy");
    desk::carry_out(&page, |()| page.clone(), office::HandOver::parse(&request, &version)).await
}

#[server(name = SetAsidePackageCall, endpoint = "worklist/set-aside-package")]
pub async fn set_aside_package(
    #[server(default)] request: String,
    #[server(default)] version: String,
    #[server(default)] codes: Vec<String>,
    #[server(default)] page: String,
    #[server(default)] note: String,
) -> Result<(), Problem> {
    let here = format!("/worklist/{request}/copy");
    let act = office::SetAsidePackage::parse(&request, &version, &codes, &page, &note);
    desk::carry_out(&here, |()| here.clone(), act).await
}

/// Leads to the bytes, under the opening that was recorded. It has no key: every reading is an opening of its own.
#[server(name = OpenPackageFileCall, endpoint = "worklist/open-package-file")]
pub async fn open_package_file(
    #[server(default)] request: String,
    #[server(default)] position: String,
) -> Result<(), Problem> {
    let page = format!("/worklist/{request}/copy");
    let to = |opened: &office::Opening| format!("/evidence/{}/{}", opened.facility, opened.opening);
    desk::carry_out(&page, to, office::OpenPackageFile::parse(&request, &position)).await.map(drop)
}
