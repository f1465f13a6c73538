//! What the chart holds beside what was asked for; where each part is located and approved.

use domain::{
    item::ItemState,
    package::LeaveOutReason,
    refusal::Refusal,
    shown::worklist::{DocumentShown, ItemShown, RecordsPage},
    words,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    calls::{ApproveCall, LeaveOutCall, LocateCall, OpenDocumentCall, ReopenCall, TakeInCall, look_at_records},
    frame::{At, address, frame},
    loaded::loaded,
    tried::Tried,
};
use crate::ui::{
    Button, ButtonKind, Buttons, Column, Details, EmptyState, Form, Notice, Pager, Row, StatusTag, Table, Tone, asked,
    param,
};

#[component]
pub fn CaseRecordsPage() -> impl IntoView {
    let after = asked("after");
    let first = after.is_empty();
    loaded(look_at_records(param("request"), after), move |records, tried| page(records, first, &tried))
}

fn page(shown: RecordsPage, first: bool, tried: &Tried) -> AnyView {
    let (words, base) = (tried.words, address(shown.head.request));
    let missing = shown.missing.map(|why| missing(why, &base, tried));
    let working = shown.head.may.work && shown.missing.is_none() && !shown.under_way;
    let older = shown.after.as_ref().map(|after| format!("{base}/records?after={after}"));
    let newer = (!first).then(|| format!("{base}/records"));
    let documents = if shown.documents.is_empty() {
        let text = if shown.head.may.work { words.no_documents_text } else { words.claim_first };
        view! { <EmptyState heading=words.no_documents text/> }.into_any()
    } else {
        documents(&shown, working, tried)
    };
    let body = view! {
        {missing}
        {shown.under_way.then(|| view! { <p>{words::refusal(Refusal::PackageUnderWay).to(tried.language)}</p> })}
        <h2>{words.parts}</h2>
        {working.then(|| together(&shown, tried))}
        {parts(&shown, working, tried)}
        <h2>{words.documents_of_chart}</h2>
        {documents}
        <Pager newer older/>
    }
    .into_any();
    frame(&shown.head, At::Records, words.records_title, tried, body)
}

fn missing(why: Refusal, base: &str, tried: &Tried) -> AnyView {
    let words = tried.words;
    let (to, text) = match why {
        Refusal::IdentityNotVerified => (format!("{base}/identity"), words.verify),
        _ => (format!("{base}/chart"), words.find_chart),
    };
    view! {
        <Notice tone=Tone::Information heading=words::refusal(why).to(tried.language)><a href=to>{text}</a></Notice>
    }
    .into_any()
}

fn posted(item: &ItemShown) -> String {
    format!("{}:{}", item.id, item.version.0)
}

/// What can be done with several parts at once.
fn together(shown: &RecordsPage, tried: &Tried) -> AnyView {
    let words = tried.words;
    let fields = |items: Vec<&ItemShown>| -> Vec<_> {
        items.into_iter().map(|item| view! { <input type="hidden" name="items[]" value=posted(item)/> }).collect()
    };
    let request = shown.head.request.to_string();
    let held = |item: &&ItemShown| item.documents.is_some_and(|count| count > 0);
    let pending: Vec<_> = shown
        .items
        .iter()
        .filter(|item| item.state == ItemState::Pending && item.category.is_some())
        .filter(held)
        .collect();
    let located: Vec<_> = shown.items.iter().filter(|item| matches!(item.state, ItemState::Located { .. })).collect();
    let (may_locate, may_approve) = (!pending.is_empty(), !located.is_empty());
    let (pending, located) = (fields(pending), fields(located));
    let (locating, approving) = (request.clone(), request);
    let (locate_key, approve_key) = (shown.head.keys.of(4), shown.head.keys.of(5));
    view! {
        <Buttons>
            {may_locate.then(|| view! {
                <Form action=LocateCall::PATH key=locate_key inline=true>
                    <input type="hidden" name="request" value=locating/>
                    {pending}
                    <Button text=words.locate_all key='l'/>
                </Form>
            })}
            {may_approve.then(|| view! {
                <Form action=ApproveCall::PATH key=approve_key inline=true>
                    <input type="hidden" name="request" value=approving/>
                    {located}
                    <Button text=words.approve_all key='a'/>
                </Form>
            })}
        </Buttons>
    }
    .into_any()
}

fn parts(shown: &RecordsPage, working: bool, tried: &Tried) -> AnyView {
    let words = tried.words;
    let mut columns = vec![
        Column::new(words.part),
        Column::new(words.dates),
        Column::figures(words.documents),
        Column::figures(words.pages),
        Column::new(words.status),
    ];
    if working {
        columns.push(Column::new(words.decide));
    }
    let rows = (10..)
        .zip(&shown.items)
        .map(|(place, item)| {
            let said = words::item_state(&item.state).to(tried.language);
            let by = item.by.as_ref().map(|(by, on)| format!("{by}, {}", tried.date(*on)));
            let tone = if matches!(item.state, ItemState::Pending | ItemState::Located { .. }) {
                Tone::Information
            } else {
                Tone::Done
            };
            let mut cells = vec![
                tried.part(item).into_any(),
                tried.dates(item.dates).into_any(),
                item.documents.map(|count| count.to_string()).unwrap_or_default().into_any(),
                item.documents.map(|_| item.pages.to_string()).unwrap_or_default().into_any(),
                view! { <StatusTag text=said tone/> {by.map(|by| view! { <p class="case-beside">{by}</p> })} }
                    .into_any(),
            ];
            if working {
                cells.push(decisions(shown, item, place, tried));
            }
            Row::new(cells)
        })
        .collect();
    view! { <Table caption=words.parts hidden_caption=true columns rows/> }.into_any()
}

