//! What the trail must say before a change is kept, and what bytes must belong to before they are.

use domain::{
    caller::Role,
    ids::{FacilityId, PersonId, RequestId},
};
use uuid::Uuid;

use super::{draft, entry, id, seated};
use crate::{
    cases::ANA,
    people::{Hospital, Seated},
};

fn says(facility: Uuid, outcome: &str) -> String {
    format!("select audit.append('{facility}', 'try', '{outcome}'); commit; select 'committed'")
}

/// Runs statements at somebody's seat to their end.
pub(super) async fn committed(hospital: &Hospital, login: &str, who: &Seated, statements: &str) {
    let said = hospital.at.says(login, &(seated(who) + statements)).await;
    assert_eq!(said.unwrap().last().unwrap(), "committed", "{login}: {statements}");
}

/// What PostgreSQL says to statements at somebody's seat that it refuses.
pub(super) async fn refused(hospital: &Hospital, login: &str, who: &Seated, statements: &str) -> String {
    match hospital.at.says(login, &(seated(who) + statements)).await {
        Err(said) => said,
        Ok(rows) => panic!("{login}: {statements}: {rows:?}"),
    }
}

fn staged(facility: FacilityId, blob: Uuid, kind: &str, by: PersonId) -> String {
    format!(
        "insert into app.blob (facility_id, id, kind, by_person, status, media_type)
         values ('{facility}', '{blob}', '{kind}', '{by}', 'staging', 'image/jpeg');"
    )
}

fn kept(blob: Uuid) -> String {
    format!("update app.blob set status = 'kept', bytes = 1, chunks = 1 where id = '{blob}';")
}

fn attached(request: RequestId, blob: Uuid, kind: &str, by: PersonId) -> String {
    format!(
        "insert into app.evidence (facility_id, id, request_id, kind, blob, sent_by)
         values ('{}', gen_random_uuid(), '{}', '{kind}', '{blob}', '{by}');",
        request.facility, request.id
    )
}

#[tokio::test]
async fn an_entry_that_tells_the_facility_nothing_lets_no_change_through() {
    let hospital = Hospital::new().await;
    let elsewhere = hospital.another_facility().await;
    let (ana, f) = (hospital.patient("Ana Ruiz").await, hospital.facility);
    let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
    let request = hospital.was_sent(&ana, &ANA).await;
    let begun = draft(f, id(1), ana.person)
        + &format!("insert into app.draft (facility_id, request_id, sealed) values ('{f}', '{}', 'x');", id(1));
    committed(&hospital, "web_patient", &ana, &(begun + &entry(f))).await;

    let corrected = format!("update app.request set phone = '(312) 555-0142' where id = '{}';", request.id);
    let tries = [
        ("web_patient", &ana, format!("update app.request set language = 'es' where id = '{}';", id(1))),
        ("web_patient", &ana, "delete from app.draft;".to_owned()),
        ("web_staff", &clerk, corrected),
    ];
    let hidden = [(Uuid::nil(), "refused"), (Uuid::nil(), "done"), (elsewhere.0, "done"), (f.0, "refused")];
    for (login, who, change) in &tries {
        for (facility, outcome) in hidden {
            let said = refused(&hospital, login, who, &(change.clone() + &says(facility, outcome))).await;
            assert!(said.contains("without an entry"), "{change} {facility} {outcome}: {said}");
        }
        committed(&hospital, login, who, &(change.clone() + &entry(f))).await;
    }
}

#[tokio::test]
async fn what_belongs_to_no_facility_is_changed_with_an_entry_that_it_was_done() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let moved = "update app.person set phone = '(312) 555-0142';";
    let said = refused(&hospital, "web_patient", &ana, &(moved.to_owned() + &says(Uuid::nil(), "refused"))).await;
    assert!(said.contains("without an entry"), "{said}");
    committed(&hospital, "web_patient", &ana, &(moved.to_owned() + &says(Uuid::nil(), "done"))).await;
}

#[tokio::test]
async fn the_command_line_gives_no_role_and_no_password_that_the_trail_does_not_tell_of() {
    let hospital = Hospital::new().await;
    let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
    let f = hospital.facility;
    let role = format!("select auth.grant_role('{}', '{f}', 'auditor');", clerk.person);
    let account = "select auth.staff_account(gen_random_uuid(), 'eve@riverside.example', 'x');".to_owned();
    let void = "select person from auth.void_password('carla.clerk@riverside.example');".to_owned();
    for change in [&role, &account, &void] {
        for silent in ["commit".to_owned(), says(f.0, "refused")] {
            let said = hospital.at.says("operator", &format!("begin; {change} {silent}")).await.unwrap_err();
            assert!(said.contains("without an entry"), "{change} {silent}: {said}");
        }
    }
    let elsewhere = format!("begin; {role} {}", says(Uuid::nil(), "done"));
    let said = hospital.at.says("operator", &elsewhere).await.unwrap_err();
    assert!(said.contains("role changed without an entry"), "{said}");
    let held = "select (select string_agg(role, ',' order by role) from auth.role)
        || ' ' || count(*) || ' ' || max(failures) from auth.account";
    assert_eq!(hospital.at.says("postgres", held).await.unwrap(), ["clerk 1 0"]);

    for change in [role, account, void] {
        let told = format!("begin; {change} {}", entry(f));
        assert_eq!(hospital.at.says("operator", &told).await.unwrap().last().unwrap(), "committed");
    }
    assert_eq!(hospital.at.says("postgres", held).await.unwrap(), ["auditor,clerk 2 100"]);
}

