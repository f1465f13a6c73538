//! What stands beside the page: whose every page must be, what the machine says, how far the reader is, the documents.

use domain::{
    package::{FileRole, PageCheck},
    shown::worklist::{CheckPage, Outlined},
    words,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::decide::send_back;
use crate::{
    ui::{Answer, Progress, SummaryList},
    worklist::{
        copy::{calls::OpenPackageFileCall, files, left_out},
        frame::address,
        tried::Tried,
    },
};

pub(super) fn beside(shown: &CheckPage, may: bool, tried: &Tried) -> AnyView {
    let copy = tried.copy;
    let unopened = Some(shown.unopened).filter(|count| may && *count > 0);
    // what the viewer cannot draw another program may
    let undrawn = shown.page.findings.iter().any(|finding| finding.check == PageCheck::NotDrawn);
    let others: Vec<_> = shown.files.iter().filter(|file| undrawn || file.role != FileRole::Copy).collect();
    let others = (!others.is_empty()).then(|| {
        let open = Some((OpenPackageFileCall::PATH, copy.open));
        view! {
            <section>
                <h2>{copy.files}</h2>
                <p>{copy.open_beside}</p>
                {unopened.map(|count| view! { <p>{copy.files_unopened}": "{count}</p> })}
                {files(others, &shown.head.request.to_string(), open, tried)}
            </section>
        }
    });
    view! {
        <section>
            <h2>{copy.whose}</h2>
            <SummaryList answers=whose(shown, tried)/>
        </section>
        <section>
            <h2>{copy.this_page}</h2>
            <SummaryList answers=this_page(shown, tried)/>
        </section>
        {may.then(|| progress(shown, tried))}
        {may.then(|| send_back(shown, tried))}
        <section>
            <h2>{copy.outline}</h2>
            <ol class="check-outline">
                {shown.outline.iter().map(|part| outlined(part, may, shown, tried)).collect::<Vec<_>>()}
            </ol>
        </section>
        {others}
        {left_out(&shown.left_out, tried)}
    }
    .into_any()
}

fn whose(shown: &CheckPage, tried: &Tried) -> Vec<Answer> {
    let (words, whose) = (tried.words, &shown.whose);
    let mut answers = vec![Answer::new(words.name, whose.name.clone())];
    if !whose.other_names.is_empty() {
        answers.push(Answer {
            question: tried.copy.other_names.to_owned(),
            lines: whose.other_names.clone(),
            change: None,
        });
    }
    answers.extend(whose.born.map(|born| Answer::new(words.born, tried.date(born))));
    answers.extend(whose.record_number.clone().map(|number| Answer::new(words.record_number, number)));
    answers
}

fn this_page(shown: &CheckPage, tried: &Tried) -> Vec<Answer> {
    let (words, copy) = (tried.words, tried.copy);
    let said = |check| words::page_check(check).to(tried.language).to_owned();
    let lines = if shown.page.findings.is_empty() {
        vec![said(PageCheck::Confirmed)]
    } else {
        shown.page.findings.iter().map(|finding| said(finding.check)).collect()
    };
    let mut answers = vec![Answer { question: copy.page_check.to_owned(), lines, change: None }];
    match &shown.page.document {
        None => answers.push(Answer::new(words.document, copy.the_letter)),
        Some(part) => {
            answers.push(Answer::new(words.document, part.title.clone()));
            answers.push(Answer::new(words.kind, words::category(part.category).clerk.to(tried.language)));
            answers.push(Answer::new(words.dated, tried.care(part.care)));
        }
    }
    answers.push(Answer::new(copy.built_by, shown.builder.clone()));
    answers.push(match shown.handed_over_on {
        Some(on) => Answer::new(copy.handed_over_on, tried.date(on)),
        None => Answer::new(copy.handed_over_on, copy.not_handed_over),
    });
    answers
}

fn progress(shown: &CheckPage, tried: &Tried) -> AnyView {
    let copy = tried.copy;
    let seen = shown.pages.saturating_sub(shown.unseen);
    let next = if shown.page.seen { shown.next_unseen } else { Some(shown.page.n) };
    let base = address(shown.head.request);
    let next = next.map(|page| {
        view! { <p>{copy.next_unseen}": "<a href=format!("{base}/check?page={page}#copy-page")>{page}</a></p> }
    });
    view! {
        <section>
            <Progress id="seen" done=seen of=shown.pages said=(copy.pages_seen)(seen, shown.pages)/>
            {next}
        </section>
    }
    .into_any()
}

fn outlined(part: &Outlined, may: bool, shown: &CheckPage, tried: &Tried) -> AnyView {
    let copy = tried.copy;
    let to = format!("{}/check?page={}#copy-page", address(shown.head.request), part.page);
    let here = shown.outline.iter().rev().find(|one| one.page <= shown.page.n).is_some_and(|one| one.page == part.page);
    let dated = words::care(part.care, tried.language).map(|dated| format!("{dated} · "));
    let unseen = (may && part.unseen > 0).then(|| format!(" · {} {}", part.unseen, copy.not_seen));
    view! {
        <li>
            <a href=to aria-current=here.then_some("true")>{part.title.clone()}</a>
            <p class="check-outline-beside">{dated}{copy.page}" "{part.page}{unseen}</p>
        </li>
    }
    .into_any()
}
