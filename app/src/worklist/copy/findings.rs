//! The pages that the page check could not confirm: looked at one by one, answered for several at once with one reason.

use domain::{
    shown::worklist::{CopyPage, FindingShown, PackageShown},
    words,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::calls::OverrideFindingsCall;
use crate::{
    ui::{Button, ButtonKind, Column, Form, Row, Table, TextArea},
    worklist::{frame::address, tried::Tried},
};

pub(super) fn findings(shown: &CopyPage, package: &PackageShown, tried: &Tried) -> AnyView {
    let copy = tried.copy;
    let (open, answered): (Vec<_>, Vec<_>) = package.findings.iter().partition(|finding| finding.overridden.is_none());
    let open = (!open.is_empty()).then(|| {
        let list = if package.may_hand_over { answer(shown, package, &open, tried) } else { only(shown, &open, tried) };
        view! { <h2>{copy.findings}</h2> {list} }
    });
    let answered = (!answered.is_empty()).then(|| {
        view! { <h2>{copy.answered}</h2> {reasons(shown, &answered, tried)} }
    });
    view! { {open} {answered} }.into_any()
}

fn answer(shown: &CopyPage, package: &PackageShown, open: &[&FindingShown], tried: &Tried) -> AnyView {
    let copy = tried.copy;
    let boxes = (1..)
        .zip(open)
        .map(|(place, finding)| {
            let n = finding.n.to_string();
            let id = if place == 1 { "findings".to_owned() } else { format!("findings-{place}") };
            let label = format!("{} {}", copy.page, finding.page);
            let chosen = tried.chosen("findings[]", &n);
            let tick = view! {
                <div class="finding-choice">
                    <input class="choice-control" type="checkbox" id=id.clone() name="findings[]" value=n checked=chosen/>
                    <label for=id>{label}</label>
                </div>
            };
            row(tick.into_any(), shown, finding, tried)
        })
        .collect();
    let (request, version) = (shown.head.request.to_string(), package.version.0.to_string());
    let (error, reason, reason_error) = (tried.error("findings"), tried.value("reason", ""), tried.error("reason"));
    let (columns, described_by) = (columns(tried), error.is_some().then_some("findings-error"));
    view! {
        <p>{copy.findings_text}</p>
        <Form action=OverrideFindingsCall::PATH key=shown.head.keys.of(5)>
            <input type="hidden" name="request" value=request/>
            <input type="hidden" name="version" value=version/>
            <fieldset class="field" aria-describedby=described_by>
                <legend class="field-legend field-label">{copy.findings_legend}</legend>
                {error.map(|error| view! { <p class="field-error" id="findings-error">{error}</p> })}
                <Table caption=copy.findings hidden_caption=true columns rows=boxes/>
            </fieldset>
            <TextArea
                name="reason"
                label=copy.findings_reason
                hint=copy.findings_reason_hint
                limit=500
                rows=2
                value=reason
                error=reason_error
            />
            <Button text=copy.answer_findings kind=ButtonKind::Secondary/>
        </Form>
    }
    .into_any()
}

fn only(shown: &CopyPage, open: &[&FindingShown], tried: &Tried) -> AnyView {
    let rows = open
        .iter()
        .map(|finding| row(format!("{} {}", tried.copy.page, finding.page).into_any(), shown, finding, tried))
        .collect();
    view! { <Table caption=tried.copy.findings hidden_caption=true columns=columns(tried) rows/> }.into_any()
}

fn columns(tried: &Tried) -> Vec<Column> {
    let copy = tried.copy;
    [copy.page, copy.page_check, copy.from_document, copy.look_at_page].map(Column::new).into()
}

fn row(first: AnyView, shown: &CopyPage, finding: &FindingShown, tried: &Tried) -> Row {
    Row::new(vec![
        first,
        words::page_check(finding.check).to(tried.language).into_any(),
        source(finding, tried).into_any(),
        look(shown, finding, tried),
    ])
}

fn source(finding: &FindingShown, tried: &Tried) -> String {
    finding.document.clone().unwrap_or_else(|| tried.copy.the_letter.to_owned())
}

fn look(shown: &CopyPage, finding: &FindingShown, tried: &Tried) -> AnyView {
    let to = format!("{}/check?page={}", address(shown.head.request), finding.page);
    view! { <a href=to>{tried.copy.look_at_page}<span class="visually-hidden">" "{finding.page}</span></a> }.into_any()
}

/// What was answered, for whoever checks and for whoever builds the next one.
fn reasons(shown: &CopyPage, answered: &[&FindingShown], tried: &Tried) -> AnyView {
    let copy = tried.copy;
    let columns = [copy.page, copy.page_check, copy.from_document, copy.answer, copy.look_at_page].map(Column::new);
    let rows = answered
        .iter()
        .map(|finding| {
            let said = finding.overridden.as_ref().map(|answer| {
                view! {
                    <div>
                        <p>{answer.reason.clone()}</p>
                        <p class="case-beside">{answer.by.clone()}", "{tried.date(answer.on)}</p>
                    </div>
                }
            });
            Row::new(vec![
                format!("{} {}", copy.page, finding.page).into_any(),
                words::page_check(finding.check).to(tried.language).into_any(),
                source(finding, tried).into_any(),
                said.into_any(),
                look(shown, finding, tried),
            ])
        })
        .collect();
    view! { <Table caption=copy.answered hidden_caption=true columns=columns.into() rows/> }.into_any()
}
