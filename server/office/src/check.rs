//! The desk's look at its own logins before it serves: a login that could do more than its side needs is refused.

use crate::{Desk, Login, Result, desk::begin};

/// Why the desk will not open.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    #[error("PostgreSQL {0} is not served: 15.14, 16.10, 17.6 or later is needed (CVE-2025-8713)")]
    Version(String),
    #[error(
        "the login {0} is a superuser, bypasses row-level security, owns tables, makes roles or may become an \
         owner; run `portal setup`"
    )]
    TooMighty(&'static str),
    #[error("the database is not migrated; run `portal migrate`")]
    NotMigrated,
}

impl Desk {
    /// Looks at every login that this desk uses.
    ///
    /// # Errors
    /// The database is away.
    pub async fn fitness(&self) -> Result<Vec<Unfit>> {
        self.fitness_of(&Login::ALL).await
    }

    /// Whether pages can be served, by the logins that they need alone: a verification of the trail that takes long
    /// keeps no page.
    ///
    /// # Errors
    /// The database is away.
    pub async fn serves_pages(&self) -> Result<bool> {
        Ok(self.fitness_of(&[Login::WebPatient, Login::WebStaff]).await?.is_empty())
    }

    async fn fitness_of(&self, logins: &[Login]) -> Result<Vec<Unfit>> {
        let mut unfit = Vec::new();
        for (login, pool) in self.pools().all() {
            if *login == Login::PortalMigrate || !logins.contains(login) {
                continue;
            }
            let mut tx = begin(pool).await?;
            let row = sqlx::query!(
                r#"select current_setting('server_version_num')::int as "version!", version() as "name!",
                     (r.rolsuper or r.rolbypassrls or r.rolcreaterole
                       or exists (select 1 from pg_class c where c.relowner = r.oid)
                       or exists (select 1 from unnest(array['portal_owner', 'auth_owner', 'audit_owner', 'vault_owner',
                                    'jobs_owner', 'portal_migrate']) o
                                  where pg_has_role(r.oid, o, 'member'))) as "mighty!",
                     exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
                              where n.nspname = 'audit' and c.relname = 'event') as "migrated!"
                   from pg_roles r where r.rolname = current_user"#
            )
            .fetch_one(&mut *tx)
            .await?;
            let patched = match row.version / 10_000 {
                15 => row.version >= 150_014,
                16 => row.version >= 160_010,
                17 => row.version >= 170_006,
                major => major > 17,
            };
            if !patched && unfit.is_empty() {
                unfit.push(Unfit::Version(row.name));
            }
            if row.mighty {
                unfit.push(Unfit::TooMighty(login.name()));
            }
            if !row.migrated && !unfit.iter().any(|why| matches!(why, Unfit::NotMigrated)) {
                unfit.push(Unfit::NotMigrated);
            }
        }
        Ok(unfit)
    }
}
