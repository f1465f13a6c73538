//! What a patient's login may write: no time but now, nothing of what was signed, no words but their own, and no more
//! bytes than a few sendings.

use domain::{
    caller::Role,
    ids::{FacilityId, PersonId},
};
use uuid::Uuid;

use super::{draft, entry, id, seated};
use crate::people::{Hospital, Seated};

/// A draft that is sent with whatever times a statement makes up.
fn sent(f: FacilityId, request: Uuid, requester: PersonId) -> String {
    draft(f, request, requester)
        + &format!(
            "update app.request set status = 'open', received_at = '2020-01-01', entered_at = '2020-01-01', patient_name = 'Ana Ruiz',
               name_folded = 'ana ruiz', birth_date = '1957-03-27', scope = 'everything', delivery = 'portal',
               signed_name = 'Ana Ruiz', signed_statement = 'access_2026_1', signed_at = now() where id = '{request}';"
        )
}

async fn asked(hospital: &Hospital, who: &Seated, request: Uuid) {
    let f = hospital.facility;
    let statements = seated(who) + &sent(f, request, who.person) + &entry(f);
    assert_eq!(hospital.at.says("web_patient", &statements).await.unwrap().last().unwrap(), "committed");
}

#[tokio::test]
async fn a_request_is_received_and_can_be_undone_by_the_databases_clock() {
    let hospital = Hospital::new().await;
    let (ana, f) = (hospital.patient("Ana Ruiz").await, hospital.facility);
    let as_received = draft(f, id(1), ana.person).replace("channel, language", "channel, language, received_at");
    let as_received = as_received.replace("'portal', 'en'", "'paper', 'en', '2020-01-01'");
    hospital.at.says("web_patient", &(seated(&ana) + &as_received + &entry(f))).await.unwrap();
    let begun = "select channel || ' ' || (received_at is null) from app.request";
    assert_eq!(hospital.at.says("postgres", begun).await.unwrap(), ["portal true"]);

    asked(&hospital, &ana, id(2)).await;
    let received = "select (received_at > now() - interval '1 minute' and entered_at = received_at)::text
        from app.request where status = 'open'";
    assert_eq!(hospital.at.says("postgres", received).await.unwrap(), ["true"]);

    let of_this = format!("where id = '{}'; ", id(2));
    for statement in ["set outcome = 'fulfilled' ", "set undo_until = '2099-01-01' ", "set closed_at = '2020-01-01' "] {
        let changed = seated(&ana) + "update app.request " + statement + &of_this + &entry(f);
        let said = hospital.at.says("web_patient", &changed).await.unwrap_err();
        assert!(said.contains("an outcome comes with the end"), "{statement}: {said}");
    }
    let withdrawn = seated(&ana)
        + "update app.request set status = 'closed', outcome = 'withdrawn', undo_until = '2099-01-01', closed_at = '2020-01-01' "
        + &of_this
        + &entry(f);
    hospital.at.says("web_patient", &withdrawn).await.unwrap();
    let undone =
        "select (undo_until - closed_at = interval '15 minutes' and closed_at > now() - interval '1 minute')::text
        from app.request where status = 'closed'";
    assert_eq!(hospital.at.says("postgres", undone).await.unwrap(), ["true"]);
    let longer = seated(&ana) + "update app.request set undo_until = '2099-01-01' " + &of_this + &entry(f);
    let said = hospital.at.says("web_patient", &longer).await.unwrap_err();
    assert!(said.contains("an outcome comes with the end"), "{said}");
}

