//! Doing what acts left to be done: the tasks that the relay handed over are run here, under the worker's login. The
//! library that runs them gets that login's pool and gives it to nobody: a handler is handed the desk and the ids.
//!
//! A job may run twice (a machine that stops between doing and saying so), so every handler finds out first whether its
//! work is done.

mod close_request;
mod sweep;

use std::{fmt, future::Future, marker::PhantomData, sync::Arc, time::Duration};

use domain::ids::{FacilityId, RequestId};
use graphile_worker::{
    Cron, Crontab, IntoTaskHandlerResult, LocalQueueConfig, RefetchDelayConfig, TaskHandler, WorkerContext,
    WorkerOptions, WorkerRecoveryConfig, WorkerShutdownConfig, runner::WorkerRuntimeError,
};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use tokio::{sync::watch, time::Instant};
use uuid::Uuid;

pub use close_request::CloseRequest;
pub use sweep::Swept;

pub use crate::store::outbox::Task;
use crate::{Desk, Error, Login, Result};

/// How many jobs run at a time: two, so that a package that takes minutes does not keep a notice waiting.
const AT_A_TIME: usize = 2;
/// How many jobs one look takes along; those that a server holds when it dies are found within a minute.
const AT_ONCE: usize = 20;
const POLL: Duration = Duration::from_secs(1);
/// How often the database is looked for while jobs run.
const LOOK: Duration = Duration::from_millis(500);
/// How long a job has to end when the program is told to stop; a longer one is begun anew later.
const GRACE: Duration = Duration::from_secs(15);
const FIRST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// One thing to do.
#[derive(Debug, Clone, Copy)]
pub struct Job {
    pub facility: FacilityId,
    pub request: Option<RequestId>,
    /// What the task is about: a notice, a package, an attempt.
    pub subject: Uuid,
    /// No further try comes after this one.
    pub last_try: bool,
}

impl Job {
    /// # Errors
    /// A task that is about a request came without one: it will never be right.
    pub fn request(&self) -> Result<RequestId, Again> {
        self.request.ok_or(Again("no_request"))
    }
}

/// The job is to be tried again, later each time. The code stands in the log and in the job tables: never a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Again(pub &'static str);

impl From<Error> for Again {
    fn from(error: Error) -> Self {
        match error {
            Error::Away(_) => Self("database_away"),
            Error::Refused(why) => Self(why.code()),
            fault => {
                let (code, constraint) = said(&fault);
                tracing::error!(%fault, code, constraint, "a job");
                Self("fault")
            }
        }
    }
}

/// What PostgreSQL says of a fault without the row's values, which its own words would quote.
fn said(fault: &Error) -> (Option<String>, Option<String>) {
    match fault {
        Error::Database(sqlx::Error::Database(said)) => {
            (said.code().map(Into::into), said.constraint().map(str::to_owned))
        }
        _ => (None, None),
    }
}

/// What is done for one kind of task.
pub trait Handler: Clone + Send + Sync + 'static {
    const TASK: Task;
    fn run(&self, desk: &Arc<Desk>, job: Job) -> impl Future<Output = Result<(), Again>> + Send;
}

type Define = Arc<dyn Fn(WorkerOptions, &Arc<Desk>) -> WorkerOptions + Send + Sync>;

/// Every kind of task that this program knows how to do.
#[derive(Clone, Default)]
pub struct Handlers(Vec<(Task, Define)>);

impl Handlers {
    #[must_use]
    pub fn with<H: Handler>(mut self, handler: H) -> Self {
        let define: Define = Arc::new(move |options, desk| {
            options.define_job::<Told<H>>().add_extension(Bound { handler: handler.clone(), desk: Arc::clone(desk) })
        });
        self.0.push((H::TASK, define));
        self
    }

    pub fn tasks(&self) -> Vec<Task> {
        self.0.iter().map(|(task, _)| *task).collect()
    }
}

/// A handler and the desk it works at, where the library keeps them.
#[derive(Clone)]
struct Bound<H> {
    handler: H,
    desk: Arc<Desk>,
}

impl<H> fmt::Debug for Bound<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bound(…)")
    }
}

/// A job's payload, as the relay wrote it.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
struct Told<H> {
    facility: Uuid,
    request: Option<Uuid>,
    subject: Uuid,
    #[serde(skip)]
    of: PhantomData<fn() -> H>,
}

impl<H: Handler> TaskHandler for Told<H> {
    const IDENTIFIER: &'static str = H::TASK.code();

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let bound = ctx.get_ext::<Bound<H>>().ok_or(Again("no_handler"))?;
        let facility = FacilityId(self.facility);
        let job = Job {
            facility,
            request: self.request.map(|id| RequestId { facility, id }),
            subject: self.subject,
            last_try: ctx.job().attempts() >= ctx.job().max_attempts(),
        };
        bound.handler.run(&bound.desk, job).await
    }
}

/// The hourly sweep: the library's clock, so that of several servers one does it.
#[derive(Serialize, Deserialize)]
struct Sweeping {}

