//! Deliveries: a released package's way to its recipient. Whoever may know where a request stands reads it; what is in the
//! package is no part of it.

use domain::{
    ask::DeliveryMethod,
    delivery::{Collected, Delivery, Way},
    form::PersonName,
    ids::{DeliveryId, PackageId, PersonId, RequestId},
    verification::{Evidence, EvidenceKind, VerificationMethod},
    version::Version,
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use sqlx::PgConnection;

use crate::{
    AtDesk, Error, Result,
    store::{one, requests::before},
};

/// A delivery, with who printed it and who handed it out.
pub(crate) struct Stored {
    pub(crate) delivery: Delivery,
    pub(crate) printed: Option<(PersonId, Timestamp)>,
    pub(crate) handed_by: Option<PersonId>,
}

/// Of the latest package, as long as it is released; None where nothing is.
pub(crate) async fn of(db: &mut PgConnection, request: RequestId) -> Result<Option<Stored>> {
    let row = sqlx::query!(
        r#"select d.id, d.package_id, d.way, d.version, d.offered_at as "offered_at!: jiff_sqlx::Timestamp",
             d.opened_at as "opened_at: jiff_sqlx::Timestamp", d.printed_by, d.printed_at as "printed_at: jiff_sqlx::Timestamp",
             d.handed_by, d.evidence_kind, d.evidence_name, d.signed_name, d.collected_at as "collected_at: jiff_sqlx::Timestamp"
           from app.delivery d cross join lateral app.standing(d.facility_id, d.request_id) s
           where d.facility_id = $1 and d.request_id = $2 and s.package = 'released' order by d.offered_at desc, d.id desc limit 1"#,
        request.facility.0,
        request.id
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let corrupt = || Error::Corrupt { table: "app.delivery", id: row.id };
    let way = match (DeliveryMethod::from_code(&row.way).ok_or_else(corrupt)?, row.collected_at) {
        (DeliveryMethod::Portal, _) => Way::Portal { opened_at: row.opened_at.map(jiff_sqlx::Timestamp::to_jiff) },
        (DeliveryMethod::PickUp, None) => Way::PickUp { collected: None },
        (DeliveryMethod::PickUp, Some(at)) => {
            let kind = row.evidence_kind.as_deref().and_then(EvidenceKind::from_code).ok_or_else(corrupt)?;
            let name = row.signed_name.as_deref().map(PersonName::parse).ok_or_else(corrupt)?;
            Way::PickUp {
                collected: Some(Collected {
                    printed_by: row.printed_by.map(PersonId).ok_or_else(corrupt)?,
                    identity_checked: VerificationMethod::SeenInPerson,
                    evidence: Evidence::restore(kind, row.evidence_name).ok_or_else(corrupt)?,
                    signed_name: name.map_err(|_| corrupt())?,
                    at: at.to_jiff(),
                }),
            }
        }
    };
    Ok(Some(Stored {
        delivery: Delivery {
            id: DeliveryId(row.id),
            package: PackageId(row.package_id),
            offered_at: row.offered_at.to_jiff(),
            way,
            version: Version(row.version),
        },
        printed: row.printed_by.map(PersonId).zip(row.printed_at.map(jiff_sqlx::Timestamp::to_jiff)),
        handed_by: row.handed_by.map(PersonId),
    }))
}

pub(crate) async fn insert(
    db: &mut PgConnection,
    delivery: &Delivery,
    request: RequestId,
    recipient: PersonId,
) -> Result<()> {
    sqlx::query!(
        "insert into app.delivery (facility_id, id, package_id, request_id, recipient_id, way, status, offered_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        request.facility.0,
        delivery.id.0,
        delivery.package.0,
        request.id,
        recipient.0,
        delivery.method().code(),
        delivery.code(),
        delivery.offered_at.to_sqlx() as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The requester has opened it.
pub(crate) async fn record_opened(db: &mut PgConnection, request: RequestId, delivery: &Delivery) -> Result<()> {
    let updated = sqlx::query!(
        "update app.delivery set status = $4, opened_at = $5 where facility_id = $1 and id = $2 and version = $3",
        request.facility.0,
        delivery.id.0,
        before(delivery.version),
        delivery.code(),
        delivery.delivered_at().map(jiff_sqlx::ToSqlx::to_sqlx) as _
    )
    .execute(db)
    .await?
    .rows_affected();
    one(updated)
}

/// It was opened for printing; by whom the database writes from the seat.
pub(crate) async fn record_printed(
    db: &mut PgConnection,
    desk: &AtDesk,
    request: RequestId,
    delivery: &Delivery,
) -> Result<()> {
    let updated = sqlx::query!(
        "update app.delivery set printed_at = $4 where facility_id = $1 and id = $2 and version = $3",
        request.facility.0,
        delivery.id.0,
        delivery.version.0,
        desk.now().to_sqlx() as _
    )
    .execute(db)
    .await?
    .rows_affected();
    one(updated)
}

/// It was handed out; by whom and when the database writes.
pub(crate) async fn record_collected(
    db: &mut PgConnection,
    request: RequestId,
    delivery: &Delivery,
    collected: &Collected,
) -> Result<()> {
    let name = match &collected.evidence {
        Evidence::Known { .. } => None,
        Evidence::Other { name } => Some(name.as_str()),
    };
    let updated = sqlx::query!(
        "update app.delivery set status = $4, evidence_kind = $5, evidence_name = $6, signed_name = $7
         where facility_id = $1 and id = $2 and version = $3",
        request.facility.0,
        delivery.id.0,
        before(delivery.version),
        delivery.code(),
        collected.evidence.kind().code(),
        name,
        collected.signed_name.as_str()
    )
    .execute(db)
    .await?
    .rows_affected();
    one(updated)
}
