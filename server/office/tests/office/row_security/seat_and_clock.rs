//! Who did something and when: whoever sits there and the database's clock, whatever a statement says.

use domain::{caller::Role, ids::FacilityId};
use uuid::Uuid;

use super::{draft, entry, id, seated};
use crate::people::{Hospital, Seated};

const LONG_AGO: &str = "2021-01-05T12:00:00Z";

/// Ana's three requests, all verified: of the first the copy was picked up, of the second it is released and not offered
/// yet, of the third there is none.
async fn three_requests(hospital: &Hospital, ana: &Seated, clerk: &Seated, checker: &Seated, desk: &Seated) {
    let (f, chart) = (hospital.facility, id(20));
    let sent = |n: u128| {
        format!(
            "insert into app.request (facility_id, id, requester_id, patient_id, number, status, channel, language, received_at,
                 patient_name, birth_date, scope, delivery)
               values ('{f}', '{request}', '{ana}', '{chart}', '{n:010}', 'open', 'portal', 'en', '{LONG_AGO}', 'Ana Ruiz', '1957-03-27',
                 'everything', 'portal');
             insert into app.verification (facility_id, request_id, method, evidence_kind, matched, identity_by, identity_at, agreeing,
                 match_by, match_at)
               values ('{f}', '{request}', 'seen_in_person', 'passport', '{{name,birth_date}}', '{clerk}', '{LONG_AGO}',
                 '{{name,birth_date}}', '{clerk}', '{LONG_AGO}');",
            request = id(n),
            ana = ana.person,
            clerk = clerk.person,
        )
    };
    let released = |n: u128| {
        format!(
            "insert into app.package (facility_id, id, request_id, patient_id, status, builder, checker, pages, handed_over_at, released_at)
               values ('{f}', '{}', '{}', '{chart}', 'released', '{}', '{}', 1, '{LONG_AGO}', '{LONG_AGO}');",
            package(n),
            id(n),
            clerk.person,
            checker.person,
        )
    };
    let collected = format!(
        "insert into app.delivery (facility_id, id, package_id, request_id, recipient_id, way, status, offered_at, printed_by, printed_at,
             handed_by, evidence_kind, signed_name, collected_at)
           values ('{f}', '{}', '{}', '{}', '{}', 'pick_up', 'collected', '{LONG_AGO}', '{}', '{LONG_AGO}', '{}', 'passport', 'Ana Ruiz',
             '{LONG_AGO}')",
        delivery(1),
        package(1),
        id(1),
        ana.person,
        clerk.person,
        desk.person,
    );
    let chart = format!(
        "set session_replication_role = replica;
         insert into app.patient (facility_id, id, source, source_id, name, family, given, digest)
           values ('{f}', '{chart}', 'test', '1', 'Ana Ruiz', 'Ruiz', 'Ana', '');"
    );
    let rows = chart + &sent(1) + &sent(2) + &sent(3) + &released(1) + &released(2) + &collected;
    hospital.at.says("postgres", &rows).await.unwrap();
}

fn package(n: u128) -> Uuid {
    id(100 + n)
}

fn delivery(n: u128) -> Uuid {
    id(200 + n)
}

async fn writes(hospital: &Hospital, login: &str, who: &Seated, statement: &str) {
    let all = format!("{}{statement};{}", seated(who), entry(hospital.facility));
    let said = hospital.at.says(login, &all).await.unwrap_or_else(|said| panic!("{statement}: {said}"));
    assert_eq!(said.last().unwrap(), "committed", "{statement}");
}

async fn row(hospital: &Hospital, query: &str) -> String {
    hospital.at.says("postgres", query).await.unwrap().remove(0)
}

struct Cast {
    hospital: Hospital,
    ana: Seated,
    clerk: Seated,
    checker: Seated,
    desk: Seated,
}

impl Cast {
    async fn new() -> Self {
        let hospital = Hospital::new().await;
        let ana = hospital.patient("Ana Ruiz").await;
        let clerk = hospital.staff("Carla Clerk", Role::Clerk).await;
        let checker = hospital.staff("Marcus Checker", Role::Clerk).await;
        let desk = hospital.staff("Fay Desk", Role::FrontDesk).await;
        three_requests(&hospital, &ana, &clerk, &checker, &desk).await;
        Self { hospital, ana, clerk, checker, desk }
    }

    fn facility(&self) -> FacilityId {
        self.hospital.facility
    }
}

#[tokio::test]
async fn a_copy_that_was_handed_out_keeps_who_handed_it_out_when_and_for_whose_signature() {
    let cast = Cast::new().await;
    let stands = format!("select (to_jsonb(d) - 'version')::text from app.delivery d where id = '{}'", delivery(1));
    let before = row(&cast.hospital, &stands).await;
    let rewritten = format!(
        "update app.delivery set printed_by = '{0}', printed_at = now(), handed_by = '{0}', collected_at = now(), evidence_kind = 'other',
           evidence_name = 'A card', signed_name = 'Ben Okoro' where id = '{1}'",
        cast.checker.person,
        delivery(1)
    );
    writes(&cast.hospital, "web_staff", &cast.desk, &rewritten).await;
    assert_eq!(row(&cast.hospital, &stands).await, before);
}

