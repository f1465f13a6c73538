//! The trail as its readers see it, under the login that may read it; and the figures of the supervisor's board.

use std::collections::BTreeMap;

use domain::{
    clock::DUE_SOON_DAYS,
    ids::{FacilityId, PersonId},
    number::RequestNumber,
    refusal::Refusal,
    shown::oversight::{Actor, Board, Broken, Holder, Line, Tally},
    status::Headline,
};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use jiff_sqlx::ToSqlx as _;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Error, Result, store::facilities::Facility};

/// What narrows the trail; None does not.
#[derive(Debug, Clone, Default)]
pub(crate) struct Narrowed {
    pub(crate) from: Option<Timestamp>,
    pub(crate) until: Option<Timestamp>,
    pub(crate) act: Option<String>,
    /// `done`, `refused` for everything else, or a refusal's code.
    pub(crate) outcome: Option<String>,
    pub(crate) person: Option<PersonId>,
    pub(crate) number: Option<RequestNumber>,
}

/// Where the older entries begin.
#[derive(Debug, Clone, Copy)]
pub(crate) struct After {
    pub(crate) at: Timestamp,
    pub(crate) id: Uuid,
}

/// Newest first; with each line the place behind it. What belongs to no facility, signing in above all, is there where
/// somebody who works at this one did it: found by the actor's index, since patients sign in too.
pub(crate) async fn lines(
    db: &mut PgConnection,
    facility: &Facility,
    by: &Narrowed,
    after: Option<After>,
    limit: i64,
) -> Result<Vec<(Line, After)>> {
    let rows = sqlx::query!(
        r#"select e.id as "id!", e.at as "at!: jiff_sqlx::Timestamp", e.actor as "actor?", p.name as "name?", e.login::text as "login!",
             e.act as "act!", e.outcome as "outcome!", r.number as "number?", e.patient is not null as "of_a_chart!", coalesce(e.fields, '{}') as "fields!",
             coalesce(cardinality(e.shown), 0) as "shown!", e.purpose as "purpose?"
           from (
             (select o.* from audit.event o
              where o.facility_id = $1
                and ($2::timestamptz is null or o.at >= $2) and ($3::timestamptz is null or o.at < $3)
                and ($4::text is null or o.act = $4)
                and ($5::text is null or o.outcome = $5 or ($5 = 'refused' and o.outcome <> 'done'))
                and ($6::uuid is null or o.actor = $6)
                and ($7::text is null or o.request = (select k.id from app.request k where k.facility_id = $1 and k.number = $7))
                and ($8::timestamptz is null or (o.at, o.id) < ($8, $9))
              order by o.at desc, o.id desc limit $10)
             union all
             (select o.* from audit.event o
              where o.facility_id = '00000000-0000-0000-0000-000000000000'
                and o.actor = any (array(select auth.colleagues('{supervisor,privacy_officer,auditor}', $1)))
                and ($2::timestamptz is null or o.at >= $2) and ($3::timestamptz is null or o.at < $3)
                and ($4::text is null or o.act = $4)
                and ($5::text is null or o.outcome = $5 or ($5 = 'refused' and o.outcome <> 'done'))
                and ($6::uuid is null or o.actor = $6)
                and $7::text is null
                and ($8::timestamptz is null or (o.at, o.id) < ($8, $9))
              order by o.at desc, o.id desc limit $10)) e
             left join app.person p on p.id = e.actor
             left join app.request r on r.facility_id = e.facility_id and r.id = e.request
           order by e.at desc, e.id desc limit $10"#,
        facility.id.0,
        by.from.map(jiff_sqlx::ToSqlx::to_sqlx) as _,
        by.until.map(jiff_sqlx::ToSqlx::to_sqlx) as _,
        by.act,
        by.outcome,
        by.person.map(|person| person.0),
        by.number.map(RequestNumber::digits),
        after.map(|after| after.at.to_sqlx()) as _,
        after.map(|after| after.id),
        limit
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let at = row.at.to_jiff();
            let local = facility.zone.to_datetime(at);
            let number = row.number.as_deref().map(RequestNumber::parse).transpose();
            let line = Line {
                on: local.date(),
                at: local.time(),
                who: match row.actor {
                    Some(id) => Actor::Person { id: PersonId(id), name: row.name.unwrap_or_default() },
                    None => Actor::System { login: row.login },
                },
                act: row.act,
                outcome: row.outcome,
                request: number.map_err(|_| Error::Corrupt { table: "app.request", id: row.id })?,
                of_a_chart: row.of_a_chart,
                fields: row.fields,
                shown: u32::try_from(row.shown).unwrap_or_default(),
                purpose: row.purpose,
            };
            Ok((line, After { at, id: row.id }))
        })
        .collect()
}

