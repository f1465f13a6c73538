//! The seat at the start of an act and the trail's entry at its end.

use domain::{
    caller::{Caller, Level, Role, Side},
    ids::{FacilityId, PersonId},
};
use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{About, Error, Result, Seat, act::Entry};

/// Who sits there, and when that was found.
pub(crate) struct Taken {
    pub(crate) caller: Caller,
    /// The transaction's one time.
    pub(crate) at: Timestamp,
    /// Every transaction before this one had ended by then.
    pub(crate) as_of: i64,
}

/// Puts the seat where row-level security resolves it and says who sits there, in one round trip. `waits`: the commit
/// waits for the disk.
pub(crate) async fn take_seat(db: &mut PgConnection, seat: &Seat, touch: bool, waits: bool) -> Result<Option<Taken>> {
    let row = sqlx::query!(
        r#"select t.person_id as "person_id!", t.side as "side!", t.auth_level as "auth_level!", t.roles,
 t.at as "at!: jiff_sqlx::Timestamp", t.as_of::text::bigint as "as_of!"
           from auth.take_seat($1, $2) t, set_config('synchronous_commit', $3, true)"#,
        seat.as_str(),
        touch,
        if waits { "on" } else { "off" }
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let corrupt = || Error::Corrupt { table: "auth.session", id: row.person_id };
    let roles = row
        .roles
        .unwrap_or_default()
        .iter()
        .map(|held| {
            let (facility, role) = held.split_once(':').ok_or_else(corrupt)?;
            Ok((facility.parse::<FacilityId>().map_err(|_| corrupt())?, Role::from_code(role).ok_or_else(corrupt)?))
        })
        .collect::<Result<Vec<_>>>()?;
    let caller = Caller {
        person: PersonId(row.person_id),
        side: Side::from_code(&row.side).ok_or_else(corrupt)?,
        level: Level::from_number(row.auth_level).ok_or_else(corrupt)?,
        roles,
    };
    Ok(Some(Taken { caller, at: row.at.to_jiff(), as_of: row.as_of }))
}

/// The time of a transaction that has no seat.
pub(crate) async fn now(db: &mut PgConnection) -> Result<Timestamp> {
    let row = sqlx::query!(r#"select now() as "at!: jiff_sqlx::Timestamp""#).fetch_one(db).await?;
    Ok(row.at.to_jiff())
}

/// The act's entry; it finds the actor itself and fails if the seat was ended meanwhile.
pub(crate) async fn append(db: &mut PgConnection, act: &str, about: About, entry: &Entry, outcome: &str) -> Result<()> {
    let request = entry.request.or(about.request);
    let facility =
        entry.facility.or(about.facility).or(request.map(|request| request.facility)).map_or(Uuid::nil(), |f| f.0);
    let patient = entry.patient.or(about.patient);
    let fields: Vec<String> = entry.fields.iter().map(|&field| field.to_owned()).collect();
    sqlx::query!(
        "select audit.append($1, $2, $3, $4, $5, $6, $7, null, $8, null)",
        facility,
        act,
        outcome,
        request.map(|request| request.id),
        patient.map(|patient| patient.0),
        Some(entry.shown.as_slice()).filter(|shown| !shown.is_empty()) as _,
        Some(fields.as_slice()).filter(|fields| !fields.is_empty()) as _,
        entry.purpose.as_deref(),
    )
    .execute(db)
    .await?;
    Ok(())
}
