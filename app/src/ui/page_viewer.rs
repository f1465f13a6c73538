//! One page of a document or of a copy, beside what may be done with it.

use leptos::prelude::*;

use crate::around::Around;

/// `picture` is the address of the page as an image, `text` what can be read on it; `whose` names the patient on every
/// page. The children are the page's acts: forms and links, "next" among them.
#[component]
pub fn PageViewer(
    #[prop(into)] document: String,
    #[prop(into)] whose: String,
    page: u32,
    of: u32,
    #[prop(optional_no_strip)] picture: Option<String>,
    #[prop(optional_no_strip)] text: Option<String>,
    children: Children,
) -> impl IntoView {
    let words = &Around::here().words().ui;
    let place = (words.page_of)(page, of);
    let alt = format!("{document}, {place}");
    view! {
        <figure class="page-viewer">
            <figcaption class="page-viewer-caption">
                <span class="page-viewer-whose">{whose}</span>
                <span class="page-viewer-document">{document}</span>
                <span class="page-viewer-place">{place}</span>
            </figcaption>
            // Larger than its frame when zoomed: a keyboard reaches it to scroll.
            <div class="page-viewer-frame" tabindex="0" role="region" aria-label=words.viewer_frame>
                {picture.map(|address| view! { <img class="page-viewer-sheet" src=address alt=alt/> })}
                {text.map(|text| view! { <p class="page-viewer-sheet page-viewer-text">{text}</p> })}
            </div>
            <div class="page-viewer-acts">{children()}</div>
        </figure>
    }
}
