//! What patients' pages tell.

use leptos::prelude::*;

use super::{
    Piece,
    pages::{days, steps},
    sample::sample,
};
use crate::{
    around::Around,
    ui::{
        Aloud, Answer, Button, ButtonKind, ButtonLink, Buttons, Details, EmptyState, Notice, Progress, StatusTag,
        Steps, SummaryList, Timeline, Tone,
    },
};

#[component]
pub(super) fn ForPatients() -> impl IntoView {
    let sample = sample(Around::here().language);
    let [received, needed, ready, late] = sample.tags;
    view! {
        <Piece name="button">
            <Buttons>
                <Button text=sample.go_on/>
                <Button text=sample.save kind=ButtonKind::Secondary/>
                <Button text=sample.withdraw kind=ButtonKind::Warning/>
                <Button text=sample.save kind=ButtonKind::Plain/>
                <ButtonLink text=sample.start address="/gallery"/>
            </Buttons>
        </Piece>
        <Piece name="notice">
            <Notice heading=sample.information/>
            <Notice tone=Tone::ActionNeeded heading=sample.ask_heading>
                <p>{sample.ask_text}</p>
                <ButtonLink text=sample.ask_button address="/gallery/question"/>
            </Notice>
            <Notice tone=Tone::Done heading=sample.ready announced=true><p>{sample.ready_text}</p></Notice>
            <Notice tone=Tone::Late heading=sample.late><p>{sample.late_text}</p></Notice>
        </Piece>
        <Piece name="status tag">
            <p class="buttons">
                <StatusTag text=received/>
                <StatusTag text=needed tone=Tone::ActionNeeded/>
                <StatusTag text=ready tone=Tone::Done/>
                <StatusTag text=late tone=Tone::Late/>
            </p>
        </Piece>
        <Piece name="steps">
            <Steps steps=steps(sample, 0) now=0/>
            <Steps steps=steps(sample, 2) now=2/>
            <Steps steps=steps(sample, 5) now=5/>
        </Piece>
        <Piece name="timeline"><Timeline days=days(sample)/></Piece>
        <Piece name="summary list">
            <SummaryList answers=vec![
                Answer::new(sample.name, "María del Carmen O’Keefe 李").change("/gallery/question"),
                Answer {
                    question: sample.which.into(),
                    lines: sample.kinds.iter().map(|(kind, _)| (*kind).into()).collect(),
                    change: Some("/gallery/question".into()),
                },
                Answer::none(sample.phone).change("/gallery/question"),
            ]/>
        </Piece>
        <Piece name="aloud"><p><Aloud number="482 173 9056"/></p></Piece>
        <Piece name="details"><Details summary=sample.why><p>{sample.why_text}</p></Details></Piece>
        <Piece name="progress">
            <Progress id="progress-some" done=12 of=120 said="12 / 120"/>
            <Progress id="progress-all" done=120 of=120 said="120 / 120"/>
        </Piece>
        <Piece name="empty state">
            <EmptyState heading=sample.empty text=sample.empty_text>
                <ButtonLink text=sample.start address="/gallery"/>
            </EmptyState>
        </Piece>
    }
}
