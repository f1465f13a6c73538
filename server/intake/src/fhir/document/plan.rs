//! Care plans with their goals, the goals that no plan has, and who is on the care team.

use std::collections::BTreeSet;

use domain::document::{Block, Category};
use serde::Deserialize;

use super::{
    draft::{Draft, DraftBody, Facts, Maker, span_words, status, table},
    other::told,
};
use crate::fhir::{
    chart::Status,
    element::{Annotation, Concept, OneOrMany, Period, Reference, words},
    entry::Kind,
    refused::Refused,
};

pub(super) fn plans(maker: &Maker) -> Result<Vec<Draft>, Refused> {
    let mut in_plans = BTreeSet::new();
    let mut drafts = Vec::new();
    for at in maker.of(Kind::CarePlan) {
        drafts.push(plan(maker, *at, &mut in_plans)?);
    }
    let alone: Vec<_> = maker.of(Kind::Goal).iter().copied().filter(|at| !in_plans.contains(at)).collect();
    if !alone.is_empty() {
        let mut draft = Draft::list("list:goals", &maker.patient.source_id, Category::CarePlan, "Goals");
        draft.status = Status::Final;
        draft.ongoing = true;
        draft.body = DraftBody::Blocks(goals(maker, &alone)?.into_iter().collect());
        draft.made_of.extend(alone);
        drafts.push(draft);
    }
    for at in maker.of(Kind::CareTeam) {
        drafts.push(team(maker, *at)?);
    }
    Ok(drafts)
}

fn plan(maker: &Maker, at: usize, in_plans: &mut BTreeSet<usize>) -> Result<Draft, Refused> {
    let (reading, entry) = (maker.reading, &maker.reading.entries[at]);
    let stated: Plan = entry.parse()?;
    let kinds: Vec<_> = stated.category.iter().filter(|kind| !kind.codes().any(|code| code == "assess-plan")).collect();
    let title = stated.title.clone().or_else(|| words(kinds));
    let title = title.map_or_else(|| "Care plan".to_owned(), |title| format!("Care plan: {title}"));
    let mut draft = Draft::of(maker, at, Category::CarePlan, title);
    draft.encounter = maker.encounter(at, stated.encounter.as_ref())?;
    draft.service = reading.span(entry, stated.period.as_ref())?;
    draft.ongoing = draft.service.to.is_none();
    draft.author = reading.all_words(at, &stated.author.0)?;
    draft.status = status(stated.status.as_deref());
    let mut addressed = Vec::new();
    for problem in &stated.addresses {
        draft.made_of.extend(reading.linked(at, problem)?.filter(|found| reading.owners[*found].is_some()));
        addressed.extend(reading.words(at, problem)?);
    }
    let mut facts = Facts::default();
    facts.add("For", (!addressed.is_empty()).then(|| addressed.join("; ")));
    facts.add("When", span_words(&draft.service));
    facts.add("Status", stated.status.map(|status| status.replace('-', " ")));
    facts.add("Description", stated.description);
    let mut rows = Vec::new();
    for activity in &stated.activity {
        let (what, status, barred) = match (&activity.detail, &activity.reference) {
            (Some(detail), _) => {
                let what = detail.code.as_ref().and_then(Concept::words).map(str::to_owned);
                let what = what.or_else(|| detail.description.clone());
                (what, detail.status.clone(), detail.do_not_perform)
            }
            (None, Some(reference)) => (reading.words(at, reference)?, None, is_barred(maker, at, reference)?),
            (None, None) => (None, None, false),
        };
        let what = what.unwrap_or_else(|| "Not named".to_owned());
        let what = if barred { format!("Do NOT: {what}") } else { what };
        rows.push([what, status.unwrap_or_default().replace('-', " ")]);
    }
    reading.take_rows(entry, rows.len())?;
    let mut blocks: Vec<_> = facts.block().into_iter().chain(table(["Activity", "Status"], rows)).collect();
    let mut aimed = Vec::new();
    for goal in &stated.goal {
        aimed.extend(reading.linked(at, goal)?.filter(|found| reading.entries[*found].kind == Kind::Goal));
    }
    in_plans.extend(&aimed);
    draft.made_of.extend(&aimed);
    blocks.extend(goals(maker, &aimed)?);
    blocks.extend(stated.note.into_iter().filter_map(|note| note.text).map(Block::Note));
    draft.body = DraftBody::Blocks(blocks);
    Ok(draft)
}

