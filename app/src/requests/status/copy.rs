//! The copy that is ready: each file with the button that opens it, and the way to say that everything is there.

use domain::{
    shown::requests::{Copy, CopyFile, One},
    words::{date, time_in_sentence},
};
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;

use crate::{
    requests::{
        calls::{ConfirmCompleteCall, OpenCopyCall},
        tried::Tried,
    },
    ui::{Button, ButtonKind, FileList, Form, ListedFile, Notice, Tone},
    words::{Contents, described},
};

pub(super) fn copy(one: &One, tried: &Tried) -> Option<impl IntoView + use<>> {
    let (words, language) = (&tried.words.copy, tried.language);
    let copy = one.copy.as_ref()?;
    let request = one.id.to_string();
    let contents = words.of(one.status.letter_alone);
    let files: Vec<_> =
        (0..).zip(&copy.files).map(|(place, file)| listed(place, file, contents, &request, tried)).collect();
    let opened = copy.opened.map(|when| (words.opened)(&date(when.on, language), &time_in_sentence(when.at, language)));
    Some(view! {
        <Notice tone=Tone::Done heading=contents.heading>
            <FileList files/>
            <p>{words.shared_computer}</p>
            {opened.map(|opened| view! { <p>{opened}</p> })}
        </Notice>
        {complete(one, copy, contents)}
    })
}

fn listed(place: usize, file: &CopyFile, contents: &Contents, request: &str, tried: &Tried) -> ListedFile {
    let words = &tried.words.copy;
    let name = contents.role(file.role).map_or_else(|| file.name.clone(), ToOwned::to_owned);
    let kind = if place == 0 { ButtonKind::Primary } else { ButtonKind::Secondary };
    let (hidden, request, position) = (name.clone(), request.to_owned(), file.position);
    // no key: every reading is an opening of its own
    let act = view! {
        <Form action=OpenCopyCall::PATH key="" inline=true>
            <input type="hidden" name="request" value=request/>
            <input type="hidden" name="position" value=position/>
            <Button text=words.open kind hidden/>
        </Form>
    };
    let beside = described(&file.media_type, file.pages, file.bytes, tried.language);
    ListedFile { name, beside, act: Some(act.into_any()) }
}

fn complete(one: &One, copy: &Copy, words: &'static Contents) -> impl IntoView + use<> {
    let (id, version, key) = (one.id.to_string(), one.version.0, one.key.to_string());
    copy.may_confirm.then(|| {
        view! {
            <h2>{words.close_heading}</h2>
            <p>{words.close_otherwise}</p>
            <Form action=ConfirmCompleteCall::PATH key inline=true>
                <input type="hidden" name="request" value=id/>
                <input type="hidden" name="version" value=version/>
                <Button text=words.close kind=ButtonKind::Secondary/>
            </Form>
        }
    })
}
