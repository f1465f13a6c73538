//! What is found, and what is decided of it.

use domain::{caller::Side, document::Category, form::FieldCode, item::ItemState, refusal::Refusal};
use office::worklist::{
    ApproveItems, ExpandItem, ItemHeldElsewhere, ItemNotFound, LeaveOutDocument, LocateItems, LookAtItem, OpenDocument,
    ReopenDecision, SearchLogTyped,
};

use super::{Scene, everything, posted, problems, refusal};
use crate::cases::ANA;

fn log() -> SearchLogTyped {
    SearchLogTyped {
        systems: "Main record\nFilm archive".into(),
        names: "Ana Ruiz".into(),
        birth_dates: "3/27/1957".into(),
        off_site: "searched".into(),
        note: String::new(),
    }
}

#[tokio::test]
async fn nothing_is_decided_before_it_is_known_who_asks_and_whose_chart_it_is() {
    let scene = Scene::with_chart(&ANA).await;
    let items: Vec<String> = scene.records().await.items.iter().map(posted).collect();
    let locate = || LocateItems::parse(&scene.id, &items);
    assert_eq!(scene.records().await.missing, Some(Refusal::IdentityNotVerified));
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, locate()).await), Refusal::IdentityNotVerified);
    scene.verify().await.unwrap();
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, locate()).await), Refusal::NoMatch);
    assert!(scene.records().await.documents.is_empty(), "no chart, no documents");
}

#[tokio::test]
async fn parts_are_located_approved_not_found_and_the_case_goes_on() {
    let scene = Scene::verified(&ANA).await;
    assert_eq!(scene.headline().await, "gathering");
    let page = scene.records().await;
    assert_eq!(
        page.documents.iter().map(|document| document.title.as_str()).collect::<Vec<_>>(),
        ["Blood count", "Visit", "Culture"]
    );
    assert_eq!(page.documents.iter().map(|document| document.asked_for).collect::<Vec<_>>(), [true, false, true]);
    let (labs, vaccines) = (scene.item(Some(Category::Lab)).await, scene.item(Some(Category::Vaccine)).await);
    assert_eq!((labs.documents, labs.pages, vaccines.documents), (Some(2), 4, Some(0)));

    let none = LocateItems::parse(&scene.id, &[posted(&vaccines)]);
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, none).await), Refusal::NothingLocated);
    let approve = |items: &[String]| ApproveItems::parse(&scene.id, items);
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, approve(&[posted(&labs)])).await), Refusal::NotLocated);
    let both = [posted(&labs), posted(&vaccines)];
    scene.hospital.performs(&scene.clerk, LocateItems::parse(&scene.id, &both)).await.unwrap();
    assert_eq!(
        refusal(scene.hospital.performs(&scene.clerk, approve(&[posted(&labs)])).await),
        Refusal::MovedOn,
        "seen before it was located"
    );
    let labs = scene.item(Some(Category::Lab)).await;
    scene.hospital.performs(&scene.clerk, approve(&[posted(&labs)])).await.unwrap();

    let incomplete = SearchLogTyped { systems: " ".into(), off_site: String::new(), ..log() };
    let act = ItemNotFound::parse(&scene.id, &posted(&vaccines), incomplete);
    let fields: Vec<_> = problems(scene.hospital.performs(&scene.clerk, act).await);
    assert_eq!(
        fields,
        [("systems".to_owned(), FieldCode::SystemsMissing), ("off_site".to_owned(), FieldCode::OffSiteUnchecked)]
    );
    scene.hospital.performs(&scene.clerk, ItemNotFound::parse(&scene.id, &posted(&vaccines), log())).await.unwrap();
    assert_eq!(scene.headline().await, "preparing");
    let told = scene.told().await;
    assert_eq!(told[told.len() - 4..], ["item.located", "item.approved", "item.not_found", "request.decided"]);

    let vaccines = scene.item(Some(Category::Vaccine)).await;
    let ItemState::NotFound { log, .. } = &vaccines.state else { panic!("{:?}", vaccines.state) };
    assert_eq!(log.facts().systems, ["Main record", "Film archive"]);
    let stale = ReopenDecision::parse(&scene.id, &super::seen(vaccines.id, 1));
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, stale).await), Refusal::MovedOn);
    scene.hospital.performs(&scene.clerk, ReopenDecision::parse(&scene.id, &posted(&vaccines))).await.unwrap();
    assert_eq!(scene.headline().await, "gathering");
    let vaccines = scene.item(Some(Category::Vaccine)).await;
    let nobody = ItemHeldElsewhere::parse(&scene.id, &posted(&vaccines), "", "");
    assert_eq!(problems(nobody).len(), 2);
    let county = ItemHeldElsewhere::parse(&scene.id, &posted(&vaccines), "County Clinic", "312 555 0199");
    scene.hospital.performs(&scene.clerk, county).await.unwrap();
    assert_eq!(scene.headline().await, "preparing");
}

