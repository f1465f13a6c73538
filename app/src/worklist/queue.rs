//! The queue: what is open, the most urgent first, narrowed by what stands in the address.

use domain::{
    shown::worklist::{Count, Counts, Queue, QueueRow},
    status::Headline,
    words,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    calls::{ClaimNextCall, look_at_queue},
    loaded::loaded,
    said::{is_late, tone},
    tried::Tried,
};
use crate::ui::{
    Aloud, Button, Choice, Chosen, Column, EmptyState, Field, Filters, Form, Key, KeySheet, Notice, Page, Pager,
    QueueKeys, Row, Select, StatusTag, Table, Tone, Width, asked,
};

/// The filters, as the address has them.
#[derive(Clone)]
struct Asked {
    headline: String,
    waiting: String,
    whose: String,
    late: String,
    text: String,
    after: String,
}

#[component]
pub fn QueuePage() -> impl IntoView {
    let from = Asked {
        headline: asked("headline"),
        waiting: asked("waiting"),
        whose: asked("whose"),
        late: asked("late"),
        text: asked("text"),
        after: asked("after"),
    };
    let none_left = asked("next") == "none";
    let Asked { headline, waiting, whose, late, text, after } = from.clone();
    loaded(look_at_queue(headline, waiting, whose, late, text, after), move |queue, tried| {
        page(queue, &from, none_left, &tried)
    })
}

fn page(queue: Queue, asked: &Asked, none_left: bool, tried: &Tried) -> AnyView {
    let words = tried.words;
    let older = queue.after.clone().map(|after| address(asked, "", Some(&after)));
    let newer = (!asked.after.is_empty()).then(|| address(asked, "", None));
    let list = if queue.rows.is_empty() {
        view! { <EmptyState heading=words.none_heading text=words.none_text/> }.into_any()
    } else {
        let columns = vec![
            Column::new(words.name),
            Column::new(words.born),
            Column::new(words.request),
            Column::new(words.received),
            Column::new(words.due),
            Column::new(words.who_has_it),
            Column::new(words.status),
        ];
        let rows: Vec<_> = queue.rows.into_iter().map(|one| row(one, tried)).collect();
        view! { <Table caption=words.queue_caption columns rows/> }.into_any()
    };
    let (counts, filters, key) = (counts(queue.counts, tried), filters(asked, tried), queue.keys.of(0));
    view! {
        <Page title=words.place caption=queue.facility wrong=tried.wrong() wide=true>
            {none_left.then(|| view! {
                <Notice tone=Tone::Done heading=words.nothing_left announced=true><p>{words.nothing_left_text}</p></Notice>
            })}
            <div class="case-top">
                {counts}
                <Form action=ClaimNextCall::PATH key inline=true>
                    <Button text=words.next_case key='n'/>
                </Form>
            </div>
            {filters}
            {list}
            <Pager newer older/>
            <KeySheet keys=vec![
                Key::new("j", words.key_down),
                Key::new("k", words.key_up),
                Key::new("Enter", words.key_open),
                Key::new("n", words.next_case),
                Key::new("?", words.key_sheet),
            ]>
                <QueueKeys/>
            </KeySheet>
        </Page>
    }
    .into_any()
}

fn counts(counts: Counts, tried: &Tried) -> AnyView {
    let words = tried.words;
    let said = |count: Count| if count.or_more { format!("{}+", count.number) } else { count.number.to_string() };
    let link = |query: &'static str, count: Count, text: &'static str| {
        view! { <li><a href=format!("/worklist?{query}")><strong>{said(count)}</strong>" "{text}</a></li> }
    };
    view! {
        <ul class="case-counts">
            {link("late=late", counts.late, words.count_late)}
            {link("whose=mine", counts.mine, words.count_mine)}
            {link("whose=unassigned", counts.unassigned, words.count_unassigned)}
            {link("headline=quality_check", counts.to_check, words.count_to_check)}
            {link("headline=action_needed", counts.waiting, words.count_waiting)}
        </ul>
    }
    .into_any()
}

