-- A facility with many requests: copies of what the acts of the demo's people wrote, moved in time and given to other
-- people. The triggers would want each to come by its act, one after the other; they are out of the way for this alone.
begin;
set local session_replication_role = replica;

create temp table people as select n, gen_random_uuid() as id from generate_series(1, 4000) n;
insert into app.person (id, name, language) select id, 'Person ' || n, 'en' from people;

-- a tenth is open, the rest closed: what a department has after some months
create temp table copies as
  select n.number, gen_random_uuid() as id, p.id as person, case when n.n % 10 = 0 then n.n % 28 else n.n % 700 end as days,
    case when n.n % 10 = 0 then open.ids[1 + n.n / 10 % cardinality(open.ids)] else closed.ids[1 + n.n % cardinality(closed.ids)] end as source
  from numbers n
  join people p on p.n = 1 + n.n % 4000
  cross join (select array_agg(id) as ids from app.request where status = 'open') open
  cross join (select array_agg(id) as ids from app.request where status = 'closed') closed;
insert into copies (number, id, person, days, source) select number, id, owner, 0, source from drafts;

insert into app.request select x.* from copies c join app.request r on r.id = c.source
  cross join lateral jsonb_populate_record(r, jsonb_build_object('id', c.id, 'number', c.number, 'requester_id', c.person,
    'created_at', r.created_at - c.days * interval '1 day', 'received_at', r.received_at - c.days * interval '1 day')) x;
do $$ declare t text; begin
  foreach t in array array['deadline', 'queue_entry', 'timeline', 'item', 'verification', 'question', 'notice'] loop
    execute format($q$insert into app.%1$I select x.* from copies c join app.%1$I s on s.request_id = c.source
      cross join lateral jsonb_populate_record(s, jsonb_build_object('request_id', c.id, 'id', gen_random_uuid(),
        'due_on', (to_jsonb(s) ->> 'due_on')::date - c.days)) x$q$, t);
  end loop;
end $$;
insert into app.draft (facility_id, request_id, sealed, version)
  select s.facility_id, d.id, d.sealed, s.version from drafts d join app.draft s on s.request_id = d.source;

-- The bare program's tables: the same columns, keys, indexes, checks and rows; no policy, no trigger, no trail.
create schema bare;
do $$
declare t text; foreign_key record;
  tables text[] := array['facility', 'person', 'request', 'deadline', 'draft', 'queue_entry', 'timeline', 'item', 'verification', 'question',
    'blob', 'evidence', 'package', 'notice', 'outbox'];
begin
  foreach t in array tables loop
    execute format('create table bare.%1$I (like app.%1$I including all)', t);
    execute format('insert into bare.%1$I select * from app.%1$I', t);
  end loop;
  for foreign_key in
    select c.conrelid::regclass::text as of, pg_get_constraintdef(c.oid) as def from pg_constraint c
    where c.contype = 'f' and c.conrelid = any (select ('app.' || k)::regclass from unnest(tables) k)
      and c.confrelid = any (select ('app.' || k)::regclass from unnest(tables) k)
  loop
    execute format('alter table %s add %s', replace(foreign_key.of, 'app.', 'bare.'), replace(foreign_key.def, ' app.', ' bare.'));
  end loop;
end $$;
commit;
