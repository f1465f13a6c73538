//! A hospital with an importer, and what its tables hold.

use std::sync::Arc;

use bytes::Bytes;
use domain::ids::FacilityId;
use serde_json::Value;
use server::{
    import::{Importer, NotTaken, Taken},
    sandbox::Sandbox,
};

use crate::people::Hospital;

pub(crate) struct World {
    pub(crate) hospital: Hospital,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self { hospital: Hospital::new().await }
    }

    pub(crate) fn importer(&self, facility: FacilityId) -> Importer {
        Importer {
            desk: Arc::clone(self.hospital.desk()),
            sandbox: Sandbox::new(2),
            facility,
            zone: "America/Chicago".into(),
            source: "test".into(),
        }
    }

    pub(crate) async fn take(&self, bundle: &Value) -> Result<Taken, NotTaken> {
        self.importer(self.hospital.facility).take_bytes(bytes(bundle)).await
    }

    /// What a query says, one text a row.
    pub(crate) async fn says(&self, query: &str) -> Vec<String> {
        self.hospital.at.says("postgres", query).await.unwrap()
    }

    pub(crate) async fn count(&self, of: &str) -> u64 {
        self.says(&format!("select count(*)::text from {of}")).await[0].parse().unwrap()
    }

    /// Where every row of every table stands and which transaction wrote it: equal means that no row was touched.
    pub(crate) async fn rows(&self) -> Vec<String> {
        let tables = self
            .says("select schemaname || '.' || tablename from pg_tables where schemaname in ('app', 'vault', 'auth') order by 1")
            .await;
        let mut rows = Vec::new();
        for table in tables {
            let stand = format!(
                "select '{table} ' || coalesce(md5(string_agg(ctid::text || xmin::text, ',' order by ctid)), 'none') from {table}"
            );
            rows.extend(self.says(&stand).await);
        }
        rows
    }
}

pub(crate) fn bytes(bundle: &Value) -> Bytes {
    serde_json::to_vec(bundle).unwrap().into()
}

/// A scratch database's address, without a user.
pub(crate) fn address_of(database: &str) -> String {
    let admin: sqlx::postgres::PgConnectOptions = std::env::var("PORTAL_TEST_ADMIN").unwrap().parse().unwrap();
    sqlx::ConnectOptions::to_url_lossy(&admin.database(database)).to_string()
}
