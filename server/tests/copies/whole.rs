//! From a bundle to a built package, through the acts and the jobs.

use office::worklist::SetAsidePackage;
use serde_json::Value;

use crate::{
    bundles::{attached, bundle, chart, clinic, patient, visit},
    case::{Case, FileRow},
    dying,
    files::{sha256, sound},
    made::text_pdf,
    runner::{self, Test},
};

pub(crate) fn tests() -> Vec<Test> {
    runner::tests![
        a_chart_becomes_a_copy_that_names_its_patient_on_every_page_and_nobody_else,
        a_synthetic_patients_whole_record_becomes_a_copy,
        what_could_not_be_confirmed_waits_for_a_persons_answer,
        a_document_that_kills_its_reader_fails_the_package_and_says_why,
        a_package_that_was_built_is_not_built_again,
    ]
}

/// Another patient's chart, whose name must be nowhere.
fn another() -> Value {
    let mut chart = vec![patient("ben", "Benedikta", "Wollstonecraft"), visit("visit-ben", "ben"), clinic()];
    chart.push(crate::bundles::note("note-ben", "ben", "visit-ben", "Benedikta Wollstonecraft feels well."));
    bundle(chart)
}

async fn a_chart_becomes_a_copy_that_names_its_patient_on_every_page_and_nobody_else() {
    let case = Case::asked(&[bundle(chart("ana", "Feels well.")), another()]).await;
    assert_eq!(case.build().await, "built");
    let files = case.files().await;
    let roles: Vec<_> = files.iter().map(|file| file.role.as_str()).collect();
    assert_eq!(roles, ["copy", "letter", "manifest", "index"]);
    for file in &files {
        assert_eq!(sha256(&case.bytes(&file.role).await), file.sha256, "{} is what its row says", file.name);
    }
    let copy = sound(&case.bytes("copy").await);
    assert!(copy.contains("Feels well.") && copy.contains("Ana Ruiz"), "{copy}");
    for role in ["copy", "letter", "manifest"] {
        assert!(!sound(&case.bytes(role).await).contains("Wollstonecraft"), "another patient's name in the {role}");
    }
    let pages =
        case.says("select n::text, coalesce(document_position::text, 'letter') from app.package_page order by n").await;
    assert!(pages.len() > 1 && pages[0] == "1|letter" && pages.last().unwrap().ends_with("|1"), "{pages:?}");
    let found = "select distinct kind from app.package_finding";
    assert_eq!(case.says(found).await, ["confirmed"], "every page names her");
    let unseen = "select count(*)::text from app.package_page p where not exists
        (select 1 from app.package_finding f where f.package_id = p.package_id and f.page = p.n)";
    assert_eq!(case.says(unseen).await, ["0"], "something is said of every page");

    built_again(&case, &files).await;
}

/// Another package of the same request on the same day.
async fn built_again(case: &Case, first: &[FileRow]) {
    let version = case.copy_page().await.package.unwrap().version.0.to_string();
    let code = ["missing".to_owned()];
    case.does(&case.builder, SetAsidePackage::parse(&case.id, &version, &code, "", "once more")).await;
    assert_eq!(case.build().await, "built");
    let files = case.files().await;
    let digests = |files: &[FileRow]| files.iter().map(|file| file.sha256.clone()).collect::<Vec<_>>();
    assert_eq!(digests(&files), digests(first), "byte for byte the same");
    assert_ne!(files, first, "and yet bytes of its own");
}

async fn a_synthetic_patients_whole_record_becomes_a_copy() {
    let Ok(folder) = std::env::var("PORTAL_TEST_DATA") else {
        eprintln!("SKIPPED: PORTAL_TEST_DATA names no folder with real input");
        return;
    };
    let listed = std::fs::read_dir(format!("{folder}/synthea")).expect("PORTAL_TEST_DATA has this folder");
    // a patient whose name has an accent, of some hundred documents
    let bundles: Vec<_> = listed.map(|entry| entry.unwrap().path()).collect();
    let path = bundles.iter().find(|path| path.display().to_string().contains("Ramona")).unwrap();
    let synthea: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let case = Case::asked(&[synthea, another()]).await;
    assert_eq!(case.build().await, "built");
    let kinds = case.says("select kind, count(*)::text from app.package_finding group by 1 order by 1").await;
    eprintln!("the page check of a synthetic patient: {kinds:?}");
    let pages: usize = case.says("select pages::text from app.package").await[0].parse().unwrap();
    assert!(pages > 20, "{pages} pages");
    let unlike =
        case.says("select count(*)::text from app.package_finding where kind not in ('confirmed', 'duplicate')").await;
    assert_eq!(unlike, ["0"], "every page names her and nobody else: {kinds:?}");

    built_again(&case, &case.files().await).await;
    case.release().await;
    assert_eq!(case.says("select status from app.package order by created_at").await, ["returned", "released"]);
    let file = case.files().await.into_iter().find(|file| file.role == "copy").unwrap();
    let released = case.bytes("copy").await;
    assert_eq!(sha256(&released), file.sha256, "what was released is what its row says");
    let copy = sound(&released);
    let read: Vec<_> = copy.split_terminator('\u{c}').collect();
    assert_eq!(read.len(), pages, "its text is read page by page");
    for (n, page) in (1..).zip(read) {
        assert!(page.contains("Godínez") && !page.contains("Wollstonecraft"), "page {n} is hers alone: {page}");
    }
}

async fn what_could_not_be_confirmed_waits_for_a_persons_answer() {
    let scan = text_pdf(&[&["no name on this page"], &["Patient: John Smith", "MRN: 99887766"]]);
    let mut resources = chart("ana", "Feels well.");
    resources.push(attached("scan", "ana", "visit-ana", "application/pdf", &scan));
    let case = Case::asked(&[bundle(resources)]).await;
    assert_eq!(case.build().await, "built");
    let found = case.copy_page().await.package.unwrap().findings;
    let kinds: Vec<_> = found.iter().map(|found| found.check.code()).collect();
    assert_eq!(kinds, ["cannot_confirm", "another_person"]);
}

async fn a_document_that_kills_its_reader_fails_the_package_and_says_why() {
    let killers = [(dying::OVERFLOWS, "failed unreadable_document"), (dying::HOARDS, "failed too_large")];
    for (words, ended) in killers {
        let mut resources = chart("ana", "Feels well.");
        let document = text_pdf(&[&[words]]);
        resources.push(attached("killer", "ana", "visit-ana", "application/pdf", &document));
        let case = Case::asked(&[bundle(resources)]).await;
        assert_eq!(case.build().await, ended, "{words}");
        assert_eq!(case.files().await, [], "nothing of it is kept");
        assert!(case.copy_page().await.may_build, "and another can be begun");
    }
}

async fn a_package_that_was_built_is_not_built_again() {
    let case = Case::asked(&[bundle(chart("ana", "Feels well."))]).await;
    assert_eq!(case.build().await, "built");
    let before = case.files().await;
    let put = "insert into app.outbox (facility_id, id, task, request_id, subject)
         select facility_id, gen_random_uuid(), 'build_package', request_id, id from app.package; select 'put'";
    case.says(put).await;
    case.work_off().await;
    assert_eq!(case.files().await, before);
    assert_eq!(case.says("select count(*)::text from app.blob where status = 'staging'").await, ["0"]);
}
