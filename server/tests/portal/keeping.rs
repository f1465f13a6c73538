//! What becomes of a form when time has passed, or when PostgreSQL is away.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::caller::{Role, Side};

use crate::{
    people::{Hospital, PASSWORD},
    visitor::{Answer, Visitor, portal},
};

const ANA: &str = "ana.ruiz@mail.example";
const TAKE_SEAT: &str = "take_seat(seat text, touch boolean) returns table (person_id uuid, side text, \
    auth_level smallint, roles text[], idle_until timestamptz, at timestamptz, as_of xid8)";

/// From now on PostgreSQL is away for whoever asks this of it.
async fn away(hospital: &Hospital, function: &str) {
    let gone = format!(
        "create or replace function auth.{function} language plpgsql as
         $$ begin raise exception 'away' using errcode = '57P03'; end $$"
    );
    hospital.at.says("postgres", &gone).await.unwrap();
}

fn says_that_nothing_answers(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("does not answer at the moment"), "{}", answer.body);
    assert!(answer.body.contains("href=\"/\""), "and a way on");
}

/// The cookie of this name that an answer sets.
fn cookie(answer: &Answer, name: &str) -> Option<String> {
    let set = answer.headers.get_all(header::SET_COOKIE).iter().filter_map(|set| set.to_str().ok());
    set.filter_map(|set| set.split_once('=')).find(|(set, _)| *set == name).map(|(_, rest)| rest.to_owned())
}

#[tokio::test]
async fn before_sign_in_a_form_lives_as_long_after_its_own_page_as_after_the_first() {
    let hospital = Hospital::new().await;
    let portal = portal(&hospital).await;
    let mut visitor = Visitor::new(&portal).await;
    let first = cookie(&visitor.get("/").await, "pre").unwrap();
    let second = cookie(&visitor.get("/register").await, "pre").unwrap();
    assert_eq!(first, second, "the same, for ten minutes more");
    assert!(second.contains("Max-Age=600"), "{second}");
}

#[tokio::test]
async fn what_a_form_said_stands_on_the_next_page_alone() {
    let hospital = Hospital::new().await;
    let portal = portal(&hospital).await;
    let mut visitor = Visitor::new(&portal).await;
    visitor.post("/sign-in", &[("email", ANA), ("password", "not the right words 1")]).await;
    assert!(visitor.get("/sign-in").await.body.contains("error-summary"));
    assert!(!visitor.get("/sign-in").await.body.contains("error-summary"));
}

#[tokio::test]
async fn whoever_typed_a_password_into_a_form_that_ended_is_told_to_type_it_again() {
    let hospital = Hospital::new().await;
    let portal = portal(&hospital).await;
    let mut visitor = Visitor::new(&portal).await;
    let typed = [("name", "Ana Ruiz"), ("email", ANA), ("password", PASSWORD), ("password_again", PASSWORD)];
    visitor.post_with("/register", &"0".repeat(128), &typed).await;
    let page = visitor.get("/register").await.body;
    assert!(page.contains("href=\"#password\"") && page.contains("Type yours again"), "beside the field and on top");
    assert!(page.contains(ANA) && !page.contains(PASSWORD));

    visitor.post_with("/sign-in", &"0".repeat(128), &[("email", ANA)]).await;
    assert!(!visitor.get("/sign-in").await.body.contains("Type yours again"), "nothing is missing");
}

#[tokio::test]
async fn a_form_of_a_session_that_was_over_days_ago_leads_to_the_sign_in_and_promises_nothing() {
    let hospital = Hospital::new().await;
    hospital.patient("Ana Ruiz").await;
    let portal = portal(&hospital).await;
    let mut ana = Visitor::signed_in(&portal, ANA, Side::Patient).await;
    let over = "update auth.session set idle_until = now() - interval '3 days', abs_until = now() - interval '2 days'";
    hospital.at.says("postgres", over).await.unwrap();
    let sign_in = Some("/sign-in?next=/requests/new");
    let answer = ana.post_from("/requests/new", "/api/requests/start", &[]).await;
    assert_eq!(answer.location.as_deref(), sign_in, "as its page sends it");
    let page = ana.get("/sign-in?next=/requests/new").await.body;
    assert!(page.contains("what you typed was not kept") && !page.contains("still here"));
    let answer = ana.post_with("/api/requests/start", "", &[("name", "Ana")]).await;
    assert_eq!(answer.location.as_deref(), Some("/sign-in?next=/"), "as a page does that was covered");
    let page = ana.get("/sign-in?next=/").await.body;
    assert!(page.contains("what you typed was not kept") && !page.contains("still here"));
}