/// What somebody who acted is called.
pub(crate) async fn name(db: &mut PgConnection, person: PersonId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!("select name from app.person where id = $1", person.0).fetch_optional(db).await?)
}

/// How many entries are linked in the chains that the page shows, the facility's and that of no facility, and every
/// place where they do not hold. One at a time: each holds one of the few connections of the trail's readers for as
/// long as it takes.
///
/// # Errors
/// [`Refusal::BeingVerified`]: another is under way.
pub(crate) async fn verify(db: &mut PgConnection, facility: FacilityId) -> Result<(i64, Vec<Broken>)> {
    let free = sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock(hashtext('audit.verify')) as "free!""#)
        .fetch_one(&mut *db)
        .await?;
    if !free {
        return Err(Refusal::BeingVerified.into());
    }
    // a whole chain takes longer than a page may
    sqlx::query!("select set_config('statement_timeout', '0', true)").fetch_one(&mut *db).await?;
    let (mut entries, mut broken) = chain(db, facility).await?;
    let (more, theirs) = chain(db, FacilityId(Uuid::nil())).await?;
    entries += more;
    broken.extend(theirs);
    Ok((entries, broken))
}

async fn chain(db: &mut PgConnection, facility: FacilityId) -> Result<(i64, Vec<Broken>)> {
    let of_no_facility = facility.0.is_nil();
    let head = sqlx::query_scalar!(r#"select head_seq as "seq!" from audit.chains() where facility = $1"#, facility.0)
        .fetch_optional(&mut *db)
        .await?;
    let rows = sqlx::query!(r#"select seq as "seq!", problem as "problem!" from audit.verify($1)"#, facility.0)
        .fetch_all(&mut *db)
        .await?;
    let unlinked = sqlx::query_scalar!(r#"select audit.unlinked($1) as "n!""#, facility.0).fetch_one(db).await?;
    let mut broken: Vec<_> =
        rows.into_iter().map(|row| Broken { of_no_facility, seq: Some(row.seq), problem: row.problem }).collect();
    if unlinked > 0 {
        broken.push(Broken { of_no_facility, seq: None, problem: "unlinked".to_owned() });
    }
    Ok((head.unwrap_or_default(), broken))
}

/// Counts no further than this: a board that takes seconds is not looked at.
const MOST: i64 = 5_000;

/// The most urgent open requests, by where they stand and by who has them. What was answered is neither due nor late.
pub(crate) async fn board(db: &mut PgConnection, facility: FacilityId, today: Date) -> Result<Board> {
    let rows = sqlx::query!(
        r#"select q.headline, q.assignee, p.name as "name?", count(*) as "open!",
             count(*) filter (where not q.answered and q.due_on between $2 and $3) as "due_soon!",
             count(*) filter (where not q.answered and q.due_on < $2) as "overdue!"
           from (select headline, assignee, due_on, headline in ('ready', 'delivered') as answered from app.queue_entry
                 where facility_id = $1 and open order by due_on, request_id limit $4) q
             left join app.person p on p.id = q.assignee
           group by q.headline, q.assignee, p.name"#,
        facility.0,
        today.to_sqlx() as _,
        today.saturating_add(DUE_SOON_DAYS.days()).to_sqlx() as _,
        MOST + 1
    )
    .fetch_all(db)
    .await?;
    let mut all = Tally::default();
    let mut by_headline = BTreeMap::new();
    let mut by_person = BTreeMap::new();
    for row in rows {
        let headline =
            Headline::from_code(&row.headline).ok_or(Error::Corrupt { table: "app.queue_entry", id: facility.0 })?;
        let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
        let tally = Tally { open: count(row.open), due_soon: count(row.due_soon), overdue: count(row.overdue) };
        let holder = row
            .assignee
            .map_or(Holder::Nobody, |id| Holder::Person { name: row.name.unwrap_or_default(), id: PersonId(id) });
        all = all.and(tally);
        let entry = by_headline.entry(headline).or_insert_with(Tally::default);
        *entry = entry.and(tally);
        let entry = by_person.entry(holder).or_insert_with(Tally::default);
        *entry = entry.and(tally);
    }
    Ok(Board {
        all,
        by_headline: by_headline.into_iter().collect(),
        by_person: by_person.into_iter().collect(),
        capped_at: (i64::from(all.open) > MOST).then(|| u32::try_from(MOST).unwrap_or_default()),
    })
}
