//! Rows enough that an index matters, and answered drafts that wait to be sent. What a row looks like is said nowhere
//! here: each is a copy of one that an act wrote.

use std::path::Path;

use domain::number::RequestNumber;
use server::command::Failure;
use sqlx::{AssertSqlSafe, PgPool, Row as _};
use uuid::Uuid;
use vault::{SealPurpose, ServerSecret};

pub(crate) const REQUESTS: u32 = 20_000;

/// The drafts' pattern, and by whose secret it is sealed.
pub(crate) struct Pattern<'a> {
    pub(crate) facility: Uuid,
    pub(crate) draft: Uuid,
    pub(crate) secret: &'a Path,
}

/// Numbers that are spread over all there are, and end in the right check digit.
pub(crate) fn number(n: u32) -> Option<String> {
    let payload = u64::from(n) * 48_271 % u64::from(RequestNumber::PAYLOADS);
    u32::try_from(payload).ok().and_then(RequestNumber::from_payload).map(RequestNumber::digits)
}

/// Fills the database, and says the drafts of each owner.
pub(crate) async fn grow(
    admin: &PgPool,
    pattern: &Pattern<'_>,
    owners: &[Uuid],
    drafts: u32,
) -> Result<Vec<Vec<Uuid>>, Failure> {
    // temporary tables belong to one connection
    let mut db = admin.acquire().await?;
    sqlx::raw_sql(
        "create temp table numbers (n int, number text);
         create temp table drafts (number text, id uuid, owner uuid, source uuid, sealed bytea)",
    )
    .execute(&mut *db)
    .await?;
    let numbers: Vec<String> = (1..=REQUESTS).filter_map(number).collect();
    sqlx::query(
        "insert into numbers (n, number) select n, number from unnest($1::text[]) with ordinality as t (number, n)",
    )
    .bind(&numbers)
    .execute(&mut *db)
    .await?;

    let row = sqlx::query("select sealed from app.draft where facility_id = $1 and request_id = $2")
        .bind(pattern.facility)
        .bind(pattern.draft)
        .fetch_one(&mut *db)
        .await?;
    let secret = ServerSecret::read(pattern.secret)?;
    let context = |request: Uuid| [pattern.facility.as_bytes().as_slice(), request.as_bytes()].concat();
    let answers = secret.open_small(SealPurpose::Draft, &context(pattern.draft), row.try_get("sealed")?)?;
    let mut of_owner = vec![Vec::new(); owners.len()];
    let (mut numbers, mut ids, mut owned, mut sealed) = (Vec::new(), Vec::new(), Vec::<Uuid>::new(), Vec::new());
    for (n, place) in (1..=drafts).zip((0..owners.len()).cycle()) {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|_| "no randomness")?;
        let id = uuid::Builder::from_random_bytes(bytes).into_uuid();
        numbers.push(number(REQUESTS + n).ok_or("too many drafts")?);
        sealed.push(secret.seal_small(SealPurpose::Draft, &context(id), &answers)?);
        ids.push(id);
        owned.extend(owners.get(place));
        of_owner.get_mut(place).into_iter().for_each(|its| its.push(id));
    }
    sqlx::query(
        "insert into drafts (number, id, owner, source, sealed)
         select k.number, k.id, k.owner, $5, k.sealed from unnest($1::text[], $2::uuid[], $3::uuid[], $4::bytea[]) as k (number, id, owner, sealed)",
    )
    .bind(&numbers)
    .bind(&ids)
    .bind(&owned)
    .bind(&sealed)
    .bind(pattern.draft)
    .execute(&mut *db)
    .await?;
    sqlx::raw_sql(include_str!("data.sql")).execute(&mut *db).await?;
    sqlx::raw_sql("vacuum analyze").execute(&mut *db).await?;
    Ok(of_owner)
}

/// Copies of the whole database from which something is taken away: what a layer costs is the difference that it makes.
pub(crate) const WITHOUT: [(&str, &str); 2] = [
    ("without_trail", "portal"),
    // of the one above
    ("without_policies", "without_trail"),
];

const NO_TRAIL: &str = r"do $$ declare t regclass; begin
  execute format('create or replace function audit.append(%s) returns void language plpgsql as $f$ begin end $f$',
    (select pg_get_function_arguments(p.oid) from pg_proc p where p.oid = 'audit.append'::regproc));
  for t in select tgrelid::regclass from pg_trigger where tgname = 'needs_trail' loop
    execute format('alter table %s disable trigger needs_trail', t);
  end loop;
end $$";

const NO_POLICIES: &str = r"do $$ declare t regclass; begin
  for t in select oid::regclass from pg_class where relrowsecurity and relnamespace = 'app'::regnamespace loop
    execute format('alter table %s disable row level security, no force row level security', t);
  end loop;
end $$";

/// Makes those copies. Nobody may be connected to what is copied.
pub(crate) async fn take_away(maintenance: &PgPool, at: impl Fn(&str) -> String) -> Result<(), Failure> {
    for ((name, of), change) in WITHOUT.into_iter().zip([NO_TRAIL, NO_POLICIES]) {
        for statement in [format!("drop database if exists {name}"), format!("create database {name} template {of}")] {
            sqlx::query(AssertSqlSafe(statement)).execute(maintenance).await?;
        }
        let copy = PgPool::connect(&at(name)).await?;
        sqlx::raw_sql(change).execute(&copy).await?;
        sqlx::raw_sql("vacuum analyze").execute(&copy).await?;
        copy.close().await;
    }
    sqlx::raw_sql("checkpoint").execute(maintenance).await?;
    Ok(())
}
