//! What one person asked for, over all facilities, and what their account says of them.

use domain::{
    ask::Scope,
    document::Category,
    form::EmailAddress,
    ids::{FacilityId, PersonId, RequestId},
    number::RequestNumber,
    request::Outcome,
    status::Headline,
};
use jiff::{Timestamp, civil::Date};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Error, Result};

/// A page of them; nobody has more than they can read.
const MOST: i64 = 200;

/// A request of a person's own list.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub(crate) id: RequestId,
    pub(crate) number: RequestNumber,
    pub(crate) stands: Stands,
}

#[derive(Debug, Clone)]
pub(crate) enum Stands {
    Draft { saved_at: Timestamp },
    Open { headline: Headline, received_at: Timestamp, due_on: Date },
    Closed { received_at: Timestamp, outcome: Outcome },
}

struct Row {
    facility_id: Uuid,
    id: Uuid,
    number: String,
    status: String,
    outcome: Option<String>,
    received_at: Option<jiff_sqlx::Timestamp>,
    saved_at: Option<jiff_sqlx::Timestamp>,
    headline: Option<String>,
    due_on: Option<jiff_sqlx::Date>,
}

impl TryFrom<Row> for Listed {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let corrupt = || Error::Corrupt { table: "app.request", id: row.id };
        let received_at = row.received_at.as_ref().map(|at| at.to_jiff());
        let stands = match (row.status.as_str(), row.saved_at, received_at) {
            ("draft", Some(saved_at), None) => Stands::Draft { saved_at: saved_at.to_jiff() },
            ("open", None, Some(received_at)) => Stands::Open {
                headline: row.headline.as_deref().and_then(Headline::from_code).ok_or_else(corrupt)?,
                received_at,
                due_on: row.due_on.ok_or_else(corrupt)?.to_jiff(),
            },
            ("closed", None, Some(received_at)) => Stands::Closed {
                received_at,
                outcome: row.outcome.as_deref().and_then(Outcome::from_code).ok_or_else(corrupt)?,
            },
            _ => return Err(corrupt()),
        };
        Ok(Self {
            id: RequestId { facility: FacilityId(row.facility_id), id: row.id },
            number: RequestNumber::parse(&row.number).map_err(|_| corrupt())?,
            stands,
        })
    }
}

/// Newest first.
pub(crate) async fn of(db: &mut PgConnection, person: PersonId) -> Result<Vec<Listed>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select r.facility_id, r.id, r.number, r.status, r.outcome, r.received_at as "received_at: jiff_sqlx::Timestamp",
             d.saved_at as "saved_at?: jiff_sqlx::Timestamp", q.headline as "headline?", q.due_on as "due_on?: jiff_sqlx::Date"
           from app.request r
             left join app.draft d on d.facility_id = r.facility_id and d.request_id = r.id
             left join app.queue_entry q on q.facility_id = r.facility_id and q.request_id = r.id
           where r.requester_id = $1 order by r.created_at desc, r.id desc limit $2"#,
        person.0,
        MOST
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Listed::try_from).collect()
}

/// The newest open request of the same person for the same records at the same facility.
pub(crate) async fn same_and_open(
    db: &mut PgConnection,
    person: PersonId,
    facility: FacilityId,
    scope: &Scope,
) -> Result<Option<Listed>> {
    let categories: Vec<String> =
        scope.items().into_iter().flatten().map(|category: Category| category.code().to_owned()).collect();
    let row = sqlx::query_as!(
        Row,
        r#"select r.facility_id, r.id, r.number, r.status, r.outcome, r.received_at as "received_at: jiff_sqlx::Timestamp",
             null::timestamptz as "saved_at: jiff_sqlx::Timestamp", q.headline as "headline?", q.due_on as "due_on?: jiff_sqlx::Date"
           from app.request r join app.queue_entry q on q.facility_id = r.facility_id and q.request_id = r.id
           where r.requester_id = $1 and r.facility_id = $2 and r.status = 'open' and r.scope = $3
             and r.categories <@ $4 and r.categories @> $4
           order by r.created_at desc limit 1"#,
        person.0,
        facility.0,
        scope.code(),
        &categories
    )
    .fetch_optional(db)
    .await?;
    row.map(Listed::try_from).transpose()
}

/// How many a person began within a day. Waits for any other that they are just beginning.
pub(crate) async fn begun_today(db: &mut PgConnection, person: PersonId) -> Result<i64> {
    sqlx::query!("select id from app.person where id = $1 for no key update", person.0).fetch_one(&mut *db).await?;
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from app.request where requester_id = $1 and created_at > now() - interval '1 day'"#,
        person.0
    )
    .fetch_one(db)
    .await?)
}

/// What the account says of its person, to begin a form with.
pub(crate) async fn account(db: &mut PgConnection, person: PersonId) -> Result<(String, Option<EmailAddress>)> {
    let row = sqlx::query!("select name, email from app.person where id = $1", person.0).fetch_one(db).await?;
    // an address that no longer reads as one is not offered
    Ok((row.name, row.email.and_then(|email| EmailAddress::parse(&email).ok())))
}