#[tokio::test]
async fn a_role_is_taken_away_by_hand_with_an_entry_and_not_without() {
    let hospital = Hospital::new().await;
    let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
    let (person, f) = (clerk.person, hospital.facility);
    let taken = format!(
        "begin; delete from auth.role where person_id = '{person}' and facility_id = '{f}' and role = 'clerk';"
    );
    let said = hospital.at.says("postgres", &(taken.clone() + "commit")).await.unwrap_err();
    assert!(said.contains("role changed without an entry"), "{said}");
    let told = format!("select audit.append('{f}', 'remove_role', 'done', shown => array['{person}'::uuid]); commit");
    hospital.at.says("postgres", &(taken + &told)).await.unwrap();
    let left = "select count(*)::text from auth.role";
    assert_eq!(hospital.at.says("postgres", left).await.unwrap(), ["0"]);
}

#[tokio::test]
async fn only_what_its_sender_has_kept_is_attached_to_a_request_and_only_what_is_kept_is_opened() {
    let hospital = Hospital::new().await;
    let (ana, f) = (hospital.patient("Ana Ruiz").await, hospital.facility);
    let fay = hospital.staff("Fay Desk", Role::FrontDesk).await;
    let gus = hospital.staff("Gus Desk", Role::FrontDesk).await;
    let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
    let request = hospital.was_sent(&ana, &ANA).await;

    let old = format!(
        "insert into app.blob (facility_id, id, kind, by_person, status, media_type, at)
         values ('{f}', '{}', 'evidence', '{}', 'staging', 'image/jpeg', '2000-01-01')",
        id(1),
        ana.person
    );
    let said = refused(&hospital, "web_patient", &ana, &old).await;
    assert!(said.contains("permission denied"), "{said}");

    let picture = staged(f, id(1), "evidence", ana.person);
    let sent = attached(request, id(1), "identity", ana.person);
    let said = refused(&hospital, "web_patient", &ana, &(picture.clone() + &sent + &entry(f))).await;
    assert!(said.contains("row-level security"), "{said}");
    committed(&hospital, "web_patient", &ana, &(picture + &kept(id(1)) + &sent + &entry(f))).await;

    let scan = staged(f, id(2), "form", gus.person);
    let form = |by: &Seated| attached(request, id(2), "request_form", by.person);
    let said = refused(&hospital, "web_staff", &gus, &(scan.clone() + &form(&gus) + &entry(f))).await;
    assert!(said.contains("row-level security"), "{said}");
    committed(&hospital, "web_staff", &gus, &(scan + &kept(id(2)) + &form(&gus) + &entry(f))).await;
    let said = refused(&hospital, "web_staff", &fay, &(form(&fay) + &entry(f))).await;
    assert!(said.contains("row-level security"), "another's: {said}");

    let lies = staged(f, id(3), "evidence", clerk.person);
    let opened = |blob: Uuid| {
        format!(
            "insert into app.opening (facility_id, id, blob, person_id, seat_hash, until)
             values ('{f}', gen_random_uuid(), '{blob}', '{}', app.my_seat(), now() + interval '1 minute');",
            clerk.person
        )
    };
    let said = refused(&hospital, "web_staff", &clerk, &(lies + &opened(id(3)) + &entry(f))).await;
    assert!(said.contains("row-level security"), "{said}");
    committed(&hospital, "web_staff", &clerk, &(opened(id(1)) + &entry(f))).await;
}

#[tokio::test]
async fn what_cannot_be_swept_holds_nothing_else_up() {
    let hospital = Hospital::new().await;
    let f = hospital.facility;
    let rows = format!(
        "set session_replication_role = replica;
         insert into app.blob (facility_id, id, kind, status, media_type, at) values
           ('{f}', '{0}', 'evidence', 'staging', 'image/jpeg', '2000-01-01'),
           ('{f}', '{1}', 'evidence', 'staging', 'image/jpeg', '2001-01-01');
         insert into app.chunk select facility_id, id, 0, 'x' from app.blob;
         insert into app.evidence (facility_id, id, request_id, kind, blob)
           values ('{f}', '{0}', '{0}', 'identity', '{0}')",
        id(1),
        id(2)
    );
    hospital.at.says("postgres", &rows).await.unwrap();
    let one = "select id::text from app.sweep_staged(1)";
    let next = hospital.at.says("worker", one).await.unwrap();
    assert_eq!(next, [id(2).to_string()], "the oldest is named, and the next goes");
    assert_eq!(hospital.at.says("worker", one).await.unwrap(), Vec::<String>::new());
    let whole = "select b.id::text from app.blob b join app.chunk c on c.blob = b.id";
    assert_eq!(hospital.at.says("postgres", whole).await.unwrap(), [id(1).to_string()], "what stays, stays whole");

    let lapsed = "insert into auth.flash select gen_random_uuid(), gen_random_uuid(), 'x', now() - interval '25 hours'";
    hospital.at.says("postgres", lapsed).await.unwrap();
    let swept = hospital.desk().sweep().await.unwrap();
    assert_eq!((swept.blobs, swept.lapsed), (0, 1), "and the rest of the sweep goes on");
}