/// The payload is said: a job without one is no `Sweeping`, and would fail every time.
fn hourly_sweep() -> Result<Crontab, Stopped> {
    Ok(Cron::hourly_at::<Sweeping>(17)?.payload(Sweeping {})?.build())
}

impl TaskHandler for Sweeping {
    const IDENTIFIER: &'static str = "sweep";

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let desk = ctx.get_ext::<Bound<()>>().ok_or(Again("no_handler"))?.desk.clone();
        desk.sweep().await.map(drop).map_err(Again::from)
    }
}

/// Why the jobs stopped; they are started again.
#[derive(Debug, thiserror::Error)]
enum Stopped {
    #[error(transparent)]
    Office(#[from] Error),
    #[error("the jobs could not be started")]
    Start(#[from] graphile_worker::WorkerBuildError),
    #[error("the sweep's hour cannot be read")]
    Clock(#[from] graphile_worker::CrontabTimerError),
    #[error("the sweep cannot be written down")]
    Sweep(#[from] serde_json::Error),
    #[error("the jobs ended")]
    Running(#[from] WorkerRuntimeError),
    #[error("the jobs of the last run are not let go")]
    Unlocking(#[from] graphile_worker::errors::GraphileWorkerError),
}

impl Desk {
    /// Runs jobs until `stop` says so, whatever happens to the database meanwhile.
    pub async fn run_jobs(self: &Arc<Self>, handlers: &Handlers, mut stop: watch::Receiver<bool>) {
        let mut wait = FIRST_WAIT;
        let mut last = None;
        while !*stop.borrow() {
            let began = Instant::now();
            if let Err(error) = self.run_worker(handlers, stop.clone(), &mut last).await {
                tracing::error!(?error, "the jobs wait for the database");
            }
            wait = if began.elapsed() > Duration::from_mins(1) { FIRST_WAIT } else { (wait * 2).min(LONGEST_WAIT) };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// One run, until it is told to stop or the database goes. `last`: the run before this one, if it left jobs locked.
    async fn run_worker(
        self: &Arc<Self>,
        handlers: &Handlers,
        stop: watch::Receiver<bool>,
        last: &mut Option<String>,
    ) -> Result<(), Stopped> {
        let pool = self.pool(Login::Worker)?.clone();
        let (mut told, database) = (stop.clone(), pool.clone());
        let mut options = WorkerOptions::default()
            .pg_pool(pool)
            .concurrency(AT_A_TIME)
            .poll_interval(POLL)
            // without it a slot does one job a signal, and a burst of notices would wait for minutes
            .local_queue(LocalQueueConfig::default().with_size(AT_ONCE).with_refetch_delay(pause()))
            .worker_recovery(
                WorkerRecoveryConfig::default()
                    .heartbeat_interval(Duration::from_secs(5))
                    .sweep_interval(Duration::from_secs(15))
                    .sweep_threshold(Duration::from_secs(45))
                    .recovery_delay(Duration::from_secs(1)),
            )
            .worker_shutdown(
                WorkerShutdownConfig::default()
                    .listen_os_shutdown_signals(false)
                    .grace_period(GRACE)
                    .interrupted_job_retry_delay(Duration::from_secs(1))
                    .shutdown_signal(async move {
                        tokio::select! {
                            _ = told.wait_for(|stop| *stop) => {}
                            () = gone(database) => {}
                        }
                    }),
            )
            .define_job::<Sweeping>()
            .add_extension(Bound { handler: (), desk: Arc::clone(self) })
            .with_cron(hourly_sweep()?);
        for (_, define) in &handlers.0 {
            options = define(options, self);
        }
        let worker = options.init().await?;
        // a run that the database ended could not let its jobs go; nobody else has them
        if let Some(before) = last.take()
            && let Err(error) = worker.create_utils().force_unlock_workers(&[&before]).await
        {
            *last = Some(before);
            return Err(error.into());
        }
        *last = Some(worker.worker_id().clone());
        worker.run().await?;
        // without a database it could not let its jobs go either
        if *stop.borrow() {
            *last = None;
        }
        Ok(())
    }
}

/// After a look that found nothing. The library wakes its queue at the end of each look, so that without this one it never
/// pauses, whatever `POLL` says. The first job that is put in ends the pause.
fn pause() -> RefetchDelayConfig {
    RefetchDelayConfig::default().with_duration(POLL).with_max_abort_threshold(1)
}

/// Waits until the database cannot be reached. The library's queue would ask it without a pause as long as that lasts, and
/// write a line each time.
async fn gone(database: PgPool) {
    loop {
        tokio::time::sleep(LOOK).await;
        match database.acquire().await {
            // all connections are at work
            Ok(_) | Err(sqlx::Error::PoolTimedOut) => {}
            Err(_) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hourly_job_is_one_that_the_sweep_can_read() {
        let job = hourly_sweep().expect("the sweep's hour");
        let payload = job.payload().clone().expect("a payload");
        serde_json::from_value::<Sweeping>(payload).expect("a sweep");
    }
}
