//! PostgreSQL stops in the middle of the work, as when its machine loses its power. What a person was told was done is
//! done; nobody has to start anything again but the database.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU16, Ordering},
    },
    time::Duration,
};

use crate::{
    browser::Browser,
    house::{House, until},
};

/// People who ask for an account, one after the other, until they are told to stop.
#[derive(Clone, Default)]
struct Crowd {
    next: Arc<AtomicU16>,
    stop: Arc<AtomicBool>,
    /// The addresses that were told to look into their mail.
    told: Arc<Mutex<BTreeSet<String>>>,
    /// How many were told that it did not work now.
    turned_away: Arc<AtomicU16>,
}

impl Crowd {
    async fn come(self, port: u16) {
        while !self.stop.load(Ordering::Relaxed) {
            let n = self.next.fetch_add(1, Ordering::Relaxed);
            let (email, password) = (format!("person-{n}@mail.example"), "harbor wren velvet 42 sundial");
            let fields =
                [("name", "Ana Ruiz"), ("email", &email), ("password", password), ("password_again", password)];
            let answered = Browser::new(port, 256 + n).post("/register", "/register", &fields).await;
            let answer = answered.expect("the program answers, whatever the database does");
            assert!(answer.status == 303 || answer.status == 302, "{answer:?}");
            if answer.location == "/register/sent" {
                self.told.lock().unwrap().insert(email);
            } else {
                self.turned_away.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }
    }

    fn told(&self) -> usize {
        self.told.lock().unwrap().len()
    }
}

/// As whoever owns the whole cluster could: the newest entries of the longest chain are gone with their links, and what
/// is left holds. Several of them, so that a signed one is among them.
const CUT: &str = "do $$
    declare entries regclass; cut uuid; newest bigint;
    begin
      for entries in select inhrelid::regclass from pg_inherits where inhparent = 'audit.event'::regclass loop
        execute format('alter table %s disable trigger no_ud', entries);
      end loop;
      alter table audit.link disable trigger no_ud;
      select l.facility_id, l.seq into strict cut, newest from audit.link l order by l.seq desc limit 1;
      with gone as (delete from audit.link l where l.facility_id = cut and l.seq > newest - 5 returning l.at, l.event)
      delete from audit.event e using gone where e.facility_id = cut and e.at = gone.at and e.id = gone.event;
    end $$";

async fn health(house: &House) -> u16 {
    Browser::new(house.port, 1).get("/health").await.unwrap().status
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_database_stops_under_load_and_nothing_that_was_acknowledged_is_lost() {
    let mut house = House::open();
    let crowd = Crowd::default();
    let people: Vec<_> = (0..4).map(|_| tokio::spawn(crowd.clone().come(house.port))).collect();
    tokio::task::block_in_place(|| until("people to be served", || crowd.told() >= 8));

    house.stop_database();
    let before = crowd.told();
    assert_eq!(health(&house).await, 503);
    tokio::task::block_in_place(|| {
        until("people to be turned away", || crowd.turned_away.load(Ordering::Relaxed) >= 4);
    });
    // a day without a database fills no disk
    let said = house.said("LocalQueue");
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert!(house.said("LocalQueue") < said + 10, "nobody asks without a pause");
    house.start_database();

    tokio::task::block_in_place(|| until("people to be served again", || crowd.told() >= before + 8));
    assert_eq!(health(&house).await, 200);
    // and the program itself goes, in the middle of the next ones
    crowd.stop.store(true, Ordering::Relaxed);
    for person in people {
        person.await.unwrap();
    }
    house.kill();
    // the newest heads were not signed yet, and a line was only half written
    std::fs::write(house.checkpoints(), "{\"facility\":\"0000").unwrap();
    house.serve_again();

    let told = crowd.told.lock().unwrap().clone();
    tokio::task::block_in_place(|| {
        until("every mail", || {
            let mailed: BTreeSet<_> = house.mails().into_iter().map(|(to, _)| to).collect();
            told.is_subset(&mailed)
        });
        until("the outbox and the jobs to be empty", || {
            house.says("select count(*) from app.outbox") == ["0"]
                && house.says("select count(*) from graphile_worker._private_jobs") == ["0"]
                && house.says("select count(*) from audit.pending") == ["0"]
        });
    });
    tokio::task::block_in_place(|| {
        until("every chain's head to be signed, that of a chain without a new entry too", || {
            let signed = std::fs::read_to_string(house.checkpoints()).unwrap();
            house.says("select distinct facility_id from audit.link").iter().all(|chain| signed.contains(chain))
        });
    });
    let mails = house.mails();
    let addresses: BTreeSet<_> = mails.iter().map(|(to, _)| to).collect();
    assert_eq!(mails.len(), addresses.len(), "one mail for each, however often its job ran");
    let kept: BTreeSet<_> = house.says("select email from auth.attempt").into_iter().collect();
    assert!(told.is_subset(&kept));
    house.portal(&["verify-audit"]);

    let (took, well) = house.end();
    assert!(well && took < Duration::from_secs(20), "it ends in order: {took:?}");
    house.says(CUT);
    let said = house.refused(&["verify-audit"]);
    assert!(said.contains("its tail was cut"), "{said}");
}
