//! The invented facility.

use domain::{ids::FacilityId, language::Translated};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use office::{Desk, operator::NewFacility};

use crate::command::Failure;

pub(super) const ZONE: &str = "America/Chicago";

pub(super) const SITES: [&str; 4] = [
    "Riverside Community Hospital",
    "Riverside Family Clinic",
    "Riverside Children's Clinic",
    "Riverside Heart Center",
];

pub(super) fn zone() -> Result<TimeZone, Failure> {
    Ok(TimeZoneDatabase::bundled().get(ZONE)?)
}

pub(super) async fn open(desk: &Desk) -> Result<FacilityId, Failure> {
    let facility = desk
        .add_facility(NewFacility {
            slug: "riverside".to_owned(),
            name: "Riverside Community Hospital".to_owned(),
            zone: ZONE.to_owned(),
            phone: "(312) 555-0142".to_owned(),
            hours: Translated {
                en: "Monday to Friday, 8 am to 4:30 pm".to_owned(),
                es: "de lunes a viernes, de 8 a. m. a 4:30 p. m.".to_owned(),
            },
            relay: "711".to_owned(),
            postal: "Health Information Management, 400 River Street, Chicago, IL 60601".to_owned(),
            complaints: "Paul Whitfield, (312) 555-0143".to_owned(),
            mail_from: "records@riverside.example".to_owned(),
            demo: true,
        })
        .await?;
    for site in SITES {
        desk.add_site(facility, site).await?;
    }
    Ok(facility)
}
