//! The release: what left, to whom, who built and who checked it, and how far it got.

pub(super) mod calls;

use domain::{
    ask::DeliveryMethod,
    shown::worklist::{CollectedShown, DeliveryShown, ReleasePage},
    words,
};
use leptos::{prelude::*, server_fn::ServerFn};

use self::calls::{PrintCopyCall, look_at_release};
use super::{
    copy::{calls::OpenPackageFileCall, files},
    frame::{At, frame},
    loaded::loaded,
    tried::Tried,
};
use crate::ui::{Answer, ButtonKind, ButtonLink, EmptyState, SummaryList, param};

#[component]
pub fn CaseReleasePage() -> impl IntoView {
    loaded(look_at_release(param("request")), |release, tried| page(&release, &tried))
}

fn page(shown: &ReleasePage, tried: &Tried) -> AnyView {
    let copy = tried.copy;
    let body = match &shown.delivery {
        None => view! { <EmptyState heading=copy.nothing_released text=copy.nothing_released_text/> }.into_any(),
        Some(delivery) => released(shown, delivery, tried),
    };
    frame(&shown.head, At::Release, copy.release_title, tried, body)
}

fn released(shown: &ReleasePage, delivery: &DeliveryShown, tried: &Tried) -> AnyView {
    let copy = tried.copy;
    let request = shown.head.request.to_string();
    let mut answers = vec![
        Answer::new(copy.recipient, delivery.recipient.clone()),
        Answer::new(tried.words.delivery, words::staff::delivery_method(delivery.way).to(tried.language)),
        Answer::new(copy.built_by, delivery.builder.clone()),
        Answer::new(copy.checked_by, delivery.checker.clone()),
        Answer::new(copy.released_on, tried.date(delivery.released_on)),
    ];
    answers.extend(arrived(delivery, tried));
    let at_the_desk = (delivery.way == DeliveryMethod::PickUp && delivery.collected.is_none()).then(|| {
        let to = format!("/front-desk/collect/{request}");
        view! { <ButtonLink text=copy.hand_out address=to kind=ButtonKind::Secondary/> }
    });
    view! {
        <SummaryList answers/>
        {delivery.may_print.then(|| print(delivery, &request, tried))}
        {at_the_desk}
        {(!delivery.may_print).then(|| view! {
            <h2>{copy.files}</h2>
            {files(&delivery.files, &request, None, tried)}
        })}
    }
    .into_any()
}

/// How far it got, by its way.
fn arrived(delivery: &DeliveryShown, tried: &Tried) -> Vec<Answer> {
    let copy = tried.copy;
    match delivery.way {
        DeliveryMethod::Portal => {
            let opened = delivery.opened_on.map_or_else(|| copy.not_opened.to_owned(), |day| tried.date(day));
            vec![Answer::new(copy.opened, opened)]
        }
        DeliveryMethod::PickUp => {
            let printed = delivery
                .printed
                .as_ref()
                .map_or_else(|| copy.not_printed.to_owned(), |(by, on)| format!("{by}, {}", tried.date(*on)));
            let mut answers = vec![Answer::new(copy.printed, printed)];
            match &delivery.collected {
                None => answers.push(Answer::new(copy.collected, copy.not_collected)),
                Some(collected) => answers.extend(picked_up(collected, tried)),
            }
            answers
        }
    }
}

fn picked_up(collected: &CollectedShown, tried: &Tried) -> [Answer; 3] {
    let copy = tried.copy;
    let kind = words::evidence_kind(collected.evidence).to(tried.language);
    let evidence = collected.evidence_name.clone().unwrap_or_else(|| kind.to_owned());
    [
        Answer::new(copy.collected, format!("{}, {}", collected.by, tried.date(collected.on))),
        Answer::new(copy.evidence, evidence),
        Answer::new(copy.signed_name, collected.signed_name.clone()),
    ]
}

fn print(delivery: &DeliveryShown, request: &str, tried: &Tried) -> AnyView {
    let copy = tried.copy;
    let (printed, saved): (Vec<_>, Vec<_>) = delivery.files.iter().partition(|file| file.pages.is_some());
    // opened as any file is: the copy is not printed by it
    let saved = (!saved.is_empty()).then(|| {
        view! {
            <h2>{copy.save}</h2>
            <p>{copy.save_text}</p>
            {files(saved, request, Some((OpenPackageFileCall::PATH, copy.open)), tried)}
        }
    });
    view! {
        <h2>{copy.print}</h2>
        <p>{copy.print_text}</p>
        {files(printed, request, Some((PrintCopyCall::PATH, copy.print)), tried)}
        {saved}
    }
    .into_any()
}
