-- A request and what has its own life around it: items, verification, questions, deadlines, timeline, and the columns
-- by which lists filter and sort.
set local role portal_owner;

create table app.request (
  facility_id uuid not null references app.facility,
  id uuid not null,
  requester_id uuid not null references app.person,
  patient_id uuid,                         -- the chart; null until the match
  number text not null constraint request_number check (number ~ '^[0-9]{10}$'),
  status text not null constraint request_status check (status in ('draft', 'open', 'closed')),
  outcome text constraint request_outcome check (outcome in ('fulfilled', 'no_records', 'referred', 'withdrawn')),
  channel text not null constraint request_channel check (channel in ('portal', 'in_person', 'phone', 'paper')),
  language text not null constraint request_language check (language in ('en', 'es')),
  version int not null default 1,
  created_at timestamptz not null default now(),
  received_at timestamptz,
  entered_at timestamptz,
  entered_by uuid references app.person,
  late_entry_reason text,
  undo_until timestamptz,
  closed_at timestamptz,
  -- who asks, as they wrote it
  patient_name text,
  name_folded text,                        -- of patient_name, for search: lower case, without accents and punctuation
  former_names text[] not null default '{}',
  birth_date date,
  record_number text,
  email text,
  phone text,
  postal jsonb,
  -- what is asked
  scope text constraint request_scope check (scope in ('everything', 'chosen')),
  categories text[] not null default '{}',
  from_date date,
  to_date date,
  delivery text constraint request_delivery check (delivery in ('portal', 'pick_up')),
  help text,                               -- what would help: large print, an interpreter
  signed_name text,
  signed_statement text,
  signed_at timestamptz,
  primary key (facility_id, id),
  constraint request_number_once unique (facility_id, number),
  unique (facility_id, id, requester_id),
  constraint closed_has_an_outcome check ((status = 'closed') = (outcome is not null)),
  constraint sent_is_complete check (status = 'draft' or (received_at is not null and patient_name is not null
    and birth_date is not null and scope is not null and delivery is not null)),
  constraint dates_in_order check (from_date is null or to_date is null or from_date <= to_date)
);
create index request_by_requester on app.request (requester_id, created_at desc);
create index request_by_number on app.request (number);
create index request_by_birth_date on app.request (facility_id, birth_date);
create index request_by_name on app.request (facility_id, name_folded text_pattern_ops);
create index request_by_word on app.request using gin (string_to_array(name_folded, ' '));
select app.protect('request');

-- Every deadline that applies, each with its rule; which one binds is the earliest. Whether it is late is worked out
-- when it is read.
create table app.deadline (
  facility_id uuid not null,
  request_id uuid not null,
  rule text not null,
  due_on date not null,                    -- the last day, in the facility's calendar
  primary key (facility_id, request_id, rule),
  foreign key (facility_id, request_id) references app.request (facility_id, id)
);
select app.protect('deadline');

-- The answers of a request that was not sent yet, sealed.
create table app.draft (
  facility_id uuid not null,
  request_id uuid not null,
  sealed bytea not null,
  version int not null default 1,          -- what is signed is what was shown
  saved_at timestamptz not null default now(),
  primary key (facility_id, request_id),
  foreign key (facility_id, request_id) references app.request (facility_id, id)
);
select app.protect('draft');

-- What status() says, for lists; written by the acts that change it and never decided here.
create table app.queue_entry (
  facility_id uuid not null,
  request_id uuid not null,
  open boolean not null,
  headline text not null,
  waiting_on text not null,
  due_on date not null,
  parts_done int not null default 0,
  parts_of int not null default 0,
  assignee uuid references app.person,
  assigned_at timestamptz,
  first_touch_at timestamptz,
  primary key (facility_id, request_id),
  foreign key (facility_id, request_id) references app.request (facility_id, id)
);
create index queue_by_due on app.queue_entry (facility_id, due_on, request_id) where open;
create index queue_by_headline on app.queue_entry (facility_id, headline, due_on, request_id) where open;
create index queue_by_assignee on app.queue_entry (facility_id, assignee, due_on, request_id) where open;
select app.protect('queue_entry');

