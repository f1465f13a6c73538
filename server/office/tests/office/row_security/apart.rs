//! What belongs to one person or one facility is nothing to another: rows as acts leave them, counted under each login.

use domain::caller::{Role, Side};

use super::{draft, entry, id, seated};
use crate::people::{Hospital, Seated};

/// What each of them holds of a released copy and of a picture that its patient sent.
const TABLES: [&str; 7] =
    ["app.blob", "app.chunk", "app.opening", "app.package_file", "app.delivery", "app.evidence", "vault.key"];

/// A request, and everything that says what was sent, decided and given for it.
const WHOLE: [&str; 10] = [
    "app.request",
    "app.item",
    "app.package",
    "app.blob",
    "app.chunk",
    "app.opening",
    "app.package_file",
    "app.delivery",
    "app.evidence",
    "vault.key",
];

/// Ana's request: a picture, and a released copy that she and a clerk have opened.
async fn copied(hospital: &Hospital, ana: &Seated, clerk: &Seated) {
    let (f, request, picture, copy, package) = (hospital.facility, id(1), id(2), id(3), id(4));
    let rows = format!(
        "set session_replication_role = replica;
         insert into app.request (facility_id, id, requester_id, number, status, channel, language, received_at, patient_name,
             birth_date, scope, delivery)
           values ('{f}', '{request}', '{ana}', '0000000001', 'open', 'portal', 'en', now(), 'Ana Ruiz', '1957-03-27', 'everything', 'portal');
         insert into app.item (facility_id, id, request_id, position, status) values ('{f}', '{item}', '{request}', 1, 'pending');
         insert into app.blob (facility_id, id, kind, by_person, status, media_type, bytes, chunks) values
           ('{f}', '{picture}', 'evidence', '{ana}', 'kept', 'image/jpeg', 1, 1),
           ('{f}', '{copy}', 'package', null, 'kept', 'application/pdf', 1, 1);
         insert into app.chunk (facility_id, blob, n, bytes) values ('{f}', '{picture}', 0, 'x'), ('{f}', '{copy}', 0, 'x');
         insert into vault.key (facility_id, blob, owner, wrapped) values
           ('{f}', '{picture}', '{request}', 'x'), ('{f}', '{copy}', '{request}', 'x');
         insert into app.evidence (facility_id, id, request_id, kind, blob, sent_by)
           values ('{f}', '{}', '{request}', 'identity', '{picture}', '{ana}');
         insert into app.package (facility_id, id, request_id, patient_id, status, builder, checker, pages, released_at)
           values ('{f}', '{package}', '{request}', '{}', 'released', '{clerk}', '{}', 1, now());
         insert into app.package_file (facility_id, package_id, position, role, name, media_type, bytes, sha256, blob)
           values ('{f}', '{package}', 1, 'copy', 'copy.pdf', 'application/pdf', 1, 'x', '{copy}');
         insert into app.delivery (facility_id, id, package_id, request_id, recipient_id, way, status, offered_at)
           values ('{f}', '{}', '{package}', '{request}', '{ana}', 'portal', 'offered', now());
         insert into app.opening (facility_id, id, blob, person_id, seat_hash, until) values
           ('{f}', '{}', '{copy}', '{ana}', sha256(convert_to('{}', 'UTF8')), now() + interval '1 hour'),
           ('{f}', '{}', '{copy}', '{clerk}', sha256(convert_to('{}', 'UTF8')), now() + interval '1 hour')",
        id(5),
        id(6),
        id(7),
        id(8),
        id(9),
        ana.seat.as_str(),
        id(10),
        clerk.seat.as_str(),
        item = id(11),
        ana = ana.person,
        clerk = clerk.person,
    );
    hospital.at.says("postgres", &rows).await.unwrap();
}

async fn sees(hospital: &Hospital, login: &str, who: &Seated, table: &str) -> String {
    let count = seated(who) + &format!("select count(*)::text from {table}");
    hospital.at.says(login, &count).await.unwrap().pop().unwrap()
}

#[tokio::test]
async fn an_injected_setting_seats_nobody() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
    copied(&hospital, &ana, &clerk).await;
    for (login, who) in [("web_patient", &ana), ("web_staff", &clerk)] {
        let forged = [
            format!("select set_config('app.person_id', '{}', true);", who.person),
            format!("select set_config('app.seat', '{}', true);", who.person),
            String::new(),
        ];
        for table in WHOLE {
            assert_ne!(sees(&hospital, login, who, table).await, "0", "{login}: {table}, seated");
            for setting in &forged {
                let count = format!("begin; {setting} select count(*)::text from {table}");
                let seen = hospital.at.says(login, &count).await.unwrap().pop();
                assert_eq!(seen.as_deref(), Some("0"), "{login}: {count}");
            }
        }
    }
}

