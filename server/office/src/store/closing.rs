//! The delivery on which a request's closing hangs.

use domain::{
    delivery::{Collected, Delivery, Way},
    form::PersonName,
    ids::{DeliveryId, PackageId, PersonId, RequestId},
    verification::{Evidence, EvidenceKind, VerificationMethod},
    version::Version,
};
use sqlx::PgConnection;

use crate::{Error, Result};

/// The released package's delivery; None where nothing is released.
pub(crate) async fn delivered(db: &mut PgConnection, request: RequestId) -> Result<Option<Delivery>> {
    let row = sqlx::query!(
        r#"select d.id, d.package_id, d.way, d.version, d.offered_at as "offered_at: jiff_sqlx::Timestamp",
             d.opened_at as "opened_at: jiff_sqlx::Timestamp", d.printed_by, d.evidence_kind, d.signed_name,
             d.collected_at as "collected_at: jiff_sqlx::Timestamp"
           from app.delivery d join app.package p on p.facility_id = d.facility_id and p.id = d.package_id
           where d.facility_id = $1 and d.request_id = $2 and p.status = 'released'"#,
        request.facility.0,
        request.id
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let corrupt = || Error::Corrupt { table: "app.delivery", id: row.id };
    let way = match (row.way.as_str(), row.collected_at) {
        ("portal", None) => Way::Portal { opened_at: row.opened_at.map(jiff_sqlx::Timestamp::to_jiff) },
        ("pick_up", None) => Way::PickUp { collected: None },
        ("pick_up", Some(at)) => {
            let kind = row.evidence_kind.as_deref().and_then(EvidenceKind::from_code).ok_or_else(corrupt)?;
            let name = row.signed_name.as_deref().map(PersonName::parse).ok_or_else(corrupt)?;
            Way::PickUp {
                collected: Some(Collected {
                    printed_by: row.printed_by.map(PersonId).ok_or_else(corrupt)?,
                    identity_checked: VerificationMethod::SeenInPerson,
                    evidence: Evidence::restore(kind, None).ok_or_else(corrupt)?,
                    signed_name: name.map_err(|_| corrupt())?,
                    at: at.to_jiff(),
                }),
            }
        }
        _ => return Err(corrupt()),
    };
    Ok(Some(Delivery {
        id: DeliveryId(row.id),
        package: PackageId(row.package_id),
        offered_at: row.offered_at.to_jiff(),
        way,
        version: Version(row.version),
    }))
}
