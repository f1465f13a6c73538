//! The document that every page stands in: head, header, main, footer. No style and no script of ours stands in it, so
//! that the content policy can forbid both.

use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::{
    app::App,
    around::Around,
    ui::{Footer, Header, IdleWarning},
};

/// `root` is the address under which the built files are served as immutable, `/v/` and a hash of them.
pub fn shell(options: LeptosOptions, root: &'static str) -> impl IntoView {
    let around = Around::here();
    let words = &around.words().ui;
    let density = if around.is_staff() { "staff" } else { "everybody" };
    view! {
        <!DOCTYPE html>
        <html lang=around.language.code() class=density>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href=format!("{root}/favicon.svg") type="image/svg+xml"/>
                <link rel="stylesheet" href=format!("{root}/pkg/frontend.css")/>
                {around.facility.accent.clone().map(|sheet| view! { <link rel="stylesheet" href=sheet/> })}
                <HydrationScripts options islands=true root=root/>
                <MetaTags/>
            </head>
            <body>
                <a class="skip-link" href="#main">{words.skip}</a>
                <Header/>
                <main id="main" tabindex="-1">
                    <App/>
                </main>
                <Footer/>
                {around.signed_in.as_ref().map(|signed_in| view! { <IdleWarning seconds=signed_in.seconds_left side=signed_in.side/> })}
            </body>
        </html>
    }
}
