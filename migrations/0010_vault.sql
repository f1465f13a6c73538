-- Wrapped keys. A blob's key is readable by whoever may read the blob's first chunk: the question is asked under the
-- reader's own policies, so what ends the reading ends the key too.
set local role vault_owner;

create table vault.owner_key (
  facility_id uuid not null,
  owner uuid not null,                     -- a chart or a request
  wrapped bytea not null,
  primary key (facility_id, owner)
);
create table vault.key (
  facility_id uuid not null,
  blob uuid not null,
  owner uuid not null,
  wrapped bytea not null,
  primary key (facility_id, blob)
);
do $$ declare t text; begin foreach t in array array['owner_key', 'key'] loop
  execute format('alter table vault.%I enable row level security', t);
  execute format('alter table vault.%I force row level security', t);
  execute format('create policy owner on vault.%I to vault_owner using (true) with check (true)', t);
end loop; end $$;

grant select, insert on vault.key, vault.owner_key to web_patient, web_staff, worker;
create policy readable on vault.key for select to web_patient, web_staff, worker
  using (exists (select 1 from app.chunk c where c.facility_id = key.facility_id and c.blob = key.blob and c.n = 0));
create policy add on vault.key for insert to web_patient, web_staff, worker
  with check (exists (select 1 from app.blob b where b.facility_id = key.facility_id and b.id = key.blob and b.status = 'staging'));
create policy readable on vault.owner_key for select to web_patient
  using (exists (select 1 from app.request r where r.facility_id = owner_key.facility_id and r.id = owner_key.owner));
create policy add on vault.owner_key for insert to web_patient
  with check (exists (select 1 from app.request r where r.facility_id = owner_key.facility_id and r.id = owner_key.owner));
create policy ours on vault.owner_key to web_staff
  using (facility_id = any (array(select auth.my_facilities('{front_desk,clerk,supervisor}'))))
  with check (facility_id = any (array(select auth.my_facilities('{front_desk,clerk,supervisor}'))));
create policy work on vault.owner_key to worker using (true) with check (true);

-- A guard asks what a blob belongs to, never for its key.
grant usage on schema vault to portal_owner;
grant select (facility_id, blob, owner) on vault.key to portal_owner;
create policy belongs on vault.key for select to portal_owner using (true);

-- The key of a blob that is gone. One that is there keeps its key, whoever asks.
create function vault.forget(facilities uuid[], blobs uuid[]) returns void language sql security definer
set search_path = pg_catalog, vault, pg_temp as $$
  delete from vault.key k using unnest(facilities, blobs) as gone (facility, blob)
  where k.facility_id = gone.facility and k.blob = gone.blob
    and not exists (select 1 from app.blob b where b.facility_id = k.facility_id and b.id = k.blob)
$$;
grant execute on function vault.forget to worker;
reset role;
