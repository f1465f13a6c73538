-- The copy: a package of document versions, its pages and their check, and its way to the recipient.
set local role portal_owner;

create table app.package (
  facility_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  patient_id uuid not null,
  status text not null constraint package_status
    check (status in ('building', 'built', 'failed', 'checking', 'released', 'returned', 'recalled')),
  version int not null default 1,
  letter_alone boolean not null default false,
  builder uuid references app.person,
  checker uuid references app.person,
  pages int,
  failure text,
  created_at timestamptz not null default now(),
  built_at timestamptz,
  handed_over_at timestamptz,
  released_at timestamptz,
  primary key (facility_id, id),
  unique (facility_id, id, patient_id),
  unique (facility_id, id, request_id),
  foreign key (facility_id, request_id) references app.request (facility_id, id),
  foreign key (facility_id, patient_id) references app.patient (facility_id, id),
  constraint two_people check (checker <> builder),
  constraint released_is_checked check (status not in ('released', 'recalled') or (checker is not null and released_at is not null)),
  constraint built_has_pages check (status in ('building', 'failed') or pages is not null)
);
-- One at a time on the way out.
create unique index one_live_package on app.package (facility_id, request_id) where status in ('building', 'built', 'checking', 'released');
create index package_by_request on app.package (facility_id, request_id, created_at);
select app.protect('package');

-- The documents chosen, in order, each for the part under which it was approved. The keys make another patient's
-- document impossible.
create table app.package_document (
  facility_id uuid not null,
  package_id uuid not null,
  patient_id uuid not null,
  position int not null,                   -- from 1
  document_id uuid not null,
  item_id uuid not null,
  primary key (facility_id, package_id, position),
  constraint once_in_a_package unique (facility_id, package_id, document_id),
  foreign key (facility_id, package_id, patient_id) references app.package (facility_id, id, patient_id),
  foreign key (facility_id, document_id, patient_id) references app.document (facility_id, id, patient_id),
  foreign key (facility_id, item_id) references app.item (facility_id, id)
);
select app.protect('package_document');

-- Documents of the matched chart that do not belong in the copy: each in all its versions, whichever was looked at.
create table app.left_out (
  facility_id uuid not null,
  request_id uuid not null,
  document_id uuid not null,
  reason text not null constraint left_out_reason check (reason in ('another_person', 'duplicate')),
  by_person uuid not null references app.person,
  at timestamptz not null default now(),
  primary key (facility_id, request_id, document_id),
  foreign key (facility_id, request_id) references app.request (facility_id, id),
  foreign key (facility_id, document_id) references app.document (facility_id, id)
);
select app.protect('left_out');

create table app.package_file (
  facility_id uuid not null,
  package_id uuid not null,
  position int not null,
  role text not null constraint file_role check (role in ('copy', 'letter', 'manifest', 'beside', 'index')),
  name text not null,
  media_type text not null,
  bytes bigint not null,
  pages int,
  sha256 bytea not null,
  blob uuid not null,
  primary key (facility_id, package_id, position),
  foreign key (facility_id, package_id) references app.package (facility_id, id),
  foreign key (facility_id, blob) references app.blob (facility_id, id)
);
create index file_by_blob on app.package_file (facility_id, blob);
select app.protect('package_file');

-- A page of the copy, and which document it is from.
create table app.package_page (
  facility_id uuid not null,
  package_id uuid not null,
  n int not null,
  document_position int,                   -- null: a page of the letter
  primary key (facility_id, package_id, n),
  foreign key (facility_id, package_id) references app.package (facility_id, id)
);
select app.protect('package_page');

-- What the page check found, and who answers for it. A page without a finding was not looked at.
create table app.package_finding (
  facility_id uuid not null,
  package_id uuid not null,
  n int not null,
  page int not null,
  kind text not null constraint finding_kind
    check (kind in ('confirmed', 'cannot_confirm', 'another_person', 'not_drawn', 'blank', 'duplicate')),
  reason uuid,                             -- a blob: why it was overridden
  overridden_by uuid references app.person,
  overridden_at timestamptz,
  primary key (facility_id, package_id, n),
  foreign key (facility_id, package_id, page) references app.package_page (facility_id, package_id, n),
  constraint overridden_says_why check ((overridden_by is null) = (reason is null) and (overridden_by is null) = (overridden_at is null))
);
select app.protect('package_finding');

