//! What people answer with: every control fresh, filled, and with something wrong.

use leptos::prelude::*;

use super::{Piece, sample::sample};
use crate::{
    around::Around,
    ui::{
        Button, CheckBoxes, Choice, DateField, DateTyped, ErrorSummary, Field, FileField, Form, Kind, Radios, Select,
        TextArea, UploadProgress, Width, Wrong,
    },
};

#[component]
pub(super) fn Answers() -> impl IntoView {
    let sample = sample(Around::here().language);
    let kinds = move || sample.kinds.iter().zip(["note", "lab", "vaccine"]);
    let boxes = move |chosen| {
        kinds().map(|((label, hint), code)| Choice::new(code, *label).hint(*hint).chosen(code == chosen)).collect()
    };
    let hows = move |chosen| {
        let codes = sample.hows.iter().zip(["portal", "pick_up"]);
        codes.map(|((label, hint), code)| Choice::new(code, *label).hint(*hint).chosen(code == chosen)).collect()
    };
    view! {
        <Piece name="error summary">
            <ErrorSummary wrong=vec![
                Wrong::at("name-wrong", sample.name_missing),
                Wrong::at("which-wrong", sample.which_missing),
                Wrong::with_all(sample.late),
            ]/>
        </Piece>
        <Piece name="field">
            <Form action="/gallery" key="">
                <Field name="name" label=sample.name hint=sample.name_hint value="María del Carmen O’Keefe 李"/>
                <Field name="name-wrong" label=sample.name hint=sample.name_hint error=Some(sample.name_missing.into())/>
                <Field name="email" label=sample.email kind=Kind::Email autocomplete="email"/>
                <Field name="phone" label=sample.phone kind=Kind::Phone autocomplete="tel" width=Width::Half/>
                <Field name="password" label=sample.password kind=Kind::Password autocomplete="current-password"/>
                <Field name="code" label=sample.code kind=Kind::Digits autocomplete="one-time-code" width=Width::Short/>
            </Form>
        </Piece>
        <Piece name="text area">
            <TextArea name="more" label=sample.more hint=sample.more_hint limit=500 value=sample.why_text/>
            <TextArea name="more-wrong" label=sample.more limit=12_000 error=Some(sample.more_long.into()) rows=3/>
        </Piece>
        <Piece name="date field">
            <DateField name="date" legend=sample.born/>
            <DateField
                name="date-wrong"
                legend=sample.born
                hint=sample.born_hint
                error=Some(sample.born_future.into())
                typed=DateTyped { month: "3".into(), day: "27".into(), year: "2957".into() }
            />
        </Piece>
        <Piece name="radios">
            <Radios name="how" legend=sample.how choices=hows("portal")/>
            <Radios name="how-wrong" legend=sample.how error=Some(sample.how_missing.into()) choices=hows("")/>
        </Piece>
        <Piece name="check boxes">
            <CheckBoxes name="which" legend=sample.which choices=boxes("lab")/>
            <CheckBoxes name="which-wrong" legend=sample.which error=Some(sample.which_missing.into()) choices=boxes("")/>
        </Piece>
        <Piece name="select">
            <Select name="kind" label=sample.which choices=kinds().map(|((label, _), code)| Choice::new(code, *label)).collect()/>
        </Piece>
        <Piece name="file field, upload progress">
            <UploadProgress id="upload">
                <Form action="/gallery" key="" files=true>
                    <FileField name="photo" label=sample.photo hint=sample.photo_hint accept="image/jpeg,image/png,application/pdf"/>
                    <FileField
                        name="photo-wrong"
                        label=sample.photo
                        hint=sample.photo_hint
                        error=Some(sample.photo_missing.into())
                        accept="image/jpeg"
                    />
                    <Button text=sample.send/>
                </Form>
            </UploadProgress>
        </Piece>
    }
}
