//! Bills: a claim together with the insurer's explanations of it.

use std::collections::BTreeMap;

use domain::document::{Block, Category};
use serde::Deserialize;

use super::draft::{Draft, DraftBody, Facts, Maker, span_words, status, table};
use crate::fhir::{
    element::{Concept, Decimal, Money, OneOrMany, Period, Quantity, Reference},
    entry::Kind,
    refused::Refused,
};

pub(super) fn bills(maker: &Maker) -> Result<Vec<Draft>, Refused> {
    let mut of_claim: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut alone = Vec::new();
    for at in maker.of(Kind::ExplanationOfBenefit) {
        let stated: Bill = maker.reading.entries[*at].parse()?;
        let claim = stated.claim.as_ref().map(|claim| maker.reading.linked(*at, claim)).transpose()?.flatten();
        // a claim inside the explanation is no bill of its own
        let is_claim =
            |found: &usize| maker.reading.entries[*found].kind == Kind::Claim && !maker.reading.is_contained(*found);
        match claim.filter(is_claim) {
            Some(claim) => of_claim.entry(claim).or_default().push(*at),
            None => alone.push(*at),
        }
    }
    let claims = maker.of(Kind::Claim).iter().map(|claim| {
        let explained = of_claim.get(claim).map_or(&[][..], Vec::as_slice);
        bill(maker, *claim, explained)
    });
    claims.chain(alone.iter().map(|at| bill(maker, *at, &[]))).collect()
}

/// One bill, from the claim (or an explanation that has none) and its explanations.
fn bill(maker: &Maker, at: usize, explained: &[usize]) -> Result<Draft, Refused> {
    let (reading, entry) = (maker.reading, &maker.reading.entries[at]);
    let stated: Bill = entry.parse()?;
    let encounter = match stated.item.iter().find_map(|item| item.encounter.first()) {
        Some(reference) => maker.encounter(at, Some(reference))?,
        None => None,
    };
    let is_explanation = entry.kind == Kind::ExplanationOfBenefit;
    let is_pharmacy = stated.kind.as_ref().is_some_and(|kind| kind.codes().any(|code| code == "pharmacy"));
    let title = match (is_explanation, is_pharmacy) {
        (true, _) => "Explanation of benefits",
        (false, true) => "Pharmacy claim",
        (false, false) => "Claim",
    };
    let mut draft = Draft::of(maker, at, Category::Billing, maker.titled(title, encounter));
    draft.encounter = encounter;
    draft.status = status(stated.status.as_deref());
    draft.service = reading.span(entry, stated.billable_period.as_ref())?;
    if draft.service.from.is_none() {
        draft.service.from = reading.moment(entry, stated.created.as_deref())?;
    }
    draft.site = stated.provider.as_ref().map(|provider| reading.words(at, provider)).transpose()?.flatten();
    let mut facts = Facts::default();
    facts.add("Billed by", draft.site.as_ref());
    facts.add("Service dates", span_words(&draft.service));
    facts.add("Insurance", insurers(maker, at, &stated)?);
    let treated = diagnoses(maker, at, &stated, &mut draft)?;
    facts.add("Diagnoses", treated.as_ref());
    facts.add("Total charged", stated.total.0.iter().find_map(Total::charged));
    let mut blocks: Vec<_> = facts.block().into_iter().collect();
    blocks.extend(services(maker, at, &stated)?);
    if is_explanation {
        blocks.extend(explanation(maker, at, &stated)?);
    }
    for at in explained {
        draft.made_of.insert(*at);
        let stated: Bill = reading.entries[*at].parse()?;
        blocks.push(Block::Heading("Explanation of benefits".to_owned()));
        let mut facts = Facts::default();
        let theirs = diagnoses(maker, *at, &stated, &mut draft)?;
        facts.add("Diagnoses", theirs.filter(|theirs| treated.as_ref() != Some(theirs)));
        blocks.extend(facts.block());
        blocks.extend(explanation(maker, *at, &stated)?);
    }
    draft.body = DraftBody::Blocks(blocks);
    Ok(draft)
}

/// What was treated, in the order of the bill.
fn diagnoses(maker: &Maker, at: usize, stated: &Bill, draft: &mut Draft) -> Result<Option<String>, Refused> {
    let mut ordered: Vec<_> = stated.diagnosis.iter().collect();
    ordered.sort_by_key(|diagnosis| diagnosis.sequence);
    let mut all: Vec<String> = Vec::new();
    for diagnosis in ordered {
        let words = match (&diagnosis.diagnosis_codeable_concept, &diagnosis.diagnosis_reference) {
            (Some(concept), _) => concept.words().map(str::to_owned),
            (None, Some(reference)) => {
                let found = maker.reading.linked(at, reference)?;
                draft.made_of.extend(found.filter(|found| maker.reading.owners[*found].is_some()));
                maker.reading.words(at, reference)?
            }
            (None, None) => None,
        };
        all.extend(words.filter(|words| !all.contains(words)));
    }
    Ok((!all.is_empty()).then(|| all.join("; ")))
}

