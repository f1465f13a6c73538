-- What may follow what, and under which login: '' is the beginning. A statement cannot forge session_user. Who built,
-- who checked, who verified and who decided is who sits there, not what a statement says.
set local role portal_owner;

create table app.fsm (
  aggregate text not null,
  from_s text not null,
  to_s text not null,
  login name not null,
  primary key (aggregate, from_s, to_s, login)
);
select app.protect('fsm', false);
insert into app.fsm (aggregate, from_s, to_s, login) values
  ('request', '', 'draft', 'web_patient'), ('request', '', 'open', 'web_staff'),
  ('request', 'draft', 'open', 'web_patient'), ('request', 'open', 'closed', 'web_patient'), ('request', 'closed', 'open', 'web_patient'),
  ('request', 'open', 'closed', 'worker'),
  ('item', '', 'pending', 'web_patient'), ('item', '', 'pending', 'web_staff'), ('item', '', 'located', 'web_staff'),
  ('item', 'pending', 'located', 'web_staff'), ('item', 'located', 'approved', 'web_staff'),
  ('item', 'pending', 'not_found', 'web_staff'), ('item', 'located', 'not_found', 'web_staff'),
  ('item', 'pending', 'held_elsewhere', 'web_staff'), ('item', 'located', 'held_elsewhere', 'web_staff'),
  ('item', 'approved', 'located', 'web_staff'), ('item', 'approved', 'pending', 'web_staff'), ('item', 'located', 'pending', 'web_staff'), ('item', 'not_found', 'pending', 'web_staff'), ('item', 'held_elsewhere', 'pending', 'web_staff'),
  ('question', '', 'open', 'web_staff'), ('question', 'open', 'answered', 'web_patient'), ('question', 'open', 'answered', 'web_staff'),
  ('package', '', 'building', 'web_staff'), ('package', 'building', 'built', 'worker'), ('package', 'building', 'failed', 'worker'),
  ('package', 'built', 'checking', 'web_staff'), ('package', 'built', 'returned', 'web_staff'),
  ('package', 'checking', 'released', 'web_staff'), ('package', 'checking', 'returned', 'web_staff'), ('package', 'released', 'recalled', 'web_staff'),
  ('delivery', '', 'offered', 'web_staff'), ('delivery', 'offered', 'opened', 'web_patient'), ('delivery', 'offered', 'collected', 'web_staff'),
  ('blob', '', 'staging', 'web_patient'), ('blob', '', 'staging', 'web_staff'), ('blob', '', 'staging', 'worker'),
  ('blob', 'staging', 'kept', 'web_patient'), ('blob', 'staging', 'kept', 'web_staff'), ('blob', 'staging', 'kept', 'worker');

create function app.guard() returns trigger language plpgsql security definer set search_path = pg_catalog, app, pg_temp as $$
declare was text := case tg_op when 'INSERT' then '' else old.status end;
begin
  if new.status is distinct from was and not exists (select 1 from app.fsm
      where aggregate = tg_argv[0] and from_s = was and to_s = new.status and login = session_user) then
    raise exception 'illegal transition of %: % -> %', tg_argv[0], was, new.status using errcode = 'PT006';
  end if;
  new.version := case tg_op when 'INSERT' then 1 else old.version + 1 end;
  return new;
end $$;
-- Named so that it runs before the guards that look at one aggregate: triggers run by name.
do $$ declare t text; begin
  foreach t in array array['request', 'item', 'question', 'package', 'delivery', 'blob'] loop
    execute format('create trigger guard before insert or update on app.%I for each row execute function app.guard(%L)', t, t);
  end loop;
end $$;