-- A page counts as seen by whoever said "next" on it.
create table app.page_seen (
  facility_id uuid not null,
  package_id uuid not null,
  n int not null,
  person_id uuid not null references app.person,
  at timestamptz not null default now(),
  primary key (facility_id, package_id, n, person_id),
  foreign key (facility_id, package_id, n) references app.package_page (facility_id, package_id, n)
);
select app.protect('page_seen');

create table app.package_return (
  facility_id uuid not null,
  package_id uuid not null,
  n int not null,
  page int,
  code text not null,
  note uuid,                               -- a blob: what the checker wrote
  by_person uuid not null references app.person,
  at timestamptz not null,
  primary key (facility_id, package_id, n),
  foreign key (facility_id, package_id) references app.package (facility_id, id)
);
select app.protect('package_return');

create table app.delivery (
  facility_id uuid not null,
  id uuid not null,
  package_id uuid not null,
  request_id uuid not null,
  recipient_id uuid not null,
  way text not null constraint delivery_way check (way in ('portal', 'pick_up')),
  status text not null constraint delivery_status check (status in ('offered', 'opened', 'collected')),
  version int not null default 1,
  offered_at timestamptz not null,
  opened_at timestamptz,
  printed_by uuid references app.person,
  printed_at timestamptz,
  handed_by uuid references app.person,
  evidence_kind text,
  evidence_name text,                      -- of evidence that is none of the usual kinds
  signed_name text,
  collected_at timestamptz,
  primary key (facility_id, id),
  constraint one_delivery unique (facility_id, package_id),
  foreign key (facility_id, package_id, request_id) references app.package (facility_id, id, request_id),
  foreign key (facility_id, request_id, recipient_id) references app.request (facility_id, id, requester_id),
  constraint opened_by_portal check ((status = 'opened') <= (way = 'portal' and opened_at is not null)),
  constraint collected_is_whole check ((status = 'collected') <= (way = 'pick_up' and printed_by is not null
    and handed_by is not null and evidence_kind is not null and signed_name is not null and collected_at is not null))
);
create index delivery_by_request on app.delivery (facility_id, request_id);
create index delivery_by_recipient on app.delivery (recipient_id);
select app.protect('delivery');

do $$ declare t text; begin
  foreach t in array array['package', 'package_document', 'left_out', 'package_file', 'package_page', 'package_finding', 'page_seen', 'package_return', 'delivery'] loop
    execute format('grant select, insert on app.%I to web_staff', t);
    execute format($p$create policy ours on app.%I for select to web_staff
      using (facility_id = any (array(select auth.my_facilities('{clerk,supervisor}'))))$p$, t);
    execute format($p$create policy by_clerks on app.%I for insert to web_staff
      with check (facility_id = any (array(select auth.my_facilities('{clerk}'))))$p$, t);
    execute format('grant select on app.%I to worker', t);
    execute format('create policy work on app.%I to worker using (true) with check (true)', t);
  end loop;
end $$;
create policy changed on app.package for update to web_staff using (facility_id = any (array(select auth.my_facilities('{clerk}'))));
create policy answered on app.package_finding for update to web_staff using (facility_id = any (array(select auth.my_facilities('{clerk}'))));
create policy taken_in on app.left_out for delete to web_staff using (facility_id = any (array(select auth.my_facilities('{clerk}'))));
grant delete on app.left_out to web_staff;
revoke insert on app.package_file, app.package_page, app.package_finding from web_staff;
grant insert on app.package_file, app.package_page, app.package_finding to worker;
grant update (status, handed_over_at, released_at) on app.package to web_staff;
grant update (status, pages, failure, built_at) on app.package to worker;
grant update (reason, overridden_by, overridden_at) on app.package_finding to web_staff;
grant update (status, printed_by, printed_at, handed_by, evidence_kind, evidence_name, signed_name, collected_at) on app.delivery to web_staff;

