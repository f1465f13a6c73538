//! Where a request stands, worked out by the rules, and the columns by which lists filter and sort: written by the act
//! that changed something, in its own transaction, by the same function that every page prints.

use domain::{
    ask::DeliveryMethod,
    clock::{Rule, due_dates},
    ids::{PersonId, RequestId},
    package::PackageStage,
    question::QuestionReason,
    refusal::Refusal,
    request::{Progress, Request, RequestStatus},
    status::{ItemView, OpenQuestion, RequestView, ShowId, Status, status},
};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx as _;
use sqlx::PgConnection;

use crate::{
    AtDesk, Error, Result,
    store::{
        facilities::Facility,
        one,
        requests::{self, Stored},
    },
};

/// Every deadline that applies from this receipt on; the earliest binds.
pub(crate) async fn start_clock(
    db: &mut PgConnection,
    facility: &Facility,
    request: RequestId,
    received_at: Timestamp,
) -> Result<Date> {
    let candidates = due_dates(received_at, &facility.zone, &[Rule::hipaa_access_30()]);
    for candidate in &candidates {
        sqlx::query!(
            "insert into app.deadline (facility_id, request_id, rule, due_on) values ($1, $2, $3, $4)",
            request.facility.0,
            request.id,
            candidate.rule_id,
            candidate.due.to_sqlx() as _
        )
        .execute(&mut *db)
        .await?;
    }
    candidates
        .iter()
        .map(|candidate| candidate.due)
        .min()
        .ok_or(Error::Corrupt { table: "app.deadline", id: request.id })
}

/// The facts of a request from which the rules tell where it stands.
pub(crate) async fn view(db: &mut PgConnection, facility: &Facility, stored: &Stored) -> Result<RequestView> {
    let id = stored.request.id;
    let standing = standing(db, id).await?;
    let day = |at: Timestamp| facility.day(at);
    let (open, closed) = match &stored.request.progress {
        Progress::Draft { .. } => (None, None),
        Progress::Open(open) => (Some(open), None),
        Progress::Closed(closed) => (Some(&closed.was), Some(closed)),
    };
    let unseen = standing.identity_at.is_none() && !standing.pictured;
    let all_decided = !standing.items.is_empty() && standing.items.iter().all(|item| item.decided);
    Ok(RequestView {
        status: stored.request.status(),
        received_on: open.map(|open| day(open.received_at)),
        due_on: standing.due_on,
        first_touch_on: open.and_then(|open| open.first_touch_at).map(day),
        show_id: open.filter(|_| unseen).map(|open| ShowId::of(open.channel)),
        verified_on: standing.identity_at.zip(standing.match_at).map(|(identity, chart)| day(identity.max(chart))),
        question: standing.question.map(|(reason, at)| OpenQuestion { reason, asked_on: day(at) }),
        items: standing.items,
        decided_on: standing.decided_at.filter(|_| all_decided).map(day),
        handed_over_on: standing.handed_over_at.map(day),
        released_on: standing.released_at.map(day),
        delivered_on: standing.delivered_at.map(day),
        package: standing.package,
        delivery: stored.sent.as_ref().map_or(DeliveryMethod::Portal, |(ask, _)| ask.delivery),
        outcome: closed.map(|closed| closed.ending.outcome()),
        closed_on: closed.map(|closed| day(closed.at)),
    })
}

/// What the status counts of all that hangs on a request.
struct Standing {
    due_on: Option<Date>,
    identity_at: Option<Timestamp>,
    match_at: Option<Timestamp>,
    question: Option<(QuestionReason, Timestamp)>,
    items: Vec<ItemView>,
    decided_at: Option<Timestamp>,
    package: Option<PackageStage>,
    handed_over_at: Option<Timestamp>,
    released_at: Option<Timestamp>,
    delivered_at: Option<Timestamp>,
    /// A picture of their identity document is here.
    pictured: bool,
}

