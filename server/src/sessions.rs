//! tower-sessions over our own table. The store makes a session only out of an attempt whose password was verified,
//! updates none that has ended, and holds nothing but who, since when and how. What a person may do is never read from
//! here: that is asked inside each act's transaction.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use domain::caller::Side;
use office::{Desk, Seat};
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};
use uuid::Uuid;

/// The key in a new session's record that names the verified attempt.
pub const ATTEMPT: &str = "attempt";
/// The key that names the side.
pub const SIDE: &str = "side";

#[derive(Clone)]
pub struct Store(Arc<Desk>);

impl Store {
    pub fn new(desk: Arc<Desk>) -> Self {
        Self(desk)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store")
    }
}

/// The seat that belongs to a session's id: the cookie's value is the id as text.
fn seat(id: &Id) -> Seat {
    Seat::of_cookie(&id.to_string())
}

#[async_trait]
impl SessionStore for Store {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let attempt =
            record.data.get(ATTEMPT).and_then(|value| value.as_str()).and_then(|text| Uuid::try_parse(text).ok());
        let side = record.data.get(SIDE).and_then(|value| value.as_str()).and_then(Side::from_code);
        let (Some(attempt), Some(side)) = (attempt, side) else {
            return Err(Error::Backend("a session without a verified attempt".to_owned()));
        };
        self.0
            .open_session(attempt, side, &seat(&record.id))
            .await
            .map(drop)
            .map_err(|error| Error::Backend(error.to_string()))
    }

    /// Nothing of ours changes in a session after it was made.
    async fn save(&self, _: &Record) -> Result<()> {
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let lives = self.0.session_lives(&seat(id)).await.map_err(|error| Error::Backend(error.to_string()))?;
        Ok(lives.then(|| Record {
            id: *id,
            data: std::collections::HashMap::new(),
            expiry_date: time::OffsetDateTime::now_utc() + time::Duration::hours(12),
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.0.end_session(&seat(id)).await.map_err(|error| Error::Backend(error.to_string()))
    }
}
