//! The facility, as acts need it: its calendar and how it is reached.

use domain::ids::FacilityId;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use sqlx::PgConnection;

use crate::{Error, Result, packages::Letterhead};

#[derive(Debug, Clone)]
pub(crate) struct Facility {
    pub(crate) id: FacilityId,
    pub(crate) name: String,
    pub(crate) zone: TimeZone,
    pub(crate) phone: String,
    pub(crate) hours: String,
}

impl Facility {
    /// The local date of a moment: a day counts by the facility's calendar.
    pub(crate) fn day(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }

    /// Whom to call, in one line.
    pub(crate) fn help(&self) -> String {
        format!("{} ({})", self.phone, self.hours)
    }
}

pub(crate) async fn load(db: &mut PgConnection, id: FacilityId) -> Result<Facility> {
    let row =
        sqlx::query!("select name, zone, phone, hours from app.facility where id = $1", id.0).fetch_one(db).await?;
    let zone = TimeZone::get(&row.zone).map_err(|_| Error::Corrupt { table: "app.facility", id: id.0 })?;
    Ok(Facility { id, name: row.name, zone, phone: row.phone, hours: row.hours })
}

/// All of them, by name.
pub(crate) async fn all(db: &mut PgConnection) -> Result<Vec<Facility>> {
    let rows =
        sqlx::query!("select id, name, zone, phone, hours from app.facility order by name, id").fetch_all(db).await?;
    rows.into_iter()
        .map(|row| {
            let zone = TimeZone::get(&row.zone).map_err(|_| Error::Corrupt { table: "app.facility", id: row.id })?;
            Ok(Facility { id: FacilityId(row.id), name: row.name, zone, phone: row.phone, hours: row.hours })
        })
        .collect()
}

/// Whom to complain to.
pub(crate) async fn complaints(db: &mut PgConnection, id: FacilityId) -> Result<String> {
    Ok(sqlx::query_scalar!("select complaints from app.facility where id = $1", id.0).fetch_one(db).await?)
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
