//! Questions and their answers, each with a link to change it.

use leptos::prelude::*;

use crate::around::Around;

/// One row. Without lines it says that nothing was given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    pub question: String,
    pub lines: Vec<String>,
    /// The page to change it on.
    pub change: Option<String>,
}

impl Answer {
    pub fn new(question: impl Into<String>, answer: impl Into<String>) -> Self {
        Self { question: question.into(), lines: vec![answer.into()], change: None }
    }

    pub fn none(question: impl Into<String>) -> Self {
        Self { question: question.into(), ..Self::default() }
    }

    #[must_use]
    pub fn change(self, address: impl Into<String>) -> Self {
        Self { change: Some(address.into()), ..self }
    }
}

#[component]
pub fn SummaryList(answers: Vec<Answer>) -> impl IntoView {
    let words = &Around::here().words().ui;
    let rows: Vec<_> = answers
        .into_iter()
        .map(|Answer { question, lines, change }| {
            let answer = if lines.is_empty() {
                view! { <dd class="summary-list-answer summary-list-none">{words.not_provided}</dd> }.into_any()
            } else {
                let lines: Vec<_> = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect();
                view! { <dd class="summary-list-answer">{lines}</dd> }.into_any()
            };
            let hidden = question.clone();
            view! {
                <div class="summary-list-row">
                    <dt class="summary-list-question">{question}</dt>
                    {answer}
                    {change.map(|address| view! {
                        <dd class="summary-list-change">
                            <a href=address>{words.change}<span class="visually-hidden">" "{hidden}</span></a>
                        </dd>
                    })}
                </div>
            }
        })
        .collect();
    view! { <dl class="summary-list">{rows}</dl> }
}
