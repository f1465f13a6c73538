//! A notice on paper. What is not the letter is not printed.

use domain::words::date;
use leptos::prelude::*;

use super::calls;
use crate::{
    around::Around,
    ui::{Page, Way, loaded, param},
};

#[component]
pub fn Notice() -> impl IntoView {
    let notice = param("notice");
    loaded(calls::notice(notice), |letter, _| {
        let words = &Around::here().words().front_desk;
        let to = match letter.postal {
            Some(at) => [Some(at.line1), at.line2, Some(format!("{}, {} {}", at.city, at.state, at.zip))]
                .into_iter()
                .flatten()
                .map(|line| view! { <br/> {line} })
                .collect::<Vec<_>>()
                .into_any(),
            None => view! { <br/> {words.letter_by_hand} }.into_any(),
        };
        let paragraphs: Vec<_> = letter
            .message
            .body
            .split("\n\n")
            .map(|paragraph| {
                let lines: Vec<_> = paragraph
                    .trim()
                    .lines()
                    .map(|line| view! { <span class="letter-line">{line.to_owned()}</span> })
                    .collect();
                view! { <p>{lines}</p> }
            })
            .collect();
        view! {
            <Page title=words.letter_title back=Way::new("/front-desk", words.place)>
                <p class="letter-hint">{words.letter_hint}</p>
                <article class="letter" lang=letter.language.code()>
                    <p class="letter-to">{letter.to}{to}</p>
                    <p>{date(letter.on, letter.language)}</p>
                    <h2>{letter.message.subject}</h2>
                    {paragraphs}
                </article>
            </Page>
        }
    })
}
