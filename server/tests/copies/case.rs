//! A request from the chart that was imported to the copy that was released, each step by the act of whoever takes it.

use std::{sync::Arc, time::Duration};

use domain::{
    caller::{Role, Side},
    ids::BlobId,
    item::ItemState,
    shown::worklist::CopyPage,
};
use jiff::civil::Date;
use office::{
    Act, Seat,
    worklist::{
        ApproveItems, BuildPackage, ClaimRequest, ExpandItem, HandOver, IdentityTyped, LookAtCharts, LookAtCheck,
        LookAtCopy, LookAtIdentity, LookAtRecords, MatchChart, OverrideFindings, ReleasePackage, SearchLogTyped,
        SearchTyped, SeePage, VerifyIdentity,
    },
};
use serde_json::Value;
use server::{config, import::Importer, jobs, mail::Mailer, sandbox::Sandbox};
use tokio::{sync::watch, time::Instant};

use crate::{
    cases::{ANA, Asks},
    people::{Hospital, Seated},
};

pub(crate) struct Case {
    pub(crate) hospital: Hospital,
    pub(crate) builder: Seated,
    pub(crate) checker: Seated,
    pub(crate) id: String,
}

/// A file of the latest package, as its row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileRow {
    pub(crate) position: String,
    pub(crate) role: String,
    pub(crate) name: String,
    pub(crate) sha256: String,
    pub(crate) blob: BlobId,
}

impl Case {
    /// The first bundle's patient asks for everything; other charts are there too.
    pub(crate) async fn asked(bundles: &[Value]) -> Self {
        let hospital = Hospital::new().await;
        for bundle in bundles {
            let importer = Importer {
                desk: Arc::clone(hospital.desk()),
                sandbox: Sandbox::new(1),
                facility: hospital.facility,
                zone: "America/Chicago".into(),
                source: "test".into(),
            };
            importer.take_bytes(serde_json::to_vec(bundle).unwrap().into()).await.unwrap();
        }
        // ids are in the order of the import
        let first = "select name, birth_date::text from app.patient order by id limit 1";
        let first = hospital.at.says("postgres", first).await.unwrap();
        let (name, born) = first[0].split_once('|').unwrap();
        let asks =
            Asks { name: String::leak(name.to_owned()), born: born.parse::<Date>().unwrap(), categories: &[], ..ANA };
        let patient = hospital.patient("Ana Ruiz").await;
        let builder = hospital.staff("Carla Clerk", Role::Clerk).await;
        let checker = hospital.staff("Marcus Clerk", Role::Clerk).await;
        let request = hospital.was_sent(&patient, &asks).await;
        let case = Self { hospital, builder, checker, id: request.to_string() };
        case.decide(&asks).await;
        case
    }

    pub(crate) async fn does<A: Act>(&self, who: &Seated, act: office::Result<A>) -> A::Output {
        self.hospital.performs(who, act).await.unwrap()
    }

    pub(crate) async fn says(&self, query: &str) -> Vec<String> {
        self.hospital.at.says("postgres", query).await.unwrap()
    }

    /// From the queue to the last decision.
    async fn decide(&self, asks: &Asks) {
        let (id, clerk) = (&self.id, &self.builder);
        self.does(clerk, ClaimRequest::parse(id)).await;
        let page = self.does(clerk, LookAtIdentity::parse(id)).await;
        let matched = ["name", "birth_date"].map(str::to_owned);
        let typed =
            IdentityTyped { method: "seen_in_person", evidence: "passport", evidence_name: "", matched: &matched };
        self.does(clerk, VerifyIdentity::parse(id, &page.version.0.to_string(), &typed)).await;
        let page = self.does(clerk, LookAtCharts::parse(id, &SearchTyped::default())).await;
        let chart = page.candidates[0].patient.to_string();
        self.does(clerk, MatchChart::parse(id, &page.version.0.to_string(), &chart)).await;
        for item in self.does(clerk, LookAtRecords::parse(id, "")).await.items {
            let log = SearchLogTyped {
                systems: "Riverside EHR\nFilm archive".to_owned(),
                names: asks.name.to_owned(),
                birth_dates: format!("{}/{}/{}", asks.born.month(), asks.born.day(), asks.born.year()),
                off_site: "searched".to_owned(),
                note: String::new(),
            };
            self.does(clerk, ExpandItem::parse(id, &format!("{}:{}", item.id, item.version.0), log)).await;
        }
        for item in self.does(clerk, LookAtRecords::parse(id, "")).await.items {
            if matches!(item.state, ItemState::Located { .. }) {
                let item = format!("{}:{}", item.id, item.version.0);
                self.does(clerk, ApproveItems::parse(id, &[item])).await;
            }
        }
    }

