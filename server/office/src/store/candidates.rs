//! Charts as a clerk looks for them: by blocks, each a way in which a chart could be the one, and each by an index.

use std::collections::HashMap;

use domain::{
    ids::{FacilityId, PatientId},
    matching::Described,
};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Result, charts::spelling::folded};

/// By what charts are looked up.
#[derive(Default)]
pub(crate) struct Blocks {
    pub(crate) birth_dates: Vec<Date>,
    /// Family and given name, each by its sound.
    pub(crate) sounds: Vec<(String, String)>,
    /// The year of birth, within which a family name's sound alone is enough.
    pub(crate) birth_year: Option<i16>,
    pub(crate) record_numbers: Vec<String>,
}

/// A chart as it is compared and shown.
pub(crate) struct Chart {
    pub(crate) id: PatientId,
    pub(crate) name: String,
    pub(crate) other_names: Vec<String>,
    pub(crate) birth_date: Option<Date>,
    pub(crate) deceased_on: Option<Date>,
    pub(crate) record_number: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) postal: Option<String>,
    pub(crate) described: Described,
}

/// The charts in any of the blocks, up to a limit.
pub(crate) async fn in_blocks(
    db: &mut PgConnection,
    facility: FacilityId,
    by: &Blocks,
    limit: i64,
) -> Result<Vec<Uuid>> {
    let (families, givens): (Vec<String>, Vec<String>) = by.sounds.iter().cloned().unzip();
    let year = |month: i8, day: i8| by.birth_year.and_then(|year| Date::new(year, month, day).ok());
    // the narrow blocks first: the limit cuts the widest
    Ok(sqlx::query_scalar!(
        r#"select id as "id!" from (
             select id, min(block) as block from (
               (select p.id, 1 as block from app.patient p where p.facility_id = $1 and p.record_number = any ($5))
               union all
               (select i.patient_id, 1 from app.patient_identifier i where i.facility_id = $1 and i.value = any ($5))
               union all
               (select p.id, 2 from app.patient p where p.facility_id = $1 and p.birth_date = any ($2) limit $8)
               union all
               (select n.patient_id, 3 from app.patient_name n
                  join unnest($3::text[], $4::text[]) s (family, given)
                    on n.family_sound = s.family and (n.given_sound = s.given or n.given_sound = '')
                where n.facility_id = $1 limit $8)
               union all
               (select n.patient_id, 4 from app.patient_name n
                  join app.patient p on p.facility_id = n.facility_id and p.id = n.patient_id
                where n.facility_id = $1 and n.family_sound = any ($3) and p.birth_date between $6 and $7 limit $8)
             ) found group by id
           ) once order by block, id limit $8"#,
        facility.0,
        &by.birth_dates.iter().map(|date| date.to_sqlx()).collect::<Vec<_>>() as _,
        &families,
        &givens,
        &by.record_numbers,
        year(1, 1).map(ToSqlx::to_sqlx) as _,
        year(12, 31).map(ToSqlx::to_sqlx) as _,
        limit
    )
    .fetch_all(db)
    .await?)
}

/// The charts with these ids, in no order.
pub(crate) async fn load(db: &mut PgConnection, facility: FacilityId, ids: &[Uuid]) -> Result<Vec<Chart>> {
    let names = sqlx::query!(
        "select patient_id, name from app.patient_name where facility_id = $1 and patient_id = any ($2) order by patient_id, n",
        facility.0,
        ids
    )
    .fetch_all(&mut *db)
    .await?;
    let mut names_of: HashMap<Uuid, Vec<String>> = HashMap::new();
    for row in names {
        names_of.entry(row.patient_id).or_default().push(row.name);
    }
    let numbers = sqlx::query!(
        "select patient_id, value from app.patient_identifier where facility_id = $1 and patient_id = any ($2)",
        facility.0,
        ids
    )
    .fetch_all(&mut *db)
    .await?;
    let mut numbers_of: HashMap<Uuid, Vec<String>> = HashMap::new();
    for row in numbers {
        numbers_of.entry(row.patient_id).or_default().push(row.value);
    }
    let rows = sqlx::query!(
        r#"select id, name, family, given, birth_date as "birth_date: jiff_sqlx::Date", deceased_on as "deceased_on: jiff_sqlx::Date",
             record_number, phone, email, postal
           from app.patient where facility_id = $1 and id = any ($2)"#,
        facility.0,
        ids
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let all = names_of.remove(&row.id).unwrap_or_default();
            let present = folded(&format!("{} {}", row.given, row.family));
            let mut known = vec![present];
            for name in &all {
                let name = folded(name);
                if !known.contains(&name) {
                    known.push(name);
                }
            }
            let mut record_numbers = numbers_of.remove(&row.id).unwrap_or_default();
            record_numbers.extend(row.record_number.clone());
            let birth_date = row.birth_date.map(jiff_sqlx::Date::to_jiff);
            Chart {
                id: PatientId(row.id),
                other_names: all.into_iter().filter(|name| *name != row.name).collect(),
                name: row.name,
                birth_date,
                deceased_on: row.deceased_on.map(jiff_sqlx::Date::to_jiff),
                record_number: row.record_number,
                described: Described {
                    names: known,
                    birth_date,
                    record_numbers,
                    phone: row.phone.clone(),
                    email: row.email.clone(),
                    address: row.postal.as_deref().map(folded),
                },
                phone: row.phone,
                email: row.email,
                postal: row.postal,
            }
        })
        .collect())
}

/// One chart.
pub(crate) async fn one(db: &mut PgConnection, facility: FacilityId, patient: PatientId) -> Result<Option<Chart>> {
    Ok(load(db, facility, &[patient.0]).await?.pop())
}