create function app.guard_request() returns trigger language plpgsql security definer set search_path = pg_catalog, app, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.entered_by := case session_user when 'web_staff' then auth.person_id() end;
    new.created_at := now(); new.undo_until := null; new.closed_at := null; new.patient_id := null;
    -- a signature is given when a draft is sent
    new.signed_name := null; new.signed_statement := null; new.signed_at := null;
    if session_user = 'web_patient' then
      new.channel := 'portal'; new.received_at := null; new.entered_at := null; new.late_entry_reason := null;
    elsif session_user = 'web_staff' then
      new.entered_at := now();
    end if;
    return new;
  end if;
  new.requester_id := old.requester_id; new.number := old.number; new.channel := old.channel; new.entered_by := old.entered_by;
  -- the true receipt starts the clock once; what comes through the portal is received when it is sent
  if session_user = 'web_patient' then
    new.received_at := case when old.status = 'draft' and new.status = 'open' then now() else old.received_at end;
    new.entered_at := case when old.status = 'draft' and new.status = 'open' then now() else old.entered_at end;
    if old.status = 'draft' and new.status = 'open' then
      new.signed_at := case when new.signed_name is not null then now() end;
    end if;
  elsif old.received_at is not null then new.received_at := old.received_at; end if;
  -- what was signed does not change afterwards; the office corrects how somebody is reached and nothing else
  if old.status <> 'draft' and ((new.patient_name, new.name_folded, new.former_names, new.birth_date, new.record_number, new.language,
      new.scope, new.categories, new.from_date, new.to_date, new.delivery, new.help, new.signed_name, new.signed_statement, new.signed_at)
    is distinct from (old.patient_name, old.name_folded, old.former_names, old.birth_date, old.record_number, old.language,
      old.scope, old.categories, old.from_date, old.to_date, old.delivery, old.help, old.signed_name, old.signed_statement, old.signed_at)
    or session_user <> 'web_staff' and (new.email, new.phone, new.postal) is distinct from (old.email, old.phone, old.postal)) then
    raise exception 'a sent request does not change' using errcode = 'PT006';
  end if;
  -- how a request ended comes with its end; how long it can be undone is not for whoever undoes it to say
  if new.status <> old.status then
    new.undo_until := case when new.outcome = 'withdrawn' then now() + interval '15 minutes' end;
    new.closed_at := case when new.status <> 'closed' then null when session_user = 'web_patient' then now() else new.closed_at end;
  elsif (new.outcome, new.undo_until, new.closed_at) is distinct from (old.outcome, old.undo_until, old.closed_at) then
    raise exception 'an outcome comes with the end' using errcode = 'PT006';
  end if;
  if old.status = 'closed' and new.status = 'open' and (old.outcome <> 'withdrawn' or old.undo_until is null or old.undo_until < now()) then
    raise exception 'the undo is over' using errcode = 'PT006';
  end if;
  -- what was released is not taken back, and nothing else ends as if it had been
  if session_user = 'web_patient' and old.status = 'open' and new.status = 'closed' then
    if exists (select 1 from app.package p where p.facility_id = old.facility_id and p.request_id = old.id and p.status = 'released') then
      if new.outcome = 'withdrawn' then raise exception 'released already' using errcode = 'PT006'; end if;
    elsif new.outcome <> 'withdrawn' then
      raise exception 'nothing was released' using errcode = 'PT006';
    end if;
  end if;
  -- whose chart it is, a clerk of the facility says; the front desk and the supervisor read the request
  if new.patient_id is distinct from old.patient_id and session_user = 'web_staff'
      and old.facility_id <> all (array(select auth.my_facilities('{clerk}'))) then
    raise exception 'a clerk matches' using errcode = 'PT006';
  end if;
  -- a chart stands under the name of whoever chose it: the match is said before it, in the same transaction
  if new.patient_id is distinct from old.patient_id and session_user = 'web_staff' and not exists (select 1 from app.verification v
      where v.facility_id = old.facility_id and v.request_id = old.id and case when new.patient_id is null then v.match_at is null
        else v.match_by = auth.person_id() and v.match_at = now() end) then
    raise exception 'whoever matches says so' using errcode = 'PT006';
  end if;
  if new.patient_id is distinct from old.patient_id and exists (select 1 from app.package p where p.facility_id = old.facility_id
      and p.request_id = old.id and p.status in ('building', 'built', 'checking', 'released', 'recalled')) then
    raise exception 'a package stands on this match' using errcode = 'PT006';
  end if;
  return new;
end $$;
create trigger guard_request before insert or update on app.request for each row execute function app.guard_request();

