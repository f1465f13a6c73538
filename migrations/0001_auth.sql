-- Who sits there. Sessions, accounts, roles and attempts are reached through functions alone: no login has a grant on
-- a table here, and the login that serves patients cannot make a session.
set local role auth_owner;

create table auth.account (
  person_id uuid primary key,
  email text not null constraint one_account_per_address unique,
  phc text not null,                       -- argon2id; the password went through a keyed step first
  failures smallint not null default 0,    -- in a row; after a hundred the password is void (NIST SP 800-63B-4)
  opened_at timestamptz not null default now()
);

create table auth.role (
  person_id uuid not null,
  facility_id uuid not null,
  role text not null constraint a_role
    check (role in ('front_desk', 'clerk', 'supervisor', 'privacy_officer', 'auditor', 'administrator')),
  granted_at timestamptz not null default now(),
  primary key (person_id, facility_id, role)
);

-- A sign-in or a registration under way. What a mailed link opens is an attempt, so that nobody's password but the
-- one given with that attempt comes into force; the link's code is derived from the id with a key the database lacks.
create table auth.attempt (
  id uuid primary key,
  at timestamptz not null default now(),
  what text not null constraint attempt_what check (what in ('sign_in', 'register')),
  email text not null,
  origin text not null,                    -- the network's prefix, for limits
  person_id uuid,
  name text,
  language text,
  phc text,
  tries smallint not null default 0,       -- how often its link was used with a password
  limited boolean not null default false,  -- nothing was looked at; it counts for no limit
  verified_at timestamptz,                 -- the password was right
  used_at timestamptz                      -- a session, or an account, came of it; or another opened the account; or its password was made void
);
create index attempt_by_address on auth.attempt (email, at);
create index attempt_by_origin on auth.attempt (origin, at);

create table auth.session (
  seat_hash bytea primary key,
  person_id uuid not null,
  side text not null constraint a_side check (side in ('patient', 'staff')),
  auth_level smallint not null,
  created_at timestamptz not null default now(),
  idle_for interval not null,
  idle_until timestamptz not null,
  abs_until timestamptz not null,
  ended_at timestamptz
);
create index session_by_person on auth.session (person_id) where ended_at is null;

-- A failed form's typed text and its problems, sealed by the server, for the person who typed it.
create table auth.flash (
  id uuid primary key,
  person_id uuid not null,
  sealed bytea not null,
  at timestamptz not null default now()
);
create index flash_by_person on auth.flash (person_id, at);

do $$ declare t text; begin
  foreach t in array array['account', 'role', 'attempt', 'session', 'flash'] loop
    execute format('alter table auth.%I enable row level security', t);
    execute format('alter table auth.%I force row level security', t);
    execute format('create policy owner on auth.%I to auth_owner using (true) with check (true)', t);
  end loop;
end $$;

-- The seat is a hash of the session's cookie, put in place by take_seat for one transaction. Every question about
-- who sits there goes through here. What policies ask in every statement is written in PL/pgSQL, which keeps its plans:
-- a function in SQL would be planned anew each time.
create function auth.seated() returns auth.session language plpgsql stable security definer
set search_path = pg_catalog, auth, pg_temp as $$
declare s auth.session;
begin
  select k.* into s from auth.session k
  where k.seat_hash = sha256(convert_to(coalesce(current_setting('app.seat', true), ''), 'UTF8'))
    and k.ended_at is null and k.idle_until > now() and k.abs_until > now()
    and k.side = case session_user
      when 'web_patient' then 'patient' when 'web_staff' then 'staff' when 'audit_reader' then 'staff' end;
  return s;
end $$;

create function auth.person_id() returns uuid language plpgsql stable security definer
set search_path = pg_catalog, auth, pg_temp as $$ begin return (auth.seated()).person_id; end $$;

create function auth.my_facilities(with_roles text[] default null) returns setof uuid language plpgsql stable security definer
set search_path = pg_catalog, auth, pg_temp as $$
declare who uuid := auth.person_id();
begin
  return query select distinct r.facility_id from auth.role r
    where r.person_id = who and (with_roles is null or r.role = any (with_roles));
end $$;

-- Everybody with a role where the person at the seat has one of these; at one facility alone where it is named.
create function auth.colleagues(with_roles text[], at_facility uuid default null) returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog, auth, pg_temp as $$
begin
  return query select distinct r.person_id from auth.role r
    where r.facility_id in (select auth.my_facilities(with_roles)) and (at_facility is null or r.facility_id = at_facility);
end $$;