/// By a function of the database, for everybody alike: the front desk sees no item, no question and no package, and what
/// it writes into the queue has to be true all the same.
async fn standing(db: &mut PgConnection, id: RequestId) -> Result<Standing> {
    let row = sqlx::query!(
        r#"select due_on as "due_on: jiff_sqlx::Date", identity_at as "identity_at: jiff_sqlx::Timestamp",
             match_at as "match_at: jiff_sqlx::Timestamp", reason, asked_at as "asked_at: jiff_sqlx::Timestamp", coalesce(items, '{}') as "items!",
             decided_at as "decided_at: jiff_sqlx::Timestamp", package, handed_over_at as "handed_over_at: jiff_sqlx::Timestamp",
             released_at as "released_at: jiff_sqlx::Timestamp", delivered_at as "delivered_at: jiff_sqlx::Timestamp", pictured as "pictured!"
           from app.standing($1, $2)"#,
        id.facility.0,
        id.id
    )
    .fetch_optional(db)
    .await?
    .ok_or(Refusal::NotFound)?;
    let corrupt = || Error::Corrupt { table: "app.standing", id: id.id };
    let at = |at: Option<jiff_sqlx::Timestamp>| at.map(jiff_sqlx::Timestamp::to_jiff);
    let reason = row.reason.as_deref().map(|code| QuestionReason::from_code(code).ok_or_else(corrupt)).transpose()?;
    let items = row.items.iter().map(|code| match code.as_str() {
        "pending" => Ok(ItemView { found: false, decided: false, given: false }),
        "located" => Ok(ItemView { found: true, decided: false, given: false }),
        "approved" => Ok(ItemView { found: true, decided: true, given: true }),
        "not_found" | "held_elsewhere" => Ok(ItemView { found: true, decided: true, given: false }),
        _ => Err(corrupt()),
    });
    Ok(Standing {
        due_on: row.due_on.map(jiff_sqlx::Date::to_jiff),
        identity_at: at(row.identity_at),
        match_at: at(row.match_at),
        question: reason.zip(at(row.asked_at)),
        items: items.collect::<Result<_>>()?,
        decided_at: at(row.decided_at),
        package: row.package.as_deref().map(|code| PackageStage::from_code(code).ok_or_else(corrupt)).transpose()?,
        handed_over_at: at(row.handed_over_at),
        released_at: at(row.released_at),
        delivered_at: at(row.delivered_at),
        pictured: row.pictured,
    })
}

/// Where a request stands now.
pub(crate) async fn status_of(
    db: &mut PgConnection,
    facility: &Facility,
    stored: &Stored,
    now: Timestamp,
) -> Result<Status> {
    Ok(status(&view(db, facility, stored).await?, facility.day(now)))
}

/// Puts a request that was just sent or entered into the queue.
pub(crate) async fn insert(
    db: &mut PgConnection,
    desk: &AtDesk,
    facility: &Facility,
    request: RequestId,
    due: Date,
) -> Result<Status> {
    let stored = requests::load(db, request).await?;
    let now = status_of(db, facility, &stored, desk.now()).await?;
    sqlx::query!(
        "insert into app.queue_entry (facility_id, request_id, open, headline, waiting_on, due_on, parts_done, parts_of)
         values ($1, $2, true, $3, $4, $5, $6, $7)",
        request.facility.0,
        request.id,
        now.headline.code(),
        now.waiting_on.code(),
        due.to_sqlx() as _,
        i32::try_from(now.parts.done).unwrap_or(i32::MAX),
        i32::try_from(now.parts.of).unwrap_or(i32::MAX)
    )
    .execute(db)
    .await?;
    Ok(now)
}

/// Writes what the rules now say of a request beside it. Every act that changes one ends with this.
pub(crate) async fn refresh(
    db: &mut PgConnection,
    desk: &AtDesk,
    facility: &Facility,
    request: RequestId,
) -> Result<Status> {
    let stored = requests::load(db, request).await?;
    let now = status_of(db, facility, &stored, desk.now()).await?;
    let updated = sqlx::query!(
        "update app.queue_entry set open = $3, headline = $4, waiting_on = $5, parts_done = $6, parts_of = $7
         where facility_id = $1 and request_id = $2",
        request.facility.0,
        request.id,
        stored.request.status() == RequestStatus::Open,
        now.headline.code(),
        now.waiting_on.code(),
        i32::try_from(now.parts.done).unwrap_or(i32::MAX),
        i32::try_from(now.parts.of).unwrap_or(i32::MAX)
    )
    .execute(db)
    .await?
    .rows_affected();
    one(updated)?;
    Ok(now)
}

/// Records who has a request; `before`: who had it, so that two who claim at once do not both get it.
pub(crate) async fn record_assignee(db: &mut PgConnection, request: &Request, before: Option<PersonId>) -> Result<()> {
    let open = request.open()?;
    let updated = sqlx::query!(
        "update app.queue_entry set assignee = $3, assigned_at = case when $3::uuid is null then null else now() end, first_touch_at = $4
         where facility_id = $1 and request_id = $2 and assignee is not distinct from $5",
        request.id.facility.0,
        request.id.id,
        open.assignee.map(|person| person.0),
        open.first_touch_at.map(jiff_sqlx::ToSqlx::to_sqlx) as _,
        before.map(|person| person.0)
    )
    .execute(db)
    .await?
    .rows_affected();
    one(updated)
}