create table app.timeline (
  facility_id uuid not null,
  request_id uuid not null,
  at timestamptz not null default now(),
  id uuid not null,
  for_patient boolean not null,
  by_person uuid,                          -- null: the system
  entry jsonb not null,                    -- codes and values for the catalogue; what people wrote is a sealed blob, named by its id
  primary key (facility_id, request_id, at, id),
  foreign key (facility_id, request_id) references app.request (facility_id, id)
);
select app.protect('timeline');

create table app.item (
  facility_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  position int not null,
  category text,                           -- null: everything you hold about me
  from_date date,
  to_date date,
  status text not null constraint item_status check (status in ('pending', 'located', 'approved', 'not_found', 'held_elsewhere')),
  facts jsonb not null default '{}',       -- the search log, or where to ask
  by_person uuid references app.person,    -- who located or decided it, and when
  at timestamptz,
  version int not null default 1,
  primary key (facility_id, id),
  foreign key (facility_id, request_id) references app.request (facility_id, id),
  constraint moved_says_by_whom check ((status = 'pending') = (by_person is null and at is null))
);
create index item_by_request on app.item (facility_id, request_id, position);
create unique index one_item_per_category on app.item (facility_id, request_id, category) nulls not distinct;
select app.protect('item');

create table app.verification (
  facility_id uuid not null,
  request_id uuid not null,
  version int not null default 1,
  method text constraint identity_method check (method in ('photo_compared', 'seen_in_person')),
  evidence_kind text,
  evidence_name text,                      -- of evidence that is none of the usual kinds
  matched text[] not null default '{}',
  identity_by uuid references app.person,
  identity_at timestamptz,
  agreeing text[] not null default '{}',   -- what of request and chart agrees
  match_by uuid references app.person,
  match_at timestamptz,
  primary key (facility_id, request_id),
  foreign key (facility_id, request_id) references app.request (facility_id, id),
  constraint identity_is_whole check (method is null or (evidence_kind is not null and identity_by is not null
    and identity_at is not null and cardinality(matched) >= 2)),
  constraint match_is_whole check (match_at is null or (match_by is not null and cardinality(agreeing) >= 2))
);
select app.protect('verification');

create table app.question (
  facility_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  status text not null constraint question_status check (status in ('open', 'answered')),
  reason text not null,
  ways text[] not null constraint two_ways check (cardinality(ways) >= 2
    and ways <@ array['send_photo', 'write_here', 'come_in', 'call_us', 'we_call_you']),
  message uuid,                            -- blobs: what people wrote
  answer uuid,
  asked_by uuid not null references app.person,
  asked_at timestamptz not null,
  answered_by uuid references app.person,
  answered_at timestamptz,
  version int not null default 1,
  primary key (facility_id, id),
  foreign key (facility_id, request_id) references app.request (facility_id, id),
  constraint answered_has_a_time check ((status = 'answered') = (answered_at is not null and answered_by is not null))
);
create unique index one_open_question on app.question (facility_id, request_id) where status = 'open';
select app.protect('question');

-- The patient's side: what hangs on their own requests. Staff: their facilities; the front desk, which enters requests and
-- checks callers by them, sees a request as it was sent, how it was verified and matched (of the chart its id alone), and
-- where it stands: by app.standing the states of its parts and why a question is open. It sees no part, no question, no
-- document and no history. The worker: all.
grant select, insert on app.request to web_patient, web_staff;
grant select on app.request to worker;
grant update (status, outcome, received_at, entered_at, undo_until, closed_at, language, patient_name, name_folded, former_names, birth_date, record_number,
  email, phone, postal, scope, categories, from_date, to_date, delivery, help, signed_name, signed_statement, signed_at)
  on app.request to web_patient;
grant update (status, outcome, patient_id, received_at, closed_at, email, phone, postal) on app.request to web_staff;
grant update (status, outcome, closed_at, undo_until) on app.request to worker;
create policy own on app.request to web_patient
  using (requester_id = (select auth.person_id())) with check (requester_id = (select auth.person_id()));
