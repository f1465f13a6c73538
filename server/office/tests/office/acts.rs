//! One table of every act with the roles that it admits, tried through the door on a request that does not exist: who is
//! not admitted is told so before anything is looked up. An act without a row fails.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ask::Answer,
    caller::Role,
    ids::{ItemId, PatientId, QuestionId, RequestId},
    language::Language,
    refusal::Refusal,
};
use office::{Act, Error, Seat, front_desk, live::WatchRequest, oversight, requests, worklist};
use uuid::Uuid;

use crate::people::Hospital;

/// Who may meet callers and visitors.
const DESK: [&str; 3] = ["front_desk", "clerk", "supervisor"];
/// Who may read the trail.
const READERS: [&str; 3] = ["supervisor", "privacy_officer", "auditor"];

/// The columns are somebody who has not signed in, a patient, and a member of staff of each role there is.
struct Table {
    hospital: Hospital,
    seats: Vec<(&'static str, Seat)>,
    /// Each act that has its row, with its name.
    tried: BTreeMap<&'static str, &'static str>,
}

impl Table {
    async fn new() -> Self {
        let hospital = Hospital::new().await;
        let mut seats =
            vec![("nobody", Seat::of_cookie("nobody sits here")), ("patient", hospital.patient("Ana Ruiz").await.seat)];
        for role in Role::ALL {
            let name = format!("Sam {}", role.code().replace('_', " "));
            seats.push((role.code(), hospital.staff(&name, *role).await.seat));
        }
        Self { hospital, seats, tried: BTreeMap::new() }
    }

    /// A request that is none.
    fn request(&self) -> RequestId {
        RequestId { facility: self.hospital.facility, id: Uuid::from_u128(77) }
    }

    /// `admitted`: the columns that get past admission's question of who.
    async fn row<A: Act>(&mut self, admitted: &[&str], act: impl Fn() -> office::Result<A>) {
        let known = |who: &&str| self.seats.iter().any(|(column, _)| column == who);
        assert!(admitted.iter().all(known), "{}: {admitted:?} are columns", A::NAME);
        for (who, seat) in &self.seats {
            let done = self.hospital.desk().perform(seat.clone(), None, act().expect("the row's form reads")).await;
            let out = matches!(done, Err(Error::SignInAgain | Error::Refused(Refusal::NotAllowed)));
            let said = done.as_ref().err().map(ToString::to_string);
            assert_eq!(!out, admitted.contains(who), "{} as {who}: {said:?}", A::NAME);
            assert!(
                !matches!(done, Err(Error::Database(_) | Error::Ended | Error::Corrupt { .. })),
                "{} as {who}: {said:?}",
                A::NAME
            );
        }
        let stood = self.tried.insert(std::any::type_name::<A>(), A::NAME);
        assert_eq!(stood, None, "{}: an act's row stands once", A::NAME);
    }
}

/// Every act's name, as the source has it, each of one act alone: a row is found by it. The system's acts have no
/// caller to admit.
fn named(folder: &std::path::Path, names: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            named(&path, names);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if line.contains("Act for ") && !line.contains("SystemAct for ") {
                let constant = lines.by_ref().find(|line| line.contains("const NAME: "));
                let name = constant.and_then(|line| line.split('"').nth(1));
                let name = name.unwrap_or_else(|| panic!("{}: {line} names itself by no literal", path.display()));
                assert!(names.insert(name.to_owned()), "{}: another act is called {name}", path.display());
            }
        }
    }
}

#[tokio::test]
async fn each_act_admits_its_roles_and_no_other() {
    let mut table = Table::new().await;
    by_patients(&mut table).await;
    on_cases(&mut table).await;
    on_copies(&mut table).await;
    at_the_desk(&mut table).await;
    over_the_work(&mut table).await;

    let mut named_in_source = BTreeSet::new();
    named(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut named_in_source);
    let tried: BTreeSet<String> = table.tried.values().map(|name| (*name).to_owned()).collect();
    let missing: Vec<_> = named_in_source.difference(&tried).collect();
    assert!(named_in_source.len() > 20, "the source was read");
    assert!(missing.is_empty(), "acts without a row: {missing:?}");
}

