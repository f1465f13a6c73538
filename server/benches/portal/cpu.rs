//! What processes have cost so far, as Linux counts it in `/proc`. On two cores that others use too, CPU time says more
//! than the clock.

use std::{collections::HashMap, fs, io, ops::Sub, time::Duration};

use server::command::Failure;
use sqlx::{PgPool, Row as _};

/// Linux counts for programs in hundredths of a second, whatever it counts in itself.
const TICKS: u64 = 100;

/// The CPU time of a process and all of its threads, those that ended too.
pub(crate) fn of_program(pid: u32) -> io::Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // the name in brackets may contain anything; user and system time are the twelfth and thirteenth field behind it
    let behind = stat.rsplit_once(')').map_or("", |(_, behind)| behind);
    let ticks: u64 = behind.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Ok(Duration::from_millis(ticks * 1000 / TICKS))
}

/// What PostgreSQL's processes have cost, by whom they work for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Postgres(HashMap<i32, (Kind, Duration)>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Answers requests.
    Serving,
    /// What a request leaves to be done: the trail's linking, the outbox, the jobs.
    Afterwards,
    /// Writes the log and the pages.
    Background,
}

/// CPU time of PostgreSQL between two moments.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Spent {
    pub(crate) serving: Duration,
    pub(crate) afterwards: Duration,
}

impl Postgres {
    /// A process of PostgreSQL has one thread, and its time is counted in nanoseconds. What autovacuum's short-lived
    /// processes cost is nobody's.
    pub(crate) async fn now(admin: &PgPool) -> Result<Self, Failure> {
        let rows = sqlx::query(
            "select pid, coalesce(usename, '') as login, backend_type from pg_stat_activity where pid <> pg_backend_pid()",
        )
        .fetch_all(admin)
        .await?;
        let mut all = HashMap::new();
        for row in rows {
            let pid: i32 = row.try_get("pid")?;
            let kind = match (row.try_get("login")?, row.try_get("backend_type")?) {
                ("relay" | "worker", _) => Kind::Afterwards,
                (_, "client backend") => Kind::Serving,
                (_, "autovacuum worker") => continue,
                _ => Kind::Background,
            };
            // one that has ended in between
            let Ok(text) = fs::read_to_string(format!("/proc/{pid}/schedstat")) else { continue };
            let run: u64 = text.split_whitespace().next().and_then(|field| field.parse().ok()).unwrap_or_default();
            all.insert(pid, (kind, Duration::from_nanos(run)));
        }
        Ok(Self(all))
    }
}

impl Sub<&Postgres> for &Postgres {
    type Output = Spent;

    fn sub(self, before: &Postgres) -> Spent {
        let mut spent = Spent::default();
        for (pid, (kind, now)) in &self.0 {
            let then = before.0.get(pid).map_or(Duration::ZERO, |(_, then)| *then);
            let more = now.saturating_sub(then);
            match kind {
                Kind::Serving | Kind::Background => spent.serving += more,
                Kind::Afterwards => spent.afterwards += more,
            }
        }
        spent
    }
}