-- touch: a person's own act keeps the session from going idle, a page's refetch does not. as_of: every transaction before
-- it has ended, so that a page can ask later whether it missed one (app.changed_since).
create function auth.take_seat(seat text, touch boolean)
returns table (person_id uuid, side text, auth_level smallint, roles text[], idle_until timestamptz, at timestamptz, as_of xid8)
language plpgsql security definer set search_path = pg_catalog, auth, pg_temp as $$
declare s auth.session;
begin
  perform set_config('app.seat', seat, true);
  s := auth.seated();
  if s.person_id is null then return; end if;
  if touch and s.idle_until < now() + s.idle_for - interval '1 minute' then
    update auth.session k set idle_until = now() + k.idle_for where k.seat_hash = s.seat_hash and k.ended_at is null
      returning k.idle_until into s.idle_until;
  end if;
  return query select s.person_id, s.side, s.auth_level,
    (select array_agg(r.facility_id::text || ':' || r.role order by r.facility_id, r.role)
       from auth.role r where r.person_id = s.person_id and s.side = 'staff'),
    least(s.idle_until, s.abs_until), now(), pg_snapshot_xmin(pg_current_snapshot());
end $$;

-- A limited attempt counts against nobody, or whoever goes on trying would keep the address's owner out. It stands on the
-- trail once in a quarter of an hour: for its address, or for its network where that is what is limited.
create function auth.note_limited(attempt uuid, of_what text, for_email text, from_origin text, by_network boolean) returns void
language plpgsql security definer set search_path = pg_catalog, auth, audit, pg_temp as $$
declare who uuid;
begin
  if exists (select from auth.attempt t where t.origin = from_origin and t.at > now() - interval '15 minutes' and t.limited
      and t.what = of_what and (by_network or t.email = for_email)) then return; end if;
  if of_what = 'sign_in' then select a.person_id into who from auth.account a where a.email = for_email; end if;
  insert into auth.attempt (id, what, email, origin, person_id, limited)
    values (attempt, of_what, for_email, from_origin, who, true);
  perform audit.append_sign_in(who, of_what, 'too_many_attempts');
end $$;

-- Signing in, first step: the attempt is written, and counted as a failure, before the password is looked at. What is
-- limited is first an address from one network, so that a stranger keeps the owner out from their own network alone.
-- Nothing tells an address that has an account from one that has none; a limited attempt gets no hash, and neither does
-- an account whose password failed a hundred times in a row.
create function auth.sign_in_begin(attempt uuid, for_email text, from_origin text)
returns table (limited boolean, person_id uuid, phc text)
language plpgsql security definer set search_path = pg_catalog, auth, pg_temp as $$
declare since timestamptz := now() - interval '15 minutes'; by_network boolean; too_many boolean; k auth.account;
begin
  by_network := (select count(*) from (select 1 from auth.attempt t where t.origin = from_origin
    and t.what = 'sign_in' and t.at > since and t.verified_at is null and not t.limited limit 100) n) >= 100;
  too_many := by_network
    or (select count(*) from (select 1 from auth.attempt t where t.email = for_email and t.origin = from_origin
      and t.what = 'sign_in' and t.at > since and t.verified_at is null and not t.limited limit 10) n) >= 10
    or (select count(*) from (select 1 from auth.attempt t where t.email = for_email
      and t.what = 'sign_in' and t.at > since and t.verified_at is null and not t.limited limit 50) n) >= 50;
  if too_many then
    perform auth.note_limited(attempt, 'sign_in', for_email, from_origin, by_network);
    return query select true, null::uuid, null::text; return;
  end if;
  select a.* into k from auth.account a where a.email = for_email;
  update auth.account a set failures = a.failures + 1 where a.person_id = k.person_id and a.failures < 100;
  if not found then k.phc := null; end if;
  insert into auth.attempt (id, what, email, origin, person_id)
    values (attempt, 'sign_in', for_email, from_origin, k.person_id);
  return query select false, k.person_id, k.phc;
end $$;

-- Second step: the password was right, or it was not. The new hash is there when the old one was made by older rules.
create function auth.sign_in_verified(attempt uuid, was_right boolean, new_phc text) returns void
language plpgsql security definer set search_path = pg_catalog, auth, audit, pg_temp as $$
declare who uuid; is_void boolean;
begin
  if was_right then
    update auth.attempt t set verified_at = now()
      where t.id = attempt and t.what = 'sign_in' and not t.limited and t.verified_at is null and t.used_at is null
        and t.at > now() - interval '1 minute'
      returning t.person_id into who;
    if who is null then raise exception 'no such attempt' using errcode = 'PT004'; end if;
    update auth.account a set failures = 0, phc = coalesce(new_phc, a.phc) where a.person_id = who;
  else
    select t.person_id, a.failures >= 100 into who, is_void
      from auth.attempt t left join auth.account a on a.person_id = t.person_id where t.id = attempt;
    perform audit.append_sign_in(who, 'sign_in', case when is_void then 'password_void' else 'wrong_password' end);
  end if;
