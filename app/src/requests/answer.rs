//! What the office asked, and the person's answer in their own words.

use domain::{question::Question, shown::requests::One, words::question_reason};
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;

use super::{
    calls::{AnswerQuestionCall, one_request},
    loaded::{loaded, request},
    tried::Tried,
};
use crate::ui::{Button, Form, Page, TextArea, Way};

#[component]
pub fn AnswerPage() -> impl IntoView {
    loaded(one_request(request()), answer)
}

fn answer(one: One, tried: Tried) -> AnyView {
    let words = &tried.words.mend;
    let back = Way::back(format!("/requests/{}", one.id));
    let typed = tried.value("answer", String::new);
    let Some(question) = one.question else {
        return view! {
            <Page title=words.answer_title back wrong=tried.wrong()>
                <p class="lead">{words.nothing_asked}</p>
                // what was written for a question that is closed meanwhile is not thrown away
                {(!typed.is_empty()).then(|| view! { <p>{typed}</p> })}
            </Page>
        }
        .into_any();
    };
    let what = question_reason(question.reason).to(tried.language);
    let limit = u32::try_from(Question::LONGEST_ANSWER).unwrap_or(u32::MAX);
    view! {
        <Page title=words.answer_title back wrong=tried.wrong()>
            <p class="lead">{tried.words.one.question_heading}": "{what}"."</p>
            <p>{question.message}</p>
            <Form action=AnswerQuestionCall::PATH key=one.key.to_string()>
                <input type="hidden" name="request" value=one.id.to_string()/>
                <input type="hidden" name="question" value=question.id.to_string()/>
                <input type="hidden" name="version" value=question.version.0/>
                <TextArea name="answer" label=words.answer value=typed error=tried.error("answer") limit/>
                <Button text=words.answer_button/>
            </Form>
        </Page>
    }
    .into_any()
}