-- A question carries words of whoever asks or answers, written about this very request: its patient may read them.
create function app.guard_question() returns trigger language plpgsql security definer set search_path = pg_catalog, app, pg_temp as $$
declare words uuid := case tg_op when 'INSERT' then new.message else new.answer end;
begin
  if tg_op = 'INSERT' then
    new.asked_by := auth.person_id(); new.asked_at := now();
    new.answer := null; new.answered_by := null; new.answered_at := null;
  elsif new.status = old.status then
    if (new.answer, new.answered_by, new.answered_at) is distinct from (old.answer, old.answered_by, old.answered_at) then
      raise exception 'an answer is given once' using errcode = 'PT006'; end if;
    return new;
  else
    new.answered_by := auth.person_id(); new.answered_at := now();
  end if;
  if words is not null and not exists (select 1 from app.blob b join vault.key k on k.facility_id = b.facility_id and k.blob = b.id
      where b.facility_id = new.facility_id and b.id = words and b.kind = 'words' and b.status = 'kept'
        and b.by_person = auth.person_id() and k.owner = new.request_id) then
    raise exception 'not words about this request' using errcode = 'PT006'; end if;
  return new;
end $$;
create trigger guard_question before insert or update on app.question for each row execute function app.guard_question();

create function app.guard_item() returns trigger language plpgsql security definer set search_path = pg_catalog, app, pg_temp as $$
begin
  if tg_op = 'UPDATE' then new.request_id := old.request_id; end if;
  if tg_op = 'UPDATE' and old.status = new.status then
    if new.status not in ('pending', 'located') and new.facts is distinct from old.facts then
      raise exception 'decided already' using errcode = 'PT006'; end if;
    new.by_person := old.by_person; new.at := old.at;
  else
    new.by_person := case when new.status = 'pending' then null else auth.person_id() end;
    new.at := case when new.status = 'pending' then null else now() end;
  end if;
  if exists (select 1 from app.package p where p.facility_id = new.facility_id and p.request_id = new.request_id
      and p.status in ('building', 'built', 'checking', 'released')) then
    raise exception 'a package stands on these decisions' using errcode = 'PT006';
  end if;
  return new;
end $$;
create trigger guard_item before insert or update on app.item for each row execute function app.guard_item();

create function app.guard_verification() returns trigger language plpgsql security definer set search_path = pg_catalog, app, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.version := 1; new.method := null; new.evidence_kind := null; new.matched := '{}'; new.identity_by := null; new.identity_at := null;
    new.match_by := null; new.match_at := null; new.agreeing := '{}';
    return new;
  end if;
  new.version := old.version + 1;
  if (new.method, new.evidence_kind, new.evidence_name, new.matched) is distinct from (old.method, old.evidence_kind, old.evidence_name, old.matched) then
    new.identity_by := case when new.method is null then null else auth.person_id() end;
    new.identity_at := case when new.method is null then null else now() end;
    if new.method = 'photo_compared' and not exists (select 1 from app.evidence e
        where e.facility_id = new.facility_id and e.request_id = new.request_id and e.kind = 'identity') then
      raise exception 'no picture' using errcode = 'PT006'; end if;
  else
    new.identity_by := old.identity_by; new.identity_at := old.identity_at;
  end if;
  if (new.match_at, new.agreeing) is distinct from (old.match_at, old.agreeing) then
    new.match_by := case when new.match_at is null then null else auth.person_id() end;
    new.match_at := case when new.match_at is null then null else now() end;
  else
    new.match_by := old.match_by;
  end if;
  return new;
end $$;
create trigger guard_verification before insert or update on app.verification for each row execute function app.guard_verification();

-- A clerk takes a case, or gives it back: nobody is given one. Whoever has it works it, so it is whoever sits there, from now
-- on; the first touch is the first time that somebody took it.
create function app.guard_queue_entry() returns trigger language plpgsql security definer set search_path = pg_catalog, app, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.assignee := null; new.assigned_at := null; new.first_touch_at := null;
    return new;
  end if;
  new.assigned_at := old.assigned_at; new.first_touch_at := old.first_touch_at;
  if new.assignee is distinct from old.assignee then
    if old.facility_id <> all (array(select auth.my_facilities('{clerk}'))) or new.assignee <> auth.person_id() then
      raise exception 'a clerk takes a case or gives it back' using errcode = 'PT006'; end if;
    new.assigned_at := case when new.assignee is not null then now() end;
    if new.assignee is not null then new.first_touch_at := coalesce(old.first_touch_at, now()); end if;
  end if;
  return new;
