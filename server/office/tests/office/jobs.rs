use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use office::{
    Desk,
    jobs::{Again, Handler, Handlers, Job, Task},
};
use tokio::{sync::watch, task::JoinHandle, time::Instant};
use uuid::Uuid;

use crate::people::Hospital;

/// A handler whose first tries fail, and which remembers each.
#[derive(Clone)]
struct Flaky {
    fails: usize,
    tried: Arc<Mutex<Vec<Job>>>,
}

impl Handler for Flaky {
    const TASK: Task = Task::AccountMail;

    async fn run(&self, _: &Arc<Desk>, job: Job) -> Result<(), Again> {
        let mut tried = self.tried.lock().unwrap();
        tried.push(job);
        if tried.len() <= self.fails { Err(Again("not_yet")) } else { Ok(()) }
    }
}

/// A worker whose handler fails that often before it does anything, and what stops it.
fn at_work(hospital: &Hospital, fails: usize) -> (Flaky, watch::Sender<bool>, JoinHandle<()>) {
    let flaky = Flaky { fails, tried: Arc::default() };
    let (stop, stopped) = watch::channel(false);
    let desk = Arc::clone(hospital.desk());
    let handlers = Handlers::default().with(flaky.clone());
    (flaky, stop, tokio::spawn(async move { desk.run_jobs(&handlers, stopped).await }))
}

async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let began = Instant::now();
    while !holds().await {
        assert!(began.elapsed() < Duration::from_secs(30), "{what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn asked(hospital: &Hospital, id: Uuid) {
    let put = format!(
        "insert into app.outbox (facility_id, id, task, subject) values ('{}', '{id}', 'account_mail', '{id}')",
        hospital.facility
    );
    hospital.at.says("worker", &put).await.unwrap();
    hospital.desk().relay_tick().await.unwrap();
}

#[tokio::test]
async fn what_the_outbox_holds_is_done_once_and_tried_again_where_it_failed() {
    let hospital = Hospital::new().await;
    let (flaky, stop, running) = at_work(&hospital, 1);
    let id = Uuid::from_u128(5);
    asked(&hospital, id).await;
    until("the second try", async || flaky.tried.lock().unwrap().len() == 2).await;
    let left = "select count(*)::text from graphile_worker._private_jobs";
    until("the job to be let go", async || hospital.at.says("postgres", left).await.unwrap() == ["0"]).await;
    stop.send(true).unwrap();
    tokio::time::timeout(Duration::from_secs(20), running).await.expect("it ends when it is told to").unwrap();
    let tried = flaky.tried.lock().unwrap().clone();
    assert_eq!(tried.len(), 2);
    assert!(tried.iter().all(|job| job.subject == id && job.facility == hospital.facility && !job.last_try));
}

#[tokio::test]
async fn a_worker_with_nothing_to_do_looks_now_and_then() {
    let hospital = Hospital::new().await;
    let (flaky, stop, running) = at_work(&hospital, 0);
    asked(&hospital, Uuid::from_u128(1)).await;
    until("the first job", async || flaky.tried.lock().unwrap().len() == 1).await;
    let transactions = async || {
        let all = "select xact_commit::text from pg_stat_database where datname = current_database()";
        hospital.at.says("postgres", all).await.unwrap()[0].parse::<u32>().unwrap()
    };
    // PostgreSQL's processes report once a second
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let before = transactions().await;
    tokio::time::sleep(Duration::from_secs(4)).await;
    let idle = transactions().await - before;
    assert!(idle < 200, "{idle} transactions in four seconds without work");
    stop.send(true).unwrap();
    running.await.unwrap();
}

#[tokio::test]
async fn the_jobs_go_on_after_their_connections_were_cut() {
    let hospital = Hospital::new().await;
    let (flaky, stop, running) = at_work(&hospital, 0);
    asked(&hospital, Uuid::from_u128(1)).await;
    until("the first job", async || flaky.tried.lock().unwrap().len() == 1).await;
    let cut = "select count(pg_terminate_backend(pid))::text from pg_stat_activity
        where usename in ('worker', 'relay') and datname = current_database()";
    hospital.at.says("postgres", cut).await.unwrap();
    asked(&hospital, Uuid::from_u128(2)).await;
    until("the job after the cut", async || flaky.tried.lock().unwrap().len() == 2).await;
    stop.send(true).unwrap();
    running.await.unwrap();
}

#[tokio::test]
async fn every_task_that_the_outbox_takes_has_a_name_here() {
    let hospital = Hospital::new().await;
    let allowed = "select regexp_matches[1] from regexp_matches((select pg_get_constraintdef(oid) from pg_constraint
        where conname = 'outbox_task'), '''([a-z_]+)''', 'g')";
    let allowed: BTreeSet<String> = hospital.at.says("postgres", allowed).await.unwrap().into_iter().collect();
    let named: BTreeSet<String> = Task::ALL.iter().map(|task| task.code().to_owned()).collect();
    assert_eq!(allowed, named);
}

