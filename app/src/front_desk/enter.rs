//! The form for somebody who asks at the desk, by phone or on paper, on one page: the person is there, or what they
//! wrote is, and the desk takes it in any order.

use domain::{language::Language, request::Channel, shown::front_desk::Entering, words::category};
use leptos::{prelude::*, server_fn::ServerFn};

use super::calls::{self, EnterRequestCall};
use crate::{
    around::Around,
    ui::{
        Button, ButtonKind, CheckBoxes, Choice, DateField, DateTyped, Details, Field, FileField, Form, Kind, Notice,
        Page, Radios, TextArea, Tone, Tried, UploadProgress, Way, Width, asked, loaded,
    },
    words::{FrontDesk, words},
};

#[component]
pub fn Enter() -> impl IntoView {
    // the pages of a form on paper that were scanned for this request
    let scan = asked("scan");
    loaded(calls::enter_page(), move |entering, tried| {
        let scan = scan.clone();
        let words = &Around::here().words().front_desk;
        view! {
            <Page
                title=words.enter_title
                caption=entering.facility.clone()
                back=Way::new("/front-desk", words.place)
                wrong=tried.wrong()
            >
                <p>{words.enter_lead}</p>
                {attached(&scan, words)}
                <Form action=EnterRequestCall::url() key=tried.key(entering.key)>
                    {paper(&scan, &tried, words)}
                    {came(&entering, !scan.is_empty(), &tried, words)}
                    <h2>{words.person_heading}</h2>
                    {person(&tried, words)}
                    <h2>{words.reach_heading}</h2>
                    <p>{words.reach_hint}</p>
                    {reach(&tried, words)}
                    <h2>{words.ask_heading}</h2>
                    {asks(&entering, &tried, words)}
                    <Button text=words.enter_button/>
                </Form>
            </Page>
        }
    })
}

fn radio(tried: &Tried, field: &str, value: &str, label: &'static str) -> Choice {
    Choice::new(value, label).chosen(tried.ticked(field, value))
}

fn attached(scan: &str, words: &'static FrontDesk) -> Option<impl IntoView + use<>> {
    let pages = scan.split('.').count();
    (!scan.is_empty()).then(|| {
        view! { <Notice tone=Tone::Done heading=(words.scanned)(pages)><p>{words.scanned_text}</p></Notice> }
    })
}

/// What came on paper is entered with its form. The scan is sent ahead with all that was typed by then, which comes back
/// with it. The button without words is the one that the Enter key in a field presses: it enters the request.
fn paper(scan: &str, tried: &Tried, words: &'static FrontDesk) -> AnyView {
    if !scan.is_empty() {
        return view! { <input type="hidden" name="scan" value=scan.to_owned()/> }.into_any();
    }
    let error = tried.error("file").or_else(|| tried.error("scan"));
    let open = error.is_some();
    view! {
        <button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true"></button>
        <Details summary=words.on_paper open>
            <p>{words.on_paper_text}</p>
            <UploadProgress id="scan-progress">
                <div class="form">
                    <FileField
                        name="file"
                        label=words.scan
                        hint=words.scan_hint
                        error
                        accept="image/jpeg,image/png,image/tiff,application/pdf"
                    />
                    <Button text=words.scan_button kind=ButtonKind::Secondary files_to="/front-desk/forms"/>
                </div>
            </UploadProgress>
        </Details>
    }
    .into_any()
}

fn came(entering: &Entering, on_paper: bool, tried: &Tried, words: &'static FrontDesk) -> impl IntoView + use<> {
    let today = entering.today;
    let received = if tried.has("received_month") {
        tried.typed_date("received")
    } else {
        DateTyped { month: today.month().to_string(), day: today.day().to_string(), year: today.year().to_string() }
    };
    let mut channels = vec![
        radio(tried, "channel", Channel::InPerson.code(), words.in_person),
        radio(tried, "channel", Channel::Phone.code(), words.phone),
    ];
    if on_paper {
        let paper = Channel::Paper.code();
        let chosen = !tried.has("channel") || tried.ticked("channel", paper);
        channels.insert(0, Choice::new(paper, words.paper).chosen(chosen));
    }
    let late = tried.error("late_reason").or_else(|| tried.refused("late_entry_reason_needed"));
    view! {
        <Radios name="channel" legend=words.channel error=tried.error("channel") choices=channels/>
        <DateField
            name="received"
            legend=words.received
            hint=words.received_hint
            typed=received
            error=tried.date_error("received")
        />
        <TextArea
            name="late_reason"
            label=words.late_reason
            hint=words.late_reason_hint
            value=tried.typed("late_reason")
            error=late
            limit=500
            rows=2
        />
    }
}

