//! Facilities as everybody may know them.

use domain::{ids::FacilityId, language::Translated};

use crate::{Desk, Login, Result};

#[derive(Debug, Clone)]
pub struct Known {
    pub id: FacilityId,
    pub slug: String,
    pub name: String,
    pub zone: String,
    pub phone: String,
    pub hours: Translated,
    pub relay: String,
    pub postal: String,
    pub complaints: String,
    pub mail_from: String,
    pub demo: bool,
    /// A demo hospital that was loaded to its end.
    pub demo_complete: bool,
}

impl Desk {
    /// # Errors
    /// The database is away.
    pub async fn facilities(&self) -> Result<Vec<Known>> {
        self.unseated(Login::WebAuth, async |db| {
            let rows = sqlx::query!(
                r#"select id as "id!", slug as "slug!", name as "name!", zone as "zone!", phone as "phone!", hours_en as "hours_en!", hours_es as "hours_es!",
                     relay as "relay!", postal as "postal!", complaints as "complaints!", mail_from as "mail_from!", demo as "demo!",
                     demo_complete as "demo_complete!"
                   from app.facilities()"#
            )
            .fetch_all(db)
            .await?;
            Ok(rows
                .into_iter()
                .map(|row| Known {
                    id: FacilityId(row.id),
                    slug: row.slug,
                    name: row.name,
                    zone: row.zone,
                    phone: row.phone,
                    hours: Translated { en: row.hours_en, es: row.hours_es },
                    relay: row.relay,
                    postal: row.postal,
                    complaints: row.complaints,
                    mail_from: row.mail_from,
                    demo: row.demo,
                    demo_complete: row.demo_complete,
                })
                .collect())
        })
        .await
    }
}