end $$;

-- Nobody had time to look at the password: the attempt counts against nobody.
create function auth.attempt_dropped(attempt uuid) returns void
language plpgsql security definer set search_path = pg_catalog, auth, pg_temp as $$
declare t auth.attempt;
begin
  delete from auth.attempt a where a.id = attempt and not a.limited and a.verified_at is null and a.phc is null
    returning * into t;
  if t.what = 'sign_in' then
    update auth.account k set failures = k.failures - 1 where k.person_id = t.person_id and k.failures between 1 and 99;
  end if;
end $$;

-- Third step: a session comes of a verified attempt, once; null for whoever has no role on the staff's side.
create function auth.session_open(attempt uuid, on_side text, seat text) returns uuid
language plpgsql security definer set search_path = pg_catalog, auth, audit, pg_temp as $$
declare who uuid; idle interval; supervises boolean;
begin
  update auth.attempt t set used_at = now()
    where t.id = attempt and t.what = 'sign_in' and t.verified_at > now() - interval '5 minutes' and t.used_at is null
    returning t.person_id into who;
  if who is null then raise exception 'no such attempt' using errcode = 'PT004'; end if;
  if on_side = 'staff' and not exists (select 1 from auth.role r where r.person_id = who) then
    perform audit.append_sign_in(who, 'sign_in', 'no_role'); return null; end if;
  supervises := on_side = 'staff' and exists (select 1 from auth.role r where r.person_id = who and r.role = 'supervisor');
  idle := case when supervises then interval '10 minutes' else interval '15 minutes' end;
  insert into auth.session (seat_hash, person_id, side, auth_level, idle_for, idle_until, abs_until)
    values (sha256(convert_to(seat, 'UTF8')), who, on_side, 1, idle, now() + idle,
      now() + case when on_side = 'staff' and not supervises then interval '12 hours' else interval '8 hours' end);
  perform audit.append_sign_in(who, 'sign_in', 'done');
  return who;
end $$;

create function auth.session_end(seat text) returns void
language plpgsql security definer set search_path = pg_catalog, auth, audit, pg_temp as $$
declare who uuid;
begin
  update auth.session set ended_at = now()
    where seat_hash = sha256(convert_to(seat, 'UTF8')) and ended_at is null returning person_id into who;
  if who is not null then perform audit.append_sign_in(who, 'sign_out', 'done'); end if;
end $$;

-- Is somebody seated there still? Neither touches the session nor says who.
create function auth.session_lives(seat text) returns boolean language sql stable security definer
set search_path = pg_catalog, auth, pg_temp as $$
  select exists (select 1 from auth.session s where s.seat_hash = sha256(convert_to(seat, 'UTF8'))
    and s.ended_at is null and s.idle_until > now() and s.abs_until > now())
$$;

-- After how many seconds without an act the session ends: what a page warns by. Null where there is no session.
create function auth.session_idle(seat text) returns integer language sql stable security definer
set search_path = pg_catalog, auth, pg_temp as $$
  select extract(epoch from s.idle_for)::integer from auth.session s
  where s.seat_hash = sha256(convert_to(seat, 'UTF8')) and s.ended_at is null
$$;

-- An account comes into being by the mailed link, with the person and the password of that attempt and no other, and by
-- whoever knows that password: whoever registers somebody else's address first gains nothing, even if its owner uses
-- the link. The attempt is written, and counted, before the password is hashed. The answer is the same for every address.
create function auth.register_begin(attempt uuid, new_email text, from_origin text) returns boolean
language plpgsql security definer set search_path = pg_catalog, auth, pg_temp as $$
declare since timestamptz := now() - interval '1 hour'; by_network boolean;
begin
  by_network := (select count(*) from (select 1 from auth.attempt t where t.origin = from_origin
    and t.what = 'register' and t.at > since and not t.limited limit 20) n) >= 20;
  if by_network or (select count(*) from (select 1 from auth.attempt t where t.email = new_email
      and t.what = 'register' and t.at > since and not t.limited limit 20) n) >= 20 then
    perform auth.note_limited(attempt, 'register', new_email, from_origin, by_network);
    return false;
  end if;
  insert into auth.attempt (id, what, email, origin) values (attempt, 'register', new_email, from_origin);
  return true;
