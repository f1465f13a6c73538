//! How far the latest package is, and what comes next for it.

use domain::{
    package::PackageStage,
    shown::worklist::{CopyPage, ErrorShown, PackageShown, ReturnShown},
    words,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    calls::{HandOverCall, OpenPackageFileCall, SetAsidePackageCall},
    errors::{came_back, errors},
    files::files,
    findings::findings,
};
use crate::{
    ui::{
        Button, ButtonKind, ButtonLink, Buttons, Column, Details, Field, Form, Kind, LiveStatus, Notice, Row, Table,
        Tone, Width,
    },
    worklist::{frame::address, tried::Tried},
};

pub(super) fn stands(shown: &CopyPage, package: &PackageShown, tried: &Tried) -> AnyView {
    match package.stage {
        PackageStage::Building => building(shown, package, tried),
        PackageStage::Failed => failed(package, tried),
        PackageStage::Returned => view! {
            {package.returned.as_ref().map(|returned| sent_back(returned, tried))}
            {findings(shown, package, tried)}
        }
        .into_any(),
        PackageStage::Built => built(shown, package, tried),
        PackageStage::Checking => {
            let heading = tried.copy.waits_for_check;
            elsewhere(
                heading,
                Some(tried.copy.waits_for_check_text),
                tried.copy.go_to_check,
                "/check",
                shown,
                package,
                tried,
            )
        }
        PackageStage::Released => {
            elsewhere(tried.copy.is_released, None, tried.copy.go_to_release, "/release", shown, package, tried)
        }
    }
}

fn by(package: &PackageShown, tried: &Tried) -> String {
    format!("{} {}, {}", tried.copy.built_by, package.builder, tried.date(package.begun_on))
}

/// Whoever leaves the page open sees it change; everybody else looks again.
fn building(shown: &CopyPage, package: &PackageShown, tried: &Tried) -> AnyView {
    let (copy, request) = (tried.copy, shown.head.request);
    let (by, again) = (by(package, tried), format!("{}/copy", address(request)));
    view! {
        <LiveStatus request as_of=shown.as_of>
            <Notice heading=copy.building>
                <p>{copy.building_text}</p>
                <p>{by}</p>
                <p><a href=again>{copy.look_again}</a></p>
            </Notice>
        </LiveStatus>
    }
    .into_any()
}

fn failed(package: &PackageShown, tried: &Tried) -> AnyView {
    let copy = tried.copy;
    let why = package.failure.map(|reason| words::fail_reason(reason).to(tried.language));
    let heading = why.map_or_else(|| copy.failed.to_owned(), |why| format!("{}: {why}", copy.failed));
    let by = by(package, tried);
    view! { <Notice heading><p>{copy.failed_text}</p><p>{by}</p></Notice> }.into_any()
}

fn sent_back(returned: &ReturnShown, tried: &Tried) -> AnyView {
    let copy = tried.copy;
    let heading = format!("{} {}, {}", copy.returned_by, returned.by, tried.date(returned.on));
    let columns = [copy.error, copy.page, copy.note].map(Column::new).into();
    let rows = returned.errors.iter().map(|error| wrong(error, tried)).collect();
    view! {
        <Notice heading>
            <p>{copy.returned_text}</p>
            <Table caption=copy.errors_caption hidden_caption=true columns rows/>
        </Notice>
    }
    .into_any()
}

fn wrong(error: &ErrorShown, tried: &Tried) -> Row {
    let page =
        error.page.map_or_else(|| tried.copy.whole_copy.to_owned(), |page| format!("{} {page}", tried.copy.page));
    Row::new(vec![
        words::error_code(error.code).to(tried.language).into_any(),
        page.into_any(),
        error.note.clone().unwrap_or_default().into_any(),
    ])
}

fn built(shown: &CopyPage, package: &PackageShown, tried: &Tried) -> AnyView {
    view! {
        {findings(shown, package, tried)}
        {package.may_hand_over.then(|| hand_over(shown, package, tried))}
        {its_files(shown, package, tried)}
        {(package.may_set_aside && !package.may_hand_over).then(|| view! { <p>{tried.copy.builder_hands_over}</p> })}
        {package.may_set_aside.then(|| set_aside(shown, package, tried))}
    }
    .into_any()
}

fn its_files(shown: &CopyPage, package: &PackageShown, tried: &Tried) -> AnyView {
    let open = Some((OpenPackageFileCall::PATH, tried.copy.open));
    view! {
        <h2>{tried.copy.files}</h2>
        <p class="case-beside">{by(package, tried)}</p>
        {files(&package.files, &shown.head.request.to_string(), open, tried)}
    }
    .into_any()
}

fn hand_over(shown: &CopyPage, package: &PackageShown, tried: &Tried) -> AnyView {
    let copy = tried.copy;
    let (request, version) = (shown.head.request.to_string(), package.version.0.to_string());
    let open = package.findings.iter().any(|finding| finding.overridden.is_none());
    let pages = format!("{}/check", address(shown.head.request));
    let act = if open {
        view! { <p>{copy.still_open}</p> }.into_any()
    } else {
        view! {
            <Form action=HandOverCall::PATH key=shown.head.keys.of(6)>
                <input type="hidden" name="request" value=request/>
                <input type="hidden" name="version" value=version/>
                <p>{copy.hand_over_text}</p>
                <Buttons>
                    <Button text=copy.hand_over key='h'/>
                    <ButtonLink text=copy.look_at_pages address=pages kind=ButtonKind::Secondary/>
                </Buttons>
            </Form>
        }
        .into_any()
    };
    view! { <h2>{copy.hand_over_heading}</h2> {act} }.into_any()
}

fn set_aside(shown: &CopyPage, package: &PackageShown, tried: &Tried) -> AnyView {
    let copy = tried.copy;
    let (request, version, key) =
        (shown.head.request.to_string(), package.version.0.to_string(), shown.head.keys.of(7));
    let (page, page_error) = (tried.value("page", ""), tried.error("page"));
    let which = view! {
        <Field name="page" label=copy.which_page kind=Kind::Digits width=Width::Short value=page error=page_error/>
    }
    .into_any();
    let fields = errors(which, tried);
    view! {
        <Details summary=copy.set_aside open=came_back(tried)>
            <Form action=SetAsidePackageCall::PATH key>
                <input type="hidden" name="request" value=request/>
                <input type="hidden" name="version" value=version/>
                <p>{copy.set_aside_text}</p>
                {fields}
                <Button text=copy.set_aside_button kind=ButtonKind::Warning/>
            </Form>
        </Details>
    }
    .into_any()
}

/// It went on to the check or out of the house: where to follow it, and what it holds.
fn elsewhere(
    heading: &'static str,
    text: Option<&'static str>,
    go: &'static str,
    path: &str,
    shown: &CopyPage,
    package: &PackageShown,
    tried: &Tried,
) -> AnyView {
    let to = format!("{}{path}", address(shown.head.request));
    view! {
        <Notice heading tone=Tone::Information>
            {text.map(|text| view! { <p>{text}</p> })}
            <ButtonLink text=go address=to kind=ButtonKind::Secondary/>
        </Notice>
        {findings(shown, package, tried)}
        {its_files(shown, package, tried)}
    }
    .into_any()
}
