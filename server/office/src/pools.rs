//! A pool for each login. No login can do more than its side needs, so no pool serves another's.

use std::{collections::HashMap, io, path::Path, str::FromStr, time::Duration};

use sqlx::{
    Connection as _, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::time::timeout;

use crate::{Error, Result};

/// Who signs in to PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Login {
    WebAuth,
    WebPatient,
    WebStaff,
    Worker,
    Relay,
    AuditReader,
    Operator,
    PortalMigrate,
}

impl Login {
    pub const ALL: [Self; 8] = [
        Self::WebAuth,
        Self::WebPatient,
        Self::WebStaff,
        Self::Worker,
        Self::Relay,
        Self::AuditReader,
        Self::Operator,
        Self::PortalMigrate,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::WebAuth => "web_auth",
            Self::WebPatient => "web_patient",
            Self::WebStaff => "web_staff",
            Self::Worker => "worker",
            Self::Relay => "relay",
            Self::AuditReader => "audit_reader",
            Self::Operator => "operator",
            Self::PortalMigrate => "portal_migrate",
        }
    }

    const fn connections(self) -> u32 {
        match self {
            Self::WebPatient | Self::WebStaff => 16,
            Self::Worker => 10,
            Self::WebAuth | Self::AuditReader => 4,
            Self::Relay | Self::Operator | Self::PortalMigrate => 2,
        }
    }
}

/// How long a connection that comes back to its pool may take to say that it lives.
const ANSWER: Duration = Duration::from_secs(5);

/// The logins' passwords, each from its own file.
pub struct Secrets(HashMap<Login, String>);

impl Secrets {
    /// Reads one file for each login from a folder.
    ///
    /// # Errors
    /// A file that is missing, open to others, or shorter than a made-up password is long.
    pub fn read(folder: &Path) -> std::io::Result<Self> {
        let mut all = HashMap::new();
        for login in Login::ALL {
            let path = folder.join(login.name());
            let bytes = vault::read_secret_file(&path)
                .map_err(|error| std::io::Error::other(format!("{}: {error}", path.display())))?;
            let secret = std::str::from_utf8(&bytes).unwrap_or_default().trim().to_owned();
            if secret.len() < 32 {
                return Err(std::io::Error::other(format!(
                    "{}: the secret is missing or too short; `portal setup` makes one",
                    path.display()
                )));
            }
            all.insert(login, secret);
        }
        Ok(Self(all))
    }

    pub(crate) fn of(&self, login: Login) -> &str {
        self.0.get(&login).map_or("", String::as_str)
    }
}

/// The pools, by login.
pub struct Pools(HashMap<Login, PgPool>);

impl Pools {
    /// Opens a pool for each of the logins; connections are made when they are needed.
    ///
    /// # Errors
    /// An address that cannot be read.
    pub fn new(address: &str, secrets: &Secrets, logins: &[Login]) -> Result<Self> {
        let base = PgConnectOptions::from_str(address).map_err(Error::from)?;
        let pools = logins
            .iter()
            .map(|&login| {
                let options = base
                    .clone()
                    .username(login.name())
                    .password(secrets.of(login))
                    .application_name("portal")
                    // more than any side has statements: none is prepared twice
                    .statement_cache_capacity(512)
                    .options([("timezone", "UTC")]);
                let mut pool = PgPoolOptions::new();
                // the relay gives up what takes too long: where its connection led to a host that vanished, the pool
                // would wait for the host's answer before it made another
                if matches!(login, Login::Relay | Login::AuditReader) {
                    pool = pool.after_release(|db, _| {
                        Box::pin(async move {
                            match timeout(ANSWER, db.ping()).await {
                                Ok(answered) => answered.map(|()| true),
                                Err(_) => Err(io::Error::from(io::ErrorKind::TimedOut).into()),
                            }
                        })
                    });
                }
                let pool = pool
                    .max_connections(login.connections())
                    .acquire_timeout(Duration::from_secs(3))
                    // a page must not wait for a ping, and begins again where it meets a dead connection; the jobs'
                    // library does not, and has the time
                    .test_before_acquire(login == Login::Worker)
                    .connect_lazy_with(options);
                (login, pool)
            })
            .collect();
        Ok(Self(pools))
    }

    pub(crate) fn of(&self, login: Login) -> Result<&PgPool> {
        self.0.get(&login).ok_or(Error::Away(sqlx::Error::PoolClosed))
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (&Login, &PgPool)> {
        self.0.iter()
    }
}
