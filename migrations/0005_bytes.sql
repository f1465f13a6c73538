-- Sealed bytes: blobs in chunks, staged as they arrive and attached by an act; what people sent to show who they are;
-- and openings, the grants under which bytes go out.
set local role portal_owner;

create table app.blob (
  facility_id uuid not null,
  id uuid not null,
  kind text not null constraint blob_kind check (kind in ('words', 'evidence', 'form', 'document', 'package')),
  by_person uuid,
  status text not null constraint blob_status check (status in ('staging', 'kept')),
  media_type text not null,
  bytes bigint not null default 0,         -- of the plain content, known when it is whole
  chunks int not null default 0,
  digest bytea,                            -- keyed: finds duplicates, tells nothing
  version int not null default 1,
  at timestamptz not null default now(),
  primary key (facility_id, id)
);
create index blob_staging on app.blob (at) where status = 'staging';
create index blob_staged_by on app.blob (by_person, kind) where status = 'staging';
select app.protect('blob', false);

create table app.chunk (
  facility_id uuid not null,
  blob uuid not null,
  n int not null,
  bytes bytea not null,
  primary key (facility_id, blob, n),
  foreign key (facility_id, blob) references app.blob (facility_id, id)
);
alter table app.chunk alter bytes set storage external;
select app.protect('chunk', false);

create table app.evidence (
  facility_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  kind text not null constraint evidence_kind check (kind in ('identity', 'request_form')),
  blob uuid not null,
  sent_by uuid references app.person,
  at timestamptz not null default now(),
  primary key (facility_id, id),
  foreign key (facility_id, request_id) references app.request (facility_id, id),
  foreign key (facility_id, blob) references app.blob (facility_id, id)
);
create index evidence_by_request on app.evidence (facility_id, request_id, at);
create index evidence_by_blob on app.evidence (facility_id, blob);
select app.protect('evidence');

-- The opening of bytes by one session, recorded once; the stream and every later range look at it again.
create table app.opening (
  facility_id uuid not null,
  id uuid not null,
  blob uuid not null,
  person_id uuid not null,
  seat_hash bytea not null,
  at timestamptz not null default now(),
  until timestamptz not null,
  ended_at timestamptz,
  primary key (facility_id, id),
  foreign key (facility_id, blob) references app.blob (facility_id, id)
);
create index opening_by_blob on app.opening (facility_id, blob);
select app.protect('opening');

create function app.my_seat() returns bytea language sql stable set search_path = pg_catalog, pg_temp as $$
  select sha256(convert_to(coalesce(current_setting('app.seat', true), ''), 'UTF8'))
$$;
grant execute on function app.my_seat to web_patient, web_staff;

grant select, update (status, bytes, chunks, digest) on app.blob to web_patient, web_staff, worker;
grant insert on app.blob to worker;
-- when it came is the database's to say
grant insert (facility_id, id, kind, by_person, status, media_type) on app.blob to web_patient, web_staff;
grant select, insert on app.chunk to web_patient, web_staff, worker;
grant select, insert (facility_id, id, request_id, kind, blob, sent_by) on app.evidence to web_patient, web_staff;
grant select on app.evidence to worker;
grant select, insert (facility_id, id, blob, person_id, seat_hash, until), update (ended_at) on app.opening to web_patient, web_staff;

create policy mine on app.blob to web_patient
  using (by_person = (select auth.person_id())) with check (by_person = (select auth.person_id()) and kind in ('words', 'evidence'));
create policy ours on app.blob to web_staff
  using (facility_id = any (array(select auth.my_facilities('{front_desk,clerk,supervisor}'))))
  with check (facility_id = any (array(select auth.my_facilities('{front_desk,clerk,supervisor}')))
    and kind in ('words', 'evidence', 'form') and by_person = (select auth.person_id()));
create policy work on app.blob to worker using (true) with check (true);

create policy staging on app.chunk for insert to web_patient, web_staff
  with check (exists (select 1 from app.blob b where b.facility_id = chunk.facility_id and b.id = chunk.blob and b.status = 'staging'
    and b.by_person = (select auth.person_id())));
create policy work on app.chunk to worker using (true) with check (true);
-- What was written in a question of one's own.
create policy own_words on app.chunk for select to web_patient
  using (exists (select 1 from app.question q where q.facility_id = chunk.facility_id and chunk.blob in (q.message, q.answer)));
-- Staff read what people wrote as part of the case; everything else by an opening of their own.
create policy words on app.chunk for select to web_staff
  using (facility_id = any (array(select auth.my_facilities('{clerk,supervisor}')))
    and exists (select 1 from app.blob b where b.facility_id = chunk.facility_id and b.id = chunk.blob and b.kind = 'words'));
create policy opened_by_staff on app.chunk for select to web_staff
  using (exists (select 1 from app.opening o where o.facility_id = chunk.facility_id and o.blob = chunk.blob
    and o.person_id = (select auth.person_id()) and o.seat_hash = (select app.my_seat()) and o.until > now() and o.ended_at is null));