end $$;

create function auth.register(attempt uuid, person uuid, new_name text, in_language text, new_phc text) returns void
language plpgsql security definer set search_path = pg_catalog, auth, app, audit, pg_temp as $$
begin
  update auth.attempt a set person_id = person, name = new_name, language = in_language, phc = new_phc
    where a.id = attempt and a.what = 'register' and not a.limited and a.phc is null and a.at > now() - interval '1 minute';
  if not found then raise exception 'no such attempt' using errcode = 'PT004'; end if;
  insert into app.outbox (facility_id, id, task, subject)
    values ('00000000-0000-0000-0000-000000000000', attempt, 'account_mail', attempt);
  perform audit.append_sign_in(person, 'register', 'done');
end $$;

-- A void password is bound anew by a link to the account's own address, except where somebody has a role: the operator
-- gives them another.
create function auth.binds_anew(a auth.account) returns boolean language sql stable security definer
set search_path = pg_catalog, auth, pg_temp as $$
  select a.failures >= 100 and not exists (select 1 from auth.role r where r.person_id = a.person_id)
$$;

-- What the worker needs to write the account's mail; nothing once the link was used or is over. Never the name: whoever
-- registers somebody else's address would write into their mail.
create function auth.attempt_mail(attempt uuid) returns table (email text, language text, has_account boolean)
language sql stable security definer set search_path = pg_catalog, auth, pg_temp as $$
  select t.email, t.language, exists (select 1 from auth.account a where a.email = t.email and not auth.binds_anew(a))
  from auth.attempt t where t.id = attempt and t.what = 'register' and t.used_at is null and t.at > now() - interval '1 day'
$$;

-- Opening, first step: what the password is compared with; nothing where the link was used, is over, or was tried too often.
create function auth.account_open_begin(attempt uuid) returns text
language plpgsql security definer set search_path = pg_catalog, auth, audit, pg_temp as $$
declare chosen text;
begin
  update auth.attempt a set tries = a.tries + 1 where a.id = attempt and a.what = 'register' and a.used_at is null
    and a.at > now() - interval '1 day' and a.phc is not null and a.tries < 10 returning a.phc into chosen;
  if chosen is null then perform audit.append_sign_in(null, 'account_open', 'refused'); end if;
  return chosen;
end $$;

-- Second step. Once one attempt has opened the account, no other for the address does.
create function auth.account_open(attempt uuid, was_right boolean) returns boolean
language plpgsql security definer set search_path = pg_catalog, auth, app, audit, pg_temp as $$
declare t auth.attempt; who uuid;
begin
  if not was_right then perform audit.append_sign_in(null, 'account_open', 'wrong_password'); return false; end if;
  update auth.attempt a set used_at = now() where a.id = attempt and a.what = 'register' and a.used_at is null
    and a.at > now() - interval '1 day' and a.phc is not null returning * into t;
  if t.id is null then perform audit.append_sign_in(null, 'account_open', 'refused'); return false; end if;
  insert into auth.account as k (person_id, email, phc) values (t.person_id, t.email, t.phc) on conflict do nothing
    returning k.person_id into who;
  if who is not null then
    insert into app.person (id, name, language, email) values (who, t.name, t.language, t.email);
  else
    update auth.account k set phc = t.phc, failures = 0 where k.email = t.email and auth.binds_anew(k)
      returning k.person_id into who;
    if who is null then perform audit.append_sign_in(null, 'account_open', 'refused'); return false; end if;
    update auth.session s set ended_at = now() where s.person_id = who and s.ended_at is null;
  end if;
  update auth.attempt a set used_at = now()
    where a.email = t.email and a.what = 'register' and a.used_at is null and a.phc is not null;
  perform audit.append_sign_in(who, 'account_open', 'done');
  return true;
end $$;

-- The command line's way to make a member of staff; who has the address already keeps the password, unless it is void.
create function auth.staff_account(person uuid, new_email text, new_phc text) returns uuid
language plpgsql security definer set search_path = pg_catalog, auth, pg_temp as $$
declare who uuid;
begin
  insert into auth.account as k (person_id, email, phc) values (person, new_email, new_phc)
    on conflict (email) do update set phc = excluded.phc, failures = 0 where k.failures >= 100
    returning k.person_id into who;
  if who <> person then update auth.session s set ended_at = now() where s.person_id = who and s.ended_at is null; end if;
  if who is null then select a.person_id into who from auth.account a where a.email = new_email; end if;
  return who;
end $$;

