//! Two pages as patients see them, made of the shared components alone.

use leptos::prelude::*;

use super::{
    Stage,
    sample::{Sample, sample},
};
use crate::{
    around::Around,
    ui::{
        Aloud, Button, ButtonKind, ButtonLink, Buttons, DateField, DateTyped, Day, Details, Form, Happening, Notice,
        Page, Step, Steps, Timeline, Tone, Way, Wrong,
    },
};

/// Where a request is, since when, what comes next and by when, and the one thing to do.
#[component]
pub fn StatusSample() -> impl IntoView {
    view! { <Stage><Status/></Stage> }
}

/// One question on a page, come back with something wrong.
#[component]
pub fn QuestionSample() -> impl IntoView {
    view! { <Stage><Question/></Stage> }
}

#[component]
fn Status() -> impl IntoView {
    let sample = sample(Around::here().language);
    view! {
        <Page title=sample.status back=Way::new("/gallery", sample.requests)>
            <p class="page-beside">{sample.since}" · "<Aloud number="482 173 9056"/></p>
            <p class="lead"><strong>{sample.latest}</strong>" "{sample.next}</p>
            <Notice tone=Tone::ActionNeeded heading=sample.ask_heading>
                <p>{sample.ask_text}</p>
                <ButtonLink text=sample.ask_button address="/gallery/question"/>
            </Notice>
            <Steps steps=steps(sample, 1) now=1/>
            <h2>{sample.history}</h2>
            <Timeline days=days(sample)/>
            <Form action="/gallery" key="">
                <Button text=sample.withdraw kind=ButtonKind::Plain/>
            </Form>
        </Page>
    }
}

/// The steps as they are when `now` is the current one: what is still to come has no date.
pub(super) fn steps(sample: &Sample, now: usize) -> Vec<Step> {
    let steps = (0..).zip(sample.steps);
    steps
        .map(|(place, (name, when))| Step { name: name.into(), when: when.filter(|_| place <= now).map(Into::into) })
        .collect()
}

pub(super) fn days(sample: &Sample) -> Vec<Day> {
    let mut days: Vec<_> = sample
        .days
        .iter()
        .map(|(date, happenings)| Day {
            date: (*date).into(),
            happenings: happenings
                .iter()
                .map(|(sentence, time)| Happening { beside: Some((*time).into()), ..Happening::new(*sentence) })
                .collect(),
        })
        .collect();
    if let Some(first) = days.first_mut().and_then(|day| day.happenings.first_mut()) {
        first.note = Some(sample.note.into());
    }
    days
}

#[component]
fn Question() -> impl IntoView {
    let sample = sample(Around::here().language);
    let typed = DateTyped { month: "March".into(), day: "27".into(), year: "2957".into() };
    view! {
        <Page title=sample.born caption=sample.section back=Way::back("/gallery/status") asks=true wrong=vec![Wrong::at("born", sample.born_future)]>
            <Form action="/gallery" key="">
                <DateField
                    name="born"
                    legend=sample.born
                    hint=sample.born_hint
                    error=Some(sample.born_future.into())
                    typed
                    birthday=true
                    question=true
                />
                <Details summary=sample.why><p>{sample.why_text}</p></Details>
                <Buttons>
                    <Button text=sample.go_on/>
                    <Button text=sample.save kind=ButtonKind::Plain name="then" value="later"/>
                </Buttons>
            </Form>
        </Page>
    }
}
