//! Who asks.

use domain::{
    caller::{Role, Side},
    form::FieldCode,
    refusal::Refusal,
};
use office::{
    bytes::Kind,
    worklist::{IdentityTyped, LookAtIdentity, VerifyIdentity, WithdrawIdentity},
};

use super::{Scene, problems, refusal};
use crate::cases::ANA;

#[tokio::test]
async fn nobody_is_verified_by_one_thing_or_by_nothing_seen() {
    let scene = Scene::of(&ANA).await;
    let one = ["name".to_owned()];
    let typed = IdentityTyped { method: "", evidence: "other", evidence_name: " ", matched: &one };
    assert_eq!(
        problems(VerifyIdentity::parse(&scene.id, "1", &typed)),
        [
            ("method".to_owned(), FieldCode::NothingChosen),
            ("evidence_name".to_owned(), FieldCode::Missing),
            ("matched".to_owned(), FieldCode::TwoNeeded),
        ]
    );
    let twice = ["name", "name"].map(str::to_owned);
    let typed = IdentityTyped { method: "seen_in_person", evidence: "passport", evidence_name: "", matched: &twice };
    assert_eq!(problems(VerifyIdentity::parse(&scene.id, "1", &typed)), [("matched".to_owned(), FieldCode::TwoNeeded)]);
}

#[tokio::test]
async fn the_holder_verifies_on_what_they_saw_and_takes_it_back() {
    let scene = Scene::of(&ANA).await;
    let dan = scene.hospital.staff("Dan Clerk", Role::Clerk).await;
    let two = ["name", "birth_date"].map(str::to_owned);
    let typed = IdentityTyped { method: "seen_in_person", evidence: "state_id", evidence_name: "", matched: &two };
    let act = |seen: &str| VerifyIdentity::parse(&scene.id, seen, &typed);
    assert_eq!(refusal(scene.hospital.performs(&dan, act("1")).await), Refusal::NotYours);
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, act("7")).await), Refusal::MovedOn);
    scene.hospital.performs(&scene.clerk, act("1")).await.unwrap();
    assert_eq!(
        refusal(scene.hospital.performs(&scene.clerk, act("1")).await),
        Refusal::MovedOn,
        "seen before it was verified"
    );
    let page = scene.hospital.performs(&scene.clerk, LookAtIdentity::parse(&scene.id)).await.unwrap();
    let identity = page.identity.unwrap();
    assert_eq!((identity.by.as_str(), identity.matched.len(), page.may_withdraw), ("Carla Clerk", 2, true));

    let seen = page.version.0.to_string();
    scene.hospital.performs(&scene.clerk, WithdrawIdentity::parse(&scene.id, &seen)).await.unwrap();
    let page = scene.hospital.performs(&scene.clerk, LookAtIdentity::parse(&scene.id)).await.unwrap();
    assert!(page.identity.is_none() && page.chart.is_none());
    assert_eq!(scene.told().await, ["request.assigned", "identity.verified", "identity.withdrawn"]);
}

#[tokio::test]
async fn the_picture_of_an_id_is_opened_for_who_works_the_case_and_in_that_session_alone() {
    let scene = Scene::of(&ANA).await;
    let (desk, at) = (scene.hospital.desk(), scene.request);
    let mut staging = desk
        .stage(&scene.patient.seat, Side::Patient, at.facility, at.id, Kind::Evidence, "image/jpeg", 1000)
        .await
        .unwrap();
    staging.push(b"a face").await.unwrap();
    let staged = staging.finish().await.unwrap();
    let attach = format!(
        "begin; select 'seated' from auth.take_seat('{}', true);
         update app.blob set status = 'kept', bytes = 6, chunks = 1 where id = '{blob}';
         insert into app.evidence (facility_id, id, request_id, kind, blob, sent_by)
           values ('{f}', gen_random_uuid(), '{}', 'identity', '{blob}', '{}');
         select audit.append('{f}', 'try', 'done'); commit; select 'committed'",
        scene.patient.seat.as_str(),
        at.id,
        scene.patient.person,
        blob = staged.blob,
        f = at.facility
    );
    let two = ["name", "birth_date"].map(str::to_owned);
    let typed = IdentityTyped { method: "photo_compared", evidence: "passport", evidence_name: "", matched: &two };
    let compare = || VerifyIdentity::parse(&scene.id, "1", &typed);
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, compare()).await), Refusal::NoPicture);
    let raw = format!(
        "begin; select 'seated' from auth.take_seat('{}', true);
         update app.verification set method = 'photo_compared', evidence_kind = 'passport', matched = '{{name,birth_date}}'",
        scene.clerk.seat.as_str()
    );
    let said = scene.hospital.at.says("web_staff", &raw).await.unwrap_err();
    assert!(said.contains("no picture"), "the database says so too: {said}");
    assert_eq!(scene.hospital.at.says("web_patient", &attach).await.unwrap().last().unwrap(), "committed");
    scene.hospital.performs(&scene.clerk, compare()).await.unwrap();

    let page = scene.hospital.performs(&scene.clerk, LookAtIdentity::parse(&scene.id)).await.unwrap();
    let opening = page.photos[0].opening;
    let opened = desk.opened(&scene.clerk.seat, Side::Staff, at.facility, opening).await.unwrap();
    assert_eq!(
        (opened.media_type(), opened.range(0..6).await.unwrap().as_slice()),
        ("image/jpeg", b"a face".as_slice())
    );

    let dan = scene.hospital.staff("Dan Clerk", Role::Clerk).await;
    let others = scene.hospital.performs(&dan, LookAtIdentity::parse(&scene.id)).await.unwrap();
    assert!(others.photos.is_empty(), "who does not work the case sees no face");
    let Err(refused) = desk.opened(&dan.seat, Side::Staff, at.facility, opening).await else {
        panic!("opened for another")
    };
    assert_eq!(refusal::<()>(Err(refused)), Refusal::NotFound);
}
