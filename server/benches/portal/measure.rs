//! Rounds in turns: every program gets a round before any gets its next, so that a neighbour's noise falls on all alike;
//! of the rounds the median counts.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use server::command::Failure;
use sqlx::{PgPool, Row as _};

use crate::{
    cpu::{self, Postgres},
    load::{self, Next},
    running::Serving,
};

const ROUND: Duration = Duration::from_secs(3);
/// How many are sent in a round of what can be sent once.
pub(crate) const SENDS: usize = 800;

pub(crate) enum Asked {
    /// The same page each time.
    Page(Arc<[u8]>),
    /// Forms that can be sent once, those of the next round last.
    Forms(Mutex<Vec<Arc<[u8]>>>),
}

impl Asked {
    pub(crate) fn page(request: Vec<u8>) -> Self {
        Self::Page(request.into())
    }

    pub(crate) fn forms(requests: Vec<Vec<u8>>) -> Self {
        Self::Forms(Mutex::new(requests.into_iter().map(Into::into).collect()))
    }

    /// As many as wanted, or for as long as a round takes.
    fn next(&self, at_most: Option<usize>) -> Result<Next, Failure> {
        let all = match (self, at_most) {
            (Self::Page(request), None) => return Ok(load::again_for(Arc::clone(request), ROUND)),
            (Self::Page(request), Some(count)) => vec![Arc::clone(request); count],
            (Self::Forms(left), count) => {
                let mut left = left.lock().map_err(|_| "another round broke")?;
                let from = left.len().checked_sub(count.unwrap_or(SENDS)).ok_or("there are too few forms")?;
                left.split_off(from)
            }
        };
        let place = AtomicUsize::new(0);
        Ok(Arc::new(move || all.get(place.fetch_add(1, Ordering::Relaxed)).map(Arc::clone)))
    }
}

/// A program, and what it is asked.
pub(crate) struct Target<'a> {
    pub(crate) name: &'static str,
    pub(crate) program: &'a Serving,
    pub(crate) status: u16,
    /// What it leaves to be done afterwards belongs to its price.
    pub(crate) leaves_work: bool,
    pub(crate) asked: Asked,
}

/// What a round showed. CPU in milliseconds for each request.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Figures {
    pub(crate) per_second: f64,
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    pub(crate) program: f64,
    pub(crate) serving: f64,
    pub(crate) afterwards: f64,
}

impl Figures {
    pub(crate) fn cpu(&self) -> f64 {
        self.program + self.serving + self.afterwards
    }
}

fn millis(time: Duration, requests: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a number of requests")]
    let requests = requests.max(1) as f64;
    time.as_secs_f64() * 1000.0 / requests
}

impl Target<'_> {
    pub(crate) async fn round(&self, admin: &PgPool, at_most: Option<usize>) -> Result<Figures, Failure> {
        let next = self.asked.next(at_most)?;
        let (program, postgres) = (cpu::of_program(self.program.pid())?, Postgres::now(admin).await?);
        let driven = load::drive(self.program.port, self.status, next).await?;
        if driven.wrong > 0 {
            return Err(format!("{}: {} of {} answers are wrong", self.name, driven.wrong, driven.answered).into());
        }
        if self.leaves_work {
            all_is_done(admin).await?;
        }
        let spent = &Postgres::now(admin).await? - &postgres;
        let program = cpu::of_program(self.program.pid())?.saturating_sub(program);
        let each = |time| millis(time, driven.answered);
        #[expect(clippy::cast_precision_loss, reason = "a number of requests")]
        let answered = driven.answered as f64;
        Ok(Figures {
            per_second: answered / driven.took.as_secs_f64(),
            p50: driven.p50.as_secs_f64() * 1000.0,
            p99: driven.p99.as_secs_f64() * 1000.0,
            program: each(program),
            serving: each(spent.serving),
            // the portal's relay looks for work while others are measured, too
            afterwards: if self.leaves_work { each(spent.afterwards) } else { 0.0 },
        })
    }
}

/// The trail is linked, the outbox is empty. The jobs have a while: at whatever pace they send the mail, those who are
/// measured next shall not pay for it.
pub(crate) async fn all_is_done(admin: &PgPool) -> Result<(), Failure> {
    const PATIENCE: usize = 50;
    for tries in 0..3000 {
        let row = sqlx::query(
            "select (select count(*) from audit.pending) + (select count(*) from app.outbox) as left_now,
               (select count(*) from graphile_worker._private_jobs where run_at <= now()) as jobs",
        )
        .fetch_one(admin)
        .await?;
        let (left, jobs): (i64, i64) = (row.try_get("left_now")?, row.try_get("jobs")?);
        if left == 0 && (jobs == 0 || tries >= PATIENCE) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err("what was left to be done is not done".into())
}

/// A round that counts for nothing, then all rounds in turns; the medians in the order of the targets.
pub(crate) async fn in_turns(admin: &PgPool, targets: &[Target<'_>], rounds: usize) -> Result<Vec<Figures>, Failure> {
    let mut seen = vec![Vec::new(); targets.len()];
    for round in 0..=rounds {
        for (target, its) in targets.iter().zip(&mut seen) {
            let figures = target.round(admin, None).await?;
            if round > 0 {
                its.push(figures);
            }
        }
    }
    Ok(seen.iter().map(|its| medians(its)).collect())
}

fn medians(of: &[Figures]) -> Figures {
    let median = |pick: fn(&Figures) -> f64| {
        let mut all: Vec<f64> = of.iter().map(pick).collect();
        all.sort_unstable_by(f64::total_cmp);
        all.get(all.len() / 2).copied().unwrap_or_default()
    };
    Figures {
        per_second: median(|it| it.per_second),
        p50: median(|it| it.p50),
        p99: median(|it| it.p99),
        program: median(|it| it.program),
        serving: median(|it| it.serving),
        afterwards: median(|it| it.afterwards),
    }
}