create policy unmatched on app.request as restrictive for insert to web_patient with check (patient_id is null and entered_by is null);
create policy ours on app.request to web_staff
  using (facility_id = any (array(select auth.my_facilities('{front_desk,clerk,supervisor,privacy_officer}'))))
  with check (facility_id = any (array(select auth.my_facilities('{front_desk,clerk,supervisor}'))));
create policy work on app.request to worker using (true) with check (true);
grant select (facility_id, id, number) on app.request to audit_reader;
create policy named on app.request for select to audit_reader
  using (facility_id = any (array(select auth.my_facilities('{supervisor,privacy_officer,auditor}'))));

do $$ declare t text; begin
  foreach t in array array['deadline', 'draft', 'queue_entry', 'timeline', 'item', 'verification', 'question'] loop
    execute format($p$create policy own on app.%1$I to web_patient
      using (exists (select 1 from app.request r where r.facility_id = %1$I.facility_id and r.id = %1$I.request_id))
      with check (exists (select 1 from app.request r where r.facility_id = %1$I.facility_id and r.id = %1$I.request_id))$p$, t);
    execute format('create policy work on app.%I to worker using (true) with check (true)', t);
  end loop;
  foreach t in array array['deadline', 'queue_entry', 'verification'] loop
    execute format($p$create policy ours on app.%I to web_staff
      using (facility_id = any (array(select auth.my_facilities('{front_desk,clerk,supervisor,privacy_officer}'))))
      with check (facility_id = any (array(select auth.my_facilities('{front_desk,clerk,supervisor}'))))$p$, t);
  end loop;
  foreach t in array array['item', 'question', 'timeline'] loop
    execute format($p$create policy ours on app.%I for select to web_staff
      using (facility_id = any (array(select auth.my_facilities('{clerk,supervisor}'))))$p$, t);
  end loop;
  foreach t in array array['item', 'question'] loop
    execute format($p$create policy by_clerks on app.%I for update to web_staff
      using (facility_id = any (array(select auth.my_facilities('{clerk}'))))$p$, t);
  end loop;
  -- what is asked for, and until when, comes with the sending or the entry: later it is neither widened nor hurried
  foreach t in array array['deadline', 'item'] loop
    execute format($p$create policy when_sent on app.%1$I as restrictive for insert to web_patient
      with check (exists (select 1 from app.request r where r.facility_id = %1$I.facility_id and r.id = %1$I.request_id
        and r.received_at = now()))$p$, t);
  end loop;
end $$;
create policy when_entered on app.deadline as restrictive for insert to web_staff
  with check (exists (select 1 from app.request r where r.facility_id = deadline.facility_id and r.id = deadline.request_id
    and r.created_at = now()));
-- whoever enters a request names its parts, and decides nothing on them; a clerk divides "everything" into its kinds
create policy entered on app.item for insert to web_staff
  with check (status = 'pending' and facility_id = any (array(select auth.my_facilities('{front_desk,supervisor}')))
      and exists (select 1 from app.request r where r.facility_id = item.facility_id and r.id = item.request_id
        and r.created_at = now())
    or facility_id = any (array(select auth.my_facilities('{clerk}')))
      and exists (select 1 from app.request r where r.facility_id = item.facility_id and r.id = item.request_id
        and (r.scope = 'everything' or r.created_at = now())));
create policy asked on app.question for insert to web_staff with check (facility_id = any (array(select auth.my_facilities('{clerk}'))));
create policy by_clerks on app.verification as restrictive for update to web_staff using (true)
  with check (facility_id = any (array(select auth.my_facilities('{clerk}'))));
create policy told on app.timeline as restrictive for select to web_patient using (for_patient);
-- whoever does something says so, and what others did is for those who work the case
create policy happened on app.timeline for insert to web_staff
  with check (facility_id = any (array(select auth.my_facilities('{front_desk,clerk,supervisor}'))));

