//! How a page comes by what it shows: its one act, then what a failed form left, then the view.

use std::future::Future;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde::{Serialize, de::DeserializeOwned};

use super::tried::Tried;
use crate::{
    around::Around,
    kept::Kept,
    problem::{Problem, sentence},
    ui::{ButtonLink, NotFound, Page},
};

/// The request in the page's address.
pub(super) fn request() -> String {
    use_params_map().get_untracked().get("request").unwrap_or_default()
}

pub(super) fn param(name: &str) -> String {
    use_params_map().get_untracked().get(name).unwrap_or_default()
}

/// Whether one answer is changed, to come straight back to all of them.
pub(super) fn changing() -> bool {
    use_query_map().get_untracked().get("change").is_some()
}

/// One act, and the page that it fills.
pub(super) fn loaded<T, F>(read: F, view: fn(T, Tried) -> AnyView) -> impl IntoView
where
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, Problem>> + Send + 'static,
{
    // once, however often the view is made: it is an act, with its entry on the trail
    let page = OnceResource::new(async move {
        let kept = kept().await;
        (read.await, kept)
    });
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                match page.await {
                    (Ok(shown), kept) => view(shown, Tried::new(kept)),
                    (Err(problem), _) => instead(&problem),
                }
            })}
        </Suspense>
    }
}

#[cfg(feature = "ssr")]
async fn kept() -> Kept {
    crate::desk::kept().await
}

#[cfg(not(feature = "ssr"))]
#[expect(clippy::unused_async, reason = "on the server it waits")]
async fn kept() -> Kept {
    Kept::default()
}

/// What a page says when it cannot be shown.
fn instead(problem: &Problem) -> AnyView {
    let around = Around::here();
    let words = around.words();
    let said = |code: &str| {
        let text = sentence(code, around.language);
        view! { <Page title=words.requests.place><p class="lead">{text}</p></Page> }.into_any()
    };
    match problem {
        Problem::Refused(code) if code == "already_sent" => {
            let check = &words.requests.check;
            view! {
                <Page title=check.already_sent>
                    <p class="lead">{check.already_sent_text}</p>
                    <ButtonLink text=check.follow address=format!("/requests/{}", request())/>
                </Page>
            }
            .into_any()
        }
        Problem::Refused(_) => view! { <NotFound/> }.into_any(),
        // on the way to the sign-in page
        Problem::SignInAgain => ().into_any(),
        Problem::Fault { reference } => said(&format!("fault:{reference}")),
        Problem::Form(_) | Problem::Unreachable => said("unreachable"),
    }
}
