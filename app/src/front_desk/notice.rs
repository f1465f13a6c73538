//! A notice on paper, and the button by which whoever mailed it says so. What is not the letter is not printed.

use domain::{language::Language, shown::front_desk::Letter, words::date};
use leptos::{prelude::*, server_fn::ServerFn};

use super::calls::{self, MailNoticeCall};
use crate::{
    around::Around,
    ui::{Button, Form, Page, Way, loaded, param},
    words::FrontDesk,
};

#[component]
pub fn Notice() -> impl IntoView {
    let notice = param("notice");
    loaded(calls::notice(notice), |letter, tried| {
        let words = &Around::here().words().front_desk;
        let mailed = mailed(&letter, words);
        let to = match letter.postal {
            Some(at) => [Some(at.line1), at.line2, Some(format!("{}, {} {}", at.city, at.state, at.zip))]
                .into_iter()
                .flatten()
                .map(|line| view! { <br/> {line} })
                .collect::<Vec<_>>()
                .into_any(),
            None => view! { <br/> {FrontDesk::by_hand(letter.language)} }.into_any(),
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
            <Page title=words.letter_title back=Way::new("/front-desk", words.place) wrong=tried.wrong()>
                <p class="letter-hint">{words.letter_hint}</p>
                <article class="letter" lang=letter.language.code()>
                    <p class="letter-to">{letter.to}{to}</p>
                    <p>{date(letter.on, letter.language)}</p>
                    <h2>{letter.message.subject}</h2>
                    {paragraphs}
                </article>
                <div class="letter-hint">{mailed}</div>
            </Page>
        }
    })
}

fn mailed(letter: &Letter, words: &'static FrontDesk) -> AnyView {
    if let Some(day) = letter.printed_on {
        let said = format!("{} {}.", words.letter_printed, date(day, Language::English));
        return view! { <p>{said}</p> }.into_any();
    }
    let (id, key) = (letter.id.to_string(), letter.key.to_string());
    view! {
        <Form action=MailNoticeCall::PATH key>
            <input type="hidden" name="notice" value=id/>
            <p>{words.letter_mailed_text}</p>
            <Button text=words.letter_mailed/>
        </Form>
    }
    .into_any()
}