#[tokio::test]
async fn the_sweep_takes_what_lapsed_and_leaves_what_is_kept() {
    let hospital = Hospital::new().await;
    let f = hospital.facility;
    let blobs = format!(
        "insert into app.blob (facility_id, id, kind, status, media_type, at) values
           ('{f}', '{0}', 'document', 'staging', 'text/plain', now() - interval '25 hours'),
           ('{f}', '{1}', 'document', 'staging', 'text/plain', now() - interval '23 hours'),
           ('{f}', '{2}', 'document', 'staging', 'text/plain', now() - interval '25 hours');
         insert into app.chunk select facility_id, id, 0, 'x' from app.blob;
         insert into vault.key select facility_id, id, id, 'x' from app.blob;
         update app.blob set status = 'kept' where id = '{2}';
         insert into app.done (person_id, key, act, at) select gen_random_uuid(), gen_random_uuid(), 'x', now() - age
           from unnest(array[interval '3 days', interval '1 day']) age;
         insert into auth.flash select gen_random_uuid(), gen_random_uuid(), 'x', now() - interval '25 hours'",
        Uuid::from_u128(1),
        Uuid::from_u128(2),
        Uuid::from_u128(3)
    );
    // as the owner of everything: only the worker may make blobs kept, and nobody old ones
    hospital
        .at
        .says(
            "postgres",
            &format!("set session authorization worker; {}", blobs.split("insert into app.done").next().unwrap()),
        )
        .await
        .unwrap();
    hospital
        .at
        .says("postgres", &format!("insert into app.done{}", blobs.split("insert into app.done").nth(1).unwrap()))
        .await
        .unwrap();
    let swept = hospital.desk().sweep().await.unwrap();
    assert_eq!((swept.blobs, swept.tickets, swept.lapsed), (1, 1, 1));
    for table in ["app.blob", "app.chunk", "vault.key"] {
        let column = if table == "app.blob" { "id" } else { "blob" };
        let left = format!("select {column}::text from {table} order by 1");
        let left = hospital.at.says("postgres", &left).await.unwrap();
        assert_eq!(left, [Uuid::from_u128(2).to_string(), Uuid::from_u128(3).to_string()], "{table}");
    }
    assert_eq!(hospital.desk().sweep().await.unwrap(), office::jobs::Swept::default());
}

#[tokio::test]
async fn the_workers_login_deletes_no_bytes_and_no_key_that_is_in_use() {
    let hospital = Hospital::new().await;
    let f = hospital.facility;
    let kept = format!(
        "insert into app.blob (facility_id, id, kind, status, media_type) values ('{f}', '{f}', 'document', 'staging', 'text/plain');
         insert into app.chunk values ('{f}', '{f}', 0, 'x'); insert into vault.key values ('{f}', '{f}', '{f}', 'x')"
    );
    hospital.at.says("worker", &kept).await.unwrap();
    for statement in ["delete from app.blob", "delete from app.chunk", "delete from vault.key"] {
        let said = hospital.at.says("worker", statement).await.unwrap_err();
        assert!(said.contains("permission denied"), "{statement}: {said}");
    }
    hospital.at.says("worker", &format!("select vault.forget(array['{f}'::uuid], array['{f}'::uuid])")).await.unwrap();
    assert_eq!(hospital.at.says("postgres", "select count(*)::text from vault.key").await.unwrap(), ["1"]);
}
