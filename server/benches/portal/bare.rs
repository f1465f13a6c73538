//! The bare program: axum and sqlx, the same PostgreSQL, as many connections, the same reads and inserts, JSON. No
//! session, no policy, no trail, no page: what is left is what any such program has to do.

mod submit;

use std::time::Duration;

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Serialize;
use serde_json::Value;
use server::command::Failure;
use sqlx::{
    PgPool, Row as _,
    postgres::{PgPoolOptions, PgRow},
};
use uuid::Uuid;

pub(crate) use submit::Sent;

pub(crate) fn routes(pool: PgPool) -> Router {
    Router::new()
        .route("/detail/{facility}/{request}", get(detail))
        .route("/queue/{facility}/{clerk}", get(queue))
        .route("/submit", post(submit::submit))
        .route("/three", post(submit::three))
        .with_state(pool)
}

/// A pool as the portal's.
pub(crate) fn pool(address: &str) -> Result<PgPool, Failure> {
    Ok(PgPoolOptions::new()
        .max_connections(16)
        .acquire_timeout(Duration::from_secs(3))
        .test_before_acquire(false)
        .connect_lazy(address)?)
}

struct Broken(sqlx::Error);

impl From<sqlx::Error> for Broken {
    fn from(error: sqlx::Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for Broken {
    fn into_response(self) -> Response {
        tracing::error!(error = %self.0, "the bare program");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}

/// Microseconds, or days, since 2000: what PostgreSQL sends.
fn micros(row: &PgRow, name: &str) -> Result<Option<i64>, sqlx::Error> {
    row.try_get_unchecked(name)
}

fn days(row: &PgRow, name: &str) -> Result<Option<i32>, sqlx::Error> {
    row.try_get_unchecked(name)
}

#[derive(Serialize)]
struct Detail {
    number: String,
    status: String,
    outcome: Option<String>,
    version: i32,
    received_at: Option<i64>,
    closed_at: Option<i64>,
    name: Option<String>,
    former_names: Vec<String>,
    born: Option<i32>,
    email: Option<String>,
    phone: Option<String>,
    postal: Option<Value>,
    scope: Option<String>,
    categories: Vec<String>,
    from_date: Option<i32>,
    to_date: Option<i32>,
    delivery: Option<String>,
    help: Option<String>,
    signed_name: Option<String>,
    signed_at: Option<i64>,
    facility: String,
    call: String,
    hours: String,
    complaints: String,
    headline: Option<String>,
    waiting_on: Option<String>,
    due_on: Option<i32>,
    identity_at: Option<i64>,
    match_at: Option<i64>,
    question: Option<String>,
    asked_at: Option<i64>,
    items: Vec<String>,
    package: Option<String>,
    pictures: i64,
    history: Vec<Happened>,
}

#[derive(Serialize)]
struct Happened {
    at: Option<i64>,
    entry: Value,
}

const DETAIL: &str = "select r.number, r.status, r.outcome, r.version, r.received_at, r.closed_at, r.patient_name, r.former_names, r.birth_date,
    r.email, r.phone, r.postal, r.scope, r.categories, r.from_date, r.to_date, r.delivery, r.help, r.signed_name, r.signed_at,
    f.name as facility, f.phone as call, f.hours_en as hours, f.complaints, q.headline, q.waiting_on, q.due_on, v.identity_at, v.match_at,
    k.reason, k.asked_at,
    coalesce((select array_agg(i.status order by i.position) from bare.item i where i.facility_id = r.facility_id and i.request_id = r.id), '{}') as items,
    (select p.status from bare.package p where p.facility_id = r.facility_id and p.request_id = r.id order by p.created_at desc limit 1) as package,
    (select count(*) from bare.evidence e where e.facility_id = r.facility_id and e.request_id = r.id and e.kind = 'identity') as pictures
  from bare.request r
  join bare.facility f on f.id = r.facility_id
  left join bare.queue_entry q on q.facility_id = r.facility_id and q.request_id = r.id
  left join bare.verification v on v.facility_id = r.facility_id and v.request_id = r.id
  left join bare.question k on k.facility_id = r.facility_id and k.request_id = r.id and k.status = 'open'
  where r.facility_id = $1 and r.id = $2";

async fn detail(
    State(pool): State<PgPool>,
    Path((facility, request)): Path<(Uuid, Uuid)>,
) -> Result<Json<Detail>, Broken> {
    let row = sqlx::query(DETAIL).bind(facility).bind(request).fetch_one(&pool).await?;
    let history = sqlx::query(
        "select at, entry from bare.timeline where facility_id = $1 and request_id = $2 and for_patient order by at desc, id desc limit 500",
    )
    .bind(facility)
    .bind(request)
    .fetch_all(&pool)
    .await?
    .iter()
    .map(|row| Ok(Happened { at: micros(row, "at")?, entry: row.try_get("entry")? }))
    .collect::<Result<_, sqlx::Error>>()?;
    Ok(Json(Detail {
        number: row.try_get("number")?,
        status: row.try_get("status")?,
        outcome: row.try_get("outcome")?,
        version: row.try_get("version")?,
        received_at: micros(&row, "received_at")?,
        closed_at: micros(&row, "closed_at")?,
        name: row.try_get("patient_name")?,
        former_names: row.try_get("former_names")?,
        born: days(&row, "birth_date")?,
        email: row.try_get("email")?,
        phone: row.try_get("phone")?,
        postal: row.try_get("postal")?,
        scope: row.try_get("scope")?,
        categories: row.try_get("categories")?,
        from_date: days(&row, "from_date")?,
        to_date: days(&row, "to_date")?,
        delivery: row.try_get("delivery")?,
        help: row.try_get("help")?,
        signed_name: row.try_get("signed_name")?,
        signed_at: micros(&row, "signed_at")?,
        facility: row.try_get("facility")?,
        call: row.try_get("call")?,
        hours: row.try_get("hours")?,
        complaints: row.try_get("complaints")?,
        headline: row.try_get("headline")?,
        waiting_on: row.try_get("waiting_on")?,
        due_on: days(&row, "due_on")?,
        identity_at: micros(&row, "identity_at")?,
        match_at: micros(&row, "match_at")?,
        question: row.try_get("reason")?,
        asked_at: micros(&row, "asked_at")?,
        items: row.try_get("items")?,
        package: row.try_get("package")?,
        pictures: row.try_get("pictures")?,
        history,
    }))
}

#[derive(Serialize)]
struct Queue {
    rows: Vec<Listed>,
    counts: [i64; 5],
}

#[derive(Serialize)]
struct Listed {
    request: Uuid,
    number: String,
    name: Option<String>,
    born: Option<i32>,
    received_at: Option<i64>,
    due_on: Option<i32>,
    headline: String,
    waiting_on: String,
    holder: Option<String>,
}

async fn queue(State(pool): State<PgPool>, Path((facility, clerk)): Path<(Uuid, Uuid)>) -> Result<Json<Queue>, Broken> {
    let rows = sqlx::query(
        "select q.request_id, q.headline, q.waiting_on, q.due_on, p.name as holder, r.number, r.patient_name, r.birth_date, r.received_at
         from bare.queue_entry q
         join bare.request r on r.facility_id = q.facility_id and r.id = q.request_id
         left join bare.person p on p.id = q.assignee
         where q.facility_id = $1 and q.open order by q.due_on, q.request_id limit 26",
    )
    .bind(facility)
    .fetch_all(&pool)
    .await?
    .iter()
    .map(|row| {
        Ok(Listed {
            request: row.try_get("request_id")?,
            number: row.try_get("number")?,
            name: row.try_get("patient_name")?,
            born: days(row, "birth_date")?,
            received_at: micros(row, "received_at")?,
            due_on: days(row, "due_on")?,
            headline: row.try_get("headline")?,
            waiting_on: row.try_get("waiting_on")?,
            holder: row.try_get("holder")?,
        })
    })
    .collect::<Result<_, sqlx::Error>>()?;
    let row = sqlx::query(
        "select (select count(*) from (select from bare.queue_entry where facility_id = $1 and open and assignee = $2 limit 101) c) as mine,
           (select count(*) from (select from bare.queue_entry where facility_id = $1 and open and assignee is null limit 101) c) as unassigned,
           (select count(*) from (select from bare.queue_entry where facility_id = $1 and open and due_on < current_date
              and headline not in ('ready', 'delivered') limit 101) c) as late,
           (select count(*) from (select from bare.queue_entry where facility_id = $1 and open and headline = 'action_needed' limit 101) c) as waiting,
           (select count(*) from (select from bare.queue_entry where facility_id = $1 and open and headline = 'quality_check' limit 101) c) as to_check",
    )
    .bind(facility)
    .bind(clerk)
    .fetch_one(&pool)
    .await?;
    let mut counts = [0; 5];
    for (count, name) in counts.iter_mut().zip(["mine", "unassigned", "late", "waiting", "to_check"]) {
        *count = row.try_get(name)?;
    }
    Ok(Json(Queue { rows, counts }))
}
