//! The front desk's look-ups, and what a member of staff keeps between two pages: what they searched for, that they
//! checked a caller, what a verification of the trail found. It lies sealed under a random id for a day at most, for
//! them alone, so that nobody's name stands in an address, a history or a log of the network's. A search can be gone
//! back to for an hour, and a caller stays checked for a quarter of one.

use domain::{
    form::PersonName,
    ids::{FacilityId, NoticeId, PersonId, RequestId},
    language::Language,
    lookup::Search,
    notice::NoticeKind,
    refusal::Refusal,
    shown::front_desk::Hit,
};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx as _;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{AtDesk, Error, Result, charts::spelling::folded, desk::random_id, store::requests::Stored};

/// Keeps something for whoever sits there.
pub(crate) async fn keep<T: Serialize + Sync>(db: &mut PgConnection, desk: &AtDesk, what: &T) -> Result<Uuid> {
    let id = random_id()?;
    let sealed = desk.vault.server.seal_small(vault::SealPurpose::Flash, id.as_bytes(), &serde_json::to_vec(what)?)?;
    sqlx::query!("select auth.flash_put($1, $2)", id, sealed).execute(db).await?;
    Ok(id)
}

/// What lies under an id. What is not this person's, is over or is something else is not there.
pub(crate) async fn kept<T: DeserializeOwned>(db: &mut PgConnection, desk: &AtDesk, id: Uuid) -> Result<T> {
    let sealed = sqlx::query_scalar!("select auth.flash_take($1)", id).fetch_one(db).await?.ok_or(Refusal::NotFound)?;
    let text = desk.vault.server.open_small(vault::SealPurpose::Flash, id.as_bytes(), &sealed)?;
    serde_json::from_slice(&text).map_err(|_| Refusal::NotFound.into())
}

/// At most `limit`: what is open first, the newest first.
pub(crate) async fn find(db: &mut PgConnection, facility: FacilityId, search: &Search, limit: i32) -> Result<Vec<Hit>> {
    let (number, born, name) = match search {
        Search::Number { number } => (Some(number.digits()), None, None),
        Search::Born { born } => (None, Some(*born), None),
        Search::Name { name, born } => (None, *born, Some(words(name))),
    };
    let rows = sqlx::query!(
        r#"select r.id, r.number, r.patient_name as "name!", r.birth_date as "born!: jiff_sqlx::Date", r.status
           from app.look_up($1, $2, $3, $4, $5) with ordinality as found (id, place)
             join app.request r on r.facility_id = $1 and r.id = found.id
           order by found.place"#,
        facility.0,
        name.as_deref(),
        born.map(|born: Date| born.to_sqlx()) as _,
        number,
        limit
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Hit {
                request: RequestId { facility, id: row.id },
                number: row.number.parse().map_err(|_| Error::Corrupt { table: "app.request", id: row.id })?,
                name: row.name,
                born: row.born.to_jiff(),
                closed: row.status == "closed",
            })
        })
        .collect()
}

/// A name's words as they are searched. A name of nothing but signs is no word, and finds nothing.
fn words(name: &PersonName) -> Vec<String> {
    let folded = folded(name.as_str());
    if folded.is_empty() { vec![String::new()] } else { folded.split(' ').map(str::to_owned).collect() }
}

/// What tells a request from the next.
pub(crate) fn hit(stored: &Stored) -> Result<Hit> {
    let (_, applicant) = stored.sent()?;
    Ok(Hit {
        request: stored.request.id,
        number: stored.number,
        name: applicant.name.as_str().to_owned(),
        born: applicant.birth_date.0,
        closed: matches!(stored.request.progress, domain::request::Progress::Closed(_)),
    })
}

/// Somebody who asks without an account.
pub(crate) async fn insert_person(
    db: &mut PgConnection,
    id: PersonId,
    name: &PersonName,
    language: Language,
) -> Result<()> {
    sqlx::query!(
        "insert into app.person (id, name, language) values ($1, $2, $3)",
        id.0,
        name.as_str(),
        language.code()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether this person entered a request, and the notice of its receipt that is to be printed.
pub(crate) async fn entered_by(
    db: &mut PgConnection,
    request: RequestId,
    person: PersonId,
) -> Result<Option<NoticeId>> {
    let row = sqlx::query!(
        r#"select (select n.id from app.notice n where n.facility_id = r.facility_id and n.request_id = r.id and n.kind = $4
                     and n.status = 'printable' order by n.at limit 1) as notice
           from app.request r where r.facility_id = $1 and r.id = $2 and r.entered_by = $3"#,
        request.facility.0,
        request.id,
        person.0,
        NoticeKind::Received.code()
    )
    .fetch_optional(db)
    .await?
    .ok_or(Refusal::NotFound)?;
    Ok(row.notice.map(NoticeId))
}
