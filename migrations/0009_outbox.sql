-- What is to be done afterwards: the outbox that acts write, notices and how their sending went, and the tickets by
-- which a form that comes twice is carried out once.
set local role portal_owner;

create table app.outbox (
  facility_id uuid not null,
  id uuid not null,
  task text not null constraint outbox_task check (task in ('account_mail', 'send_notice', 'build_package', 'undo_passed', 'close_request')),
  request_id uuid,
  subject uuid not null,
  not_before timestamptz,
  at timestamptz not null default now(),
  primary key (facility_id, id)
);
select app.protect('outbox', false);

create table app.notice (
  facility_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  kind text not null constraint notice_kind check (kind in ('n1', 'n2', 'n3', 'n8', 'n13')),
  language text not null,
  email text,                              -- null: a printable notice
  status text not null constraint notice_status check (status in ('waiting', 'sent', 'failed', 'printable', 'dropped')),
  failure text,
  tries int not null default 0,
  at timestamptz not null default now(),
  sent_at timestamptz,
  printed_at timestamptz,                  -- of a printable one: when somebody said that it is printed and mailed
  printed_by uuid,
  primary key (facility_id, id),
  foreign key (facility_id, request_id) references app.request (facility_id, id),
  constraint sent_has_a_time check ((status = 'sent') = (sent_at is not null)),
  constraint printed_has_a_person check ((printed_at is null) = (printed_by is null)),
  constraint only_a_letter_is_printed check (printed_at is null or status = 'printable')
);
create index notice_by_request on app.notice (facility_id, request_id, at);
create index notice_to_print on app.notice (facility_id, at, id) where status = 'printable' and printed_at is null;
select app.protect('notice');

-- Who printed a letter, and when, is who sits there and now, once.
create function app.guard_notice() returns trigger language plpgsql security definer set search_path = pg_catalog, app, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.printed_at := null; new.printed_by := null;
    return new;
  end if;
  if new.printed_at is distinct from old.printed_at then
    if old.printed_at is not null then raise exception 'printed already' using errcode = 'PT006'; end if;
    new.printed_at := now(); new.printed_by := auth.person_id();
  else
    new.printed_by := old.printed_by;
  end if;
  return new;
end $$;
create trigger guard_notice before insert or update on app.notice for each row execute function app.guard_notice();

create table app.done (
  person_id uuid not null,
  key uuid not null,
  act text not null,
  receipt jsonb,
  at timestamptz not null default now(),
  primary key (person_id, key)
);
create index done_by_time on app.done (at);
select app.protect('done', false);

grant insert on app.outbox to web_patient, web_staff, worker, auth_owner;
grant select, delete on app.outbox to relay;
create policy own on app.outbox for insert to web_patient with check (task in ('send_notice', 'undo_passed', 'close_request')
  and exists (select 1 from app.request r where r.facility_id = outbox.facility_id and r.id = outbox.request_id));
create policy ours on app.outbox for insert to web_staff with check (task <> 'account_mail'
  and facility_id = any (array(select auth.my_facilities('{front_desk,clerk,supervisor}'))));
create policy put on app.outbox for insert to worker, auth_owner with check (true);
create policy take on app.outbox to relay using (true);

-- when it was written is the database's to say
grant select, insert (facility_id, id, request_id, kind, language, email, status) on app.notice to web_patient, web_staff, worker;
grant update (status, failure, tries, sent_at) on app.notice to worker;
grant update (status) on app.notice to web_patient;
grant update (printed_at) on app.notice to web_staff;
create policy own on app.notice to web_patient
  using (exists (select 1 from app.request r where r.facility_id = notice.facility_id and r.id = notice.request_id))
  with check (status in ('waiting', 'printable', 'dropped')
    and exists (select 1 from app.request r where r.facility_id = notice.facility_id and r.id = notice.request_id));
create policy ours on app.notice to web_staff
  using (facility_id = any (array(select auth.my_facilities('{front_desk,clerk,supervisor}'))))
  with check (status in ('waiting', 'printable') and facility_id = any (array(select auth.my_facilities('{front_desk,clerk,supervisor}'))));
create policy work on app.notice to worker using (true) with check (true);

grant select, insert, update (receipt) on app.done to web_patient, web_staff;
create policy own on app.done to web_patient, web_staff
  using (person_id = (select auth.person_id())) with check (person_id = (select auth.person_id()));
grant select, delete on app.done to worker;
create policy sweep on app.done to worker using (at < now() - interval '2 days');
reset role;