-- The command line's way for who forgot their password: it is void as if it had failed a hundred times, and is bound anew
-- by proving the address, or by the operator where somebody has a role. What it opened is over, and nothing comes of an
-- attempt that is under way.
create function auth.void_password(of_email text) returns table (person uuid, staff boolean)
language plpgsql security definer set search_path = pg_catalog, auth, pg_temp as $$
declare who uuid;
begin
  -- in the order of a sign-in, or the two would wait for each other
  perform from auth.attempt t where t.email = of_email and t.what = 'sign_in' and t.used_at is null for update;
  update auth.account a set failures = 100 where a.email = of_email returning a.person_id into who;
  if who is null then return; end if;
  update auth.attempt t set used_at = now() where t.email = of_email and t.what = 'sign_in' and t.used_at is null;
  update auth.session s set ended_at = now() where s.person_id = who and s.ended_at is null;
  return query select who, exists (select from auth.role r where r.person_id = who);
end $$;

create function auth.grant_role(person uuid, facility uuid, as_role text) returns void language sql security definer
set search_path = pg_catalog, auth, pg_temp as $$
  insert into auth.role (person_id, facility_id, role) values (person, facility, as_role) on conflict do nothing
$$;

-- A failed form waits for the person who typed it; no more than twenty a person.
create function auth.flash_put(flash uuid, words bytea) returns void
language plpgsql security definer set search_path = pg_catalog, auth, pg_temp as $$
declare who uuid := auth.person_id();
begin
  if who is null then raise exception 'nobody is seated' using errcode = 'PT002'; end if;
  delete from auth.flash f where f.person_id = who and (f.at < now() - interval '1 hour'
    or f.id in (select g.id from auth.flash g where g.person_id = who order by g.at desc offset 19));
  insert into auth.flash (id, person_id, sealed) values (flash, who, words);
end $$;
create function auth.flash_take(flash uuid) returns bytea language sql stable security definer
set search_path = pg_catalog, auth, pg_temp as $$
  select f.sealed from auth.flash f
  where f.id = flash and f.person_id = (select auth.person_id()) and f.at > now() - interval '1 day'
$$;
create function auth.flash_done(flash uuid) returns void language sql security definer
set search_path = pg_catalog, auth, pg_temp as $$
  delete from auth.flash f where f.id = flash and f.person_id = (select auth.person_id())
$$;
-- A form that was posted after its session ran out (not ended on purpose): kept for the same person.
create function auth.flash_put_late(seat text, flash uuid, words bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog, auth, pg_temp as $$
declare who uuid;
begin
  select s.person_id into who from auth.session s where s.seat_hash = sha256(convert_to(seat, 'UTF8'))
    and s.ended_at is null and s.abs_until > now() - interval '1 day';
  if who is null then return false; end if;
  delete from auth.flash f where f.person_id = who and (f.at < now() - interval '1 hour'
    or f.id in (select g.id from auth.flash g where g.person_id = who order by g.at desc offset 19));
  insert into auth.flash (id, person_id, sealed) values (flash, who, words);
  return true;
end $$;

-- What lapses: failed forms, attempts that nothing can come of any more, sessions that are long over. Who signed in when
-- stands on the trail.
create function auth.sweep() returns bigint language sql security definer
set search_path = pg_catalog, auth, pg_temp as $$
  with f as (delete from auth.flash where at < now() - interval '1 day' returning 1),
    t as (delete from auth.attempt where at < now() - interval '2 days' returning 1),
    s as (delete from auth.session where abs_until < now() - interval '7 days' returning 1)
  select (select count(*) from f) + (select count(*) from t) + (select count(*) from s)
$$;

grant execute on function auth.sign_in_begin, auth.sign_in_verified, auth.attempt_dropped, auth.session_open, auth.session_end, auth.session_lives,
  auth.session_idle, auth.register_begin, auth.register, auth.account_open_begin,
  auth.account_open, auth.flash_put_late to web_auth;
grant execute on function auth.attempt_mail, auth.sweep to worker;
grant execute on function auth.staff_account, auth.void_password, auth.grant_role to operator;
grant execute on function auth.take_seat, auth.person_id to web_patient, web_staff, audit_reader;
grant execute on function auth.my_facilities to web_staff, audit_reader;
grant execute on function auth.colleagues to audit_reader;
grant execute on function auth.flash_put, auth.flash_take, auth.flash_done to web_patient, web_staff;
-- a verification of the trail waits for its page the same way
grant execute on function auth.flash_put, auth.flash_take to audit_reader;
grant execute on function auth.seated, auth.person_id, auth.my_facilities to audit_owner, portal_owner, vault_owner;
reset role;
