//! What stands around every page of a case: whose it is, the pages it has, and who works it.

use domain::{
    ids::RequestId,
    shown::worklist::{Head, Holder},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    calls::{ClaimCall, PutBackCall, TakeOverCall},
    said::is_late,
    tried::Tried,
};
use crate::ui::{
    Button, ButtonKind, Details, Field, Form, Identity, IdentityBar, Notice, Page, SubNavigation, Tab, Tone, Way,
};

/// The pages of a case.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    Overview,
    Identity,
    Records,
    History,
}

pub(super) fn address(request: RequestId) -> String {
    format!("/worklist/{request}")
}

/// The page `title` of a case, at a place of its navigation. The first three keys are the frame's own forms'.
pub(super) fn frame(head: &Head, at: At, title: &str, tried: &Tried, body: AnyView) -> AnyView {
    let words = tried.words;
    let base = address(head.request);
    let tab = |text: &str, path: &str, here: At| Tab {
        text: text.to_owned(),
        address: format!("{base}{path}"),
        waiting: None,
        current: here == at,
    };
    let tabs = vec![
        tab(words.overview, "", At::Overview),
        tab(words.identity, "/identity", At::Identity),
        tab(words.records, "/records", At::Records),
        tab(words.history, "/history", At::History),
    ];
    let mut flags = Vec::new();
    if head.deceased {
        flags.push(words.has_died.to_owned());
    }
    let identity = Identity {
        name: head.name.clone(),
        born: tried.date(head.born),
        record_number: head.record_number.clone(),
        request_number: head.number.to_string(),
        due: head.due_on.map(|due| tried.due(due, head.clock)),
        late: is_late(head.clock),
        flags,
    };
    let moved_on = tried.moved_on();
    let holding = holding(head, tried);
    view! {
        <IdentityBar identity/>
        <SubNavigation label=words.this_case tabs/>
        <Page title=title.to_owned() back=Way::new("/worklist", words.place) wrong=tried.wrong() wide=true>
            {moved_on.then(|| view! {
                <Notice tone=Tone::Information heading=words.moved_on><p>{words.moved_on_text}</p></Notice>
            })}
            {holding}
            {body}
        </Page>
    }
    .into_any()
}

/// Who has the case, and the way to take it, take it over or put it back.
fn holding(head: &Head, tried: &Tried) -> AnyView {
    let words = tried.words;
    let request = head.request.to_string();
    let holder = match &head.holder {
        None => words.nobody_has_it.to_owned(),
        Some(Holder { is_reader: true, .. }) => words.you_have_it.to_owned(),
        Some(Holder { name, .. }) => format!("{name} {}", words.has_it),
    };
    let act = if head.may.claim {
        view! {
            <Form action=ClaimCall::PATH key=head.keys.of(0) inline=true>
                <input type="hidden" name="request" value=request/>
                <Button text=words.claim key='c'/>
            </Form>
        }
        .into_any()
    } else if head.may.take_over {
        let (key, value, error) = (head.keys.of(1), tried.value("reason", ""), tried.error("reason"));
        view! {
            <Details summary=words.take_over>
                <Form action=TakeOverCall::PATH key>
                    <input type="hidden" name="request" value=request/>
                    <Field name="reason" label=words.take_over_why value error/>
                    <Button text=words.take_over kind=ButtonKind::Secondary/>
                </Form>
            </Details>
        }
        .into_any()
    } else if head.may.work {
        view! {
            <Form action=PutBackCall::PATH key=head.keys.of(2) inline=true>
                <input type="hidden" name="request" value=request/>
                <Button text=words.put_back kind=ButtonKind::Plain/>
            </Form>
        }
        .into_any()
    } else {
        ().into_any()
    };
    view! { <div class="case-holder"><p>{holder}</p>{act}</div> }.into_any()
}