grant select, insert on app.deadline, app.queue_entry, app.timeline, app.item, app.verification to web_patient, web_staff;
grant select, insert, update (sealed, version, saved_at), delete on app.draft to web_patient;
grant select on app.question to web_patient;
grant update (status, answer, answered_by, answered_at) on app.question to web_patient, web_staff;
grant select, insert on app.question to web_staff;
grant update (open, headline, waiting_on, parts_done, parts_of) on app.queue_entry to web_patient, worker;
grant update (open, headline, waiting_on, parts_done, parts_of, assignee, assigned_at, first_touch_at) on app.queue_entry to web_staff;
grant update (status, facts, by_person, at) on app.item to web_staff;
grant update (method, evidence_kind, evidence_name, matched, identity_by, identity_at, agreeing, match_by, match_at) on app.verification to web_staff;
grant select on app.deadline, app.queue_entry, app.item, app.verification, app.question, app.timeline to worker;
grant insert on app.timeline to worker;

-- Who may know where a request stands: whoever asks, staff of its facility, the worker. Functions that look below the
-- policies ask it.
create function app.may_know(facility uuid, requester uuid) returns boolean language plpgsql stable security definer
set search_path = pg_catalog, app, pg_temp as $$
begin
  return case session_user when 'web_patient' then requester = auth.person_id()
    when 'web_staff' then facility = any (array(select auth.my_facilities('{front_desk,clerk,supervisor,privacy_officer}')))
    else session_user = 'worker' end;
end $$;

-- Whether an open page may have missed a change; null where the request is not there for whoever asks.
create function app.changed_since(facility uuid, of_request uuid, as_of xid8) returns boolean language plpgsql stable security definer
set search_path = pg_catalog, app, pg_temp as $$
begin
  return (select audit.changed_since(facility, of_request, as_of) from app.request r
    where r.facility_id = facility and r.id = of_request and app.may_know(r.facility_id, r.requester_id));
end $$;
grant execute on function app.changed_since to web_patient, web_staff;

-- Persons are seen by staff only where they have a request at one of their facilities, or work there. Of requests the
-- staff's login shows those to the roles that may know them, and a draft's requester to nobody.
create function app.at_my_facility(person uuid) returns boolean language plpgsql stable security definer
set search_path = pg_catalog, app, pg_temp as $$
begin
  return exists (select 1 from app.request r where r.requester_id = person
    and (r.status <> 'draft' or session_user <> 'web_staff')
    and r.facility_id = any (array(select auth.my_facilities(case session_user
      when 'web_staff' then '{front_desk,clerk,supervisor,privacy_officer}'::text[] end))));
end $$;
grant execute on function app.at_my_facility to web_staff, audit_reader;

-- Whom somebody asks about, by whole words of a name in any order, a date of birth or a number: what is open first, the
-- newest first. Its own function, since an index on words is of no use below a policy.
create function app.look_up(facility uuid, of_words text[], born date, of_number text, at_most int) returns setof uuid
language sql stable security definer set search_path = pg_catalog, app, pg_temp as $$
  select r.id from app.request r
  where r.facility_id = facility and r.status <> 'draft'
    and facility = any (array(select auth.my_facilities('{front_desk,clerk,supervisor}')))
    and (of_words is not null or born is not null or of_number is not null)
    and (of_words is null or string_to_array(r.name_folded, ' ') @> of_words)
    and (born is null or r.birth_date = born)
    and (of_number is null or r.number = of_number)
  order by r.status = 'closed', r.received_at desc, r.id limit at_most
$$;
grant execute on function app.look_up to web_staff;
-- who asks and who acted; how somebody is reached stands on their request
grant select (id, name) on app.person to web_staff, audit_reader;
reset role;

set local role auth_owner;
create function auth.colleague(person uuid) returns boolean language plpgsql stable security definer
set search_path = pg_catalog, auth, pg_temp as $$
begin
  return exists (select 1 from auth.role r where r.person_id = person and r.facility_id in (select auth.my_facilities()));
end $$;
grant execute on function auth.colleague to web_staff, audit_reader;
reset role;

set local role portal_owner;
create policy known on app.person for select to web_staff using (auth.colleague(id) or app.at_my_facility(id));
create policy named on app.person for select to audit_reader
  using (exists (select auth.my_facilities('{supervisor,privacy_officer,auditor}')) and (auth.colleague(id) or app.at_my_facility(id)));
reset role;
