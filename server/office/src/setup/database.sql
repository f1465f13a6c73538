-- Once per database, as a superuser; safe to run again.
revoke all on schema public from public;
grant usage, create on schema public to portal_migrate;          -- the migrations' own bookkeeping
do $$ begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to web_auth, web_patient, web_staff, worker, relay, audit_reader, operator, portal_migrate', current_database());
  -- the job library says "create schema if not exists" before it migrates, which asks for this right though the schema is there
  execute format('grant create on database %I to jobs_owner', current_database());
end $$;
create schema if not exists app authorization portal_owner;
create schema if not exists auth authorization auth_owner;
create schema if not exists audit authorization audit_owner;
create schema if not exists vault authorization vault_owner;
create schema if not exists graphile_worker authorization jobs_owner;
grant usage on schema app to web_patient, web_staff, worker, relay, audit_reader, operator, auth_owner, audit_owner, vault_owner;
grant usage on schema auth to web_auth, web_patient, web_staff, worker, audit_reader, operator, portal_owner, audit_owner, vault_owner;
grant usage on schema audit to web_patient, web_staff, worker, relay, audit_reader, operator, portal_owner, auth_owner, portal_migrate;
grant usage on schema vault to web_patient, web_staff, worker;
grant usage on schema graphile_worker to worker, relay;
alter default privileges for role portal_owner, auth_owner, audit_owner, vault_owner, jobs_owner revoke execute on functions from public;
