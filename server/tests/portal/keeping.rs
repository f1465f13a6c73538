//! What becomes of a form when time has passed, or when PostgreSQL is away.

use axum::http::{Request, StatusCode, header};
use domain::caller::Side;

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