#[tokio::test]
async fn a_password_for_the_other_side_and_one_that_nobody_could_look_up_read_differently() {
    let hospital = Hospital::new().await;
    hospital.patient("Ana Ruiz").await;
    let portal = portal(&hospital).await;
    let mut visitor = Visitor::new(&portal).await;
    let signs_in = |side| [("side", side), ("email", ANA), ("password", PASSWORD)];
    let answer = visitor.post("/sign-in", &signs_in("staff")).await;
    assert_eq!(answer.location.as_deref(), Some("/sign-in"));
    assert!(visitor.get("/sign-in").await.body.contains("This account has no staff role here"));

    away(&hospital, "session_open(attempt uuid, on_side text, seat text) returns uuid").await;
    let answer = visitor.post("/sign-in", &signs_in("patient")).await;
    assert_eq!(answer.location.as_deref(), Some("/sign-in"));
    let page = visitor.get("/sign-in").await.body;
    assert!(page.contains("does not answer at the moment") && !page.contains("staff role"));
}

#[tokio::test]
async fn nobody_is_told_that_they_are_signed_out_while_postgresql_is_away() {
    let hospital = Hospital::new().await;
    hospital.patient("Ana Ruiz").await;
    let portal = portal(&hospital).await;
    let mut ana = Visitor::signed_in(&portal, ANA, Side::Patient).await;
    away(&hospital, "session_end(seat text) returns void").await;
    says_that_nothing_answers(&ana.post("/sign-out", &[]).await);
}

