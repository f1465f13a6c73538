//! What the check asks of the office, and what its forms post: one line each.

use domain::shown::worklist::CheckPage;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {crate::desk, office::worklist as office};

use crate::problem::Problem;

#[server(name = CheckCall, endpoint = "worklist/check")]
pub async fn look_at_check(
    #[server(default)] request: String,
    #[server(default)] page: String,
) -> Result<CheckPage, Problem> {
    desk::look(office::LookAtCheck::parse(&request, &page)).await
}

/// Leads to the next page that was not seen; after the last one it stays, where the copy can now be released.
#[server(name = SeePageCall, endpoint = "worklist/see-page")]
pub async fn see_page(
    #[server(default)] request: String,
    #[server(default)] version: String,
    #[server(default)] page: String,
) -> Result<(), Problem> {
    let here = format!("/worklist/{request}/check?page={page}");
    let next = |next: &Option<u32>| {
        next.map_or_else(|| here.clone(), |next| format!("/worklist/{request}/check?page={next}")) + "#copy-page"
    };
    desk::carry_out(&here, next, office::SeePage::parse(&request, &version, &page)).await.map(drop)
}

#[server(name = ReleasePackageCall, endpoint = "worklist/release-package")]
pub async fn release_package(
    #[server(default)] request: String,
    #[server(default)] version: String,
) -> Result<(), Problem> {
    let (page, next) = (format!("/worklist/{request}/check"), format!("/worklist/{request}/release"));
    desk::carry_out(&page, |()| next, office::ReleasePackage::parse(&request, &version)).await
}

#[server(name = ReturnPackageCall, endpoint = "worklist/return-package")]
pub async fn return_package(
    #[server(default)] request: String,
    #[server(default)] version: String,
    #[server(default)] codes: Vec<String>,
    #[server(default)] page: String,
    #[server(default)] note: String,
) -> Result<(), Problem> {
    let (here, next) = (format!("/worklist/{request}/check"), format!("/worklist/{request}/copy"));
    let act = office::ReturnPackage::parse(&request, &version, &codes, &page, &note);
    desk::carry_out(&here, |()| next, act).await
}