fn decisions(shown: &RecordsPage, item: &ItemShown, place: usize, tried: &Tried) -> AnyView {
    let words = tried.words;
    let request = shown.head.request;
    let own = format!("{}/records/{}", address(request), item.id);
    let about = tried.part(item);
    let (key, seen, request) = (shown.head.keys.of(place), posted(item), request.to_string());
    let hidden = about.clone();
    let reopen = |key: String, request: String, seen: String, hidden: String| {
        view! {
            <Form action=ReopenCall::PATH key inline=true>
                <input type="hidden" name="request" value=request/>
                <input type="hidden" name="item" value=seen/>
                <Button text=words.reopen kind=ButtonKind::Plain hidden/>
            </Form>
        }
        .into_any()
    };
    let link = |text: &'static str| {
        view! { <a href=own.clone()>{text}<span class="visually-hidden">" "{about.clone()}</span></a> }.into_any()
    };
    match &item.state {
        ItemState::Pending if item.category.is_none() => link(words.expand),
        ItemState::Pending => link(words.decide_other),
        ItemState::Located { .. } => view! {
            <Form action=ApproveCall::PATH key inline=true>
                <input type="hidden" name="request" value=request/>
                <input type="hidden" name="items[]" value=seen/>
                <Button text=words.approve kind=ButtonKind::Secondary hidden/>
            </Form>
            {link(words.decide_other)}
        }
        .into_any(),
        ItemState::Approved { .. } | ItemState::NotFound { .. } | ItemState::HeldElsewhere { .. } => {
            reopen(key, request, seen, hidden)
        }
    }
}

fn documents(shown: &RecordsPage, working: bool, tried: &Tried) -> AnyView {
    let words = tried.words;
    let columns = vec![
        Column::new(words.document),
        Column::new(words.kind),
        Column::new(words.dated),
        Column::new(words.author),
        Column::figures(words.pages),
        Column::new(words.in_the_copy),
    ];
    // each document has as many forms as there are reasons
    let places = (200..).step_by(LeaveOutReason::ALL.len());
    let rows = places
        .zip(&shown.documents)
        .map(|(place, document)| row(shown, document, working.then_some(place), tried))
        .collect();
    view! { <Table caption=words.documents_caption columns rows/> }.into_any()
}

/// `place`: that of its first form, where something can be chosen.
fn row(shown: &RecordsPage, document: &DocumentShown, place: Option<usize>, tried: &Tried) -> Row {
    let words = tried.words;
    let author = [document.author.clone(), document.site.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let (request, id, title) = (shown.head.request.to_string(), document.id.to_string(), document.title.clone());
    Row::new(vec![
        view! {
            <Form action=OpenDocumentCall::PATH key="" inline=true>
                <input type="hidden" name="request" value=request/>
                <input type="hidden" name="document" value=id/>
                <Button text=title kind=ButtonKind::Plain hidden=words.new_tab new_tab=true/>
            </Form>
        }
        .into_any(),
        words::category(document.category).clerk.to(tried.language).into_any(),
        tried.care(document.care).into_any(),
        author.into_any(),
        document.pages.map(|pages| pages.to_string()).unwrap_or_default().into_any(),
        chosen(shown, document, place, tried),
    ])
}

/// Whether it goes into the copy, and the way to choose otherwise.
fn chosen(shown: &RecordsPage, document: &DocumentShown, place: Option<usize>, tried: &Tried) -> AnyView {
    let words = tried.words;
    if let Some(reason) = document.left_out {
        let why = format!("{}: {}", words.left_out, words::leave_out_reason(reason).to(tried.language));
        let take_in = place.map(|place| {
            let (named, hidden) = (named(shown, document), document.title.clone());
            view! {
                <Form action=TakeInCall::PATH key=shown.head.keys.of(place) inline=true>
                    {named}
                    <Button text=words.take_in kind=ButtonKind::Plain hidden/>
                </Form>
            }
        });
        return view! { <div><p>{why}</p> {take_in}</div> }.into_any();
    }
    let said = match (document.asked_for, document.withheld) {
        (false, _) => words.not_asked_for,
        (true, false) => words.yes,
        (true, true) => words.withheld,
    };
    let Some(place) = place.filter(|_| document.asked_for) else { return said.into_any() };
    let reasons: Vec<_> = (place..)
        .zip(LeaveOutReason::ALL)
        .map(|(place, reason)| {
            let (named, hidden) = (named(shown, document), document.title.clone());
            let text = words::leave_out_reason(*reason).to(tried.language);
            view! {
                <Form action=LeaveOutCall::PATH key=shown.head.keys.of(place) inline=true>
                    {named}
                    <input type="hidden" name="reason" value=reason.code()/>
                    <Button text kind=ButtonKind::Plain hidden/>
                </Form>
            }
        })
        .collect();
    view! {
        <div>
            {said}
            <Details summary=words.leave_out>{reasons}</Details>
        </div>
    }
    .into_any()
}

fn named(shown: &RecordsPage, document: &DocumentShown) -> AnyView {
    view! {
        <input type="hidden" name="request" value=shown.head.request.to_string()/>
        <input type="hidden" name="document" value=document.id.to_string()/>
    }
    .into_any()
}
