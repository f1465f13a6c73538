-- The trail. An entry is written last in an act's own transaction and never changes; a moment later the relay links it
-- into its facility's chain and signs the head. Ids, codes and names of fields only: never what people wrote.
set local role audit_owner;

create table audit.event (
  facility_id uuid not null,               -- the nil UUID where an act belongs to no facility (signing in)
  at timestamptz not null default now(),
  id uuid not null default gen_random_uuid(),
  xact xid8 not null default pg_current_xact_id(),
  actor uuid,
  login name not null,
  act text not null,
  outcome text not null,                   -- done, or the code of the refusal
  request uuid,
  patient uuid,
  shown uuid[],
  fields text[],
  versions jsonb,
  purpose text,
  origin text,
  primary key (facility_id, at, id)
) partition by range (at);
create index event_by_transaction on audit.event (at, xact);
create index event_by_request on audit.event (facility_id, request, at) where request is not null;
create index event_by_actor on audit.event (facility_id, actor, at) where actor is not null;

create table audit.pending (
  facility_id uuid not null,
  at timestamptz not null,
  event uuid not null,
  primary key (facility_id, at, event)
);

create table audit.link (
  facility_id uuid not null,
  seq bigint not null,
  at timestamptz not null,
  event uuid not null,
  digest bytea not null,
  hash bytea not null,
  primary key (facility_id, seq)
);

create function audit.deny() returns trigger language plpgsql as $$
begin raise exception 'the trail is append-only' using errcode = 'PT003'; end $$;

-- On every partition too: truncate does not look at the parent's triggers. ALWAYS survives session_replication_role.
create function audit.seal(t regclass) returns void language plpgsql as $$
begin
  execute format('create trigger no_ud before update or delete on %s for each row execute function audit.deny()', t);
  execute format('create trigger no_tr before truncate on %s for each statement execute function audit.deny()', t);
  execute format('alter table %s enable always trigger no_ud', t);
  execute format('alter table %s enable always trigger no_tr', t);
end $$;

