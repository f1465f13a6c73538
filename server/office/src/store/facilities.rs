//! The facility, as acts need it: its calendar and how it is reached.

use domain::{ids::FacilityId, language::Translated};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Error, Result, packages::Letterhead};

#[derive(Debug, Clone)]
pub(crate) struct Facility {
    pub(crate) id: FacilityId,
    pub(crate) name: String,
    pub(crate) zone: TimeZone,
    pub(crate) phone: String,
    pub(crate) hours: Translated,
    /// Whom to complain to.
    pub(crate) complaints: String,
}

impl Facility {
    /// The local date of a moment: a day counts by the facility's calendar.
    pub(crate) fn day(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }

    /// Whom to call, in one line.
    pub(crate) fn help(&self) -> Translated {
        help(&self.phone, &self.hours)
    }
}

pub(crate) fn help(phone: &str, hours: &Translated) -> Translated {
    hours.map(|hours| format!("{phone} ({hours})"))
}

struct Row {
    id: Uuid,
    name: String,
    zone: String,
    phone: String,
    hours_en: String,
    hours_es: String,
    complaints: String,
}

impl Row {
    fn facility(self) -> Result<Facility> {
        let Self { id, name, zone, phone, hours_en, hours_es, complaints } = self;
        let zone = TimeZone::get(&zone).map_err(|_| Error::Corrupt { table: "app.facility", id })?;
        let hours = Translated { en: hours_en, es: hours_es };
        Ok(Facility { id: FacilityId(id), name, zone, phone, hours, complaints })
    }
}

pub(crate) async fn load(db: &mut PgConnection, id: FacilityId) -> Result<Facility> {
    let row = sqlx::query_as!(
        Row,
        "select id, name, zone, phone, hours_en, hours_es, complaints from app.facility where id = $1",
        id.0
    )
    .fetch_one(db)
    .await?;
    row.facility()
}

/// All of them, by name.
pub(crate) async fn all(db: &mut PgConnection) -> Result<Vec<Facility>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, name, zone, phone, hours_en, hours_es, complaints from app.facility order by name, id"
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::facility).collect()
}

/// What a letter says of who answers.
pub(crate) async fn letterhead(db: &mut PgConnection, id: FacilityId) -> Result<Letterhead> {
    let row = sqlx::query!("select name, postal, phone, mail_from, complaints from app.facility where id = $1", id.0)
        .fetch_one(db)
        .await?;
    Ok(Letterhead {
        id,
        name: row.name,
        postal: row.postal,
        phone: row.phone,
        email: row.mail_from,
        complaints: row.complaints,
    })
}
