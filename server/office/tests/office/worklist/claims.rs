//! The queue, and who has a case.

use std::collections::BTreeSet;

use domain::{caller::Role, refusal::Refusal};
use jiff::civil::date;
use office::worklist::{
    ClaimNext, ClaimRequest, LookAtCase, LookAtCharts, LookAtHistory, LookAtIdentity, LookAtItem, LookAtQuestion,
    LookAtQueue, LookAtRecords, PutBack, QueueAsked, SearchTyped, TakeOver,
};
use uuid::Uuid;

use super::{Scene, refusal};
use crate::{
    cases::{ANA, Asks},
    people::Hospital,
};

#[tokio::test]
async fn two_clerks_claim_one_request_at_once_and_one_gets_it() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let (carla, dan) =
        (hospital.staff("Carla Clerk", Role::Clerk).await, hospital.staff("Dan Clerk", Role::Clerk).await);
    for _ in 0..5 {
        let id = hospital.was_sent(&ana, &ANA).await.to_string();
        let (one, other) = tokio::join!(
            hospital.performs(&carla, ClaimRequest::parse(&id)),
            hospital.performs(&dan, ClaimRequest::parse(&id))
        );
        let lost = if one.is_ok() { other } else { one };
        assert_eq!(refusal(lost), Refusal::NotYours);
    }
}

#[tokio::test]
async fn the_next_case_is_the_most_urgent_and_goes_to_one_clerk() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let (carla, dan) =
        (hospital.staff("Carla Clerk", Role::Clerk).await, hospital.staff("Dan Clerk", Role::Clerk).await);
    let mut ids = Vec::new();
    for days_ago in 1..=8 {
        ids.push(hospital.was_sent(&ana, &Asks { days_ago, ..ANA }).await);
    }
    assert_eq!(
        hospital.performs(&carla, Ok(ClaimNext)).await.unwrap(),
        ids.last().copied(),
        "received first, due first"
    );
    let mut taken = BTreeSet::new();
    for _ in 0..3 {
        let (one, other) =
            tokio::join!(hospital.performs(&carla, Ok(ClaimNext)), hospital.performs(&dan, Ok(ClaimNext)));
        for id in [one.unwrap().unwrap(), other.unwrap().unwrap()] {
            assert!(taken.insert(id), "the same case went to both");
        }
    }
    assert_eq!(hospital.performs(&dan, Ok(ClaimNext)).await.unwrap(), Some(ids[0]));
    assert_eq!(hospital.performs(&dan, Ok(ClaimNext)).await.unwrap(), None, "nothing is left");
}

#[tokio::test]
async fn a_case_is_taken_over_with_a_reason_and_put_back() {
    let scene = Scene::of(&ANA).await;
    let dan = scene.hospital.staff("Dan Clerk", Role::Clerk).await;
    assert_eq!(refusal(scene.hospital.performs(&dan, TakeOver::parse(&scene.id, "  ")).await), Refusal::ReasonNeeded);
    scene.hospital.performs(&dan, TakeOver::parse(&scene.id, "Carla is away until Monday")).await.unwrap();
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, PutBack::parse(&scene.id, "")).await), Refusal::NotYours);
    let case = scene.hospital.performs(&scene.clerk, LookAtCase::parse(&scene.id)).await.unwrap();
    assert_eq!(case.head.holder.as_ref().map(|holder| holder.name.as_str()), Some("Dan Clerk"));
    assert!(case.head.may.take_over && !case.head.may.work && !case.head.may.claim);
    assert_eq!(case.latest[0].note.as_deref(), Some("Carla is away until Monday"), "sealed, and read by staff");
    assert_eq!(case.latest[0].by.as_deref(), Some("Dan Clerk"));

    scene.hospital.performs(&dan, PutBack::parse(&scene.id, "")).await.unwrap();
    let case = scene.hospital.performs(&scene.clerk, LookAtCase::parse(&scene.id)).await.unwrap();
    assert!(case.head.may.claim && case.head.holder.is_none());
    assert_eq!(scene.told().await, ["request.assigned", "request.taken_over", "request.unclaimed"]);
    assert_eq!(scene.headline().await, "verifying", "the first touch is kept");
}

