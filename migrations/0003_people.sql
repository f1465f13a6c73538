-- Facilities, their sites, and the people the office knows.
set local role portal_owner;

-- What every table of the work gets: row-level security that binds its owner too, and, where an act changes it, the
-- deferred trigger that wants an entry on the trail.
create function app.protect(t text, with_trail boolean default true) returns void language plpgsql
set search_path = pg_catalog, app, pg_temp as $$
begin
  execute format('alter table app.%I enable row level security', t);
  execute format('alter table app.%I force row level security', t);
  execute format('create policy owner on app.%I to portal_owner using (true) with check (true)', t);
  if with_trail then
    execute format('create constraint trigger needs_trail after insert or update or delete on app.%I
      deferrable initially deferred for each row execute function audit.needs_trail()', t);
  end if;
end $$;

create table app.facility (
  id uuid primary key,
  slug text not null constraint one_facility_per_slug unique,
  name text not null,
  zone text not null,                      -- IANA; the legal calendar is the facility's
  phone text not null,
  hours_en text not null,                  -- when the phone is answered, in one line
  hours_es text not null,
  relay text not null,                     -- text relay for people who do not hear
  postal text not null,
  complaints text not null,                -- the contact for complaints: name or title, and phone
  mail_from text not null,
  demo boolean not null default false,
  demo_complete boolean not null default false constraint complete_demo check (demo or not demo_complete)
);
select app.protect('facility');

create table app.site (
  facility_id uuid not null references app.facility,
  id uuid not null,
  name text not null,
  primary key (facility_id, id)
);
select app.protect('site');

create table app.person (
  id uuid primary key,
  name text not null,
  language text not null default 'en' constraint person_language check (language in ('en', 'es')),
  email text,
  phone text,
  postal jsonb
);
select app.protect('person');

grant select on app.facility, app.site to web_patient, web_staff, worker, audit_reader, operator;
do $$ declare t text; begin foreach t in array array['facility', 'site'] loop
  execute format('create policy all_may_know on app.%I for select to web_patient, web_staff, worker, audit_reader, operator using (true)', t);
  execute format('grant insert on app.%I to operator', t);
  execute format('create policy add on app.%I for insert to operator with check (true)', t);
end loop; end $$;
-- The last that is written of a demo hospital: one that was cut off while it was loaded can be told from a whole one.
grant update (demo_complete) on app.facility to operator;
create policy complete on app.facility for update to operator using (demo) with check (demo);
-- The pages before sign-in name the facility too.
create function app.facilities() returns setof app.facility language sql stable security definer
set search_path = pg_catalog, app, pg_temp as $$ select * from app.facility order by name $$;
-- What audit.append asks.
create function app.has_facility(of_id uuid) returns boolean language plpgsql stable security definer
set search_path = pg_catalog, app, pg_temp as $$
begin return exists (select from app.facility f where f.id = of_id); end $$;
grant execute on function app.has_facility to audit_owner;
grant usage on schema app to web_auth;
grant execute on function app.facilities to web_auth;

grant select, update (language, phone, postal) on app.person to web_patient;
create policy me on app.person to web_patient using (id = (select auth.person_id())) with check (id = (select auth.person_id()));
grant insert on app.person to auth_owner, web_staff;
create policy opened on app.person for insert to auth_owner with check (true);
create policy entered on app.person for insert to web_staff with check (exists (select auth.my_facilities('{front_desk,clerk,supervisor}')));
grant select on app.person to worker, operator;
create policy served on app.person for select to worker using (true);
grant insert on app.person to operator;
create policy add on app.person to operator using (true) with check (true);
reset role;