-- What a person sends and nothing comes of is kept for a day: no more of it than a few sendings, whatever they try.
-- Each kind by itself, so that pictures left lying stop nobody from writing.
create function app.guard_staged() returns trigger language plpgsql security definer set search_path = pg_catalog, app, pg_temp as $$
declare b app.blob; staged bigint; most bigint := case session_user when 'web_patient' then 128 << 20 else 512 << 20 end;
begin
  select * into b from app.blob k where k.facility_id = new.facility_id and k.id = new.blob;
  -- one at a time for each person: two sendings at once would not see each other
  perform pg_advisory_xact_lock(hashtextextended('staged ' || b.by_person::text, 0));
  select coalesce(sum(octet_length(c.bytes)), 0) into staged
    from app.blob k join app.chunk c on c.facility_id = k.facility_id and c.blob = k.id
    where k.by_person = b.by_person and k.kind = b.kind and k.status = 'staging';
  if staged + octet_length(new.bytes) > most then
    raise exception 'too much is staged' using errcode = 'PT007'; end if;
  return new;
end $$;
create trigger guard_staged before insert on app.chunk for each row when (session_user <> 'worker') execute function app.guard_staged();

-- What is kept is never swept and counts for no limit: whoever keeps it says in the same transaction what it belongs to,
-- in a row that wants an entry on the trail. The worker keeps what it imports and what it builds.
create function app.guard_kept() returns trigger language plpgsql security definer set search_path = pg_catalog, app, pg_temp as $$
declare of_request uuid;
begin
  if exists (select 1 from app.evidence e where e.facility_id = new.facility_id and e.blob = new.id) then return null; end if;
  -- words are sealed for the request that they are about
  select k.owner into of_request from vault.key k where k.facility_id = new.facility_id and k.blob = new.id;
  if exists (select 1 from app.timeline t where t.facility_id = new.facility_id and t.request_id = of_request
      and position(new.id::text in t.entry::text) > 0) then return null; end if;
  if exists (select 1 from app.package p join app.package_return e on e.facility_id = p.facility_id and e.package_id = p.id
      where p.facility_id = new.facility_id and p.request_id = of_request and e.note = new.id) then return null; end if;
  if exists (select 1 from app.package p join app.package_finding g on g.facility_id = p.facility_id and g.package_id = p.id
      where p.facility_id = new.facility_id and p.request_id = of_request and g.reason = new.id) then return null; end if;
  if exists (select 1 from app.question q where q.facility_id = new.facility_id and q.request_id = of_request
      and new.id in (q.message, q.answer)) then return null; end if;
  raise exception 'nothing names what is kept' using errcode = 'PT006';
end $$;
create constraint trigger guard_kept after update on app.blob deferrable initially deferred for each row
  when (old.status <> new.status and session_user <> 'worker') execute function app.guard_kept();

create policy own on app.evidence to web_patient
  using (exists (select 1 from app.request r where r.facility_id = evidence.facility_id and r.id = evidence.request_id))
  with check (sent_by = (select auth.person_id()) and kind = 'identity'
    and exists (select 1 from app.request r where r.facility_id = evidence.facility_id and r.id = evidence.request_id)
    and exists (select 1 from app.blob b where b.facility_id = evidence.facility_id and b.id = evidence.blob and b.status = 'kept'));
create policy seen on app.evidence for select to web_staff
  using (facility_id = any (array(select auth.my_facilities('{clerk,supervisor}'))));
create policy added on app.evidence for insert to web_staff
  with check (facility_id = any (array(select auth.my_facilities('{front_desk,clerk,supervisor}'))) and sent_by = (select auth.person_id())
    and exists (select 1 from app.blob b where b.facility_id = evidence.facility_id and b.id = evidence.blob and b.status = 'kept'
      and b.by_person = (select auth.person_id())));
create policy work on app.evidence for select to worker using (true);

create policy ours on app.opening to web_staff
  using (person_id = (select auth.person_id()) and seat_hash = (select app.my_seat()))
  with check (person_id = (select auth.person_id()) and seat_hash = (select app.my_seat())
    and facility_id = any (array(select auth.my_facilities('{clerk,supervisor}')))
    and exists (select 1 from app.blob b where b.facility_id = opening.facility_id and b.id = opening.blob and b.status = 'kept'));

-- Bytes that were staged and never attached within a day go; what is kept, nobody's login deletes. What something names all
-- the same stays and holds nothing up: it does not count among those that go at a time.
create function app.sweep_staged(at_most int) returns table (facility_id uuid, id uuid) language plpgsql security definer
set search_path = pg_catalog, app, pg_temp as $$
declare b record; gone int := 0;
begin
  for b in select k.facility_id, k.id from app.blob k where k.status = 'staging' and k.at < now() - interval '1 day'
      order by k.at for update skip locked loop
    exit when gone >= at_most;
    begin
      delete from app.chunk c where c.facility_id = b.facility_id and c.blob = b.id;
      delete from app.blob k where k.facility_id = b.facility_id and k.id = b.id;
    exception when foreign_key_violation then
      continue;
    end;
    gone := gone + 1; facility_id := b.facility_id; id := b.id;
    return next;
  end loop;
end $$;
grant execute on function app.sweep_staged to worker;
grant select (facility_id, id) on app.blob to vault_owner;
create policy forgotten on app.blob for select to vault_owner using (true);
reset role;
