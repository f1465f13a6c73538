//! How a page comes by what it shows: its one act, then what a failed form left, then the view. And what stands there
//! where the act was refused or did not come to its end.

use std::future::Future;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde::{Serialize, de::DeserializeOwned};

use super::{NotFound, Page, Tried};
use crate::{
    around::Around,
    kept::Kept,
    problem::{Problem, sentence},
};

/// A part of the page's address.
pub fn param(name: &str) -> String {
    use_params_map().get_untracked().get(name).unwrap_or_default()
}

/// What stands in the page's query.
pub fn asked(name: &str) -> String {
    use_query_map().get_untracked().get(name).unwrap_or_default()
}

/// One act, and the page that it fills.
pub fn loaded<T, F, View>(read: F, view: impl Fn(T, Tried) -> View + Clone + Send + Sync + 'static) -> impl IntoView
where
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, Problem>> + Send + 'static,
    View: IntoView + 'static,
{
    loaded_or(read, view, |_| None)
}

/// As [`loaded`]; for what `instead` answers, its page stands there.
pub fn loaded_or<T, F, View>(
    read: F,
    view: impl Fn(T, Tried) -> View + Clone + Send + Sync + 'static,
    instead: fn(&Problem) -> Option<AnyView>,
) -> impl IntoView
where
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, Problem>> + Send + 'static,
    View: IntoView + 'static,
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
                        (Ok(shown), kept) => {
                            let shown = view(shown, Tried::new(kept, Around::here().language));
                            // that there was an act: from now on the session lasts as long as it does
                            view! { {shown}<span hidden data-part="acted"></span> }.into_any()
                        }
                        (Err(problem), _) => instead(&problem).unwrap_or_else(|| not_shown(problem)),
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

/// What is not there for this person, or why what is there cannot be shown.
fn not_shown(problem: Problem) -> AnyView {
    if problem.is_not_there() {
        return view! { <NotFound/> }.into_any();
    }
    let code = match problem {
        // on the way to the sign-in page
        Problem::SignInAgain => return ().into_any(),
        Problem::Refused(code) => code,
        Problem::Form(problems) => problems.into_iter().next().map(|problem| problem.code).unwrap_or_default(),
        Problem::Fault { reference } => format!("fault:{reference}"),
        Problem::Unreachable => "away".to_owned(),
    };
    let around = Around::here();
    view! {
        <Page title=around.words().ui.problem_heading>
            <p class="lead">{sentence(&code, around.language)}</p>
        </Page>
    }
    .into_any()
}