create function audit.wall(t regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', t);
  execute format('alter table %s force row level security', t);
  execute format('create policy owner on %s to audit_owner using (true) with check (true)', t);
end $$;
select audit.wall('audit.event'), audit.wall('audit.pending'), audit.wall('audit.link'), audit.seal('audit.link');

-- Partitions, a month each, from the given month on: by this migration, then daily by the relay. Each is made beside the
-- trail and attached: "partition of" would wait for whoever reads the trail long (a dump, a verification), and everybody
-- who appends would wait behind it. Several relays make a month one after another.
create function audit.extend(from_month date, months int) returns void language plpgsql security definer
set search_path = pg_catalog, audit, pg_temp set lock_timeout = '2s' as $$
declare m date; t text;
begin
  perform pg_advisory_xact_lock(hashtext('audit.extend'));
  for n in 0 .. months - 1 loop
    m := (date_trunc('month', from_month) + make_interval(months => n))::date;
    t := 'event_' || to_char(m, 'YYYY_MM');
    if to_regclass('audit.' || t) is null then
      execute format('create table audit.%I (like audit.event including all)', t);
      perform audit.wall(('audit.' || t)::regclass), audit.seal(('audit.' || t)::regclass);
      execute format('alter table audit.event attach partition audit.%I for values from (%L) to (%L)',
        t, m::text || ' 00:00:00+00', (m + interval '1 month')::date::text || ' 00:00:00+00');
    end if;
  end loop;
end $$;
select audit.extend(now()::date, 13);

-- A request's id in an address names a facility before anybody has looked: one that does not exist gets no chain of its
-- own.
create function audit.append(facility uuid, act text, outcome text, request uuid default null, patient uuid default null,
  shown uuid[] default null, fields text[] default null, versions jsonb default null, purpose text default null, origin text default null)
returns void language plpgsql security definer set search_path = pg_catalog, audit, pg_temp as $$
declare who uuid; e audit.event;
begin
  if facility <> '00000000-0000-0000-0000-000000000000' and not app.has_facility(facility) then
    facility := '00000000-0000-0000-0000-000000000000'; end if;
  -- the logins without a seat are their own actor
  if session_user in ('web_patient', 'web_staff', 'audit_reader') then
    who := auth.person_id();
    if who is null then raise exception 'nobody is seated' using errcode = 'PT002'; end if;
  end if;
  insert into audit.event (facility_id, actor, login, act, outcome, request, patient, shown, fields, versions, purpose, origin)
    values (facility, who, session_user, act, outcome, request, patient, shown, fields, versions, purpose, origin)
    returning * into e;
  insert into audit.pending (facility_id, at, event) values (e.facility_id, e.at, e.id);
end $$;

create function audit.append_sign_in(who uuid, act text, outcome text) returns void language plpgsql security definer
set search_path = pg_catalog, audit, pg_temp as $$
declare e audit.event;
begin
  insert into audit.event (facility_id, actor, login, act, outcome)
    values ('00000000-0000-0000-0000-000000000000', who, session_user, act, outcome) returning * into e;
  insert into audit.pending (facility_id, at, event) values (e.facility_id, e.at, e.id);
end $$;

-- Every column, each with its length before it.
create function audit.digest(e audit.event) returns bytea language sql immutable
set search_path = pg_catalog, audit, pg_temp as $$
  select sha256(string_agg(int4send(coalesce(octet_length(v), -1)) || coalesce(v, ''::bytea), ''::bytea order by n))
  from unnest(array[uuid_send(e.facility_id), timestamptz_send(e.at), uuid_send(e.id), convert_to(e.xact::text, 'UTF8'),
    uuid_send(e.actor), convert_to(e.login::text, 'UTF8'), convert_to(e.act, 'UTF8'), convert_to(e.outcome, 'UTF8'),
    uuid_send(e.request), uuid_send(e.patient), convert_to(e.shown::text, 'UTF8'), convert_to(e.fields::text, 'UTF8'),
    convert_to(e.versions::text, 'UTF8'), convert_to(e.purpose, 'UTF8'), convert_to(e.origin, 'UTF8')]) with ordinality as t (v, n)
$$;

create function audit.chain_hash(facility uuid, seq bigint, previous bytea, digest bytea) returns bytea language sql immutable
set search_path = pg_catalog as $$
  select sha256(uuid_send(facility) || int8send(seq) || coalesce(previous, ''::bytea) || digest)
$$;

-- What is pending and visible is committed; what commits late is linked late. Returns the heads to sign and the
-- requests that were touched, so that open pages can be woken.
create function audit.chain(at_most int default 5000)
returns table (facility uuid, linked bigint, head_seq bigint, head_hash bytea, touched uuid[])
language plpgsql security definer set search_path = pg_catalog, audit, pg_temp as $$
declare last audit.link; p audit.pending; e audit.event; d bytea; f uuid; n bigint; woken uuid[];
begin
  perform pg_advisory_xact_lock(hashtext('audit.chain'));
  for f in select distinct q.facility_id from audit.pending q loop
    last := null; n := 0; woken := '{}';
    select * into last from audit.link l where l.facility_id = f order by l.seq desc limit 1;
    for p in select * from audit.pending q where q.facility_id = f order by q.at, q.event limit at_most loop
      select * into e from audit.event v where v.facility_id = p.facility_id and v.at = p.at and v.id = p.event;
      d := audit.digest(e);
      last.hash := audit.chain_hash(f, coalesce(last.seq, 0) + 1, last.hash, d);
      last.seq := coalesce(last.seq, 0) + 1;
      insert into audit.link (facility_id, seq, at, event, digest, hash) values (f, last.seq, p.at, p.event, d, last.hash);
      delete from audit.pending q where q.facility_id = p.facility_id and q.at = p.at and q.event = p.event;
      if e.request is not null and e.fields is not null and e.outcome = 'done' and not (e.request = any (woken)) then
        woken := woken || e.request; end if;
      n := n + 1;
    end loop;
    facility := f; linked := n; head_seq := last.seq; head_hash := last.hash; touched := woken;
    return next;
  end loop;
end $$;

-- From a signed checkpoint on, or whole. A cut tail shows only against a checkpoint: compare the head with it.
create function audit.verify(of_facility uuid, after_seq bigint default 0, previous bytea default null)
returns table (seq bigint, problem text)
language plpgsql stable security definer set search_path = pg_catalog, audit, pg_temp as $$
declare l audit.link; e audit.event; want bigint := after_seq + 1;
begin
  for l in select * from audit.link k where k.facility_id = of_facility and k.seq > after_seq order by k.seq loop
    if l.seq <> want then seq := want; problem := 'missing'; return next; end if;
    want := l.seq + 1;
    e := null;
    select * into e from audit.event v where v.facility_id = l.facility_id and v.at = l.at and v.id = l.event;
    if e.id is null then seq := l.seq; problem := 'event_gone'; return next;
    elsif audit.digest(e) <> l.digest then seq := l.seq; problem := 'event_changed'; return next; end if;
    if audit.chain_hash(l.facility_id, l.seq, previous, l.digest) <> l.hash then
      seq := l.seq; problem := 'chain_broken'; return next; end if;
    previous := l.hash;
  end loop;
end $$;
-- Entries that no link holds and none is to come for: somebody wrote around the door.
create function audit.unlinked(of_facility uuid) returns bigint language sql stable security definer
set search_path = pg_catalog, audit, pg_temp as $$
  select count(*) from audit.event e where e.facility_id = of_facility
    and not exists (select 1 from audit.link l where l.facility_id = e.facility_id and l.at = e.at and l.event = e.id)
    and not exists (select 1 from audit.pending p where p.facility_id = e.facility_id and p.at = e.at and p.event = e.id)
$$;
-- From chain to chain by the index: the program asks at its start.
create function audit.chains() returns table (facility uuid, head_seq bigint, head_hash bytea) language sql stable security definer
set search_path = pg_catalog, audit, pg_temp as $$
  with recursive f(id) as (
    (select l.facility_id from audit.link l order by l.facility_id limit 1)
    union all
    select (select l.facility_id from audit.link l where l.facility_id > f.id order by l.facility_id limit 1)
      from f where f.id is not null)
  select h.facility_id, h.seq, h.hash from f cross join lateral
    (select l.facility_id, l.seq, l.hash from audit.link l where l.facility_id = f.id order by l.seq desc limit 1) h
$$;
create function audit.link_at(of_facility uuid, at_seq bigint) returns bytea language sql stable security definer
set search_path = pg_catalog, audit, pg_temp as $$
  select l.hash from audit.link l where l.facility_id = of_facility and l.seq = at_seq
$$;

-- Whether a change of a request may have been missed by a page that was read as of a transaction. Who may ask is asked
-- in app.changed_since.
create function audit.changed_since(facility uuid, of_request uuid, as_of xid8) returns boolean language plpgsql stable security definer
set search_path = pg_catalog, audit, pg_temp as $$
begin
  return exists (select from audit.event e where e.facility_id = facility and e.request = of_request and e.xact >= as_of
    and e.fields is not null and e.outcome = 'done');
end $$;

-- An entry of a refusal, or at another facility, is none: whoever reads the trail where the row belongs would see nothing.
-- A person and an account belong to no facility.
create function audit.needs_trail() returns trigger language plpgsql security definer
set search_path = pg_catalog, audit, pg_temp as $$
declare facility uuid;
begin
  if tg_table_name = 'facility' then
    facility := case tg_op when 'DELETE' then old.id else new.id end;
  elsif tg_table_name not in ('person', 'account') then
    facility := case tg_op when 'DELETE' then old.facility_id else new.facility_id end;
  end if;
  if not exists (select 1 from audit.event a where a.at = now() and a.xact = pg_current_xact_id()
      and a.outcome = 'done' and (facility is null or a.facility_id = facility)) then
    raise exception '% changed without an entry on the trail', tg_table_name using errcode = 'PT001';
  end if;
  return null;
end $$;

create index link_by_event on audit.link (facility_id, at, event);
grant execute on function audit.append to web_patient, web_staff, worker, audit_reader, operator, portal_migrate;
grant execute on function audit.append_sign_in to auth_owner;
grant execute on function audit.changed_since to portal_owner;
grant execute on function audit.chain, audit.extend to relay;
grant execute on function audit.verify, audit.unlinked, audit.chains, audit.link_at to audit_reader;
grant execute on function audit.needs_trail to portal_owner, auth_owner;
grant select on audit.event to audit_reader;
create policy by_facility on audit.event for select to audit_reader
  using (facility_id = any (array(select auth.my_facilities('{supervisor,privacy_officer,auditor}'))));
-- Signing in belongs to no facility: whoever reads a facility's trail reads that of the people who work there, but
-- nothing of what they do as patients.
create policy by_colleague on audit.event for select to audit_reader
  using (facility_id = '00000000-0000-0000-0000-000000000000' and login <> 'web_patient'
    and actor = any (array(select auth.colleagues('{supervisor,privacy_officer,auditor}'))));
reset role;

-- The command line's login sits nowhere: a role or a password that it gives is on the trail, or is not given. Signing in
-- counts on accounts too, and writes its own entries.
set local role auth_owner;
create constraint trigger needs_trail after insert or update or delete on auth.role
  deferrable initially deferred for each row execute function audit.needs_trail();
create constraint trigger needs_trail after insert or update or delete on auth.account
  deferrable initially deferred for each row when (session_user = 'operator') execute function audit.needs_trail();
reset role;