#[tokio::test]
async fn a_form_a_file_and_a_download_say_that_postgresql_is_away_and_not_that_somebody_must_sign_in() {
    let hospital = Hospital::new().await;
    hospital.patient("Ana Ruiz").await;
    let portal = portal(&hospital).await;
    let mut ana = Visitor::signed_in(&portal, ANA, Side::Patient).await;
    away(&hospital, TAKE_SEAT).await;
    says_that_nothing_answers(&ana.post("/api/requests/start", &[]).await);
    says_that_nothing_answers(&ana.post_with("/api/requests/start", "", &[("name", "Ana")]).await);

    let none = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let request = Request::post(format!("/requests/{none}/evidence"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    says_that_nothing_answers(&ana.ask(request, "--x--".into()).await);

    let answer = ana.get("/copies/none/none").await;
    says_that_nothing_answers(&answer);
    assert!(!answer.body.contains("what you typed"), "nothing was");
}

#[tokio::test]
async fn a_download_that_is_over_leads_on() {
    let hospital = Hospital::new().await;
    hospital.patient("Ana Ruiz").await;
    let portal = portal(&hospital).await;
    let mut ana = Visitor::signed_in(&portal, ANA, Side::Patient).await;
    let answer = ana.get("/copies/none/none").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.body.contains("<a href=\"/\">Go to the start page</a>"), "{}", answer.body);
}

/// The key of the form that stands on a page.
fn key(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("name=\"key\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_same_key_with_other_words_is_another_form() {
    let hospital = Hospital::new().await;
    hospital.staff("Dora Desk", Role::FrontDesk).await;
    let portal = portal(&hospital).await;
    let mut dora = Visitor::signed_in(&portal, "dora.desk@riverside.example", Side::Staff).await;
    let key = key(&dora.get("/front-desk").await);
    let mut led_to = Vec::new();
    // the browser goes back to the page as it was: sent again, and sent with another name
    for words in ["Smith", "Smith", "Jones", "Jones"] {
        let pairs = [("key", key.as_str()), ("words", words), ("reason", "caller")];
        led_to.push(dora.post_from("/front-desk", "/api/front-desk/look-up", &pairs).await.location.unwrap());
    }
    assert!(led_to.iter().all(|to| to.starts_with("/front-desk/found?search=")), "{led_to:?}");
    assert_eq!((&led_to[0], &led_to[2]), (&led_to[1], &led_to[3]), "the same form is carried out once");
    assert_ne!(led_to[0], led_to[2], "and another name is looked up");
    let looks = "select count(*)::text from audit.event where act = 'look_up' and outcome = 'done'";
    assert_eq!(hospital.at.says("postgres", looks).await.unwrap(), ["2"]);
}

/// From now on, or no longer, PostgreSQL goes away at the commit of whatever makes a request.
async fn commits_get_lost(hospital: &Hospital, lost: bool) {
    let statements = if lost {
        "create function app.lost() returns trigger language plpgsql as
           $$ begin raise exception 'away' using errcode = '57P03'; end $$;
         create constraint trigger lost after insert on app.request deferrable initially deferred
           for each row execute function app.lost()"
    } else {
        "drop trigger lost on app.request; drop function app.lost()"
    };
    hospital.at.says("postgres", statements).await.unwrap();
}

/// Sends the form of a page, whose first answer gets lost, until one comes; `wrong` is the same form with a mistake.
async fn makes_one_request(
    hospital: &Hospital,
    visitor: &mut Visitor,
    (page, path): (&str, &str),
    typed: &[(&str, &str)],
    wrong: &[(&str, &str)],
) {
    let first = key(&visitor.get(page).await);
    let keyed = [("key", first.as_str())];
    let refused = visitor.post_from(page, path, &[&keyed[..], wrong].concat()).await.location.unwrap();
    assert_ne!(key(&visitor.get(&refused).await), first, "{page}: nothing was done under that key");

    commits_get_lost(hospital, true).await;
    let sent = [&keyed[..], typed].concat();
    let back = visitor.post_from(page, path, &sent).await.location.unwrap();
    assert!(back.starts_with(&format!("{page}?form=")), "{back}");
    assert_eq!(key(&visitor.get(&back).await), first, "{page}: nobody knows whether something was done under it");

    commits_get_lost(hospital, false).await;
    let done = visitor.post_from(&back, path, &sent).await.location.unwrap();
    assert!(!done.contains("form="), "{done}");
    assert_eq!(visitor.post_from(&back, path, &sent).await.location, Some(done), "{page}: as if that answer was lost");
}

#[tokio::test]
async fn a_form_whose_answer_got_lost_makes_one_request_however_often_it_is_sent() {
    let hospital = Hospital::new().await;
    hospital.patient("Ana Ruiz").await;
    hospital.staff("Dora Desk", Role::FrontDesk).await;
    let portal = portal(&hospital).await;
    let mut ana = Visitor::signed_in(&portal, ANA, Side::Patient).await;
    let start = ("/requests/new", "/api/requests/start");
    makes_one_request(&hospital, &mut ana, start, &[], &[("facility", "nonsense")]).await;

    let mut dora = Visitor::signed_in(&portal, "dora.desk@riverside.example", Side::Staff).await;
    let today = "select to_char(now() at time zone 'America/Chicago', 'FMMM FMDD YYYY')";
    let today = hospital.at.says("postgres", today).await.unwrap().remove(0);
    let [month, day, year] = today.split(' ').collect::<Vec<_>>()[..] else { panic!("{today}") };
    let typed = [
        ("channel", "phone"),
        ("received_month", month),
        ("received_day", day),
        ("received_year", year),
        ("name", "Ben Okoro"),
        ("birth_month", "2"),
        ("birth_day", "29"),
        ("birth_year", "1980"),
        ("phone", "(312) 555-0142"),
        ("scope", "chosen"),
        ("categories[]", "lab"),
        ("dates", "all"),
        ("language", "en"),
    ];
    let enter = ("/front-desk/enter", "/api/front-desk/enter");
    makes_one_request(&hospital, &mut dora, enter, &typed, &[("name", "Ben Okoro")]).await;
    let requests = "select status from app.request order by status";
    assert_eq!(hospital.at.says("postgres", requests).await.unwrap(), ["draft", "open"]);
}

#[tokio::test]
async fn a_file_whose_answer_got_lost_leaves_the_form_its_key_and_its_words() {
    let hospital = Hospital::new().await;
    hospital.staff("Dora Desk", Role::FrontDesk).await;
    let portal = portal(&hospital).await;
    let mut dora = Visitor::signed_in(&portal, "dora.desk@riverside.example", Side::Staff).await;
    let first = key(&dora.get("/front-desk/enter").await);
    let lost = "create function audit.lost() returns trigger language plpgsql as
          $$ begin raise exception 'away' using errcode = '57P03'; end $$;
        create trigger lost before insert on audit.event for each row when (new.act = 'offer_form')
          execute function audit.lost()";
    hospital.at.says("postgres", lost).await.unwrap();
    let part = |name, value: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let sent = part("token", "none") + &part("key", &first) + &part("name", "Ben Okoro") + "--x--\r\n";
    let request = Request::post("/front-desk/forms").header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    let back = dora.ask(request, Body::from(sent)).await.location.unwrap();
    let page = dora.get(&back).await;
    assert_eq!(key(&page), first);
    assert!(page.body.contains("value=\"Ben Okoro\""), "{back}");
}
