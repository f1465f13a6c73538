//! The one question that may be open: asked here, or its answer written down.

use domain::{
    question::{Question, QuestionReason, WayToAnswer},
    shown::worklist::{QuestionPage, QuestionShown},
    words,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    calls::{AskCall, RecordAnswerCall, look_at_question},
    frame::{At, frame},
    loaded::loaded,
    tried::Tried,
};
use crate::ui::{Answer, Button, CheckBoxes, Choice, Form, Radios, SummaryList, TextArea, param};

#[component]
pub fn CaseQuestionPage() -> impl IntoView {
    loaded(look_at_question(param("request")), |question, tried| page(question, &tried))
}

fn page(shown: QuestionPage, tried: &Tried) -> AnyView {
    let words = tried.words;
    let body = match &shown.open {
        Some(open) => answer(&shown, open, tried),
        None if shown.may_ask => ask(&shown, tried),
        None if shown.head.may.work => view! { <p>{words.no_question_now}</p> }.into_any(),
        None => view! { <p>{words.claim_first}</p> }.into_any(),
    };
    let title = if shown.open.is_some() { words.answer_title } else { words.question_title };
    frame(&shown.head, At::Overview, title, tried, body)
}

fn ask(shown: &QuestionPage, tried: &Tried) -> AnyView {
    let (words, language) = (tried.words, tried.language);
    let reasons = QuestionReason::ALL
        .iter()
        .map(|one| {
            Choice::new(one.code(), words::question_reason(*one).to(language))
                .chosen(tried.chosen("reason", one.code()))
        })
        .collect();
    let signs_in = shown.ways.contains(&WayToAnswer::WriteHere);
    let text = if signs_in { words.question_text } else { words.question_text_without_account };
    let ways = shown
        .ways
        .iter()
        .map(|one| {
            let choice = Choice::new(one.code(), words::way_to_answer(*one).to(language));
            let choice = if one.needs_scanner() { choice.hint(words.needs_scanner) } else { choice };
            choice.chosen(tried.chosen("ways[]", one.code()))
        })
        .collect();
    let request = shown.head.request.to_string();
    let (message, message_error) = (tried.value("message", ""), tried.error("message"));
    let (reason_error, ways_error) = (tried.error("reason"), tried.error("ways"));
    view! {
        <p>{text}</p>
        <Form action=AskCall::PATH key=shown.head.keys.of(4)>
            <input type="hidden" name="request" value=request/>
            <Radios name="reason" legend=words.question_reason choices=reasons error=reason_error/>
            <TextArea
                name="message"
                label=words.question_message
                hint=words.question_message_hint
                limit=u32::try_from(Question::LONGEST_MESSAGE).unwrap_or(u32::MAX)
                value=message
                error=message_error
            />
            <CheckBoxes name="ways" legend=words.question_ways hint=words.question_ways_hint choices=ways error=ways_error/>
            <Button text=words.ask_button/>
        </Form>
    }
    .into_any()
}

fn answer(shown: &QuestionPage, open: &QuestionShown, tried: &Tried) -> AnyView {
    let (words, language) = (tried.words, tried.language);
    let ways = open.ways.iter().map(|one| words::way_to_answer(*one).to(language).to_owned()).collect();
    let answers = vec![
        Answer::new(words.question_reason, words::question_reason(open.reason).to(language)),
        Answer::new(words.question_message, open.message.clone().unwrap_or_default()),
        Answer { question: words.question_ways.to_owned(), lines: ways, change: None },
        Answer::new(words.asked_on, tried.date(open.asked_on)),
    ];
    let (request, question, version) =
        (shown.head.request.to_string(), open.id.to_string(), open.version.0.to_string());
    let (value, error) = (tried.value("answer", ""), tried.error("answer"));
    view! {
        <SummaryList answers/>
        <h2>{words.write_answer_down}</h2>
        <Form action=RecordAnswerCall::PATH key=shown.head.keys.of(5)>
            <input type="hidden" name="request" value=request/>
            <input type="hidden" name="question" value=question/>
            <input type="hidden" name="version" value=version/>
            <TextArea
                name="answer"
                label=words.answer_label
                hint=words.answer_hint
                limit=u32::try_from(Question::LONGEST_ANSWER).unwrap_or(u32::MAX)
                value
                error
            />
            <Button text=words.answer_button/>
        </Form>
    }
    .into_any()
}