end $$;
create trigger guard_queue_entry before insert or update on app.queue_entry for each row execute function app.guard_queue_entry();

create function app.guard_package() returns trigger language plpgsql security definer set search_path = pg_catalog, app, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.builder := auth.person_id(); new.checker := null; new.pages := null; new.failure := null;
    new.created_at := now(); new.built_at := null; new.handed_over_at := null; new.released_at := null;
    -- a form of an earlier package names a version that none of this one has
    new.version := coalesce((select max(p.version) from app.package p
      where p.facility_id = new.facility_id and p.request_id = new.request_id), 0) + 1;
    if exists (select 1 from app.item i where i.facility_id = new.facility_id and i.request_id = new.request_id and i.status in ('pending', 'located')) then
      raise exception 'undecided items' using errcode = 'PT006'; end if;
    if not exists (select 1 from app.verification v join app.request r on r.facility_id = v.facility_id and r.id = v.request_id
        where v.facility_id = new.facility_id and v.request_id = new.request_id and v.identity_at is not null
          and v.match_at is not null and r.patient_id = new.patient_id and r.requester_id is distinct from auth.person_id()) then
      raise exception 'not verified, or one''s own' using errcode = 'PT006'; end if;
    return new;
  end if;
  new.builder := old.builder; new.request_id := old.request_id; new.patient_id := old.patient_id; new.letter_alone := old.letter_alone;
  new.handed_over_at := old.handed_over_at; new.released_at := old.released_at;
  if new.pages is distinct from old.pages and old.status <> 'building' then
    raise exception 'a built package does not change' using errcode = 'PT006'; end if;
  new.checker := case when old.status = 'checking' and new.status <> 'checking' then auth.person_id() else old.checker end;
  -- other newer versions stop nothing: lists change with every import, and the copy must still get out
  if (old.status, new.status) in (('built', 'checking'), ('checking', 'released')) and exists (select 1 from app.package_document c
      join app.document d on d.facility_id = c.facility_id and d.id = c.document_id
      join app.document n on n.facility_id = d.facility_id and n.source = d.source and n.kind = d.kind and n.source_id = d.source_id
      where c.facility_id = old.facility_id and c.package_id = old.id and n.current
        and (n.status = 'entered_in_error' or n.patient_id <> d.patient_id)) then
    raise exception 'taken back since' using errcode = 'PT006'; end if;
  if old.status = 'built' and new.status = 'checking' then
    if auth.person_id() is distinct from old.builder then raise exception 'the builder hands over' using errcode = 'PT006'; end if;
    if exists (select 1 from app.package_finding g where g.facility_id = old.facility_id and g.package_id = old.id
        and g.kind <> 'confirmed' and g.overridden_by is null)
      or exists (select 1 from app.package_page g where g.facility_id = old.facility_id and g.package_id = old.id
        and not exists (select 1 from app.package_finding f where f.facility_id = g.facility_id and f.package_id = g.package_id and f.page = g.n)) then
      raise exception 'page check open' using errcode = 'PT006'; end if;
    new.handed_over_at := now();
  end if;
  if new.status = 'released' and old.status = 'checking' then
    if not exists (select 1 from app.verification v join app.request r on r.facility_id = v.facility_id and r.id = v.request_id
        where v.facility_id = old.facility_id and v.request_id = old.request_id and v.identity_at is not null and v.match_at is not null
          and r.status = 'open' and r.patient_id = old.patient_id and r.requester_id is distinct from auth.person_id()) then
      raise exception 'not verified, or one''s own' using errcode = 'PT006'; end if;
    if exists (select 1 from app.package_page g where g.facility_id = old.facility_id and g.package_id = old.id
        and not exists (select 1 from app.page_seen s where s.facility_id = g.facility_id and s.package_id = g.package_id
          and s.n = g.n and s.person_id = auth.person_id())) then
      raise exception 'unseen pages' using errcode = 'PT006'; end if;
    if exists (select 1 from app.package_file f where f.facility_id = old.facility_id and f.package_id = old.id
        and f.role = 'beside' and not exists (select 1 from app.opening o where o.facility_id = f.facility_id
          and o.blob = f.blob and o.person_id = auth.person_id())) then
      raise exception 'unseen files' using errcode = 'PT006'; end if;
    if exists (select 1 from app.package_finding g where g.facility_id = old.facility_id and g.package_id = old.id
        and g.overridden_by = auth.person_id()) then
      raise exception 'the checker answered for a finding' using errcode = 'PT006'; end if;
    if not exists (select 1 from app.package_file f where f.facility_id = old.facility_id and f.package_id = old.id) then
      raise exception 'no files' using errcode = 'PT006'; end if;
    new.released_at := now();
  end if;
  return new;