#[tokio::test]
async fn nothing_that_was_signed_changes_afterwards() {
    let hospital = Hospital::new().await;
    let (ana, f) = (hospital.patient("Ana Ruiz").await, hospital.facility);
    let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
    asked(&hospital, &ana, id(1)).await;
    let signed = [
        ("birth_date", "'1980-01-01'"),
        ("categories", "'{lab}'"),
        ("delivery", "'pick_up'"),
        ("email", "'other@mail.example'"),
        ("former_names", "'{Ana Soto}'"),
        ("from_date", "'2020-01-01'"),
        ("help", "'an interpreter'"),
        ("language", "'es'"),
        ("name_folded", "'ben okoro'"),
        ("patient_name", "'Ben Okoro'"),
        ("phone", "'(312) 555-0142'"),
        ("postal", "'{}'"),
        ("record_number", "'MRN-1'"),
        ("scope", "'chosen'"),
        ("signed_at", "'2020-01-01'"),
        ("signed_name", "'Ben Okoro'"),
        ("signed_statement", "'another'"),
        ("to_date", "'2020-01-01'"),
    ];
    for (column, value) in signed {
        let changed = seated(&ana) + &format!("update app.request set {column} = {value};") + &entry(f);
        let said = hospital.at.says("web_patient", &changed).await.unwrap_err();
        assert!(said.contains("a sent request does not change"), "{column}: {said}");
    }
    let granted = "select column_name::text from information_schema.column_privileges
        where grantee = 'web_patient' and table_schema = 'app' and table_name = 'request' and privilege_type = 'UPDATE'
          and column_name not in ('status', 'outcome', 'received_at', 'entered_at', 'undo_until', 'closed_at') order by 1";
    let columns: Vec<&str> = signed.iter().map(|(column, _)| *column).collect();
    assert_eq!(hospital.at.says("postgres", granted).await.unwrap(), columns, "every column was tried");

    let corrected = seated(&clerk) + "update app.request set phone = '(312) 555-0142';" + &entry(f);
    assert_eq!(hospital.at.says("web_staff", &corrected).await.unwrap().last().unwrap(), "committed");
}

#[tokio::test]
async fn a_question_is_answered_once_and_with_ones_own_words_about_it() {
    let hospital = Hospital::new().await;
    let (ana, ben) = (hospital.patient("Ana Ruiz").await, hospital.patient("Ben Okoro").await);
    let (f, question) = (hospital.facility, id(30));
    asked(&hospital, &ana, id(1)).await;
    asked(&hospital, &ana, id(2)).await;
    let blob = |n: u128, kind: &str, by: &Seated, status: &str, owner: u128| {
        format!(
            "insert into app.blob (facility_id, id, kind, by_person, status, media_type, bytes, chunks)
               values ('{f}', '{0}', '{kind}', '{1}', '{status}', 'text/plain', 1, 1);
             insert into vault.key (facility_id, blob, owner, wrapped) values ('{f}', '{0}', '{2}', 'x');",
            id(n),
            by.person,
            id(owner)
        )
    };
    let rows = "set session_replication_role = replica;".to_owned()
        + &blob(10, "words", &ben, "kept", 1)
        + &blob(11, "evidence", &ana, "kept", 1)
        + &blob(12, "words", &ana, "kept", 2)
        + &blob(13, "words", &ana, "staging", 1)
        + &blob(14, "words", &ana, "kept", 1)
        + &format!(
            "insert into app.question (facility_id, id, request_id, status, reason, ways, asked_by, asked_at)
             values ('{f}', '{question}', '{}', 'open', 'id_unreadable', '{{send_photo,write_here}}', '{}', now())",
            id(1),
            ben.person
        );
    hospital.at.says("postgres", &rows).await.unwrap();

    let with = |set: String| seated(&ana) + &format!("update app.question set {set};") + &entry(f);
    let answered = |n: u128| {
        let (answer, by) = (id(n), ben.person);
        with(format!("status = 'answered', answer = '{answer}', answered_by = '{by}', answered_at = '2020-01-01'"))
    };
    let said = hospital.at.says("web_patient", &with(format!("answer = '{}'", id(10)))).await.unwrap_err();
    assert!(said.contains("an answer is given once"), "while it is open: {said}");
    for (n, whose) in [(10, "another's"), (11, "a picture"), (12, "of another request"), (13, "staged"), (99, "none")] {
        let said = hospital.at.says("web_patient", &answered(n)).await.unwrap_err();
        assert!(said.contains("not words about this request"), "{whose}: {said}");
    }
    assert_eq!(hospital.at.says("web_patient", &answered(14)).await.unwrap().last().unwrap(), "committed");
    let by = format!(
        "select (answered_by = '{}' and answered_at > now() - interval '1 minute')::text from app.question",
        ana.person
    );
    assert_eq!(hospital.at.says("postgres", &by).await.unwrap(), ["true"], "by whoever sits there, now");
    let said = hospital.at.says("web_patient", &with(format!("answer = '{}'", id(10)))).await.unwrap_err();
    assert!(said.contains("an answer is given once"), "afterwards: {said}");
}

