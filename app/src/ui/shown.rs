//! A page's one read: waited for before the page is sent, and what stands there where it was refused.

use std::future::Future;

use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    around::Around,
    problem::{Problem, sentence},
    ui::Page,
};

/// What `read` gives, shown by `show`.
pub fn shown<T, Read, Reading, Show, View>(read: Read, show: Show) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    Read: Fn() -> Reading + Send + Sync + 'static,
    Reading: Future<Output = Result<T, Problem>> + Send + 'static,
    Show: Fn(T) -> View + Clone + Send + Sync + 'static,
    View: IntoView + 'static,
{
    let reading = Resource::new_blocking(|| (), move |()| read());
    view! {
        <Suspense>
            {move || {
                let show = show.clone();
                Suspend::new(async move {
                    match reading.await {
                        Ok(read) => show(read).into_any(),
                        Err(problem) => view! { <Instead problem/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

/// What a page says where its act was refused or did not come to its end.
#[component]
fn Instead(problem: Problem) -> impl IntoView {
    let around = Around::here();
    let code = match problem {
        Problem::Refused(code) => code,
        Problem::Form(problems) => problems.into_iter().next().map(|problem| problem.code).unwrap_or_default(),
        Problem::SignInAgain => "sign_in_again".to_owned(),
        Problem::Fault { reference } => format!("fault:{reference}"),
        Problem::Unreachable => "unreachable".to_owned(),
    };
    view! {
        <Page title=around.words().ui.problem_heading>
            <p>{sentence(&code, around.language)}</p>
        </Page>
    }
}
