-- Once per cluster, as a superuser; safe to run again. Logins belong to the cluster, so no migration makes them.
do $$ declare r text; begin
  -- own a schema each; nobody signs in as they
  foreach r in array array['portal_owner','auth_owner','audit_owner','vault_owner','jobs_owner'] loop
    if not exists (select from pg_roles where rolname = r) then execute format('create role %I nologin', r); end if;
  end loop;
  foreach r in array array[
    'web_auth',        -- signs in, registers, opens and ends sessions: functions of auth only
    'web_patient',     -- acts of patients
    'web_staff',       -- acts of the staff roles
    'worker',          -- import, package builds, mail, timers; runs the jobs
    'relay',           -- links the trail, hands the outbox to the jobs, notifies
    'audit_reader',    -- the trail's page and its verification
    'operator',        -- the command line: facilities, first people and roles
    'portal_migrate'   -- the deploy step
  ] loop
    if not exists (select from pg_roles where rolname = r) then
      execute format('create role %I login noinherit nobypassrls', r);
    end if;
    if r in ('web_auth','web_patient','web_staff','audit_reader') then
      execute format('alter role %I set statement_timeout = %L', r, '5s');
      execute format('alter role %I set lock_timeout = %L', r, '2s');
      execute format('alter role %I set idle_in_transaction_session_timeout = %L', r, '10s');
    end if;
  end loop;
end $$;
grant portal_owner, auth_owner, audit_owner, vault_owner, jobs_owner to portal_migrate;