#[tokio::test]
async fn a_delivery_is_offered_and_opened_now_and_begins_with_nobodys_name() {
    let cast = Cast::new().await;
    let offered = format!(
        "insert into app.delivery (facility_id, id, package_id, request_id, recipient_id, way, status, offered_at, opened_at, printed_by,
           printed_at, handed_by, evidence_kind, evidence_name, signed_name, collected_at)
         values ('{}', '{}', '{}', '{}', '{}', 'portal', 'offered', '2020-01-01', '2020-01-01', '{other}', '2020-01-01', '{other}',
           'other', 'A card', 'Ben Okoro', '2020-01-01')",
        cast.facility(),
        delivery(2),
        package(2),
        id(2),
        cast.ana.person,
        other = cast.checker.person
    );
    writes(&cast.hospital, "web_staff", &cast.clerk, &offered).await;
    let begun = format!(
        "select (offered_at > now() - interval '1 minute' and num_nonnulls(opened_at, printed_by, printed_at, handed_by, evidence_kind,
           evidence_name, signed_name, collected_at) = 0)::text from app.delivery where id = '{}'",
        delivery(2)
    );
    assert_eq!(row(&cast.hospital, &begun).await, "true");

    let of_this = format!("where id = '{}'", delivery(2));
    let opened = format!("update app.delivery set status = 'opened', opened_at = '2020-01-01' {of_this}");
    writes(&cast.hospital, "web_patient", &cast.ana, &opened).await;
    let earlier = format!("update app.delivery set opened_at = '2020-01-01' {of_this}");
    writes(&cast.hospital, "web_patient", &cast.ana, &earlier).await;
    let at = format!("select (opened_at > now() - interval '1 minute')::text from app.delivery {of_this}");
    assert_eq!(row(&cast.hospital, &at).await, "true");
}

#[tokio::test]
async fn when_bytes_were_opened_and_a_notice_was_written_no_statement_says() {
    let hospital = Hospital::new().await;
    let (ana, clerk) = (hospital.patient("Ana Ruiz").await, hospital.staff("Carla Clerk", Role::Clerk).await);
    for (login, seat) in [("web_patient", seated(&ana)), ("web_staff", seated(&clerk)), ("worker", String::new())] {
        for table in ["opening", "notice"] {
            let dated = seat.clone() + &format!("insert into app.{table} (at) values ('2020-01-01')");
            let said = hospital.at.says(login, &dated).await.unwrap_err();
            assert!(said.contains("permission denied"), "{login}: {table}: {said}");
        }
    }
}

#[tokio::test]
async fn a_package_is_begun_handed_over_and_released_at_no_other_time_than_it_was() {
    let cast = Cast::new().await;
    let times =
        format!("select handed_over_at::text || ' ' || released_at::text from app.package where id = '{}'", package(1));
    let before = row(&cast.hospital, &times).await;
    let moved = format!(
        "update app.package set handed_over_at = '2020-01-01', released_at = '2020-01-01' where id = '{}'",
        package(1)
    );
    writes(&cast.hospital, "web_staff", &cast.clerk, &moved).await;
    assert_eq!(row(&cast.hospital, &times).await, before);

    let begun = format!(
        "insert into app.package (facility_id, id, request_id, patient_id, status, created_at, built_at, handed_over_at, released_at)
         values ('{}', '{}', '{}', '{}', 'building', '2020-01-01', '2020-01-01', '2020-01-01', '2020-01-01')",
        cast.facility(),
        package(3),
        id(3),
        id(20)
    );
    writes(&cast.hospital, "web_staff", &cast.clerk, &begun).await;
    let nothing_yet = format!(
        "select (created_at > now() - interval '1 minute' and num_nonnulls(built_at, handed_over_at, released_at) = 0)::text
         from app.package where id = '{}'",
        package(3)
    );
    assert_eq!(row(&cast.hospital, &nothing_yet).await, "true");
}