fn person(tried: &Tried, words: &'static FrontDesk) -> impl IntoView + use<> {
    view! {
        <Field
            name="name"
            label=words.full_name
            hint=words.full_name_hint
            value=tried.typed("name")
            error=tried.error("name")
            autocomplete="off"
        />
        <TextArea
            name="former_names"
            label=words.former_names
            hint=words.former_names_hint
            value=tried.typed("former_names")
            error=tried.error("former_names")
            limit=2000
            rows=2
        />
        <DateField name="birth" legend=words.birth typed=tried.typed_date("birth") error=tried.date_error("birth")/>
        <Field
            name="record_number"
            label=words.record_number
            hint=words.record_number_hint
            value=tried.typed("record_number")
            error=tried.error("record_number")
            width=Width::Half
            autocomplete="off"
        />
    }
}

fn reach(tried: &Tried, words: &'static FrontDesk) -> impl IntoView + use<> {
    let line = |name: &'static str, label: &'static str, width| {
        view! {
            <Field name label width value=tried.typed(name) error=tried.error(name) autocomplete="off"/>
        }
    };
    view! {
        <Field
            name="phone"
            label=words.their_phone
            kind=Kind::Phone
            width=Width::Half
            value=tried.typed("phone")
            error=tried.error("phone")
            autocomplete="off"
        />
        <Field
            name="email"
            label=words.their_email
            hint=words.their_email_hint
            kind=Kind::Email
            value=tried.typed("email")
            error=tried.error("email")
            autocomplete="off"
        />
        {line("line1", words.line1, Width::Full)}
        {line("line2", words.line2, Width::Full)}
        {line("city", words.city, Width::Half)}
        {line("state", words.us_state, Width::Short)}
        {line("zip", words.zip, Width::Short)}
    }
}

fn asks(entering: &Entering, tried: &Tried, words: &'static FrontDesk) -> impl IntoView + use<> {
    let scopes =
        vec![radio(tried, "scope", "everything", words.everything), radio(tried, "scope", "chosen", words.chosen)];
    let categories = entering.categories.iter().map(|kind| {
        let code = kind.code();
        Choice::new(code, category(*kind).patient.to(Language::English)).chosen(tried.ticked("categories[]", code))
    });
    let dates = vec![
        radio(tried, "dates", "all", words.all_dates),
        radio(tried, "dates", "last_12_months", words.last_12_months),
        radio(tried, "dates", "between", words.between),
    ];
    let languages = Language::ALL.iter().map(|language| radio(tried, "language", language.code(), name_of(*language)));
    view! {
        <Radios name="scope" legend=words.scope error=tried.error("scope") choices=scopes/>
        <CheckBoxes
            name="categories"
            legend=words.categories
            hint=words.categories_hint
            error=tried.error("categories")
            choices=categories.collect()
        />
        <Radios name="dates" legend=words.dates error=tried.error("dates") choices=dates/>
        <DateField name="from" legend=words.from typed=tried.typed_date("from") error=tried.date_error("from")/>
        <DateField name="to" legend=words.to typed=tried.typed_date("to") error=tried.date_error("to")/>
        <h3>{words.delivery}</h3>
        <p>{words.delivery_text}</p>
        <Radios
            name="language"
            legend=words.language
            hint=words.language_hint
            error=tried.error("language")
            choices=languages.collect()
        />
        <TextArea
            name="help"
            label=words.help
            hint=words.help_hint
            value=tried.typed("help")
            error=tried.error("help")
            limit=500
            rows=3
        />
    }
}

fn name_of(language: Language) -> &'static str {
    words(language).ui.language
}