end $$;
create trigger guard_package before insert or update on app.package for each row execute function app.guard_package();

-- What was built stays as it was built.
create function app.guard_building() returns trigger language plpgsql security definer set search_path = pg_catalog, app, pg_temp as $$
begin
  if not exists (select 1 from app.package p where p.facility_id = new.facility_id and p.id = new.package_id and p.status = 'building') then
    raise exception 'a built package does not change' using errcode = 'PT006'; end if;
  return new;
end $$;
create trigger guard_building before insert on app.package_file for each row execute function app.guard_building();
create trigger guard_building before insert on app.package_page for each row execute function app.guard_building();
create trigger guard_building before insert on app.package_finding for each row execute function app.guard_building();
create trigger guard_building before insert on app.package_document for each row execute function app.guard_building();

-- What goes in is of a part of this very request, and the part is approved.
create function app.guard_content() returns trigger language plpgsql security definer set search_path = pg_catalog, app, pg_temp as $$
begin
  if not exists (select 1 from app.package p join app.item i on i.facility_id = p.facility_id and i.request_id = p.request_id
      where p.facility_id = new.facility_id and p.id = new.package_id and i.id = new.item_id and i.status = 'approved') then
    raise exception 'not of an approved part' using errcode = 'PT006'; end if;
  if exists (select 1 from app.package p join app.left_out l on l.facility_id = p.facility_id and l.request_id = p.request_id
      join app.document o on o.facility_id = l.facility_id and o.id = l.document_id
      join app.document d on d.facility_id = o.facility_id and d.source = o.source and d.kind = o.kind and d.source_id = o.source_id
      where p.facility_id = new.facility_id and p.id = new.package_id and d.id = new.document_id) then
    raise exception 'it is left out' using errcode = 'PT006'; end if;
  return new;
end $$;
create trigger guard_content before insert on app.package_document for each row execute function app.guard_content();

-- What is left out is of the matched chart, and nothing is chosen anew while a package carries the choice.
create function app.guard_left_out() returns trigger language plpgsql security definer set search_path = pg_catalog, app, pg_temp as $$
declare of_request uuid := case tg_op when 'DELETE' then old.request_id else new.request_id end;
  at_facility uuid := case tg_op when 'DELETE' then old.facility_id else new.facility_id end;
begin
  if exists (select 1 from app.package p where p.facility_id = at_facility and p.request_id = of_request
      and p.status in ('building', 'built', 'checking', 'released')) then
    raise exception 'a package stands on this choice' using errcode = 'PT006'; end if;
  if tg_op = 'DELETE' then return old; end if;
  new.by_person := auth.person_id(); new.at := now();
  if not exists (select 1 from app.request r join app.document d on d.facility_id = r.facility_id and d.patient_id = r.patient_id
      where r.facility_id = new.facility_id and r.id = new.request_id and d.id = new.document_id) then
    raise exception 'not in the matched chart' using errcode = 'PT006'; end if;
  return new;
end $$;
create trigger guard_left_out before insert or delete on app.left_out for each row execute function app.guard_left_out();

create function app.guard_finding() returns trigger language plpgsql security definer set search_path = pg_catalog, app, pg_temp as $$
begin
  new.kind := old.kind; new.page := old.page; new.overridden_by := auth.person_id(); new.overridden_at := now();
  if not exists (select 1 from app.package p where p.facility_id = old.facility_id and p.id = old.package_id and p.status = 'built') then
    raise exception 'not while it is checked' using errcode = 'PT006'; end if;
  return new;
end $$;
create trigger guard_finding before update on app.package_finding for each row execute function app.guard_finding();