#[tokio::test]
async fn everything_becomes_one_part_for_each_kind_that_is_there() {
    let scene = Scene::verified(&everything()).await;
    let whole = scene.item(None).await;
    assert_eq!(whole.documents, Some(3));
    let locate = LocateItems::parse(&scene.id, &[posted(&whole)]);
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, locate).await), Refusal::NotExpanded);
    let page =
        scene.hospital.performs(&scene.clerk, LookAtItem::parse(&scene.id, &whole.id.to_string())).await.unwrap();
    assert_eq!((page.names.as_slice(), page.birth_dates.len()), (["Ana Ruiz".to_owned()].as_slice(), 1));
    scene.hospital.performs(&scene.clerk, ExpandItem::parse(&scene.id, &posted(&whole), log())).await.unwrap();
    let items = scene.records().await.items;
    let states: Vec<_> = items.iter().map(|item| (item.category, item.state.code(), item.documents)).collect();
    assert_eq!(
        states,
        [
            (None, "not_found", Some(0)),
            (Some(Category::VisitNote), "located", Some(1)),
            (Some(Category::Lab), "located", Some(2)),
        ]
    );
    let located: Vec<String> = items.iter().filter(|item| item.category.is_some()).map(posted).collect();
    scene.hospital.performs(&scene.clerk, ApproveItems::parse(&scene.id, &located)).await.unwrap();
    assert_eq!(scene.headline().await, "preparing");
    let again = ExpandItem::parse(&scene.id, &posted(&items[0]), log());
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, again).await), Refusal::AlreadyDecided);
}

#[tokio::test]
async fn the_rest_of_everything_is_opened_again_without_a_second_part_of_a_kind() {
    let scene = Scene::verified(&everything()).await;
    let expand = async || {
        let rest = scene.item(None).await;
        scene.hospital.performs(&scene.clerk, ExpandItem::parse(&scene.id, &posted(&rest), log())).await
    };
    expand().await.unwrap();
    let rest = scene.item(None).await;
    assert!(rest.is_rest && rest.documents == Some(0), "each kind that is there has a part of its own");
    scene.hospital.performs(&scene.clerk, ReopenDecision::parse(&scene.id, &posted(&rest))).await.unwrap();
    assert_eq!(refusal(expand().await), Refusal::NothingLocated);
    let mut documents = super::her_documents();
    documents.push(crate::cases::document(Category::Vaccine, "Tetanus", None));
    scene.hospital.import(vec![(super::her_chart(), documents)]).await;
    expand().await.unwrap();
    let kinds: Vec<_> = scene.records().await.items.iter().map(|item| item.category).collect();
    assert_eq!(kinds, [None, Some(Category::VisitNote), Some(Category::Lab), Some(Category::Vaccine)]);
    let twice = format!(
        "begin; select 'seated' from auth.take_seat('{}', true);
         insert into app.item (facility_id, id, request_id, position, category, status)
         select facility_id, gen_random_uuid(), request_id, 9, category, 'located' from app.item where category = 'lab'",
        scene.clerk.seat.as_str()
    );
    let said = scene.hospital.at.says("web_staff", &twice).await.unwrap_err();
    assert!(said.contains("one_item_per_category"), "{said}");
}

