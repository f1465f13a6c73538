//! The parts of the status page: the steps, what can be done, what has happened.

use domain::{
    question::WayToAnswer,
    shown::requests::One,
    status::{Next, StepState},
    words::{self, date, question_reason, time_in_sentence, time_of_day, way_to_answer},
};
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;

use crate::{
    requests::{calls::UndoWithdrawalCall, tried::Tried},
    ui::{Button, ButtonLink, Buttons, Day, Form, Happening, Notice, Step, Tone},
    words::Language,
};

/// The line of steps, and the place of the current one; past the last when none is.
pub(super) fn steps(one: &One, language: Language) -> (Vec<Step>, usize) {
    let steps = &one.status.steps;
    let now = steps.iter().position(|step| !matches!(step.state, StepState::Done { .. })).unwrap_or(steps.len());
    let steps = steps
        .iter()
        .map(|step| {
            let when = match step.state {
                StepState::Done { on } => on,
                StepState::Current { since } => since,
                StepState::ToCome => None,
            };
            Step { name: words::step(step.step).to(language).to_owned(), when: when.map(|day| date(day, language)) }
        })
        .collect();
    (steps, now)
}

/// The one thing to do: what, why, and the ways to mend it.
pub(super) fn question(one: &One, tried: &Tried) -> impl IntoView + use<> {
    let (words, language, id) = (&tried.words.one, tried.language, one.id);
    let may_send = one.may.send_picture;
    one.question.clone().map(|question| {
        let what = question_reason(question.reason).to(language);
        let offers = |way| question.ways.contains(&way);
        let (write, picture) = (offers(WayToAnswer::WriteHere), offers(WayToAnswer::SendPhoto) && may_send);
        let ways: Vec<_> =
            question.ways.iter().map(|way| view! { <li>{way_to_answer(*way).to(language)}</li> }).collect();
        let message = (!question.message.is_empty()).then(|| view! { <p>{question.message.clone()}</p> });
        view! {
            <Notice tone=Tone::ActionNeeded heading=format!("{}: {what}", words.question_heading)>
                {message}
                <p>{words.ways}</p>
                <ul>{ways}</ul>
                <Buttons>
                    {picture.then(|| view! {
                        <ButtonLink text=words.send_picture address=format!("/requests/{id}/evidence")/>
                    })}
                    {write.then(|| view! { <ButtonLink text=words.write address=format!("/requests/{id}/answer")/> })}
                </Buttons>
            </Notice>
        }
    })
}

/// A picture can be sent also while nothing was asked, or something else; what is there is said.
pub(super) fn picture(one: &One, tried: &Tried) -> impl IntoView + use<> {
    let (words, id) = (&tried.words.one, one.id);
    let asked = one.question.as_ref().map(|question| question.ways.as_slice());
    offered_apart(one.may.send_picture, asked).then(|| {
        let said = match one.pictures {
            0 if one.status.next == Next::YouSendId => None,
            0 => Some(words.picture_text.to_owned()),
            count => Some((words.pictures)(count)),
        };
        view! {
            <h2>{words.picture_heading}</h2>
            {said.map(|said| view! { <p>{said}</p> })}
            <p><a href=format!("/requests/{id}/evidence")>{words.send_picture}</a></p>
        }
    })
}

/// Where the question itself asks for a photo, its own button leads there.
fn offered_apart(may_send: bool, asked: Option<&[WayToAnswer]>) -> bool {
    may_send && !asked.is_some_and(|ways| ways.contains(&WayToAnswer::SendPhoto))
}

pub(super) fn undo(one: &One, tried: &Tried) -> impl IntoView + use<> {
    let (words, language) = (&tried.words.one, tried.language);
    let (id, version, key) = (one.id.to_string(), one.version.0, one.key.to_string());
    one.may.undo.map(|until| {
        view! {
            <Notice heading=words.undo_heading>
                <p>{(words.undo_text)(&time_in_sentence(until.at, language))}</p>
                <Form action=UndoWithdrawalCall::PATH key inline=true>
                    <input type="hidden" name="request" value=id/>
                    <input type="hidden" name="version" value=version/>
                    <Button text=words.undo/>
                </Form>
            </Notice>
        }
    })
}

/// Newest first, under the days on which it happened.
pub(super) fn history(one: &One, language: Language) -> Vec<Day> {
    let mut days: Vec<(jiff::civil::Date, Day)> = Vec::new();
    for happened in &one.history {
        let happening = Happening {
            beside: Some(time_of_day(happened.when.at, language)),
            ..Happening::new(words::entry(&happened.entry, language))
        };
        match days.last_mut() {
            Some((on, day)) if *on == happened.when.on => day.happenings.push(happening),
            _ => {
                let day = Day { date: date(happened.when.on, language), happenings: vec![happening] };
                days.push((happened.when.on, day));
            }
        }
    }
    days.into_iter().map(|(_, day)| day).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_can_be_sent_whatever_else_is_asked_and_is_offered_once() {
        assert!(offered_apart(true, None));
        assert!(offered_apart(true, Some(&[WayToAnswer::WriteHere, WayToAnswer::CallUs])));
        assert!(!offered_apart(true, Some(&[WayToAnswer::SendPhoto, WayToAnswer::ComeIn])));
        assert!(!offered_apart(false, None));
    }
}