async fn by_patients(table: &mut Table) {
    let watched = table.request();
    let (facility, request) = (watched.facility.to_string(), watched.to_string());
    let (r, question) = (request.as_str(), QuestionId(Uuid::from_u128(3)).to_string());
    table.row(&["patient"], || Ok(requests::MyRequests)).await;
    table.row(&["patient"], || Ok(requests::StartPage)).await;
    table.row(&["patient"], || requests::StartRequest::parse(&facility, Language::English)).await;
    table.row(&["patient"], || requests::AskPage::parse(r, "name")).await;
    table.row(&["patient"], || requests::SaveAnswer::parse(r, Answer::Help(String::new()))).await;
    table.row(&["patient"], || requests::CheckPage::parse(r)).await;
    table.row(&["patient"], || requests::SubmitRequest::parse(r, "1", "Ana Ruiz".into(), Language::English)).await;
    table.row(&["patient"], || requests::OneRequest::parse(r)).await;
    table.row(&["patient"], || requests::AnswerQuestion::parse(r, &question, "1", "an answer")).await;
    table.row(&["patient"], || requests::OfferEvidence::parse(r)).await;
    table.row(&["patient"], || requests::SendEvidence::parse(r, Vec::new(), "", "")).await;
    table.row(&["patient"], || requests::WithdrawRequest::parse(r, "1")).await;
    table.row(&["patient"], || requests::UndoWithdrawal::parse(r, "1")).await;
    table.row(&["patient"], || requests::OpenCopy::parse(r, "1")).await;
    table.row(&["patient"], || requests::ConfirmComplete::parse(r, "1")).await;
    table.row(&["patient"], || Ok(WatchRequest::<false> { request: watched, as_of: None })).await;
    let staff: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
    table.row(&staff, || Ok(WatchRequest::<true> { request: watched, as_of: None })).await;
}

async fn on_cases(table: &mut Table) {
    let request = table.request().to_string();
    let (item, patient) = (ItemId(Uuid::from_u128(1)).to_string(), PatientId(Uuid::from_u128(2)).to_string());
    let (r, items) = (request.as_str(), vec![format!("{item}:1")]);
    let question = QuestionId(Uuid::from_u128(3)).to_string();
    table.row(&["clerk"], || Ok(worklist::LookAtQueue::parse(&worklist::QueueAsked::default()))).await;
    table.row(&["clerk"], || Ok(worklist::ClaimNext)).await;
    table.row(&["clerk"], || worklist::ClaimRequest::parse(r)).await;
    table.row(&["clerk"], || worklist::TakeOver::parse(r, "on leave")).await;
    table.row(&["clerk"], || worklist::PutBack::parse(r, "another language")).await;
    table.row(&["clerk"], || worklist::LookAtCase::parse(r)).await;
    table.row(&["clerk"], || worklist::LookAtHistory::parse(r)).await;
    table.row(&["clerk"], || worklist::LookAtIdentity::parse(r)).await;
    let typed = worklist::IdentityTyped {
        method: "seen_in_person",
        evidence: "passport",
        evidence_name: "",
        matched: &["name".to_owned(), "birth_date".to_owned()],
    };
    table.row(&["clerk"], || worklist::VerifyIdentity::parse(r, "1", &typed)).await;
    table.row(&["clerk"], || worklist::WithdrawIdentity::parse(r, "1")).await;
    table.row(&["clerk"], || worklist::LookAtCharts::parse(r, &worklist::SearchTyped::default())).await;
    table.row(&["clerk"], || worklist::MatchChart::parse(r, "1", &patient)).await;
    table.row(&["clerk"], || worklist::UnmatchChart::parse(r, "1")).await;
    table.row(&["clerk"], || worklist::LookAtQuestion::parse(r)).await;
    let ways = ["send_photo".to_owned(), "come_in".to_owned()];
    table.row(&["clerk"], || worklist::AskQuestion::parse(r, "id_unreadable", "The photo is dark.", &ways)).await;
    table.row(&["clerk"], || worklist::RecordAnswer::parse(r, &question, "1", "told by phone")).await;
    table.row(&["clerk"], || worklist::LookAtRecords::parse(r, "")).await;
    table.row(&["clerk"], || worklist::OpenDocument::parse(r, &item)).await;
    table.row(&["clerk"], || worklist::LookAtItem::parse(r, &item)).await;
    table.row(&["clerk"], || worklist::LocateItems::parse(r, &items)).await;
    table.row(&["clerk"], || worklist::ExpandItem::parse(r, &items[0], worklist::SearchLogTyped::default())).await;
    table.row(&["clerk"], || worklist::ApproveItems::parse(r, &items)).await;
    table.row(&["clerk"], || worklist::ItemNotFound::parse(r, &items[0], worklist::SearchLogTyped::default())).await;
    table.row(&["clerk"], || worklist::ItemHeldElsewhere::parse(r, &items[0], "County Clinic", "(312) 555-0199")).await;
    table.row(&["clerk"], || worklist::ReopenDecision::parse(r, &items[0])).await;
    table.row(&["clerk"], || worklist::LeaveOutDocument::parse(r, &item, "duplicate")).await;
    table.row(&["clerk"], || worklist::TakeInDocument::parse(r, &item)).await;
}