#[tokio::test]
async fn a_login_that_serves_nobodys_pages_reads_no_request_and_nothing_of_one() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
    let auditor = hospital.staff("Ada Auditor", Role::Auditor).await;
    copied(&hospital, &ana, &clerk).await;
    // a seat that is known helps no more than one that is made up
    let settings = format!(
        "begin; select set_config('app.seat', '{}', true), set_config('app.person_id', '{}', true);",
        clerk.seat.as_str(),
        clerk.person
    );
    for table in WHOLE {
        for login in ["web_auth", "relay", "operator", "audit_reader", "portal_migrate"] {
            let said = hospital.at.says(login, &format!("{settings} select * from {table}")).await.unwrap_err();
            assert!(said.contains("permission denied"), "{login}: {table}: {said}");
        }
        // the worker builds, sends and closes for everybody, so it reads; what people open is not its business
        let read = hospital.at.says("worker", &format!("select count(*)::text from {table}")).await;
        match read {
            Ok(rows) => assert_ne!(rows, ["0"], "worker: {table}"),
            Err(said) => assert!(table == "app.opening" && said.contains("permission denied"), "{table}: {said}"),
        }
    }
    // the trail's page names a request by its number, to whoever reads the trail there
    let number = "select number from app.request";
    assert_eq!(hospital.at.says("audit_reader", number).await.unwrap(), Vec::<String>::new());
    let read = hospital.at.says("audit_reader", &(seated(&auditor) + number)).await.unwrap();
    assert_eq!(read, ["seated", "0000000001"]);
}

#[tokio::test]
async fn one_patients_bytes_and_copy_are_nothing_to_another_patient() {
    let hospital = Hospital::new().await;
    let (ana, ben) = (hospital.patient("Ana Ruiz").await, hospital.patient("Ben Okoro").await);
    let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
    copied(&hospital, &ana, &clerk).await;
    for table in TABLES {
        assert_eq!(sees(&hospital, "web_patient", &ana, table).await, "1", "{table}: her own");
        assert_eq!(sees(&hospital, "web_patient", &ben, table).await, "0", "{table}: another's");
    }
    let seat = hospital.sign_in("ana.ruiz@mail.example", Side::Patient).await;
    let elsewhere = Seated { person: ana.person, seat };
    for table in ["app.opening", "app.chunk", "vault.key"] {
        assert_eq!(sees(&hospital, "web_patient", &elsewhere, table).await, "0", "{table}: opened in another session");
    }
    let opens = seated(&ben)
        + &format!(
            "insert into app.opening (facility_id, id, blob, person_id, seat_hash, until)
             values ('{}', '{}', '{}', '{}', app.my_seat(), now() + interval '1 hour')",
            hospital.facility,
            id(20),
            id(3),
            ben.person
        );
    assert!(hospital.at.says("web_patient", &opens).await.unwrap_err().contains("row-level security"));
}

#[tokio::test]
async fn one_facilitys_bytes_and_copies_are_nothing_to_another() {
    let hospital = Hospital::new().await;
    let ana = hospital.patient("Ana Ruiz").await;
    let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
    let other = hospital.staff_at(hospital.another_facility().await, "Olga Other", Role::Clerk).await;
    copied(&hospital, &ana, &clerk).await;
    for table in TABLES {
        // a picture that nobody opened is there and is not read
        let there = if table == "app.blob" { "2" } else { "1" };
        assert_eq!(sees(&hospital, "web_staff", &clerk, table).await, there, "{table}: of the facility");
        assert_eq!(sees(&hospital, "web_staff", &other, table).await, "0", "{table}: another facility's");
    }
}

#[tokio::test]
async fn whoever_reads_the_trail_knows_people_of_their_facility_by_name_and_nobody_else() {
    let hospital = Hospital::new().await;
    let elsewhere = hospital.another_facility().await;
    let (ana, _) = (hospital.patient("Ana Ruiz").await, hospital.patient("Ben Okoro").await);
    let auditor = hospital.staff("Ada Auditor", Role::Auditor).await;
    let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
    let other = hospital.staff_at(elsewhere, "Olga Other", Role::Auditor).await;
    let f = hospital.facility;
    hospital.at.says("web_patient", &(seated(&ana) + &draft(f, id(1), ana.person) + &entry(f))).await.unwrap();
    let names = "select name from app.person order by name";
    for (who, known) in [
        (&auditor, vec!["seated", "Ada Auditor", "Ana Ruiz", "Carla Clerk"]),
        (&other, vec!["seated", "Olga Other"]),
        (&clerk, vec!["seated"]),
    ] {
        assert_eq!(hospital.at.says("audit_reader", &(seated(who) + names)).await.unwrap(), known);
    }
    for column in ["email", "phone", "postal", "language"] {
        let asked = seated(&auditor) + &format!("select {column}::text from app.person");
        assert!(hospital.at.says("audit_reader", &asked).await.unwrap_err().contains("permission denied"), "{column}");
    }
}
