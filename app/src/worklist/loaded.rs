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
    ui::{NotFound, Page},
};

/// A part of the page's address.
pub(super) fn param(name: &str) -> String {
    use_params_map().get_untracked().get(name).unwrap_or_default()
}

/// What stands in the page's query.
pub(super) fn asked(name: &str) -> String {
    use_query_map().get_untracked().get(name).unwrap_or_default()
}

/// One act, and the page that it fills.
pub(super) fn loaded<T, F, V>(read: F, view: V) -> impl IntoView
where
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, Problem>> + Send + 'static,
    V: Fn(T, Tried) -> AnyView + Clone + Send + Sync + 'static,
{
    // once, however often the view is made: it is an act, with its entry on the trail
    let page = OnceResource::new(async move {
        let kept = kept().await;
        (read.await, kept)
    });
    view! {
        <Suspense fallback=|| ()>
            {move || {
                let view = view.clone();
                Suspend::new(async move {
                    match page.await {
                        (Ok(shown), kept) => view(shown, Tried::new(kept)),
                        (Err(problem), _) => instead(&problem),
                    }
                })
            }}
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
    let said = |code: &str| {
        let text = sentence(code, around.language);
        view! { <Page title=around.words().worklist.place><p class="lead">{text}</p></Page> }.into_any()
    };
    match problem {
        Problem::Refused(_) => view! { <NotFound/> }.into_any(),
        // on the way to the sign-in page
        Problem::SignInAgain => ().into_any(),
        Problem::Fault { reference } => said(&format!("fault:{reference}")),
        Problem::Form(_) | Problem::Unreachable => said("unreachable"),
    }
}