#[tokio::test]
async fn nothing_is_called_not_found_that_the_chart_has_unless_it_is_left_out() {
    let scene = Scene::verified(&ANA).await;
    let not_found = async || {
        let labs = scene.item(Some(Category::Lab)).await;
        scene.hospital.performs(&scene.clerk, ItemNotFound::parse(&scene.id, &posted(&labs), log())).await
    };
    assert_eq!(refusal(not_found().await), Refusal::RecordsFound);
    for document in scene.records().await.documents.iter().filter(|document| document.asked_for) {
        let act = LeaveOutDocument::parse(&scene.id, &document.id.to_string(), "another_person");
        scene.hospital.performs(&scene.clerk, act).await.unwrap();
    }
    assert_eq!(scene.item(Some(Category::Lab)).await.documents, Some(0));
    not_found().await.unwrap();
    let told = scene.told().await;
    assert_eq!(told.iter().filter(|entry| *entry == "document.left_out").count(), 2);
}

#[tokio::test]
async fn nothing_is_said_to_be_held_elsewhere_that_the_chart_has() {
    for (asks, category) in [(ANA, Some(Category::Lab)), (everything(), None)] {
        let scene = Scene::verified(&asks).await;
        let part = scene.item(category).await;
        let elsewhere = ItemHeldElsewhere::parse(&scene.id, &posted(&part), "County Clinic", "312 555 0199");
        assert_eq!(refusal(scene.hospital.performs(&scene.clerk, elsewhere).await), Refusal::RecordsFound);
        assert_eq!(scene.item(category).await.state, ItemState::Pending);
    }
}

#[tokio::test]
async fn one_stale_part_among_several_leaves_all_as_they_were() {
    let scene = Scene::verified(&everything()).await;
    let whole = scene.item(None).await;
    scene.hospital.performs(&scene.clerk, ExpandItem::parse(&scene.id, &posted(&whole), log())).await.unwrap();
    let located: Vec<_> = scene.records().await.items.into_iter().filter(|item| item.category.is_some()).collect();
    let mixed = [posted(&located[0]), super::seen(located[1].id, 9)];
    assert_eq!(
        refusal(scene.hospital.performs(&scene.clerk, ApproveItems::parse(&scene.id, &mixed)).await),
        Refusal::MovedOn
    );
    assert_eq!(scene.count("app.item where status = 'approved'").await, "0");
}

#[tokio::test]
async fn a_document_is_read_under_an_opening_and_only_from_the_matched_chart() {
    let scene = Scene::verified(&ANA).await;
    let other = crate::cases::chart("2", "Tom", "Okoro", None);
    let theirs = crate::cases::document(Category::Lab, "Not hers", None);
    scene.hospital.import(vec![(other, vec![theirs])]).await;
    let page = scene.records().await;
    let open = |id: &str| OpenDocument::parse(&scene.id, id);
    let opening = scene.hospital.performs(&scene.clerk, open(&page.documents[0].id.to_string())).await.unwrap();
    let opened =
        scene.hospital.desk().opened(&scene.clerk.seat, Side::Staff, opening.facility, opening.opening).await.unwrap();
    assert_eq!(opened.range(0..opened.length()).await.unwrap(), b"%PDF-1.7 Blood count");
    let theirs =
        scene.hospital.at.says("postgres", "select id::text from app.document where title = 'Not hers'").await.unwrap();
    assert_eq!(refusal(scene.hospital.performs(&scene.clerk, open(&theirs[0])).await), Refusal::NotFound);
}
