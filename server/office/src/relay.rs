//! The relay: some times a second it links the trail's new entries and hands the outbox to the jobs. One transaction a
//! tick; a tick that fails is taken again.

use domain::ids::{FacilityId, RequestId};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Desk, Login, Result, store::trail};

/// A chain's head, for the signed checkpoint that is kept outside the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The nil UUID: what belongs to no facility.
    pub facility: Uuid,
    pub seq: i64,
    pub hash: Vec<u8>,
}

/// What a tick did.
#[derive(Debug)]
pub struct Tick {
    pub at: Timestamp,
    pub linked: i64,
    pub heads: Vec<Head>,
    /// The requests whose open pages should be woken.
    pub touched: Vec<RequestId>,
    pub handed: u64,
}

impl Desk {
    /// One tick.
    ///
    /// # Errors
    /// The database is away; nothing was changed then.
    pub async fn relay_tick(&self) -> Result<Tick> {
        self.unseated(Login::Relay, async |db| {
            let at = trail::now(db).await?;
            let chains = sqlx::query!(
                r#"select facility as "facility!", linked as "linked!", head_seq as "seq!", head_hash as "hash!", touched as "touched!"
                   from audit.chain()"#
            )
            .fetch_all(&mut *db)
            .await?;
            // the key is the outbox's own id: a task handed over twice is one job. Checked when it runs, not when it is
            // compiled: the job tables are the library's own and not among our migrations. Packages are built one after
            // another: those that wait for their turn wait in the tables, where they keep no notice from being sent
            let handed: i64 = sqlx::query_scalar(
                r"with taken as (delete from app.outbox o where (o.facility_id, o.id) in
                     (select facility_id, id from app.outbox order by at limit 500) returning o.*)
                   select count(graphile_worker.add_job(t.task,
                     json_build_object('facility', t.facility_id, 'request', t.request_id, 'subject', t.subject),
                     run_at => coalesce(t.not_before, now()), max_attempts => 12, job_key => t.id::text,
                     queue_name => case when t.task = 'build_package' then t.task end))
                   from taken t",
            )
            .fetch_one(&mut *db)
            .await?;
            let mut tick = Tick {
                at,
                linked: 0,
                heads: Vec::new(),
                touched: Vec::new(),
                handed: u64::try_from(handed).unwrap_or_default(),
            };
            for chain in chains {
                tick.linked += chain.linked;
                tick.heads.push(Head { facility: chain.facility, seq: chain.seq, hash: chain.hash });
                let facility = FacilityId(chain.facility);
                tick.touched.extend(chain.touched.into_iter().map(|id| RequestId { facility, id }));
            }
            for request in &tick.touched {
                sqlx::query!("select pg_notify('portal', $1)", request.to_string()).execute(&mut *db).await?;
            }
            Ok(tick)
        })
        .await
    }

    /// Makes the trail's partitions for the months to come.
    ///
    /// # Errors
    /// The database is away.
    pub async fn extend_trail(&self) -> Result<()> {
        self.unseated(Login::Relay, async |db| {
            sqlx::query!("select audit.extend(now()::date, 13)").execute(db).await?;
            Ok(())
        })
        .await
    }
}
