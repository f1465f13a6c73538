//! The trail's verification, under the login that reads it.

use uuid::Uuid;

use crate::{Desk, Login, Result, relay::Head};

/// A place where a chain does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    pub seq: i64,
    /// `missing`, `event_gone`, `event_changed`, `chain_broken` or `unlinked`.
    pub problem: String,
}

impl Desk {
    /// Every chain's head.
    ///
    /// # Errors
    /// The database is away.
    pub async fn chains(&self) -> Result<Vec<Head>> {
        self.unseated(Login::AuditReader, async |db| {
            let rows = sqlx::query!(
                r#"select facility as "facility!", head_seq as "seq!", head_hash as "hash!" from audit.chains()"#
            )
            .fetch_all(db)
            .await?;
            Ok(rows.into_iter().map(|row| Head { facility: row.facility, seq: row.seq, hash: row.hash }).collect())
        })
        .await
    }

    /// Recomputes a chain from its entries' columns.
    ///
    /// # Errors
    /// The database is away.
    pub async fn verify_chain(&self, facility: Uuid) -> Result<Vec<Broken>> {
        self.unseated(Login::AuditReader, async |db| {
            // a whole chain takes longer than a page may
            sqlx::query!("select set_config('statement_timeout', '0', true)").fetch_one(&mut *db).await?;
            let rows = sqlx::query!(r#"select seq as "seq!", problem as "problem!" from audit.verify($1)"#, facility)
                .fetch_all(&mut *db)
                .await?;
            let mut broken: Vec<Broken> =
                rows.into_iter().map(|row| Broken { seq: row.seq, problem: row.problem }).collect();
            let unlinked = sqlx::query_scalar!(r#"select audit.unlinked($1) as "n!""#, facility).fetch_one(db).await?;
            if unlinked > 0 {
                broken.push(Broken { seq: 0, problem: "unlinked".to_owned() });
            }
            Ok(broken)
        })
        .await
    }

    /// The chains' hashes at these entries, in their order; None where there is no such entry.
    ///
    /// # Errors
    /// The database is away.
    pub async fn links_at(&self, entries: &[(Uuid, i64)]) -> Result<Vec<Option<Vec<u8>>>> {
        let (facilities, seqs): (Vec<_>, Vec<_>) = entries.iter().copied().unzip();
        self.unseated(Login::AuditReader, async |db| {
            Ok(sqlx::query_scalar!(
                r#"select audit.link_at(t.facility, t.seq) as "hash?"
                   from unnest($1::uuid[], $2::bigint[]) with ordinality as t (facility, seq, n) order by t.n"#,
                &facilities[..],
                &seqs[..]
            )
            .fetch_all(db)
            .await?)
        })
        .await
    }
}