fn insurers(maker: &Maker, at: usize, stated: &Bill) -> Result<Option<String>, Refused> {
    let coverages: Vec<_> = stated.insurance.iter().filter_map(|insurance| insurance.coverage.as_ref()).collect();
    maker.reading.all_words(at, stated.insurer.iter().chain(coverages))
}

fn services(maker: &Maker, at: usize, stated: &Bill) -> Result<Option<Block>, Refused> {
    let (reading, entry) = (maker.reading, &maker.reading.entries[at]);
    reading.take_rows(entry, stated.item.len())?;
    let mut rows = Vec::new();
    for item in &stated.item {
        let mut when = reading.span(entry, item.serviced_period.as_ref())?;
        when.from = when.from.or(reading.moment(entry, item.serviced_date.as_deref())?);
        rows.push([
            item.product_or_service.words().unwrap_or("Not named").to_owned(),
            span_words(&when).unwrap_or_default(),
            item.quantity.as_ref().and_then(Quantity::number).unwrap_or_default(),
            item.net.as_ref().or(item.unit_price.as_ref()).and_then(Money::words).unwrap_or_default(),
        ]);
    }
    Ok(table(["Service", "Date", "Quantity", "Charge"], rows))
}

/// What the insurer decided: for each service, and in total.
fn explanation(maker: &Maker, at: usize, stated: &Bill) -> Result<Vec<Block>, Refused> {
    let (reading, entry) = (maker.reading, &maker.reading.entries[at]);
    let mut facts = Facts::default();
    facts.add("Insurer", stated.insurer.as_ref().map(|insurer| reading.words(at, insurer)).transpose()?.flatten());
    facts.add("Outcome", stated.outcome.as_ref());
    facts.add("Decision", stated.disposition.as_ref());
    for total in stated.total.0.iter().filter(|total| total.amount.is_some()) {
        facts.add(total.category.words().unwrap_or("Total"), total.amount.as_ref().and_then(Money::words));
    }
    facts.add("Paid", stated.payment.as_ref().and_then(|payment| payment.amount.as_ref()).and_then(Money::words));
    let mut rows = Vec::new();
    for item in &stated.item {
        for decided in &item.adjudication {
            if let Some(amount) = decided.amount.as_ref().and_then(Money::words) {
                let service = item.product_or_service.words().unwrap_or("Not named").to_owned();
                rows.push([service, decided.category.words().unwrap_or("Amount").to_owned(), amount]);
            }
        }
    }
    reading.take_rows(entry, rows.len())?;
    Ok(facts.block().into_iter().chain(table(["Service", "What", "Amount"], rows)).collect())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bill {
    status: Option<String>,
    #[serde(rename = "type")]
    kind: Option<Concept>,
    billable_period: Option<Period>,
    created: Option<String>,
    insurer: Option<Reference>,
    provider: Option<Reference>,
    claim: Option<Reference>,
    outcome: Option<String>,
    disposition: Option<String>,
    #[serde(default)]
    insurance: Vec<Insurance>,
    #[serde(default)]
    diagnosis: Vec<Diagnosis>,
    #[serde(default)]
    item: Vec<Item>,
    #[serde(default)]
    total: OneOrMany<Total>,
    payment: Option<Payment>,
}

#[expect(clippy::struct_field_names, reason = "the names are FHIR's")]
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Diagnosis {
    sequence: Option<u32>,
    diagnosis_codeable_concept: Option<Concept>,
    diagnosis_reference: Option<Reference>,
}

#[derive(Deserialize)]
struct Insurance {
    coverage: Option<Reference>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Item {
    product_or_service: Concept,
    serviced_date: Option<String>,
    serviced_period: Option<Period>,
    quantity: Option<Quantity>,
    unit_price: Option<Money>,
    net: Option<Money>,
    encounter: Vec<Reference>,
    adjudication: Vec<Decided>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Decided {
    category: Concept,
    amount: Option<Money>,
}

/// An amount of money in a claim; in an explanation one amount for each category.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Total {
    category: Concept,
    amount: Option<Money>,
    value: Option<Decimal>,
    currency: Option<String>,
}

impl Total {
    fn charged(&self) -> Option<String> {
        Money { value: self.value.clone(), currency: self.currency.clone() }.words()
    }
}

#[derive(Deserialize)]
struct Payment {
    amount: Option<Money>,
}
