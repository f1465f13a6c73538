//! How a page of the patient's side comes by what it shows. A request that was sent meanwhile leads to where it stands.

use std::future::Future;

use domain::refusal::Refusal;
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use super::tried::Tried;
use crate::{
    around::Around,
    problem::Problem,
    ui::{self, ButtonLink, Page, asked, param},
};

/// The request in the page's address.
pub(super) fn request() -> String {
    param("request")
}

/// Whether one answer is changed, to come straight back to all of them.
pub(super) fn changing() -> bool {
    !asked("change").is_empty()
}

pub(super) fn loaded<T, F>(read: F, view: fn(T, Tried) -> AnyView) -> impl IntoView
where
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, Problem>> + Send + 'static,
{
    ui::loaded_or(read, move |shown, tried| view(shown, tried.into()), already_sent)
}

fn already_sent(problem: &Problem) -> Option<AnyView> {
    if !matches!(problem, Problem::Refused(code) if code == Refusal::AlreadySent.code()) {
        return None;
    }
    let check = &Around::here().words().requests.check;
    Some(
        view! {
            <Page title=check.already_sent>
                <p class="lead">{check.already_sent_text}</p>
                <ButtonLink text=check.follow address=format!("/requests/{}", request())/>
            </Page>
        }
        .into_any(),
    )
}
