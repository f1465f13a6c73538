//! A database of its own for each test, copied from one that was set up and migrated once.

use std::{
    os::unix::fs::PermissionsExt as _,
    path::PathBuf,
    str::FromStr,
    sync::Arc,
    sync::atomic::{AtomicU32, Ordering},
};

use jiff::SignedDuration;
use office::{Desk, Login, Pools, Secrets, Vault};
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, PgConnection, Row as _,
    postgres::PgConnectOptions,
};
use tokio::sync::OnceCell;

static TEMPLATE: OnceCell<String> = OnceCell::const_new();
static NEXT: AtomicU32 = AtomicU32::new(0);

pub(crate) struct Database {
    pub(crate) desk: Arc<Desk>,
    admin: PgConnectOptions,
    pub(crate) name: String,
}

fn admin_address() -> String {
    std::env::var("PORTAL_TEST_ADMIN")
        .expect("PORTAL_TEST_ADMIN names a superuser's address of a scratch cluster: run `./dev test rust`")
}

fn secrets() -> (PathBuf, Secrets) {
    // once: another test may be reading them
    static WRITTEN: std::sync::Once = std::sync::Once::new();
    let folder = std::env::temp_dir().join(format!("portal-test-secrets-{}", std::process::id()));
    WRITTEN.call_once(|| {
        std::fs::create_dir_all(&folder).unwrap();
        for login in Login::ALL {
            let path = folder.join(login.name());
            std::fs::write(&path, "0123456789abcdef0123456789abcdef").unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        }
    });
    let secrets = Secrets::read(&folder).unwrap();
    (folder, secrets)
}

/// Set up and migrated once for all runs of this version of the migrations.
async fn template() -> &'static str {
    TEMPLATE
        .get_or_init(|| async {
            let admin = PgConnectOptions::from_str(&admin_address()).unwrap();
            let mut db = admin.connect().await.unwrap();
            // several test programs may start at once
            db.execute("select pg_advisory_lock(777)").await.unwrap();
            let name = format!("portal_template_{}", office::setup::migrations_digest());
            let there = sqlx::query("select 1 from pg_database where datname = $1 and datistemplate")
                .bind(&name)
                .fetch_optional(&mut db)
                .await
                .unwrap();
            if there.is_none() {
                db.execute(AssertSqlSafe(format!("drop database if exists {name}"))).await.unwrap();
                db.execute(AssertSqlSafe(format!("create database {name}"))).await.unwrap();
                let (_, secrets) = secrets();
                let address = admin.clone().database(&name).to_url_lossy().to_string();
                office::setup::setup(&address, &secrets).await.unwrap();
                office::setup::migrate(&address, &secrets).await.unwrap();
                db.execute(AssertSqlSafe(format!("alter database {name} is_template true allow_connections false")))
                    .await
                    .unwrap();
            }
            db.execute("select pg_advisory_unlock(777)").await.unwrap();
            db.close().await.unwrap();
            name
        })
        .await
}

impl Database {
    pub(crate) async fn new() -> Self {
        let template = template().await;
        let admin = PgConnectOptions::from_str(&admin_address()).unwrap();
        let name = format!("t_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let mut db = admin.connect().await.unwrap();
        db.execute(AssertSqlSafe(format!("create database {name} template {template}"))).await.unwrap();
        db.execute(AssertSqlSafe(format!(
            "revoke all on database {name} from public;
             grant connect on database {name}
               to web_auth, web_patient, web_staff, worker, relay, audit_reader, operator, portal_migrate"
        )))
        .await
        .unwrap();
        db.close().await.unwrap();
        let admin = admin.database(&name);
        let (_, secrets) = secrets();
        let pools = Pools::new(admin.to_url_lossy().as_str(), &secrets, &Login::ALL).unwrap();
        let ring = vault::KeyRing::generate(vault::Kid::parse("test").unwrap()).unwrap();
        let desk = Desk::new(pools, Vault::new(ring, vault::ServerSecret::generate().unwrap()));
        Self { desk, admin, name }
    }

    /// A desk at another time of the acts, with keys of its own: for acts that open nothing sealed.
    pub(crate) fn desk_later(&self, by: SignedDuration) -> Arc<Desk> {
        let (_, secrets) = secrets();
        let pools = Pools::new(self.admin.to_url_lossy().as_str(), &secrets, &Login::ALL).unwrap();
        let ring = vault::KeyRing::generate(vault::Kid::parse("test").unwrap()).unwrap();
        Desk::new(pools, Vault::new(ring, vault::ServerSecret::generate().unwrap())).shifted(by)
    }

    /// A connection under a login, as injected SQL would have it.
    pub(crate) async fn under(&self, login: &str) -> PgConnection {
        self.admin.clone().username(login).connect().await.unwrap()
    }

    /// Runs statements under a login; what the last one returned, or what PostgreSQL said.
    pub(crate) async fn says(&self, login: &str, statements: &str) -> Result<Vec<String>, String> {
        let mut db = self.under(login).await;
        let rows = sqlx::raw_sql(AssertSqlSafe(statements.to_owned()))
            .fetch_all(&mut db)
            .await
            .map_err(|error| error.to_string())?;
        Ok(rows
            .iter()
            .map(|row| {
                (0..row.len())
                    .map(|n| row.try_get_unchecked::<Option<String>, _>(n).ok().flatten().unwrap_or_default())
                    .collect::<Vec<_>>()
                    .join("|")
            })
            .collect())
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (admin, name) = (admin_address(), self.name.clone());
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                if let Ok(mut db) = PgConnectOptions::from_str(&admin).unwrap().connect().await {
                    let _ = db.execute(AssertSqlSafe(format!("drop database if exists {name} with (force)"))).await;
                }
            });
        });
        let _ = dropping.join();
    }
}
