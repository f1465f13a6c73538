//! What pages say of the facility before anybody has signed in: read at the start and once a minute, so that a page
//! costs no look-up for its header.

use std::sync::{Arc, RwLock};

use app::around::Facility;
use domain::language::Language;
use office::{Desk, facilities::Known};

#[derive(Clone, Default)]
pub struct Facilities(Arc<RwLock<Vec<Known>>>);

impl Facilities {
    /// # Errors
    /// The database is away.
    pub async fn read(&self, desk: &Desk) -> office::Result<()> {
        let known = desk.facilities().await?;
        if let Ok(mut held) = self.0.write() {
            *held = known;
        }
        Ok(())
    }

    /// The facility as a page names it; with several, the first by name: each has an address of its own.
    pub fn around(&self, language: Language) -> Facility {
        let Ok(held) = self.0.read() else { return Facility::default() };
        let Some(known) = held.first() else { return Facility::default() };
        Facility {
            name: known.name.clone(),
            mark: None,
            accent: None,
            phone: known.phone.clone(),
            hours: known.hours.to(language).to_owned(),
            relay: known.relay.clone(),
            in_person: known.postal.clone(),
        }
    }

    pub fn demo(&self) -> bool {
        self.0.read().is_ok_and(|held| held.iter().any(|known| known.demo))
    }
}
