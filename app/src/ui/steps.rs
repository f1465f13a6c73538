//! The way of a request as a line of steps, with where it is now.

use std::cmp::Ordering;

use leptos::prelude::*;

use crate::around::Around;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub name: String,
    /// When it was reached, written out.
    pub when: Option<String>,
}

/// `now` is the place of the current step, from 0; past the last one all are done.
#[component]
pub fn Steps(steps: Vec<Step>, now: usize) -> impl IntoView {
    let words = &Around::here().words().ui;
    let items: Vec<_> = (0..)
        .zip(steps)
        .map(|(place, step): (usize, _)| {
            let (class, said, current) = match place.cmp(&now) {
                Ordering::Less => ("step step-done", words.step_done, None),
                Ordering::Equal => ("step step-now", words.step_now, Some("step")),
                Ordering::Greater => ("step step-later", words.step_later, None),
            };
            view! {
                <li class=class aria-current=current>
                    <span class="step-mark" aria-hidden="true"></span>
                    <span class="step-said">{said}</span>
                    <span class="step-name">{step.name}</span>
                    {step.when.map(|when| view! { <span class="step-when">{when}</span> })}
                </li>
            }
        })
        .collect();
    view! { <ol class="steps" aria-label=words.steps>{items}</ol> }
}