-- The front desk hands over what was printed, and sees that much.
create policy at_the_desk on app.delivery for select to web_staff
  using (facility_id = any (array(select auth.my_facilities('{front_desk}'))) and way = 'pick_up');
create policy handed_over on app.delivery for update to web_staff
  using (facility_id = any (array(select auth.my_facilities('{front_desk,clerk,supervisor}'))) and way = 'pick_up');

-- A patient sees that a package is there, so that status() can be computed, and its files once it is theirs.
grant select (facility_id, id, request_id, patient_id, status, version, letter_alone, pages, created_at, built_at, handed_over_at, released_at)
  on app.package to web_patient;
create policy own on app.package for select to web_patient
  using (exists (select 1 from app.request r where r.facility_id = package.facility_id and r.id = package.request_id));
grant select, update (status, opened_at) on app.delivery to web_patient;
create policy own on app.delivery to web_patient
  using (recipient_id = (select auth.person_id())) with check (recipient_id = (select auth.person_id()) and way = 'portal');

create function app.may_open(facility uuid, of_blob uuid) returns boolean language plpgsql stable security definer
set search_path = pg_catalog, app, pg_temp as $$
begin
  return exists (select 1 from app.package_file f
    join app.package p on p.facility_id = f.facility_id and p.id = f.package_id
    join app.delivery d on d.facility_id = p.facility_id and d.package_id = p.id
    where f.facility_id = facility and f.blob = of_blob and f.role <> 'index' and p.status = 'released'
      and d.way = 'portal' and d.recipient_id = auth.person_id());
end $$;
grant execute on function app.may_open to web_patient;
grant select on app.package_file to web_patient;
create policy offered on app.package_file for select to web_patient using (role <> 'index' and app.may_open(facility_id, blob));

create policy own on app.opening to web_patient
  using (person_id = (select auth.person_id()) and seat_hash = (select app.my_seat()))
  with check (person_id = (select auth.person_id()) and seat_hash = (select app.my_seat()) and app.may_open(facility_id, blob));
create policy opened on app.chunk for select to web_patient
  using (exists (select 1 from app.opening o where o.facility_id = chunk.facility_id and o.blob = chunk.blob
    and o.until > now() and o.ended_at is null and app.may_open(o.facility_id, o.blob)));

-- What status() counts, for everybody who may know where a request stands: states, times and why a question is open, nothing
-- of which parts these are states of. The front desk sees no item, no question and no package, and still says the same
-- sentence as the patient's page.
create function app.standing(facility uuid, of_request uuid) returns table (
  due_on date, identity_at timestamptz, match_at timestamptz, reason text, asked_at timestamptz, items text[], decided_at timestamptz,
  package text, handed_over_at timestamptz, released_at timestamptz, delivered_at timestamptz, pictured boolean)
language plpgsql stable security definer set search_path = pg_catalog, app, pg_temp as $$
begin
  return query
  select (select min(l.due_on) from app.deadline l where l.facility_id = r.facility_id and l.request_id = r.id),
    v.identity_at, v.match_at, q.reason, q.asked_at, i.states, i.at, p.status, p.handed_over_at, p.released_at, p.delivered_at,
    exists (select from app.evidence e where e.facility_id = r.facility_id and e.request_id = r.id and e.kind = 'identity')
  from app.request r
  left join app.verification v on v.facility_id = r.facility_id and v.request_id = r.id
  left join app.question q on q.facility_id = r.facility_id and q.request_id = r.id and q.status = 'open'
  left join lateral (select array_agg(k.status order by k.position, k.id) as states, max(k.at) as at
    from app.item k where k.facility_id = r.facility_id and k.request_id = r.id) i on true
  left join lateral (select g.status, g.handed_over_at, g.released_at, coalesce(d.opened_at, d.collected_at) as delivered_at
    from app.package g left join app.delivery d on d.facility_id = g.facility_id and d.package_id = g.id
    where g.facility_id = r.facility_id and g.request_id = r.id order by g.created_at desc limit 1) p on true
  where r.facility_id = facility and r.id = of_request and app.may_know(r.facility_id, r.requester_id);
end $$;
grant execute on function app.standing to web_patient, web_staff, worker;
reset role;