    pub(crate) async fn copy_page(&self) -> CopyPage {
        self.does(&self.builder, LookAtCopy::parse(&self.id)).await
    }

    async fn version(&self) -> String {
        self.copy_page().await.package.unwrap().version.0.to_string()
    }

    /// Begins a package and lets the jobs do their work; how it ended.
    pub(crate) async fn build(&self) -> String {
        let seen = self.copy_page().await.seen;
        self.does(&self.builder, BuildPackage::parse(&self.id, &seen)).await;
        self.work_off().await;
        let latest = "select status || coalesce(' ' || failure, '') from app.package order by created_at desc limit 1";
        self.says(latest).await.remove(0)
    }

    /// Lets the jobs do what the outbox holds.
    pub(crate) async fn work_off(&self) {
        self.hospital.desk().relay_tick().await.unwrap();
        let (stop, stopped) = watch::channel(false);
        let mail = config::Mail { smtp: None, mail_dir: Some(std::env::temp_dir()) };
        let handlers = jobs::handlers("http://127.0.0.1:3000", &Mailer::new(&mail).unwrap());
        let desk = Arc::clone(self.hospital.desk());
        let running = tokio::spawn(async move { desk.run_jobs(&handlers, stopped).await });
        let waiting = "select count(*)::text from graphile_worker._private_jobs j
            join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'build_package'";
        let began = Instant::now();
        while self.says(waiting).await != ["0"] {
            assert!(began.elapsed() < Duration::from_mins(4), "it is still building");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        stop.send(true).unwrap();
        running.await.unwrap();
    }

    /// Of the latest package, in their order.
    pub(crate) async fn files(&self) -> Vec<FileRow> {
        let rows = self
            .says(
                "select position::text, role, name, encode(sha256, 'hex'), blob::text from app.package_file
                 where package_id = (select id from app.package order by created_at desc limit 1) order by position",
            )
            .await;
        let row = |row: &String| {
            let [position, role, name, sha256, blob]: [&str; 5] =
                row.split('|').collect::<Vec<_>>().try_into().unwrap();
            let text = str::to_owned;
            FileRow {
                position: text(position),
                role: text(role),
                name: text(name),
                sha256: text(sha256),
                blob: blob.parse().unwrap(),
            }
        };
        rows.iter().map(row).collect()
    }

    /// What is kept of a file.
    pub(crate) async fn bytes(&self, role: &str) -> Vec<u8> {
        let file = self.files().await.into_iter().find(|file| file.role == role).unwrap();
        let opened = self.hospital.desk().for_a_job(self.hospital.facility, file.blob).await.unwrap();
        opened.range(0..opened.length()).await.unwrap()
    }

    /// From what the builder answers for to what a second person has seen page by page.
    pub(crate) async fn release(&self) {
        let open: Vec<String> = self
            .copy_page()
            .await
            .package
            .unwrap()
            .findings
            .iter()
            .filter(|found| found.overridden.is_none())
            .map(|found| found.n.to_string())
            .collect();
        if !open.is_empty() {
            let version = self.version().await;
            let act = OverrideFindings::parse(&self.id, &version, &open, "A scan of hers: I compared it.");
            self.does(&self.builder, act).await;
        }
        self.does(&self.builder, HandOver::parse(&self.id, &self.version().await)).await;
        let (version, mut page) = (self.version().await, Some(1));
        while let Some(next) = page {
            page = self.does(&self.checker, SeePage::parse(&self.id, &version, &next.to_string())).await;
        }
        let version = self.does(&self.checker, LookAtCheck::parse(&self.id, "")).await.version.0.to_string();
        self.does(&self.checker, ReleasePackage::parse(&self.id, &version)).await;
    }

    /// A session whose cookie is known, as a browser has it.
    pub(crate) async fn browser(&self, email: &str, side: Side) -> (Seat, String) {
        let desk = self.hospital.desk();
        let password = crate::people::PASSWORD;
        let verified = desk.verify_password(&self.hospital.passwords, email, password, "10.0.0.0/24").await.unwrap();
        let cookie = tower_sessions::session::Id(i128::from_be_bytes(*verified.attempt.as_bytes())).to_string();
        let seat = Seat::of_cookie(&cookie);
        desk.open_session(verified.attempt, side, &seat).await.unwrap();
        (seat, cookie)
    }
}
