//! Whose portal this is, the places of whoever has signed in, the other language, and the way out.

use leptos::prelude::*;

use crate::{
    around::{Around, LANGUAGE_ADDRESS, Place, SIGN_OUT_ADDRESS, Side},
    words::Language,
};

/// The portal's own mark, for a facility that has set none.
const MARK: &str = include_str!("../../../style/assets/mark.svg");

#[component]
pub fn Header() -> impl IntoView {
    let around = Around::here();
    let words = around.words();
    let signed_in = around.signed_in.clone();
    let side = Side::of(&around.address);
    let mark = match around.facility.mark.clone() {
        Some(address) => view! { <img class="header-mark" src=address alt=""/> }.into_any(),
        None => view! { <span class="header-mark" inner_html=MARK></span> }.into_any(),
    };
    view! {
        <header class="header">
            <div class="header-row">
                <a class="header-home" href="/">
                    {mark}
                    <span class="header-name">{around.facility.name.clone()}</span>
                </a>
                <div class="header-acts">
                    {(side == Side::Patient).then(|| view! { <LanguageSwitch around=around.clone()/> })}
                    {if signed_in.is_some() {
                        view! {
                            <form class="header-act" method="post" action=SIGN_OUT_ADDRESS aria-label=words.ui.sign_out>
                                <input type="hidden" name="token" value=around.token.clone()/>
                                <button class="header-button" type="submit">{words.ui.sign_out}</button>
                            </form>
                        }
                        .into_any()
                    } else {
                        view! { <a class="header-button" href=side.sign_in()>{words.sign_in.title}</a> }.into_any()
                    }}
                </div>
            </div>
            {signed_in
                .filter(|signed_in| !signed_in.places.is_empty())
                .map(|signed_in| view! { <Places places=signed_in.places at=signed_in.at around/> })}
        </header>
    }
}

/// A button, since no link changes anything; it names the other language in that language.
#[component]
fn LanguageSwitch(around: Around) -> impl IntoView {
    let label = around.words().ui.language_switch;
    let other = match around.language {
        Language::English => Language::Spanish,
        Language::Spanish => Language::English,
    };
    view! {
        <form class="header-act" method="post" action=LANGUAGE_ADDRESS aria-label=label>
            <input type="hidden" name="token" value=around.token/>
            <input type="hidden" name="return" value=around.address/>
            <button class="header-button" type="submit" name="language" value=other.code() lang=other.code()>
                {crate::words::words(other).ui.language}
            </button>
        </form>
    }
}

#[component]
fn Places(places: Vec<Place>, at: Option<Place>, around: Around) -> impl IntoView {
    let words = around.words();
    let links: Vec<_> = places
        .into_iter()
        .map(|place| {
            let current = (at == Some(place)).then_some("true");
            view! { <li><a class="header-place" href=place.address() aria-current=current>{place.name(words)}</a></li> }
        })
        .collect();
    view! { <nav class="header-places" aria-label=words.ui.places><ul>{links}</ul></nav> }
}
