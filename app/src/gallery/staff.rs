//! What staff's pages are made of; staff read English.

use leptos::prelude::*;

use super::Piece;
use crate::{
    ui::{
        Agreement, Aloud, Bar, BarChart, Button, ButtonKind, Choice, Chosen, Column, Compared, Comparison, Field,
        FileList, Filters, Form, Identity, IdentityBar, Key, KeySheet, ListedFile, Order, PageViewer, PageViewerKeys,
        Pager, QueueKeys, Row, Select, StatusTag, SubNavigation, Tab, Table, Tone, Width,
    },
    words::Language,
};

#[component]
pub(super) fn ForStaff() -> impl IntoView {
    view! {
        <div lang=Language::English.code() class="gallery-staff">
            <Case/>
            <Queue/>
            <Figures/>
        </div>
    }
}

#[component]
fn Case() -> impl IntoView {
    let flags = |flags: &[&str]| flags.iter().map(|flag| (*flag).to_owned()).collect();
    let tab = |text: &str, waiting: Option<&str>, current| Tab {
        text: text.into(),
        address: "/gallery".into(),
        waiting: waiting.map(Into::into),
        current,
    };
    view! {
        <Piece name="identity bar">
            <IdentityBar identity=Identity {
                name: "McCullough, Evelyn".into(),
                born: "March 27, 1957".into(),
                record_number: Some("00 41 77 20".into()),
                request_number: "482 173 9056".into(),
                due: Some("April 2, 2026 (12 days left)".into()),
                late: false,
                flags: flags(&["Same name as another patient", "Restricted"]),
            }/>
        </Piece>
        <Piece name="sub-navigation">
            <SubNavigation
                label="This case"
                tabs=vec![
                    tab("Overview", None, true),
                    tab("Identity", None, false),
                    tab("Records", Some("3 new"), false),
                    tab("Release", None, false),
                    tab("History", None, false),
                ]
            />
        </Piece>
        <Piece name="comparison"><Compare/></Piece>
        <Piece name="page viewer">
            <PageViewer
                document="Discharge summary, May 2, 2024"
                whose="McCullough, Evelyn · March 27, 1957 · 00417720"
                page=3
                of=120
                text=Some("Patient was seen on the ward and may go home today.\n\nFollow-up in two weeks.".into())
            >
                <Form action="/gallery" key="" inline=true label="This page">
                    <Button text="Next page" key='n'/>
                    <Button text="This page is somebody else's" kind=ButtonKind::Warning name="finding" value="another_person"/>
                </Form>
                <PageViewerKeys/>
            </PageViewer>
        </Piece>
        <Piece name="file list">
            <FileList files=vec![
                file("The copy", "PDF, 120 pages, 14.2 MB", true),
                file("The list of what is in it", "PDF, 2 pages, 84 KB", true),
                file("chest-x-ray-2024-05-02.dcm", "DICOM, 18.0 MB", false),
            ]/>
        </Piece>
    }
}

/// The last one can only be seen to be there.
fn file(name: &str, beside: &str, opens: bool) -> ListedFile {
    let hidden = name.to_owned();
    let act = opens.then(|| {
        view! {
            <Form action="/gallery" key="" inline=true>
                <Button text="Open" kind=ButtonKind::Secondary hidden new_tab=true/>
            </Form>
        }
        .into_any()
    });
    ListedFile { name: name.into(), beside: beside.into(), act }
}

#[component]
fn Compare() -> impl IntoView {
    let row = |what: &str, stated: [&str; 3], agreement| Compared {
        what: what.into(),
        stated: stated.map(Into::into).into(),
        agreement,
    };
    view! {
        <Comparison
            caption="The request beside the record and the ID"
            sources=["Request", "Record", "ID"].map(Into::into).into()
            rows=vec![
                row("Name", ["Evelyn McCullough", "McCullough, Evelyn", "Evelyn R. McCullough"], Agreement::Same),
                row("Born", ["March 7, 1957", "July 3, 1957", "July 3, 1957"], Agreement::Close("Day and month are swapped".into())),
                row("Address", ["12 Elm St", "8 Oak Ave", "12 Elm St"], Agreement::Different),
                row("Phone", ["(555) 010-4477", "", ""], Agreement::CannotTell),
            ]
        />
    }
}

#[component]
fn Queue() -> impl IntoView {
    let row =
        |name: &'static str, number: &'static str, due: &'static str, who: &'static str, status: &'static str, tone| {
            Row {
                cells: vec![
                    view! { <a href="/gallery/status">{name}</a> }.into_any(),
                    view! { <Aloud number/> }.into_any(),
                    due.into_any(),
                    who.into_any(),
                    view! { <StatusTag text=status tone/> }.into_any(),
                ],
                late: tone == Tone::Late,
            }
        };
    view! {
        <Piece name="filters">
            <Filters
                address="/gallery"
                chosen=vec![Chosen { text: "Waiting on us".into(), without: "/gallery".into() }, Chosen { text: "Mine".into(), without: "/gallery".into() }]
            >
                <Field name="words" label="Name, number or date of birth" width=Width::Half/>
                <Select name="state" label="State" choices=vec![Choice::new("", "Any"), Choice::new("late", "Late").chosen(true)]/>
            </Filters>
        </Piece>
        <Piece name="table, pager">
                <Table
                    caption="Requests, the most urgent first"
                    columns=vec![
                        Column::new("Name").sort("/gallery", None),
                        Column::new("Request"),
                        Column::figures("Due").sort("/gallery", Some(Order::Ascending)),
                        Column::new("Who has it"),
                        Column::new("Status"),
                    ]
                    rows=vec![
                        row("O’Keefe, María del Carmen", "731 009 4465", "3 days late", "Ana Ruiz", "Late", Tone::Late),
                        row("McCullough, Evelyn", "482 173 9056", "12 days left", "Nobody", "Waiting on the patient", Tone::ActionNeeded),
                        row("李, 明", "205 518 7731", "21 days left", "You", "Gathering", Tone::Information),
                        row("Abernathy, Thaddeus", "660 240 1183", "Answered", "Ben Osei", "Ready", Tone::Done),
                    ]
                />
            <Pager newer=Some("/gallery".into()) older=Some("/gallery".into())/>
        </Piece>
        <Piece name="key sheet">
            <KeySheet keys=vec![Key::new("j", "Next row"), Key::new("k", "Row before"), Key::new("Enter", "Open"), Key::new("?", "This list")]>
                <QueueKeys/>
            </KeySheet>
        </Piece>
    }
}

#[component]
fn Figures() -> impl IntoView {
    let bar = |label: &str, value: u32| Bar { label: label.into(), value, said: format!("{value} days") };
    view! {
        <Piece name="bar chart">
            <BarChart
                caption="Days in each stage, half take no longer"
                what="Stage"
                measure="Days"
                bars=vec![bar("Checking", 2), bar("Gathering", 11), bar("Final check", 3), bar("Picked up", 0)]
            />
        </Piece>
    }
}