create function app.guard_seen() returns trigger language plpgsql security definer set search_path = pg_catalog, app, pg_temp as $$
begin
  new.person_id := auth.person_id(); new.at := now();
  if not exists (select 1 from app.package p where p.facility_id = new.facility_id and p.id = new.package_id and p.status = 'checking') then
    raise exception 'nothing to check' using errcode = 'PT006'; end if;
  return new;
end $$;
create trigger guard_seen before insert on app.page_seen for each row execute function app.guard_seen();

create function app.guard_delivery() returns trigger language plpgsql security definer set search_path = pg_catalog, app, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if not exists (select 1 from app.package p where p.facility_id = new.facility_id and p.id = new.package_id and p.status = 'released') then
      raise exception 'not released' using errcode = 'PT006'; end if;
    new.offered_at := now(); new.opened_at := null; new.printed_by := null; new.printed_at := null; new.handed_by := null;
    new.evidence_kind := null; new.evidence_name := null; new.signed_name := null; new.collected_at := null;
    return new;
  end if;
  new.recipient_id := old.recipient_id; new.package_id := old.package_id; new.way := old.way;
  -- it is opened, printed and handed out once each: what was written then stays
  new.opened_at := case when new.status = 'opened' and old.status <> 'opened' then now() else old.opened_at end;
  if old.printed_at is null and new.printed_at is not null then
    new.printed_by := auth.person_id(); new.printed_at := now();
  else
    new.printed_by := old.printed_by; new.printed_at := old.printed_at;
  end if;
  if new.status = 'collected' and old.status <> 'collected' then
    new.handed_by := auth.person_id(); new.collected_at := now();
  else
    new.handed_by := old.handed_by; new.collected_at := old.collected_at; new.evidence_kind := old.evidence_kind;
    new.evidence_name := old.evidence_name; new.signed_name := old.signed_name;
  end if;
  return new;
end $$;
create trigger guard_delivery before insert or update on app.delivery for each row execute function app.guard_delivery();

-- Who sent a copy back, and when.
create function app.guard_return() returns trigger language plpgsql security definer set search_path = pg_catalog, app, pg_temp as $$
begin
  new.by_person := auth.person_id(); new.at := now();
  return new;
end $$;
create trigger guard_return before insert on app.package_return for each row execute function app.guard_return();

-- By whom, and when; nobody, where the worker writes. A patient's login tells what patients do, and of an end, an answer and
-- a letter what is so, and nothing beside it: a page that could not read an entry would show nothing of the case, and what an
-- entry names is kept.
create function app.guard_timeline() returns trigger language plpgsql security definer set search_path = pg_catalog, app, pg_temp as $$
declare what text := new.entry ->> 'entry';
begin
  new.by_person := auth.person_id(); new.at := now();
  if session_user <> 'web_patient' then return new; end if;
  if what in ('request.drafted', 'request.submitted', 'request.withdrawn', 'request.withdrawal_undone', 'evidence.received',
      'delivery.opened') then
    new.entry := jsonb_build_object('entry', what); return new; end if;
  if what = 'request.closed' and exists (select 1 from app.request r
      where r.facility_id = new.facility_id and r.id = new.request_id and r.outcome = new.entry ->> 'outcome') then
    new.entry := jsonb_build_object('entry', what, 'outcome', new.entry -> 'outcome'); return new; end if;
  if what = 'info.received' and new.entry -> 'by_desk' = 'false'::jsonb and exists (select 1 from app.question q
      where q.facility_id = new.facility_id and q.request_id = new.request_id and q.status = 'answered'
        and q.id::text = new.entry ->> 'question' and q.answer::text is not distinct from new.entry ->> 'answer') then
    new.entry := jsonb_build_object('entry', what, 'question', new.entry -> 'question', 'by_desk', false,
      'answer', new.entry -> 'answer');
    return new; end if;
  if what = 'notice.printable' and exists (select 1 from app.notice n
      where n.facility_id = new.facility_id and n.request_id = new.request_id
        and n.id::text = new.entry ->> 'notice' and n.kind = new.entry ->> 'kind') then
    new.entry := jsonb_build_object('entry', what, 'kind', new.entry -> 'kind', 'notice', new.entry -> 'notice');
    return new; end if;
  raise exception 'nothing that a patient does' using errcode = 'PT006';
end $$;
create trigger guard_timeline before insert on app.timeline for each row execute function app.guard_timeline();
reset role;
