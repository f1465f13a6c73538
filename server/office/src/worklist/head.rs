//! What several pages of a case show, read once.

use std::collections::{BTreeSet, HashMap};

use domain::{
    ask::Applicant,
    caller::Caller,
    document::Category,
    form::{EmailAddress, Phone, PostalAddress, RecordNumber},
    ids::{PatientId, PersonId, RequestId},
    item::{Item, ItemState},
    matching::Described,
    refusal::Refusal,
    shown::{
        Keys,
        worklist::{Asked, ChartShown, Head, Holder, IdentityShown, ItemShown, MatchShown, May},
    },
    verification::{AtLeastTwo, Identifier, Identity, Match, Verification},
};
use sqlx::PgConnection;

use crate::{
    AtDesk, Result,
    charts::spelling::folded,
    store::{
        candidates::{self, Chart},
        facilities::{self, Facility},
        persons, queue,
        records::Outlined,
        requests::{self, Stored},
        verification,
    },
};

/// A case as a clerk of its facility may read it.
pub struct Read {
    pub(super) facility: Facility,
    pub(super) stored: Stored,
    pub(super) verification: Verification,
}

/// A request that was sent; a draft is nobody's business yet.
pub(super) async fn read(caller: &Caller, db: &mut PgConnection, id: RequestId) -> Result<Read> {
    caller.clerk_at(id.facility)?;
    let stored = requests::load(db, id).await?;
    if stored.sent.is_none() {
        return Err(Refusal::NotFound.into());
    }
    let facility = facilities::load(db, id.facility).await?;
    Ok(Read { facility, stored, verification: verification::of(db, id).await? })
}

impl Read {
    pub(super) fn id(&self) -> RequestId {
        self.stored.request.id
    }

    pub(super) fn patient(&self) -> Option<PatientId> {
        match self.verification.chart {
            Match::Chart { patient, .. } => Some(patient),
            Match::None => None,
        }
    }

    /// The chart that it is matched to; the look is on the trail.
    pub(super) async fn chart(&self, db: &mut PgConnection, desk: &mut AtDesk) -> Result<Option<Chart>> {
        match self.patient() {
            Some(patient) => {
                desk.about_patient(patient);
                candidates::one(db, self.facility.id, patient).await
            }
            None => Ok(None),
        }
    }

    pub(super) async fn head(&self, db: &mut PgConnection, desk: &AtDesk, chart: Option<&Chart>) -> Result<Head> {
        let (_, applicant) = self.stored.sent()?;
        let status = queue::status_of(db, &self.facility, &self.stored, desk.now()).await?;
        let open = self.stored.request.open().ok();
        let (reader, requester) = (desk.person(), self.stored.request.requester);
        let assignee = open.and_then(|open| open.assignee);
        let mut names = persons::names(db, assignee.into_iter().chain([requester])).await?;
        let others = reader != Some(requester);
        Ok(Head {
            request: self.id(),
            number: self.stored.number,
            name: applicant.name.to_string(),
            born: applicant.birth_date.0,
            record_number: chart.and_then(|chart| chart.record_number.clone()),
            deceased: chart.is_some_and(|chart| chart.deceased_on.is_some()),
            requester: names.remove(&requester).unwrap_or_else(|| applicant.name.to_string()),
            due_on: status.due_on,
            clock: status.clock,
            headline: status.headline,
            may: May {
                claim: open.is_some() && assignee.is_none() && others,
                take_over: assignee.is_some() && assignee != reader && others,
                work: assignee.is_some() && assignee == reader && others,
            },
            holder: assignee.map(|person| Holder {
                name: names.remove(&person).unwrap_or_default(),
                is_reader: Some(person) == reader,
            }),
            keys: Keys(desk.id()),
        })
    }

    pub(super) fn asked(&self) -> Result<Asked> {
        let (_, applicant) = self.stored.sent()?;
        Ok(Asked {
            name: applicant.name.to_string(),
            former_names: applicant.former_names.iter().map(ToString::to_string).collect(),
            born: applicant.birth_date.0,
            address: applicant.contact.postal().map(one_line),
            phone: applicant.contact.phone().map(|phone| phone.as_str().to_owned()),
            email: applicant.contact.email().map(|email| email.as_str().to_owned()),
            record_number: applicant.record_number.as_ref().map(|number| number.as_str().to_owned()),
            signed: self
                .stored
                .signature
                .as_ref()
                .map(|signature| (signature.typed_name.clone(), self.facility.day(signature.at))),
        })
    }

