//! The parts of a request, and what was decided of each.

use domain::{
    document::Category,
    form::DateRange,
    ids::{ItemId, PersonId, RequestId},
    item::{HeldBy, Item, ItemState, SearchLog},
    version::Version,
};
use serde_json::Value;
use sqlx::PgConnection;

use crate::{
    Error, Result,
    store::{one, requests::before},
};

/// In the order in which they were asked for.
pub(crate) async fn of(db: &mut PgConnection, request: RequestId) -> Result<Vec<Item>> {
    let rows = sqlx::query!(
        r#"select id, category, from_date as "from_date: jiff_sqlx::Date", to_date as "to_date: jiff_sqlx::Date", status, facts,
             by_person, at as "at: jiff_sqlx::Timestamp", version
           from app.item where facility_id = $1 and request_id = $2 order by position, id"#,
        request.facility.0,
        request.id
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let corrupt = || Error::Corrupt { table: "app.item", id: row.id };
            let category =
                row.category.as_deref().map(|code| Category::from_code(code).ok_or_else(corrupt)).transpose()?;
            let day = |date: Option<jiff_sqlx::Date>| date.map(jiff_sqlx::Date::to_jiff);
            let dates = DateRange::new(day(row.from_date), day(row.to_date)).map_err(|_| corrupt())?;
            let moved = row.by_person.map(PersonId).zip(row.at.map(jiff_sqlx::Timestamp::to_jiff));
            let state = match (row.status.as_str(), moved) {
                ("pending", None) => ItemState::Pending,
                ("located", Some((by, at))) => ItemState::Located { by, at },
                ("approved", Some((by, at))) => ItemState::Approved { by, at },
                ("not_found", Some((by, at))) => {
                    let log: SearchLog = serde_json::from_value(row.facts).map_err(|_| corrupt())?;
                    ItemState::NotFound { log, by, at }
                }
                ("held_elsewhere", Some((by, at))) => {
                    let place: HeldBy = serde_json::from_value(row.facts).map_err(|_| corrupt())?;
                    ItemState::HeldElsewhere { place, by, at }
                }
                _ => return Err(corrupt()),
            };
            Ok(Item { id: ItemId(row.id), category, dates, state, version: Version(row.version) })
        })
        .collect()
}

fn facts(item: &Item) -> Result<Value> {
    Ok(match &item.state {
        ItemState::NotFound { log, .. } => serde_json::to_value(log)?,
        ItemState::HeldElsewhere { place, .. } => serde_json::to_value(place)?,
        _ => Value::Object(serde_json::Map::new()),
    })
}

/// A new item: as it was asked, or one that "everything" was expanded into.
pub(crate) async fn insert(db: &mut PgConnection, request: RequestId, position: i32, item: &Item) -> Result<()> {
    sqlx::query!(
        "insert into app.item (facility_id, id, request_id, position, category, from_date, to_date, status, facts)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        request.facility.0,
        item.id.0,
        request.id,
        position,
        item.category.map(Category::code),
        item.dates.from().map(jiff_sqlx::ToSqlx::to_sqlx) as _,
        item.dates.to().map(jiff_sqlx::ToSqlx::to_sqlx) as _,
        item.state.code(),
        facts(item)?
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Records an item's next state; who and when the database writes from the seat.
pub(crate) async fn record(db: &mut PgConnection, request: RequestId, item: &Item) -> Result<()> {
    let updated = sqlx::query!(
        "update app.item set status = $4, facts = $5 where facility_id = $1 and id = $2 and version = $3",
        request.facility.0,
        item.id.0,
        before(item.version),
        item.state.code(),
        facts(item)?
    )
    .execute(db)
    .await?
    .rows_affected();
    one(updated)
}