async fn on_copies(table: &mut Table) {
    let request = table.request().to_string();
    let r = request.as_str();
    let (wrong, findings) = (vec!["illegible".to_owned()], vec!["1".to_owned()]);
    table.row(&["clerk"], || worklist::LookAtCopy::parse(r)).await;
    table.row(&["clerk"], || worklist::BuildPackage::parse(r, "")).await;
    table.row(&["clerk"], || worklist::OverrideFindings::parse(r, "1", &findings, "I read the name on it")).await;
    table.row(&["clerk"], || worklist::HandOver::parse(r, "1")).await;
    table.row(&["clerk"], || worklist::SetAsidePackage::parse(r, "1", &wrong, "", "")).await;
    table.row(&["clerk"], || worklist::LookAtCheck::parse(r, "")).await;
    table.row(&["clerk"], || worklist::SeePage::parse(r, "1", "1")).await;
    table.row(&["clerk"], || worklist::ReturnPackage::parse(r, "1", &wrong, "", "")).await;
    table.row(&["clerk"], || worklist::ReleasePackage::parse(r, "1")).await;
    table.row(&["clerk"], || worklist::OpenPackageFile::parse(r, "1")).await;
    table.row(&["clerk"], || worklist::LookAtRelease::parse(r)).await;
    table.row(&["clerk"], || worklist::PrintCopy::parse(r, "1")).await;
}

async fn at_the_desk(table: &mut Table) {
    let request = table.request().to_string();
    let r = request.as_str();
    let search = Uuid::from_u128(4).to_string();
    let two = ["name".to_owned(), "birth_date".to_owned()];
    table.row(&DESK, || Ok(front_desk::FrontDeskPage)).await;
    table.row(&DESK, || front_desk::LookUp::parse("Ana Ruiz", "caller")).await;
    table.row(&DESK, || front_desk::LookAtFound::parse(&search)).await;
    table.row(&DESK, || front_desk::CallerCheck::parse(r, &search)).await;
    table.row(&DESK, || front_desk::CheckCaller::parse(r, &search, &two)).await;
    table.row(&DESK, || front_desk::TellCaller::parse(&search)).await;
    table.row(&DESK, || Ok(front_desk::OfferForm)).await;
    table.row(&DESK, || Ok(front_desk::EnterPage)).await;
    table.row(&DESK, || Ok(front_desk::EnterRequest { typed: front_desk::EntryTyped::default() })).await;
    table.row(&DESK, || front_desk::LookAtEntered::parse(r)).await;
    table.row(&DESK, || front_desk::PrintNotice::parse(&search, String::new())).await;
    table.row(&DESK, || front_desk::MailNotice::parse(&search)).await;
    table.row(&DESK, || front_desk::LookAtCollect::parse(r)).await;
    table.row(&DESK, || front_desk::CollectCopy::parse(r, "1", "passport", "", "Ana Ruiz")).await;
}

async fn over_the_work(table: &mut Table) {
    table.row(&READERS, || Ok(oversight::LookAtBoard)).await;
    table.row(&READERS, || Ok(oversight::ReadTrail { asked: oversight::TrailAsked::default() })).await;
    table.row(&READERS, || Ok(oversight::VerifyTrail)).await;
    table.row(&READERS, || oversight::LookAtVerification::parse("")).await;
}
