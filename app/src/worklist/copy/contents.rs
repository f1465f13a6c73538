//! What goes in, and the way to begin: exactly this list is built.

use domain::{
    package::PackageStage,
    refusal::Refusal,
    shown::worklist::{CopyDocument, CopyPage, LeftOutShown},
    words,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::calls::BuildPackageCall;
use crate::{
    ui::{Button, Column, Form, Notice, Row, Table, Tone},
    words::size,
    worklist::{frame::address, tried::Tried},
};

pub(super) fn contents(shown: &CopyPage, tried: &Tried) -> AnyView {
    let copy = tried.copy;
    let under_way = shown
        .package
        .as_ref()
        .is_some_and(|package| !matches!(package.stage, PackageStage::Failed | PackageStage::Returned));
    // it waits for nothing but somebody who has the case
    let could = !under_way && !shown.may_build && shown.missing.is_none();
    let list = if !shown.documents.is_empty() {
        view! {
            <p>{in_all(shown, tried)}</p>
            {table(&shown.documents, tried)}
        }
        .into_any()
    } else if shown.letter_alone {
        view! { <p>{copy.letter_alone}</p> }.into_any()
    } else {
        view! { <p>{copy.nothing_yet}</p> }.into_any()
    };
    view! {
        {shown.missing.map(|why| missing(why, shown, tried))}
        {shown.may_build.then(|| build(shown, tried))}
        {could.then(|| view! { <p>{copy.holder_builds}</p> })}
        <h2>{copy.contents}</h2>
        {list}
        {left_out(&shown.left_out, tried)}
    }
    .into_any()
}

/// What is left out and why: whoever builds and whoever checks sees the choice.
pub(in crate::worklist) fn left_out(all: &[LeftOutShown], tried: &Tried) -> AnyView {
    if all.is_empty() {
        return ().into_any();
    }
    let (words, copy) = (tried.words, tried.copy);
    let columns = vec![
        Column::new(words.document),
        Column::new(words.dated),
        Column::new(copy.why_left_out),
        Column::new(copy.left_out_by),
    ];
    let rows = all
        .iter()
        .map(|one| {
            Row::new(vec![
                one.title.clone().into_any(),
                tried.care(one.care).into_any(),
                words::leave_out_reason(one.reason).to(tried.language).into_any(),
                format!("{}, {}", one.by, tried.date(one.on)).into_any(),
            ])
        })
        .collect();
    view! {
        <h2>{copy.left_out}</h2>
        <Table caption=copy.left_out hidden_caption=true columns rows/>
    }
    .into_any()
}

fn in_all(shown: &CopyPage, tried: &Tried) -> String {
    let counted = shown.documents.iter().all(|document| document.pages.is_some());
    let said = if counted { tried.copy.in_all } else { tried.copy.in_all_at_least };
    said(shown.documents.len(), &words::pages(shown.pages, tried.language), &size(shown.bytes))
}

fn table(documents: &[CopyDocument], tried: &Tried) -> AnyView {
    let (words, copy) = (tried.words, tried.copy);
    let columns = vec![
        Column::new(words.document),
        Column::new(words.kind),
        Column::new(words.dated),
        Column::figures(words.pages),
    ];
    let rows = documents
        .iter()
        .map(|document| {
            let pages = document.pages.map_or_else(|| copy.not_counted.to_owned(), |pages| pages.to_string());
            Row::new(vec![
                document.title.clone().into_any(),
                words::category(document.category).clerk.to(tried.language).into_any(),
                tried.care(document.care).into_any(),
                pages.into_any(),
            ])
        })
        .collect();
    view! { <Table caption=copy.contents_caption columns rows/> }.into_any()
}

fn build(shown: &CopyPage, tried: &Tried) -> AnyView {
    let copy = tried.copy;
    let (request, seen) = (shown.head.request.to_string(), shown.seen.clone());
    let text = if shown.package.is_some() { copy.build_again } else { copy.build };
    view! {
        <Form action=BuildPackageCall::PATH key=shown.head.keys.of(4)>
            <input type="hidden" name="request" value=request/>
            <input type="hidden" name="seen" value=seen/>
            <p>{copy.build_text}</p>
            <Button text key='b'/>
        </Form>
    }
    .into_any()
}

/// Why none can be begun, with the place where it is mended.
fn missing(why: Refusal, shown: &CopyPage, tried: &Tried) -> AnyView {
    let (words, base) = (tried.words, address(shown.head.request));
    let way = match why {
        Refusal::IdentityNotVerified => Some(("/identity", words.verify)),
        Refusal::NoMatch | Refusal::AnotherChart => Some(("/chart", words.find_chart)),
        Refusal::QuestionOpen => Some(("/question", words.question_open)),
        Refusal::UndecidedItems
        | Refusal::RecordsFound
        | Refusal::EmptyPackage
        | Refusal::DocumentNotApproved
        | Refusal::DocumentTwice => Some(("/records", words.find_records)),
        _ => None,
    };
    let way = way.map(|(path, text)| view! { <p><a href=format!("{base}{path}")>{text}</a></p> });
    view! { <Notice tone=Tone::Information heading=words::refusal(why).to(tried.language)>{way}</Notice> }.into_any()
}