/// Whether what a plan refers to is an order not to do something.
fn is_barred(maker: &Maker, at: usize, reference: &Reference) -> Result<bool, Refused> {
    let Some(found) = maker.reading.linked(at, reference)? else { return Ok(false) };
    Ok(maker.reading.entries[found].parse::<Order>()?.do_not_perform)
}

fn goals(maker: &Maker, held: &[usize]) -> Result<Option<Block>, Refused> {
    let mut rows = Vec::new();
    for at in held {
        let stated: Goal = maker.reading.entries[*at].parse()?;
        maker.reading.take_rows(&maker.reading.entries[*at], 1)?;
        rows.push([
            stated.description.words().unwrap_or("Not named").to_owned(),
            told(maker, *at, "target")?.unwrap_or_default(),
            stated.lifecycle_status.unwrap_or_default().replace('-', " "),
            stated.achievement_status.as_ref().and_then(Concept::words).unwrap_or_default().to_owned(),
        ]);
    }
    Ok(table(["Goal", "Target", "Status", "Progress"], rows))
}

fn team(maker: &Maker, at: usize) -> Result<Draft, Refused> {
    let (reading, entry) = (maker.reading, &maker.reading.entries[at]);
    let stated: Team = entry.parse()?;
    let mut draft = Draft::of(maker, at, Category::CarePlan, stated.name.as_deref().unwrap_or("Care team"));
    draft.encounter = maker.encounter(at, stated.encounter.as_ref())?;
    draft.service = reading.span(entry, stated.period.as_ref())?;
    draft.ongoing = draft.service.to.is_none();
    draft.status = status(stated.status.as_deref());
    let mut rows = Vec::new();
    for taking in &stated.participant {
        let who = taking.member.as_ref().map(|member| reading.words(at, member)).transpose()?.flatten();
        rows.push([who.unwrap_or_else(|| "Not named".to_owned()), words(&taking.role.0).unwrap_or_default()]);
    }
    reading.take_rows(entry, rows.len())?;
    draft.body = DraftBody::Blocks(table(["Who", "Role"], rows).into_iter().collect());
    Ok(draft)
}

#[derive(Deserialize)]
struct Plan {
    status: Option<String>,
    title: Option<String>,
    description: Option<String>,
    #[serde(default)]
    category: Vec<Concept>,
    encounter: Option<Reference>,
    period: Option<Period>,
    #[serde(default)]
    author: OneOrMany<Reference>,
    #[serde(default)]
    addresses: Vec<Reference>,
    #[serde(default)]
    goal: Vec<Reference>,
    #[serde(default)]
    activity: Vec<Activity>,
    #[serde(default)]
    note: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Activity {
    reference: Option<Reference>,
    detail: Option<Detail>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Detail {
    code: Option<Concept>,
    description: Option<String>,
    status: Option<String>,
    #[serde(default)]
    do_not_perform: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Order {
    #[serde(default)]
    do_not_perform: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Goal {
    #[serde(default)]
    description: Concept,
    lifecycle_status: Option<String>,
    achievement_status: Option<Concept>,
}

#[derive(Deserialize)]
struct Team {
    status: Option<String>,
    name: Option<String>,
    encounter: Option<Reference>,
    period: Option<Period>,
    #[serde(default)]
    participant: Vec<Member>,
}

#[derive(Deserialize)]
struct Member {
    #[serde(default)]
    role: OneOrMany<Concept>,
    member: Option<Reference>,
}
