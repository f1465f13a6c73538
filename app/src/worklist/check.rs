//! The check: one page after another, beside whose it must be. Going on says that the page was seen; the links to the page
//! before and after say nothing. Once every page is seen the copy can be released, and it can be sent back at any time.

mod beside;
pub(super) mod calls;
mod decide;

use domain::{
    shown::worklist::{CheckPage, FindingShown},
    words,
};
use leptos::{prelude::*, server_fn::ServerFn};

use self::{
    beside::beside,
    calls::{SeePageCall, look_at_check},
    decide::release,
};
use super::{
    frame::{At, address, frame},
    loaded::loaded,
    tried::Tried,
};
use crate::ui::{Button, ButtonLink, Form, Key, KeySheet, Notice, PageViewer, PageViewerKeys, Tone, asked, param};

#[component]
pub fn CaseCheckPage() -> impl IntoView {
    loaded(look_at_check(param("request"), asked("page")), |check, tried| page(&check, &tried))
}

fn page(shown: &CheckPage, tried: &Tried) -> AnyView {
    let copy = tried.copy;
    let may = shown.not_checker.is_none();
    let why = shown.not_checker.map(|why| {
        let heading = match shown.handed_over_on {
            None => copy.not_begun,
            Some(_) => words::refusal(why).to(tried.language),
        };
        view! { <Notice tone=Tone::Information heading/> }
    });
    let all_seen = may && shown.unseen == 0 && shown.unopened == 0;
    let body = view! {
        {why}
        <div class="check">
            <div class="check-page" id="copy-page">
                {finding(shown, tried)}
                {viewer(shown, may, tried)}
            </div>
            <div class="check-beside">
                {all_seen.then(|| release(shown, tried))}
                {beside(shown, may, tried)}
                <KeySheet keys=vec![
                    Key::new("n", copy.see_next),
                    Key::new("p", copy.previous),
                    Key::new("+", copy.key_larger),
                    Key::new("-", copy.key_smaller),
                    Key::new("r", copy.key_turn),
                    Key::new("?", copy.keys),
                ]/>
            </div>
        </div>
    }
    .into_any();
    frame(&shown.head, At::Check, copy.check_title, tried, body)
}

/// What the machine could not confirm about this page, before the page itself.
fn finding(shown: &CheckPage, tried: &Tried) -> AnyView {
    let said = |finding: &FindingShown| {
        let heading = words::page_check(finding.check).to(tried.language);
        let answer = finding.overridden.as_ref().map(|answer| {
            let by = format!("{} {}, {}", tried.copy.kept_because, answer.by, tried.date(answer.on));
            view! { <p>{answer.reason.clone()}</p> <p class="case-beside">{by}</p> }
        });
        view! { <Notice tone=Tone::Information heading>{answer}</Notice> }
    };
    shown.page.findings.iter().map(said).collect::<Vec<_>>().into_any()
}

fn viewer(shown: &CheckPage, may: bool, tried: &Tried) -> AnyView {
    let (copy, page) = (tried.copy, &shown.page);
    let document = page.document.as_ref().map_or_else(
        || copy.the_letter.to_owned(),
        |part| {
            let dated = words::care(part.care, tried.language);
            dated.map_or_else(|| part.title.clone(), |dated| format!("{}, {dated}", part.title))
        },
    );
    let whose = [
        Some(shown.whose.name.clone()),
        shown.whose.born.map(|born| tried.date(born)),
        shown.whose.record_number.clone(),
    ];
    let whose = whose.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let acts = acts(shown, may, tried);
    view! {
        <PageViewer document whose page=page.n of=shown.pages picture=Some(page.picture.address(page.n))>
            {acts}
            <PageViewerKeys/>
        </PageViewer>
    }
    .into_any()
}

fn acts(shown: &CheckPage, may: bool, tried: &Tried) -> AnyView {
    let (copy, n) = (tried.copy, shown.page.n);
    let at = |page: u32| format!("{}/check?page={page}#copy-page", address(shown.head.request));
    let previous = (n > 1).then(|| at(n - 1));
    let next = (n < shown.pages).then(|| at(n + 1));
    let seeing = may && !shown.page.seen;
    // on a page that is seen already the same key goes to the next that is not
    let on = shown.next_unseen.filter(|_| may && !seeing).map(at);
    let plain_key = if seeing || on.is_some() { None } else { Some('n') };
    let form = seeing.then(|| {
        let (request, version) = (shown.head.request.to_string(), shown.version.0.to_string());
        view! {
            <Form action=SeePageCall::PATH key=shown.head.keys.of(4) inline=true>
                <input type="hidden" name="request" value=request/>
                <input type="hidden" name="version" value=version/>
                <input type="hidden" name="page" value=n/>
                <Button text=copy.see_next key='n'/>
            </Form>
        }
    });
    view! {
        <div class="check-ways">
            {form}
            {on.map(|to| view! { <ButtonLink text=copy.next_unseen address=to key='n'/> })}
            {previous.map(|to| view! { <a href=to data-key="p">{copy.previous}</a> })}
            {next.map(|to| view! { <a href=to data-key=plain_key.map(String::from)>{copy.next}</a> })}
        </div>
    }
    .into_any()
}
