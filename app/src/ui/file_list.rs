//! Files, each with what it is and what may be done with it.

use leptos::prelude::*;

/// One file. `act` opens it; it says which file by itself, for those who do not see what stands beside it.
pub struct ListedFile {
    pub name: String,
    /// Kind, size and pages, "PDF, 12 pages, 1.2 MB".
    pub beside: String,
    pub act: Option<AnyView>,
}

#[component]
pub fn FileList(files: Vec<ListedFile>) -> impl IntoView {
    let files: Vec<_> = files
        .into_iter()
        .map(|ListedFile { name, beside, act }| {
            view! {
                <li class="file-list-file">
                    <p class="file-list-name">{name}</p>
                    <p class="file-list-beside">{beside}</p>
                    {act.map(|act| view! { <div class="file-list-act">{act}</div> })}
                </li>
            }
        })
        .collect();
    view! { <ul class="file-list">{files}</ul> }
}
