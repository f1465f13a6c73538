//! Where PostgreSQL's time goes within a request, by its own account.

use server::command::Failure;
use sqlx::{PgPool, Row as _};

use crate::measure::{Target, all_is_done};

/// A kind of statement: how many of it a request sends, and milliseconds of each request.
pub(crate) struct Statements {
    pub(crate) what: String,
    pub(crate) calls: f64,
    pub(crate) planned: f64,
    pub(crate) ran: f64,
}

const SAMPLE: i32 = 400;

const ACCOUNT: &str = r"select * from (select case
    when query ilike '%auth.session_lives%' then 'is the session alive'
    when query ilike '%auth.take_seat%' then 'taking the seat'
    when query ilike '%audit.append(%' then 'the trail''s entry'
    when query ilike '%audit.chain(%' then 'afterwards: linking the trail'
    when r.rolname in ('relay', 'worker') then 'afterwards: the outbox and the jobs'
    when query ilike '%app.done%' then 'the form''s key'
    else 'what the act reads and writes' end as what,
    sum(calls)::float8 / $1 as calls, sum(total_plan_time) / $1 as planned, sum(total_exec_time) / $1 as ran
  from pg_stat_statements s join pg_roles r on r.oid = s.userid
  where r.rolname in ('web_patient', 'web_staff', 'web_auth', 'relay', 'worker')
    and query !~* '^(begin|commit|rollback)' -- what happens in a commit, PostgreSQL does not count
  group by 1) kinds order by what like 'afterwards%', ran desc";

/// Looking costs: it is off while programs are compared.
pub(crate) async fn watch(admin: &PgPool, on: bool) -> Result<(), Failure> {
    for statement in if on {
        ["alter system set pg_stat_statements.track = 'top'", "alter system set pg_stat_statements.track_planning = on"]
    } else {
        [
            "alter system set pg_stat_statements.track = 'none'",
            "alter system set pg_stat_statements.track_planning = off",
        ]
    } {
        sqlx::query(statement).execute(admin).await?;
    }
    sqlx::raw_sql("select pg_reload_conf(); select pg_sleep(0.5)").execute(admin).await?;
    Ok(())
}

/// Watches some requests, apart from the rounds: looking costs, too.
pub(crate) async fn account(admin: &PgPool, target: &Target<'_>) -> Result<Vec<Statements>, Failure> {
    sqlx::raw_sql("create extension if not exists pg_stat_statements").execute(admin).await?;
    watch(admin, true).await?;
    sqlx::raw_sql("select pg_stat_statements_reset()").execute(admin).await?;
    target.round(admin, usize::try_from(SAMPLE).ok()).await?;
    all_is_done(admin).await?;
    let rows = sqlx::query(ACCOUNT).bind(f64::from(SAMPLE)).fetch_all(admin).await?;
    watch(admin, false).await?;
    rows.iter()
        .map(|row| {
            Ok(Statements {
                what: row.try_get("what")?,
                calls: row.try_get("calls")?,
                planned: row.try_get("planned")?,
                ran: row.try_get("ran")?,
            })
        })
        .collect()
}