fn filters(asked: &Asked, tried: &Tried) -> AnyView {
    let words = tried.words;
    let states = [
        Headline::Received,
        Headline::Verifying,
        Headline::ActionNeeded,
        Headline::Gathering,
        Headline::Preparing,
        Headline::QualityCheck,
        Headline::Ready,
        Headline::Delivered,
    ];
    let state = |headline: Headline| words::staff::headline(headline).to(tried.language);
    let headlines = std::iter::once(Choice::new("", words.any))
        .chain(states.map(|one| Choice::new(one.code(), state(one)).chosen(asked.headline == one.code())))
        .collect();
    let one_of = |value: &str, choices: &[(&str, &str)]| -> Vec<Choice> {
        choices.iter().map(|(code, label)| Choice::new(*code, *label).chosen(value == *code)).collect()
    };
    let whose = [("", words.anyone), ("mine", words.mine), ("unassigned", words.nobody)];
    let waiting = [("", words.any), ("none", words.waits_on_us), ("patient", words.waits_on_patient)];
    let late = [("", words.any), ("late", words.only_late)];
    let label = |value: &str, choices: &[(&str, &'static str)]| {
        choices.iter().find(|(code, _)| *code == value && !code.is_empty()).map(|(_, label)| (*label).to_owned())
    };
    let headline = Headline::from_code(&asked.headline).map(|headline| state(headline).to_owned());
    let text = Some(asked.text.clone()).filter(|text| !text.trim().is_empty());
    let chosen = [
        (headline, "headline"),
        (label(&asked.waiting, &waiting), "waiting"),
        (label(&asked.whose, &whose), "whose"),
        (label(&asked.late, &late), "late"),
        (text, "text"),
    ]
    .into_iter()
    .filter_map(|(text, field)| Some(Chosen { text: text?, without: address(asked, field, None) }))
    .collect();
    let typed = asked.text.clone();
    let (waits, holders, lates) =
        (one_of(&asked.waiting, &waiting), one_of(&asked.whose, &whose), one_of(&asked.late, &late));
    view! {
        <Filters address="/worklist" chosen>
            <Field name="text" label=words.search value=typed width=Width::Half/>
            <Select name="headline" label=words.status choices=headlines/>
            <Select name="waiting" label=words.waiting_on choices=waits/>
            <Select name="whose" label=words.who_has_it choices=holders/>
            <Select name="late" label=words.due choices=lates/>
        </Filters>
    }
    .into_any()
}

fn row(row: QueueRow, tried: &Tried) -> Row {
    let words = tried.words;
    let who = match &row.holder {
        None => words.nobody.to_owned(),
        Some(holder) if holder.is_reader => words.you.to_owned(),
        Some(holder) => holder.name.clone(),
    };
    let headline = words::staff::headline(row.headline).to(tried.language);
    Row {
        late: is_late(row.clock),
        cells: vec![
            view! { <a href=format!("/worklist/{}", row.request)>{row.name}</a> }.into_any(),
            tried.date(row.born).into_any(),
            view! { <Aloud number=row.number.to_string()/> }.into_any(),
            tried.date(row.received_on).into_any(),
            tried.due(row.due_on, row.clock).into_any(),
            who.into_any(),
            view! { <StatusTag text=headline tone=tone(row.headline)/> }.into_any(),
        ],
    }
}

/// The queue's address with these filters but one.
fn address(asked: &Asked, without: &str, after: Option<&str>) -> String {
    let pairs = [
        ("headline", asked.headline.as_str()),
        ("waiting", &asked.waiting),
        ("whose", &asked.whose),
        ("late", &asked.late),
        ("text", &asked.text),
        ("after", after.unwrap_or_default()),
    ];
    let query: Vec<String> = pairs
        .into_iter()
        .filter(|(name, value)| *name != without && !value.is_empty())
        .map(|(name, value)| format!("{name}={}", escaped(value)))
        .collect();
    if query.is_empty() { "/worklist".to_owned() } else { format!("/worklist?{}", query.join("&")) }
}

fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().fold(String::new(), |out, byte| {
        if plain(byte) { out + char::from(byte).encode_utf8(&mut [0; 4]) } else { out + &format!("%{byte:02X}") }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chip_leaves_its_own_filter_out_and_keeps_the_others() {
        let asked = Asked {
            headline: "verifying".into(),
            waiting: String::new(),
            whose: "mine".into(),
            late: String::new(),
            text: "O'Keefe & co".into(),
            after: "2026-04-02.x".into(),
        };
        assert_eq!(address(&asked, "whose", None), "/worklist?headline=verifying&text=O%27Keefe%20%26%20co");
        let next = address(&asked, "", Some("2026-05-01.y"));
        assert!(next.contains("whose=mine") && next.ends_with("after=2026-05-01.y"), "{next}");
    }
}
