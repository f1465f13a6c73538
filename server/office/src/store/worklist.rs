//! The queue as clerks read and take from it.

use domain::{
    clock::ClockState,
    ids::{FacilityId, PersonId, RequestId},
    number::RequestNumber,
    shown::worklist::{Count, Counts, Holder, QueueRow},
    status::{Headline, WaitingOn},
};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Error, Result, store::facilities::Facility};

/// Whose requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    Anyones,
    Mine,
    Nobodys,
}

/// What narrows the queue; None does not.
pub(crate) struct Narrowed {
    pub(crate) headline: Option<Headline>,
    pub(crate) waiting_on: Option<WaitingOn>,
    pub(crate) whose: Whose,
    pub(crate) late: bool,
    /// A request's number, as digits.
    pub(crate) number: Option<String>,
    /// A name or a part of one, folded.
    pub(crate) name: Option<String>,
    pub(crate) born: Option<Date>,
    pub(crate) record_number: Option<String>,
}

impl Narrowed {
    fn is_searched(&self) -> bool {
        self.number.is_some() || self.name.is_some() || self.born.is_some() || self.record_number.is_some()
    }
}

/// Where a page of the queue begins: after this request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct After {
    pub(crate) due_on: Date,
    pub(crate) request: Uuid,
}

/// A page of the open requests, those due first first.
pub(crate) async fn page(
    db: &mut PgConnection,
    facility: &Facility,
    reader: PersonId,
    by: &Narrowed,
    after: Option<After>,
    today: Date,
    limit: i64,
) -> Result<Vec<QueueRow>> {
    // a folded name has letters, digits and blanks only: nothing in it means anything to `like`
    let name = by.name.as_ref().map(|name| format!("%{name}%"));
    let rows = sqlx::query!(
        r#"select q.request_id, q.headline, q.waiting_on, q.due_on as "due_on!: jiff_sqlx::Date", q.assignee, p.name as "assignee_name?",
             r.number, r.patient_name, r.birth_date as "birth_date: jiff_sqlx::Date", r.received_at as "received_at: jiff_sqlx::Timestamp"
           from app.queue_entry q
           join app.request r on r.facility_id = q.facility_id and r.id = q.request_id
           left join app.person p on p.id = q.assignee
           where q.facility_id = $1 and q.open
             and ($2::text is null or q.headline = $2) and ($3::text is null or q.waiting_on = $3)
             and ($4::bool is null or (case when $4 then q.assignee = $5 else q.assignee is null end))
             and (not $6 or (q.due_on < $7 and q.headline not in ('ready', 'delivered')))
             and (not $8 or r.number = $9 or r.name_folded like $10 or r.birth_date = $11 or r.record_number = $12)
             and ($13::date is null or (q.due_on, q.request_id) > ($13, $14))
           order by q.due_on, q.request_id limit $15"#,
        facility.id.0,
        by.headline.map(Headline::code),
        by.waiting_on.map(WaitingOn::code),
        match by.whose {
            Whose::Anyones => None,
            Whose::Mine => Some(true),
            Whose::Nobodys => Some(false),
        },
        reader.0,
        by.late,
        today.to_sqlx() as _,
        by.is_searched(),
        by.number,
        name,
        by.born.map(ToSqlx::to_sqlx) as _,
        by.record_number,
        after.map(|after| after.due_on.to_sqlx()) as _,
        after.map(|after| after.request),
        limit
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let corrupt = || Error::Corrupt { table: "app.queue_entry", id: row.request_id };
            let headline = Headline::from_code(&row.headline).ok_or_else(corrupt)?;
            let due_on = row.due_on.to_jiff();
            let answered = matches!(headline, Headline::Ready | Headline::Delivered);
            Ok(QueueRow {
                request: RequestId { facility: facility.id, id: row.request_id },
                number: RequestNumber::parse(&row.number).map_err(|_| corrupt())?,
                name: row.patient_name.ok_or_else(corrupt)?,
                born: row.birth_date.ok_or_else(corrupt)?.to_jiff(),
                received_on: facility.day(row.received_at.ok_or_else(corrupt)?.to_jiff()),
                due_on,
                clock: (!answered).then(|| ClockState::of(due_on, today, None)),
                holder: row.assignee.map(|person| Holder {
                    name: row.assignee_name.unwrap_or_default(),
                    is_reader: person == reader.0,
                }),
                headline,
                waiting_on: WaitingOn::from_code(&row.waiting_on).ok_or_else(corrupt)?,
            })
        })
        .collect()
}

/// How many there are, each counted up to a limit.
pub(crate) async fn counts(
    db: &mut PgConnection,
    facility: FacilityId,
    reader: PersonId,
    today: Date,
) -> Result<Counts> {
    let limit = i64::from(Count::LIMIT) + 1;
    let row = sqlx::query!(
        r#"select
             (select count(*) from (select from app.queue_entry where facility_id = $1 and open and assignee = $2 limit $4) c) as "mine!",
             (select count(*) from (select from app.queue_entry where facility_id = $1 and open and assignee is null limit $4) c) as "unassigned!",
             (select count(*) from (select from app.queue_entry where facility_id = $1 and open and due_on < $3
                and headline not in ('ready', 'delivered') limit $4) c) as "late!",
             (select count(*) from (select from app.queue_entry where facility_id = $1 and open and headline = 'action_needed' limit $4) c)
               as "waiting!",
             (select count(*) from (select from app.queue_entry where facility_id = $1 and open and headline = 'quality_check' limit $4) c)
               as "to_check!""#,
        facility.0,
        reader.0,
        today.to_sqlx() as _,
        limit
    )
    .fetch_one(db)
    .await?;
    Ok(Counts {
        mine: Count::up_to_limit(row.mine),
        unassigned: Count::up_to_limit(row.unassigned),
        late: Count::up_to_limit(row.late),
        waiting: Count::up_to_limit(row.waiting),
        to_check: Count::up_to_limit(row.to_check),
    })
}

/// The most urgent request that nobody has, that waits on the office and that this person did not make; locked, and
/// passed over where somebody else is about to take it.
pub(crate) async fn most_urgent(
    db: &mut PgConnection,
    facility: FacilityId,
    clerk: PersonId,
) -> Result<Option<RequestId>> {
    let id = sqlx::query_scalar!(
        "select r.id from app.queue_entry q join app.request r on r.facility_id = q.facility_id and r.id = q.request_id
         where q.facility_id = $1 and q.open and q.assignee is null and r.requester_id <> $2
           and q.headline in ('received', 'verifying', 'gathering', 'preparing')
         order by q.due_on, q.request_id limit 1 for no key update of r skip locked",
        facility.0,
        clerk.0
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(|id| RequestId { facility, id }))
}
