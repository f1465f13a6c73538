//! Charts: records in. A bundle is read and typeset elsewhere, by a child that reaches nothing; here it becomes one
//! act of the system, kept whole or not at all.

mod import_bundle;
mod incoming;
mod sealing;
pub(crate) mod spelling;

use domain::ids::FacilityId;

use crate::{Desk, Login, Result, store};

pub use import_bundle::ImportBundle;
pub use incoming::{
    Announced, Chart, Document, Encounter, Identifier, Imported, Key, Name, Outline, Part, Patient, Place, Tally,
    Wanted,
};

/// A facility that bundles are imported to.
pub struct OfCharts {
    pub id: FacilityId,
    /// IANA; by its calendar a time in the record falls on a day.
    pub zone: String,
}

impl Desk {
    /// The facility of a short name, as the worker knows it.
    ///
    /// # Errors
    /// The database is away.
    pub async fn facility_of_charts(&self, slug: &str) -> Result<Option<OfCharts>> {
        self.unseated(Login::Worker, async |db| store::charts::facility(db, slug).await).await
    }
}
