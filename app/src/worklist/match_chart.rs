//! Whose chart: candidates beside the request, field by field, the likeliest first and none chosen. Choosing one and
//! matching it are two steps.

use domain::{
    shown::worklist::{Candidate, ChartPage, MatchShown},
    words,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    calls::{MatchChartCall, UnmatchChartCall, look_at_charts},
    frame::{At, address, frame},
    loaded::loaded,
    tried::Tried,
};
use crate::ui::{
    Answer, Button, ButtonKind, Comparison, DateField, DateTyped, EmptyState, Field, Form, Notice, SummaryList, Tone,
    Width, asked, param,
};

#[component]
pub fn ChartMatchPage() -> impl IntoView {
    let born = DateTyped { month: asked("born_month"), day: asked("born_day"), year: asked("born_year") };
    let parts = [born.month.clone(), born.day.clone(), born.year.clone()];
    let read = look_at_charts(param("request"), asked("name"), parts, asked("record_number"));
    loaded(read, move |charts, tried| page(charts, born.clone(), &tried))
}

fn page(shown: ChartPage, born: DateTyped, tried: &Tried) -> AnyView {
    let words = tried.words;
    let body = match &shown.matched {
        Some(matched) => is_matched(&shown, matched, tried),
        None if !shown.head.may.work => view! { <p>{words.claim_first}</p> }.into_any(),
        None => view! {
            {candidates(&shown, tried)}
            {search(&shown, born, tried)}
        }
        .into_any(),
    };
    frame(&shown.head, At::Identity, words.chart_title, tried, body)
}

fn candidates(shown: &ChartPage, tried: &Tried) -> AnyView {
    let words = tried.words;
    if shown.candidates.is_empty() {
        return view! { <EmptyState heading=words.no_chart_heading text=words.no_chart_text/> }.into_any();
    }
    let all: Vec<_> = (1..).zip(&shown.candidates).map(|(place, one)| candidate(place, one, shown, tried)).collect();
    let (request, version) = (shown.head.request.to_string(), shown.version.0.to_string());
    let error = tried.error("patient");
    view! {
        <p>{words.candidates_text}</p>
        {shown.more.then(|| view! { <p>{words.more_charts}</p> })}
        <Form action=MatchChartCall::PATH key=shown.head.keys.of(4)>
            <input type="hidden" name="request" value=request/>
            <input type="hidden" name="version" value=version/>
            <fieldset class="field">
                <legend class="field-legend field-label">{words.choose_chart}</legend>
                {error.map(|error| view! { <p class="field-error" id="patient-error">{error}</p> })}
                {all}
            </fieldset>
            <Button text=words.match_button/>
        </Form>
    }
    .into_any()
}

fn candidate(place: usize, one: &Candidate, shown: &ChartPage, tried: &Tried) -> AnyView {
    let words = tried.words;
    let id = if place == 1 { "patient".to_owned() } else { format!("patient-{place}") };
    let number = one.chart.record_number.clone().unwrap_or_else(|| words.no_number.to_owned());
    let label = format!("{}, {number}", one.chart.name);
    let rows = tried.compared(&shown.asked, Some(&one.chart), &one.fields);
    let patient = one.patient.to_string();
    let warning = one.lookalike.map(|how| words::lookalike(how).to(tried.language));
    let caption = format!("{} {}", words.compared_with, one.chart.name);
    view! {
        <section class="case-candidate">
            <div class="choice">
                <input class="choice-control" type="radio" id=id.clone() name="patient" value=patient disabled=!one.enough/>
                <label class="choice-label" for=id>{label}</label>
            </div>
            {(!one.enough).then(|| view! { <p class="choice-hint">{words.too_little}</p> })}
            {one.chart.deceased_on.map(|on| view! { <p class="choice-hint">{words.has_died}" "{tried.date(on)}</p> })}
            {warning.map(|text| view! { <Notice tone=Tone::Information heading=text/> })}
            <Comparison caption sources=vec![words.request.to_owned(), words.chart.to_owned()] rows/>
        </section>
    }
    .into_any()
}

fn is_matched(shown: &ChartPage, matched: &MatchShown, tried: &Tried) -> AnyView {
    let (words, language) = (tried.words, tried.language);
    let agreeing: Vec<_> = matched.agreeing.iter().map(|one| words::identifier(*one).to(language)).collect();
    let born = matched.chart.born.map(|born| tried.date(born)).unwrap_or_default();
    let answers = vec![
        Answer::new(words.name, matched.chart.name.clone()),
        Answer::new(words.born, born),
        Answer::new(words.record_number, matched.chart.record_number.clone().unwrap_or_default()),
        Answer::new(words.agreeing, agreeing.join(", ")),
        Answer::new(words.decided_by, format!("{}, {}", matched.by, tried.date(matched.on))),
    ];
    let (request, version, key) = (shown.head.request.to_string(), shown.version.0.to_string(), shown.head.keys.of(5));
    view! {
        <h2>{words.matched_heading}</h2>
        <SummaryList answers/>
        {shown.may_unmatch.then(|| view! {
            <Form action=UnmatchChartCall::PATH key inline=true>
                <input type="hidden" name="request" value=request/>
                <input type="hidden" name="version" value=version/>
                <Button text=words.unmatch kind=ButtonKind::Plain/>
            </Form>
        })}
    }
    .into_any()
}

/// Looks by something else than what was asked; the comparison stays with what was asked.
fn search(shown: &ChartPage, born: DateTyped, tried: &Tried) -> AnyView {
    let words = tried.words;
    let unread = shown.searched.unread.then(|| words.date_unread.to_owned());
    view! {
        <h2>{words.search_heading}</h2>
        <p>{words.search_text}</p>
        <form class="form" method="get" action=format!("{}/chart", address(shown.head.request)) novalidate>
            <Field name="name" label=words.search_name width=Width::Half value=shown.searched.name.clone()/>
            <DateField name="born" legend=words.born typed=born error=unread/>
            <Field
                name="record_number"
                label=words.record_number
                width=Width::Short
                value=shown.searched.record_number.clone()
            />
            <Button text=words.search_button kind=ButtonKind::Secondary/>
        </form>
    }
    .into_any()
}