#[tokio::test]
async fn bytes_are_kept_by_the_row_that_names_them() {
    let hospital = Hospital::new().await;
    let (ana, f) = (hospital.patient("Ana Ruiz").await, hospital.facility);
    let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
    let request = hospital.was_sent(&ana, &ANA).await;
    let another = hospital.was_sent(&ana, &ANA).await;

    let picture = staged(f, id(1), "evidence", ana.person) + &kept(id(1));
    let silent = picture.clone() + "commit";
    let said = refused(&hospital, "web_patient", &ana, &silent).await;
    assert!(said.contains("nothing names what is kept"), "{said}");
    let said = refused(&hospital, "web_patient", &ana, &(picture.clone() + &entry(f))).await;
    assert!(said.contains("nothing names what is kept"), "an entry is not enough: {said}");
    let sent = picture + &attached(request, id(1), "identity", ana.person) + &entry(f);
    committed(&hospital, "web_patient", &ana, &sent).await;

    let words = staged(f, id(2), "words", clerk.person)
        + &format!(
            "insert into vault.key (facility_id, blob, owner, wrapped) values ('{f}', '{}', '{}', 'x');",
            id(2),
            request.id
        )
        + &kept(id(2));
    let told = |of: RequestId| {
        format!(
            r#"insert into app.timeline (facility_id, request_id, id, for_patient, by_person, entry)
               values ('{f}', '{}', gen_random_uuid(), false, '{}', '{{"entry": "note.written", "text": "{}"}}');"#,
            of.id,
            clerk.person,
            id(2)
        )
    };
    for nowhere in [String::new(), told(another)] {
        let said = refused(&hospital, "web_staff", &clerk, &(words.clone() + &nowhere + &entry(f))).await;
        assert!(said.contains("nothing names what is kept"), "{nowhere}: {said}");
    }
    committed(&hospital, "web_staff", &clerk, &(words + &told(request) + &entry(f))).await;
}

#[tokio::test]
async fn no_patient_names_bytes_beside_what_an_entry_says() {
    let hospital = Hospital::new().await;
    let (ana, f) = (hospital.patient("Ana Ruiz").await, hospital.facility);
    let request = hospital.was_sent(&ana, &ANA).await;
    let (blob, notice) = (id(1), id(2));
    let words = staged(f, blob, "words", ana.person)
        + &format!(
            "insert into vault.key (facility_id, blob, owner, wrapped) values ('{f}', '{blob}', '{}', 'x');",
            request.id
        )
        + &kept(blob);
    let withdrawn =
        format!("update app.request set status = 'closed', outcome = 'withdrawn' where id = '{}';", request.id);
    let letter = format!(
        "insert into app.notice (facility_id, id, request_id, kind, language, status)
         values ('{f}', '{notice}', '{}', 'n1', 'en', 'printable');",
        request.id
    );
    let told = |entry: &str| {
        format!(
            "insert into app.timeline (facility_id, request_id, id, for_patient, entry)
             values ('{f}', '{}', gen_random_uuid(), false, '{entry}');",
            request.id
        )
    };
    let printed = format!(r#"{{"entry": "notice.printable", "kind": "n1", "notice": "{notice}", "x": "{blob}"}}"#);
    for (before, said) in [
        ("", format!(r#"{{"entry": "request.submitted", "x": "{blob}"}}"#)),
        (withdrawn.as_str(), format!(r#"{{"entry": "request.closed", "outcome": "withdrawn", "x": "{blob}"}}"#)),
        (letter.as_str(), printed),
    ] {
        let why = refused(&hospital, "web_patient", &ana, &(words.clone() + before + &told(&said) + &entry(f))).await;
        assert!(why.contains("nothing names what is kept"), "{said}: {why}");
        committed(&hospital, "web_patient", &ana, &(told(r#"{"entry": "request.submitted"}"#) + &entry(f))).await;
    }
    let only = "select distinct entry::text from app.timeline";
    assert_eq!(hospital.at.says("postgres", only).await.unwrap(), [r#"{"entry": "request.submitted"}"#]);
}