#[tokio::test]
async fn who_asks_back_and_who_sends_a_copy_back_is_who_sits_there() {
    let cast = Cast::new().await;
    let (f, other) = (cast.facility(), cast.checker.person);
    let asked = format!(
        "insert into app.question (facility_id, id, request_id, status, reason, ways, asked_by, asked_at, answered_by)
         values ('{f}', '{}', '{}', 'open', 'id_unreadable', '{{send_photo,write_here}}', '{other}', '2020-01-01', '{other}')",
        id(30),
        id(1)
    );
    writes(&cast.hospital, "web_staff", &cast.clerk, &asked).await;
    let returned = format!(
        "insert into app.package_return (facility_id, package_id, n, code, by_person, at)
         values ('{f}', '{}', 1, 'illegible', '{other}', '2020-01-01')",
        package(1)
    );
    writes(&cast.hospital, "web_staff", &cast.clerk, &returned).await;
    for (table, by, at) in [("question", "asked_by", "asked_at"), ("package_return", "by_person", "at")] {
        let written = format!(
            "select ({by} = '{}' and {at} > now() - interval '1 minute')::text from app.{table}",
            cast.clerk.person
        );
        assert_eq!(row(&cast.hospital, &written).await, "true", "{table}");
    }
    assert_eq!(row(&cast.hospital, "select coalesce(answered_by::text, 'nobody') from app.question").await, "nobody");
}

#[tokio::test]
async fn a_history_is_written_under_ones_own_name_and_by_a_patient_as_patients_do() {
    let cast = Cast::new().await;
    let f = cast.facility();
    let told = |entry: &str| {
        format!(
            "insert into app.timeline (facility_id, request_id, at, id, for_patient, by_person, entry)
             values ('{f}', '{}', '2020-01-01', gen_random_uuid(), false, '{}', '{entry}')",
            id(1),
            cast.checker.person
        )
    };
    for made_up in [
        r#"{"entry": "patient.matched"}"#,
        r#"{"entry": "request.closed", "outcome": "fulfilled"}"#,
        r#"{"entry": "request.closed"}"#,
        r#"{"entry": "info.received", "by_desk": false, "question": "", "answer": null}"#,
        r#"{"entry": "notice.printable", "kind": "n1", "notice": ""}"#,
        r#"{"entry": "nothing"}"#,
        r#""request.submitted""#,
        "{}",
    ] {
        let said = seated(&cast.ana) + &told(made_up);
        let said = cast.hospital.at.says("web_patient", &said).await.unwrap_err();
        assert!(said.contains("nothing that a patient does"), "{made_up}: {said}");
    }
    writes(&cast.hospital, "web_patient", &cast.ana, &told(r#"{"entry": "request.submitted"}"#)).await;
    writes(&cast.hospital, "web_staff", &cast.clerk, &told(r#"{"entry": "request.assigned"}"#)).await;
    let by_nobody = format!("begin; {}; {}", told(r#"{"entry": "request.decided"}"#), entry(f));
    cast.hospital.at.says("worker", &by_nobody).await.unwrap();
    let by = "select t.entry ->> 'entry', coalesce(p.name, 'nobody'), (t.at > now() - interval '1 minute')::text
        from app.timeline t left join app.person p on p.id = t.by_person order by 1";
    assert_eq!(
        cast.hospital.at.says("postgres", by).await.unwrap(),
        ["request.assigned|Carla Clerk|true", "request.decided|nobody|true", "request.submitted|Ana Ruiz|true"]
    );
}

#[tokio::test]
async fn a_request_is_begun_entered_and_signed_now_and_signed_by_its_patient_alone() {
    let hospital = Hospital::new().await;
    let (ana, desk) = (hospital.patient("Ana Ruiz").await, hospital.staff("Fay Desk", Role::FrontDesk).await);
    let f = hospital.facility;
    let begun = draft(f, id(1), ana.person)
        .replace("channel, language", "channel, language, created_at")
        .replace("'portal', 'en'", "'portal', 'en', '2020-01-01'");
    let sent = format!(
        "update app.request set status = 'open', patient_name = 'Ana Ruiz', birth_date = '1957-03-27', scope = 'everything',
           delivery = 'portal', signed_name = 'Ana Ruiz', signed_statement = 'access_2026_1', signed_at = '2020-01-01' where id = '{}'",
        id(1)
    );
    writes(&hospital, "web_patient", &ana, &(begun + &sent)).await;
    let now = "select (created_at > now() - interval '1 minute' and signed_at = received_at)::text from app.request";
    assert_eq!(row(&hospital, now).await, "true");

    let entered = format!(
        "insert into app.request (facility_id, id, requester_id, number, status, channel, language, received_at, entered_at, created_at,
           patient_name, birth_date, scope, delivery, signed_name, signed_statement, signed_at)
         values ('{f}', '{}', '{}', '0000000002', 'open', 'phone', 'en', '2021-01-05', '2020-01-01', '2020-01-01', 'Ana Ruiz',
           '1957-03-27', 'everything', 'pick_up', 'Ana Ruiz', 'access_2026_1', '2020-01-01')",
        id(2),
        ana.person
    );
    writes(&hospital, "web_staff", &desk, &entered).await;
    let by_desk =
        "select (created_at > now() - interval '1 minute' and entered_at = created_at and received_at < entered_at
           and num_nonnulls(signed_name, signed_statement, signed_at) = 0)::text
        from app.request where channel = 'phone'";
    assert_eq!(row(&hospital, by_desk).await, "true");
}