#[tokio::test]
async fn what_clerks_decide_is_written_by_no_other_role() {
    let hospital = Hospital::new().await;
    let (ana, f) = (hospital.patient("Ana Ruiz").await, hospital.facility);
    let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
    let others = [
        hospital.staff("Susan Supervisor", Role::Supervisor).await,
        hospital.staff("Dora Desk", Role::FrontDesk).await,
        hospital.staff("Paul Privacy", Role::PrivacyOfficer).await,
    ];
    asked(&hospital, &ana, id(1)).await;

    for table in ["package", "package_document", "left_out", "page_seen", "package_return", "delivery", "question"] {
        // its guards speak before its policies: without them, the policies alone
        let guards = format!("alter table app.{table} disable trigger user");
        hospital.at.says("postgres", &guards).await.unwrap();
        let written = format!("insert into app.{table} (facility_id) values ('{f}')");
        for other in &others {
            let said = hospital.at.says("web_staff", &(seated(other) + &written)).await.unwrap_err();
            assert!(said.contains("row-level security"), "{table}: {said}");
        }
        let said = hospital.at.says("web_staff", &(seated(&clerk) + &written)).await.unwrap_err();
        assert!(said.contains("null value"), "{table}: {said}");
        hospital.at.says("postgres", &guards.replace("disable", "enable")).await.unwrap();
    }
    let located = format!(
        "insert into app.item (facility_id, id, request_id, category, status, position, by_person, at)
         values ('{f}', '{}', '{}', 'imaging', 'located', 2, auth.person_id(), now())",
        id(21),
        id(1)
    );
    for other in &others {
        let said = hospital.at.says("web_staff", &(seated(other) + &located)).await.unwrap_err();
        assert!(said.contains("row-level security"), "{said}");
    }

    let rows = format!(
        "set session_replication_role = replica;
         insert into app.item (facility_id, id, request_id, category, status, position)
           values ('{f}', '{0}', '{1}', 'lab', 'pending', 1);
         insert into app.left_out (facility_id, request_id, document_id, reason, by_person)
           values ('{f}', '{1}', '{0}', 'duplicate', '{2}');",
        id(20),
        id(1),
        clerk.person
    );
    hospital.at.says("postgres", &rows).await.unwrap();
    for (what, change) in [
        ("a part", "with done as (update app.item set facts = facts returning 1)"),
        ("a document left out", "with done as (delete from app.left_out returning 1)"),
    ] {
        let change = change.to_owned() + " select count(*)::text from done";
        for (who, done) in others.iter().map(|other| (other, "0")).chain([(&clerk, "1")]) {
            let said = hospital.at.says("web_staff", &(seated(who) + &change)).await.unwrap();
            assert_eq!(said.last().unwrap(), done, "{what}");
        }
    }
}

#[tokio::test]
async fn what_is_staged_and_comes_to_nothing_has_an_end() {
    let hospital = Hospital::new().await;
    let (ana, f) = (hospital.patient("Ana Ruiz").await, hospital.facility);
    let begun = |blob: Uuid, kind: &str| {
        format!(
            "insert into app.blob (facility_id, id, kind, by_person, status, media_type)
             values ('{f}', '{blob}', '{kind}', '{}', 'staging', 'image/jpeg');",
            ana.person
        )
    };
    let byte = |blob: Uuid, n: i32| {
        format!("insert into app.chunk (facility_id, blob, n, bytes) values ('{f}', '{blob}', {n}, 'x');")
    };
    // all but one byte of what a person may leave lying; what is alike throughout takes no room when it is compressed
    let lies = format!(
        "alter table app.chunk alter bytes set storage extended; set session_replication_role = replica; {}
         insert into app.chunk (facility_id, blob, n, bytes)
         select '{f}', '{}', n, convert_to(repeat('x', (16 << 20) - (n / 7)), 'UTF8') from generate_series(0, 7) n",
        begun(id(1), "evidence"),
        id(1)
    );
    hospital.at.says("postgres", &lies).await.unwrap();
    let last = seated(&ana) + &byte(id(1), 8) + "commit; select 'committed'";
    assert_eq!(hospital.at.says("web_patient", &last).await.unwrap().last().unwrap(), "committed");
    for more in [byte(id(1), 9), begun(id(2), "evidence") + &byte(id(2), 0)] {
        let said = hospital.at.says("web_patient", &(seated(&ana) + &more)).await.unwrap_err();
        assert!(said.contains("too much is staged"), "{said}");
    }
    let written = seated(&ana) + &begun(id(3), "words") + &byte(id(3), 0) + "commit; select 'committed'";
    assert_eq!(hospital.at.says("web_patient", &written).await.unwrap().last().unwrap(), "committed");
}
