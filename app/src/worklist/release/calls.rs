//! What the release's page asks of the office, and what its forms post: one line each.

use domain::shown::worklist::ReleasePage;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {crate::desk, office::worklist as office};

use crate::problem::Problem;

#[server(name = ReleaseCall, endpoint = "worklist/release")]
pub async fn look_at_release(#[server(default)] request: String) -> Result<ReleasePage, Problem> {
    desk::look(office::LookAtRelease::parse(&request)).await
}

/// Leads to the bytes, under the opening that was recorded. It has no key: every printing is an opening of its own.
#[server(name = PrintCopyCall, endpoint = "worklist/print-copy")]
pub async fn print_copy(
    #[server(default)] request: String,
    #[server(default)] position: String,
) -> Result<(), Problem> {
    let page = format!("/worklist/{request}/release");
    let to = |opened: &office::Opening| format!("/evidence/{}/{}", opened.facility, opened.opening);
    desk::carry_out(&page, to, office::PrintCopy::parse(&request, &position)).await.map(drop)
}