    pub(super) async fn identity(&self, db: &mut PgConnection) -> Result<Option<IdentityShown>> {
        let Identity::Verified { method, evidence, matched, by, at } = &self.verification.identity else {
            return Ok(None);
        };
        Ok(Some(IdentityShown {
            method: *method,
            evidence: evidence.clone(),
            matched: listed(matched),
            by: name_of(db, *by).await?,
            on: self.facility.day(*at),
        }))
    }

    pub(super) async fn matched(&self, db: &mut PgConnection, chart: Option<&Chart>) -> Result<Option<MatchShown>> {
        let (Match::Chart { agreeing, by, at, .. }, Some(chart)) = (&self.verification.chart, chart) else {
            return Ok(None);
        };
        Ok(Some(MatchShown {
            chart: chart_shown(chart),
            agreeing: listed(agreeing),
            by: name_of(db, *by).await?,
            on: self.facility.day(*at),
        }))
    }
}

fn listed(all: &AtLeastTwo) -> Vec<Identifier> {
    all.all().iter().copied().collect()
}

async fn name_of(db: &mut PgConnection, person: PersonId) -> Result<String> {
    Ok(persons::names(db, [person]).await?.remove(&person).unwrap_or_default())
}

pub(super) fn chart_shown(chart: &Chart) -> ChartShown {
    ChartShown {
        name: chart.name.clone(),
        other_names: chart.other_names.clone(),
        born: chart.birth_date,
        deceased_on: chart.deceased_on,
        record_number: chart.record_number.clone(),
        phone: chart.phone.clone(),
        email: chart.email.clone(),
        address: chart.postal.clone(),
    }
}

fn one_line(postal: &PostalAddress) -> String {
    let street = [Some(postal.line1.as_str()), postal.line2.as_deref()];
    let street = street.into_iter().flatten().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ");
    format!("{street}, {}, {} {}", postal.city, postal.state, postal.zip)
}

/// Who asks, as they are compared with charts.
pub(super) fn described(applicant: &Applicant) -> Described {
    let names = std::iter::once(&applicant.name).chain(&applicant.former_names);
    Described {
        names: names.map(|name| folded(name.as_str())).collect(),
        birth_date: Some(applicant.birth_date.0),
        record_numbers: applicant.record_number.iter().map(RecordNumber::as_str).map(str::to_owned).collect(),
        phone: applicant.contact.phone().map(Phone::as_str).map(str::to_owned),
        email: applicant.contact.email().map(EmailAddress::as_str).map(str::to_owned),
        address: applicant.contact.postal().map(|postal| folded(&one_line(postal))),
    }
}

/// The items with who moved them and how many documents the chart has for each. `all` the request has.
pub(super) async fn items_shown(
    db: &mut PgConnection,
    facility: &Facility,
    items: &[Item],
    all: &[Item],
    outline: Option<&[Outlined]>,
) -> Result<Vec<ItemShown>> {
    let moved = |item: &Item| match item.state {
        ItemState::Pending => None,
        ItemState::Located { by, at }
        | ItemState::Approved { by, at }
        | ItemState::NotFound { by, at, .. }
        | ItemState::HeldElsewhere { by, at, .. } => Some((by, facility.day(at))),
    };
    let people: BTreeSet<PersonId> = items.iter().filter_map(&moved).map(|(by, _)| by).collect();
    let names: HashMap<PersonId, String> = persons::names(db, people).await?;
    Ok(items
        .iter()
        .map(|item| {
            let mine = |outline: &[Outlined]| {
                documents_of(item, all, outline)
                    .fold((0_u32, 0_u32), |(n, pages), one| (n.saturating_add(1), pages.saturating_add(one.pages)))
            };
            let (documents, pages) = outline.map(mine).unzip();
            ItemShown {
                by: moved(item).map(|(by, on)| (names.get(&by).cloned().unwrap_or_default(), on)),
                id: item.id,
                version: item.version,
                category: item.category,
                is_rest: item.category.is_none() && all.len() > 1,
                dates: item.dates,
                state: item.state.clone(),
                documents,
                pages: pages.unwrap_or_default(),
            }
        })
        .collect())
}

/// The kinds of records of a chart that an item, and no other of the request, is about, in their order.
pub(super) fn kinds_covered(item: &Item, all: &[Item], outline: &[Outlined]) -> BTreeSet<Category> {
    documents_of(item, all, outline).map(|one| one.category).collect()
}

/// The documents of a chart that an item, and no other of the request, is about.
pub(super) fn documents_of<'a>(
    item: &'a Item,
    all: &'a [Item],
    outline: &'a [Outlined],
) -> impl Iterator<Item = &'a Outlined> {
    outline.iter().filter(|one| item.covers_alone(all, one.category, one.care))
}
