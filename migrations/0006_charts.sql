-- Charts: everything held about one patient. Documents are versions of immutable bytes; resources are kept as they came.
set local role portal_owner;

create table app.patient (
  facility_id uuid not null references app.facility,
  id uuid not null,
  source text not null,                    -- the system that the chart came from
  source_id text not null,
  name text not null,                      -- as it is shown
  family text not null,
  given text not null,
  birth_date date,
  deceased_on date,
  sex text,
  record_number text,
  phone text,
  email text,
  postal text,
  language text,
  digest bytea not null,                   -- of what is kept here: an import that changes nothing finds it equal
  version int not null default 1,
  primary key (facility_id, id),
  constraint one_chart_per_source unique (facility_id, source, source_id)
);
create index patient_by_birth_date on app.patient (facility_id, birth_date) include (family, given);
create index patient_by_record_number on app.patient (facility_id, record_number);
select app.protect('patient');

-- Every name a chart is known by, folded for search: lower case, without accents and punctuation, and by its sound.
create table app.patient_name (
  facility_id uuid not null,
  patient_id uuid not null,
  n int not null,
  use text not null,                       -- official, usual, maiden, old, nickname …
  name text not null,
  family_folded text not null,
  given_folded text not null,
  family_sound text not null,
  given_sound text not null,
  primary key (facility_id, patient_id, n),
  foreign key (facility_id, patient_id) references app.patient (facility_id, id)
);
create index patient_by_sound on app.patient_name (facility_id, family_sound, given_sound);
create index patient_by_family on app.patient_name (facility_id, family_folded, given_folded);
select app.protect('patient_name');

create table app.patient_identifier (
  facility_id uuid not null,
  patient_id uuid not null,
  n int not null,
  kind text not null,
  system text not null,
  value text not null,
  primary key (facility_id, patient_id, n),
  foreign key (facility_id, patient_id) references app.patient (facility_id, id)
);
create index patient_by_identifier on app.patient_identifier (facility_id, value);
select app.protect('patient_identifier');

create table app.encounter (
  facility_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  source text not null,
  source_id text not null,
  kind text not null,
  from_at timestamptz,                     -- where only the day is known: when that day begins
  to_at timestamptz,
  site text,
  primary key (facility_id, id),
  constraint one_encounter_per_source unique (facility_id, source, source_id),
  unique (facility_id, id, patient_id),
  foreign key (facility_id, patient_id) references app.patient (facility_id, id)
);
create index encounter_by_patient on app.encounter (facility_id, patient_id, from_at desc);
select app.protect('encounter');

create table app.resource (
  facility_id uuid not null,
  source text not null,
  kind text not null,
  source_id text not null,
  version int not null,
  id uuid not null,                        -- what its key and its bytes are bound to
  patient_id uuid,                         -- null: a person, place or definition that charts refer to, nobody's record
  digest bytea not null,
  wrapped bytea not null,                  -- its key, wrapped by the chart's or, of what is nobody's, the facility's
  sealed bytea not null,                   -- as it came: sealed chunks, one behind the other
  at timestamptz not null default now(),
  primary key (facility_id, source, kind, source_id, version),
  foreign key (facility_id, patient_id) references app.patient (facility_id, id)
);
alter table app.resource alter sealed set storage external;
select app.protect('resource');

create table app.document (
  facility_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  source text not null,
  kind text not null,                      -- what it is made of, and from which: the same document over its versions
  source_id text not null,
  version int not null,
  current boolean not null,
  encounter_id uuid,
  category text not null,
  title text not null,
  dated date,                              -- the first day that it is about
  until date,                              -- the last day; null: not known, or what it says still holds
  from_at timestamptz,
  to_at timestamptz,
  author text,
  site text,
  status text not null,                    -- final, preliminary, amended, entered_in_error … as the source says
  language text,
  labels text[] not null default '{}',     -- sensitivity, as the source says
  made_of text[] not null default '{}',    -- type/id of what it stands on: a bundle without what still counts makes no next version
  media_type text not null,
  pages int,                               -- null where the bytes have none
  bytes bigint not null,
  has_text boolean not null,
  digest bytea not null,                   -- of the source, the page and the converter: an import that changes nothing finds it equal
  blob uuid not null,
  at timestamptz not null default now(),
  primary key (facility_id, id),
  unique (facility_id, id, patient_id),
  constraint one_version_each unique (facility_id, source, kind, source_id, version),
  constraint days_in_order check (until >= dated),
  foreign key (facility_id, patient_id) references app.patient (facility_id, id),
  foreign key (facility_id, encounter_id, patient_id) references app.encounter (facility_id, id, patient_id),
  foreign key (facility_id, blob) references app.blob (facility_id, id)
);
create unique index one_current_version on app.document (facility_id, source, kind, source_id) where current;
create index document_by_patient on app.document (facility_id, patient_id, dated desc, id) where current;
select app.protect('document');

alter table app.request add foreign key (facility_id, patient_id) references app.patient (facility_id, id);

-- Patients have no policy here: what reaches them is a delivery. The front desk sees no chart.
do $$ declare t text; begin
  foreach t in array array['patient', 'patient_name', 'patient_identifier', 'encounter', 'document'] loop
    execute format('grant select on app.%I to web_staff', t);
    execute format($p$create policy ours on app.%I for select to web_staff
      using (facility_id = any (array(select auth.my_facilities('{clerk,supervisor}'))))$p$, t);
  end loop;
  foreach t in array array['patient', 'patient_name', 'patient_identifier', 'encounter', 'resource', 'document'] loop
    execute format('grant select, insert on app.%I to worker', t);
    execute format('create policy work on app.%I to worker using (true) with check (true)', t);
  end loop;
end $$;
grant update (name, family, given, birth_date, deceased_on, sex, record_number, phone, email, postal, language, digest, version) on app.patient to worker;
grant update (kind, from_at, to_at, site) on app.encounter to worker;
grant update (current) on app.document to worker;
grant delete on app.patient_name, app.patient_identifier to worker;
reset role;
