//! The chains verified from their entries. What only the checkpoints outside can tell, the page says.

use domain::{language::Language, shown::oversight::Verified, words::date};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    At, Pages,
    calls::{self, VerifyTrailCall},
};
use crate::{
    around::Around,
    ui::{Answer, Button, Column, Form, Notice, Page, Row, SummaryList, Table, Tone, asked, loaded},
    words,
};

#[component]
pub fn Verify() -> impl IntoView {
    let result = asked("result");
    loaded(calls::verification(result), |chain, tried| {
        let words = &Around::here().words().oversight;
        let found = chain.verified.map(|verified| found(verified, words));
        view! {
            <Page title=words.verify_title caption=chain.facility wrong=tried.wrong() wide=true>
                <Pages at=At::Verify/>
                {found}
                <p>{words.verify_lead}</p>
                <p>{words.verify_outside}</p>
                <Form action=VerifyTrailCall::url() key=chain.key.to_string()>
                    <Button text=words.verify_button/>
                </Form>
            </Page>
        }
    })
}

fn found(verified: Verified, words: &'static words::Oversight) -> impl IntoView {
    let holds = verified.broken == 0;
    let (tone, heading) =
        if holds { (Tone::Done, words.holds.to_owned()) } else { (Tone::Late, (words.broken)(verified.broken)) };
    let at = format!("{}, {}", date(verified.on, Language::English), verified.at.strftime("%H:%M"));
    let entries = words::number(u32::try_from(verified.entries).unwrap_or(u32::MAX));
    let rows: Vec<_> = verified
        .problems
        .into_iter()
        .map(|broken| {
            let seq = broken.seq.map_or_else(String::new, |seq| seq.to_string());
            let chain = if broken.of_no_facility { words.of_no_facility } else { words.of_facility };
            Row::new(vec![chain.into_any(), seq.into_any(), words::Oversight::problem(&broken.problem).into_any()])
        })
        .collect();
    let columns = vec![Column::new(words.chain), Column::new(words.seq), Column::new(words.problem)];
    view! {
        <Notice tone heading announced=true>
            <SummaryList answers=vec![Answer::new(words.verified_at, at), Answer::new(words.entries, entries)]/>
            {(!holds).then(|| view! {
                <p>{words.tell}</p>
                <Table caption=words.problems_caption columns rows/>
            })}
        </Notice>
    }
}