#[tokio::test]
async fn to_another_facilitys_clerk_there_is_no_case() {
    let scene = Scene::of(&ANA).await;
    let lakeside = scene.hospital.another_facility().await;
    let olga = scene.hospital.staff_at(lakeside, "Olga Other", Role::Clerk).await;
    let (hospital, id) = (&scene.hospital, &scene.id);
    let queue = hospital.performs(&olga, Ok(LookAtQueue::parse(&QueueAsked::default()))).await.unwrap();
    assert!(queue.rows.is_empty() && queue.counts.mine.number + queue.counts.unassigned.number == 0);
    assert_eq!(refusal(hospital.performs(&olga, LookAtCase::parse(id)).await), Refusal::NotAllowed);
    assert_eq!(refusal(hospital.performs(&olga, LookAtHistory::parse(id)).await), Refusal::NotAllowed);
    assert_eq!(refusal(hospital.performs(&olga, LookAtIdentity::parse(id)).await), Refusal::NotAllowed);
    assert_eq!(
        refusal(hospital.performs(&olga, LookAtCharts::parse(id, &SearchTyped::default())).await),
        Refusal::NotAllowed
    );
    assert_eq!(refusal(hospital.performs(&olga, LookAtQuestion::parse(id)).await), Refusal::NotAllowed);
    assert_eq!(refusal(hospital.performs(&olga, LookAtRecords::parse(id, "")).await), Refusal::NotAllowed);
    let item = LookAtItem::parse(id, &Uuid::nil().to_string());
    assert_eq!(refusal(hospital.performs(&olga, item).await), Refusal::NotAllowed);
    assert_eq!(refusal(hospital.performs(&olga, ClaimRequest::parse(id)).await), Refusal::NotAllowed);
    assert_eq!(refusal(hospital.performs(&olga, TakeOver::parse(id, "mine now")).await), Refusal::NotAllowed);
    // the same request as if it were of her own facility: row-level security finds nothing
    let moved = domain::ids::RequestId { facility: lakeside, id: scene.request.id }.to_string();
    assert_eq!(refusal(hospital.performs(&olga, LookAtCase::parse(&moved)).await), Refusal::NotFound);
    assert_eq!(refusal(hospital.performs(&olga, ClaimRequest::parse(&moved)).await), Refusal::NotFound);
}

#[tokio::test]
async fn who_is_no_clerk_works_no_case() {
    let scene = Scene::of(&ANA).await;
    let fay = scene.hospital.staff("Fay Desk", Role::FrontDesk).await;
    assert_eq!(refusal(scene.hospital.performs(&fay, LookAtCase::parse(&scene.id)).await), Refusal::NotAllowed);
    assert_eq!(refusal(scene.hospital.performs(&fay, Ok(ClaimNext)).await), Refusal::NotAllowed);
    let patient = scene.hospital.performs(&scene.patient, LookAtCase::parse(&scene.id)).await;
    assert!(matches!(patient, Err(office::Error::SignInAgain)), "a patient's session is none on the staff's side");
}

#[tokio::test]
async fn the_queue_is_narrowed_by_what_stands_in_the_address_and_read_page_by_page() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let carla = hospital.staff("Carla Clerk", Role::Clerk).await;
    for n in 0..30 {
        hospital.was_sent(&ana, &Asks { days_ago: n % 9, ..ANA }).await;
    }
    let late = hospital.was_sent(&ana, &Asks { days_ago: 40, name: "Tom Okoro", born: date(1980, 1, 2), ..ANA }).await;
    hospital.performs(&carla, ClaimRequest::parse(&late.to_string())).await.unwrap();
    let look = async |asked: QueueAsked| hospital.performs(&carla, Ok(LookAtQueue::parse(&asked))).await.unwrap();

    let first = look(QueueAsked::default()).await;
    assert_eq!((first.rows.len(), first.rows[0].request), (25, late));
    assert!(first.rows.windows(2).all(|two| two[0].due_on <= two[1].due_on));
    let second = look(QueueAsked { after: first.after.clone().unwrap(), ..QueueAsked::default() }).await;
    assert_eq!((second.rows.len(), second.after), (6, None));
    for day in ["-009999-01-01", "0000-01-01", "tomorrow"] {
        let after = format!("{day}.{}", late.id);
        let rows = look(QueueAsked { after, ..QueueAsked::default() }).await.rows.len();
        assert_eq!(rows, 25, "{day}: from the beginning");
    }
    let all: BTreeSet<_> = first.rows.iter().chain(&second.rows).map(|row| row.request).collect();
    assert_eq!(all.len(), 31, "each once");
    assert_eq!((first.counts.mine.number, first.counts.unassigned.number, first.counts.late.number), (1, 30, 1));

    let only_late =
        |page: &domain::shown::worklist::Queue| page.rows.iter().map(|row| row.request).collect::<Vec<_>>() == [late];
    assert!(only_late(&look(QueueAsked { late: "late".into(), ..QueueAsked::default() }).await));
    assert!(only_late(&look(QueueAsked { whose: "mine".into(), ..QueueAsked::default() }).await));
    assert!(only_late(&look(QueueAsked { headline: "verifying".into(), ..QueueAsked::default() }).await));
    for text in ["okoro", "OKORO", "1/2/1980", "Tóm"] {
        assert!(only_late(&look(QueueAsked { text: text.into(), ..QueueAsked::default() }).await), "{text}");
    }
    let number = first.rows[0].number.digits();
    assert!(only_late(&look(QueueAsked { text: number, ..QueueAsked::default() }).await));
    assert!(look(QueueAsked { text: "%".into(), whose: "mine".into(), ..QueueAsked::default() }).await.rows.is_empty());
    assert!(look(QueueAsked { waiting: "patient".into(), ..QueueAsked::default() }).await.rows.is_empty());
}
