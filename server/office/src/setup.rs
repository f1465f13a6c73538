//! Setting up: the logins once a cluster, the schemas once a database, the migrations. Run by the command line, as a
//! superuser or as the deploy step's login; never by the serving program.

use std::{fmt::Write as _, str::FromStr};

use sqlx::{
    ConnectOptions as _, Connection as _, Executor as _, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{Error, Login, Result, Secrets};

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations");

/// What went wrong while setting up.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    #[error(transparent)]
    Office(#[from] Error),
    #[error("a migration failed")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("the job tables could not be migrated: {0}")]
    Jobs(String),
}

impl From<sqlx::Error> for SetupError {
    fn from(error: sqlx::Error) -> Self {
        Self::Office(error.into())
    }
}

/// Makes the logins of the cluster, gives each its password, and makes the schemas of the database that `admin` names.
/// Safe to run again.
///
/// # Errors
/// `admin` is no superuser's address, or the cluster cannot be reached.
pub async fn setup(admin: &str, secrets: &Secrets) -> Result<(), SetupError> {
    let mut db = PgConnectOptions::from_str(admin)?.connect().await?;
    db.execute(include_str!("setup/cluster.sql")).await?;
    for login in Login::ALL {
        // alter role takes no parameters: the statement is made by the database itself from quoted values
        let statement: String = sqlx::query_scalar("select format('alter role %I password %L', $1::text, $2::text)")
            .bind(login.name())
            .bind(secrets.of(login))
            .fetch_one(&mut db)
            .await?;
        db.execute(sqlx::AssertSqlSafe(statement)).await?;
    }
    db.execute(include_str!("setup/database.sql")).await?;
    db.close().await?;
    Ok(())
}

/// Brings the database to this program's version, job tables included.
///
/// # Errors
/// A migration that cannot be applied; what was applied before it stays.
pub async fn migrate(address: &str, secrets: &Secrets) -> Result<(), SetupError> {
    let options = PgConnectOptions::from_str(address)?
        .username(Login::PortalMigrate.name())
        .password(secrets.of(Login::PortalMigrate));
    migrate_as(options).await
}

async fn migrate_as(options: PgConnectOptions) -> Result<(), SetupError> {
    let mut db = options.clone().options([("lock_timeout", "2s")]).connect().await?;
    MIGRATOR.run(&mut db).await?;
    db.close().await?;
    let jobs = PgPoolOptions::new().max_connections(1).connect_with(options.options([("role", "jobs_owner")])).await?;
    migrate_jobs(&jobs).await?;
    jobs.close().await;
    Ok(())
}

/// The job library's own tables: it migrates them as their owner here, and finds nothing to do when it serves.
async fn migrate_jobs(jobs: &PgPool) -> Result<(), SetupError> {
    graphile_worker::WorkerUtils::new(jobs.clone(), "graphile_worker")
        .migrate()
        .await
        .map_err(|error| SetupError::Jobs(error.to_string()))?;
    let mut db = jobs.acquire().await?;
    grant_jobs(&mut db).await
}

/// Its tables are under row-level security without a policy: worker and relay get theirs.
async fn grant_jobs(db: &mut PgConnection) -> Result<(), SetupError> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'graphile_worker' and c.relkind in ('r', 'p')",
    )
    .fetch_all(&mut *db)
    .await?;
    let mut statements = String::from(
        "grant usage on all sequences in schema graphile_worker to worker, relay;
         grant execute on all functions in schema graphile_worker to worker, relay;
         grant select on all tables in schema graphile_worker to worker, relay;",
    );
    for table in tables {
        let _ = write!(
            statements,
            "alter table graphile_worker.{table} enable row level security;
             grant insert, update, delete on graphile_worker.{table} to worker, relay;
             drop policy if exists runs on graphile_worker.{table};
             create policy runs on graphile_worker.{table} to worker, relay using (true) with check (true);"
        );
    }
    db.execute(sqlx::AssertSqlSafe(statements)).await?;
    Ok(())
}

/// Names this version of the schema: what the tests copy is made anew when a migration or the set-up changes.
#[doc(hidden)]
pub fn migrations_digest() -> String {
    use sha2::{Digest as _, Sha256};
    let mut hash = Sha256::new();
    for migration in MIGRATOR.iter() {
        hash.update(&*migration.checksum);
    }
    hash.update(include_str!("setup/cluster.sql"));
    hash.update(include_str!("setup/database.sql"));
    hash.finalize().iter().take(6).fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}
