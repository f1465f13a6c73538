use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use crate::{
    people::{Hospital, PASSWORD},
    visitor::{ORIGIN, Visitor, portal},
};

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    let hospital = Hospital::new().await;
    let portal = portal(&hospital).await;
    let mut visitor = Visitor::new(&portal).await;
    let request = Request::post("/language")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "cross-site");
    let mut foreign = request.body(Body::from("language=es")).unwrap();
    foreign.headers_mut().insert(header::ORIGIN, "https://elsewhere.example".parse().unwrap());
    foreign.headers_mut().insert(header::HOST, "127.0.0.1:3000".parse().unwrap());
    let answer = tower::ServiceExt::oneshot(portal.clone(), foreign).await.unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert_eq!(visitor.post("/language", &[("language", "es"), ("return", "/")]).await.location.as_deref(), Some("/"));
}

#[tokio::test]
async fn a_form_without_the_pages_token_changes_nothing_and_keeps_what_was_typed() {
    let hospital = Hospital::new().await;
    let portal = portal(&hospital).await;
    let mut visitor = Visitor::new(&portal).await;
    let answer =
        visitor.post_with("/sign-in", &"0".repeat(128), &[("email", "ana@mail.example"), ("password", PASSWORD)]).await;
    assert_eq!(answer.location.as_deref(), Some("/sign-in"));
    let page = visitor.get("/sign-in").await;
    assert!(page.body.contains("ana@mail.example"), "the address is still there");
    assert!(!page.body.contains(PASSWORD), "a password never comes back");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_read_the_same() {
    let hospital = Hospital::new().await;
    hospital.patient("Ana Ruiz").await;
    let portal = portal(&hospital).await;
    let mut pages = Vec::new();
    for email in ["ana.ruiz@mail.example", "nobody@mail.example"] {
        let mut visitor = Visitor::new(&portal).await;
        let answer = visitor
            .post("/sign-in", &[("side", "patient"), ("email", email), ("password", "not the right words 1")])
            .await;
        assert_eq!(answer.location.as_deref(), Some("/sign-in"));
        let text = visitor.get("/sign-in").await.body.replace(email, "");
        pages.push(text.split_once("error-summary").map(|(_, rest)| rest.split("</div>").next().unwrap().to_owned()));
    }
    assert!(pages[0].is_some());
    assert_eq!(pages[0], pages[1]);
}

#[tokio::test]
async fn a_body_that_is_too_large_or_no_form_gets_a_sentence() {
    let hospital = Hospital::new().await;
    let portal = portal(&hospital).await;
    let mut visitor = Visitor::new(&portal).await;
    let large = "x".repeat(70_000);
    let answer = visitor.post("/sign-in", &[("email", &large)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("too much text"));
    let odd = Request::post("/sign-in").header(header::CONTENT_TYPE, "application/json");
    assert_eq!(visitor.ask(odd, Body::from("{}")).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn nobody_is_led_to_another_site_after_signing_in() {
    let hospital = Hospital::new().await;
    hospital.patient("Ana Ruiz").await;
    let portal = portal(&hospital).await;
    for next in ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"] {
        let mut visitor = Visitor::new(&portal).await;
        let pairs = [("side", "patient"), ("email", "ana.ruiz@mail.example"), ("password", PASSWORD), ("next", next)];
        assert_eq!(visitor.post("/sign-in", &pairs).await.location.as_deref(), Some("/requests"), "{next}");
    }
}

#[tokio::test]
async fn signing_in_makes_a_new_session_and_signing_out_ends_it() {
    let hospital = Hospital::new().await;
    hospital.patient("Ana Ruiz").await;
    let portal = portal(&hospital).await;
    let mut visitor = Visitor::new(&portal).await;
    let pairs = [("side", "patient"), ("email", "ana.ruiz@mail.example"), ("password", PASSWORD)];
    let answer = visitor.post("/sign-in", &pairs).await;
    let cookie = answer
        .headers
        .get_all(header::SET_COOKIE)
        .iter()
        .map(|set| set.to_str().unwrap())
        .find(|set| set.starts_with("sid="))
        .unwrap()
        .to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && !cookie.contains("Max-Age"), "{cookie}");
    let stolen = cookie.split(';').next().unwrap().to_owned();

    visitor.get("/").await;
    assert_eq!(visitor.post("/stay", &[]).await.status, StatusCode::NO_CONTENT);
    visitor.get("/").await;
    assert_eq!(visitor.post("/sign-out", &[]).await.location.as_deref(), Some("/signed-out"));
    let mut thief = Visitor::new(&portal).await;
    let request = Request::post("/stay")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, stolen);
    let answer = thief.ask(request, Body::empty()).await;
    assert_ne!(answer.status, StatusCode::NO_CONTENT, "the cookie is worth nothing after signing out");
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_close_a_page() {
    let hospital = Hospital::new().await;
    let portal = portal(&hospital).await;
    let mut visitor = Visitor::new(&portal).await;
    for path in ["/", "/sign-in", "/no-such-page", "/health"] {
        let headers = visitor.get(path).await.headers;
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
        assert_eq!(headers["referrer-policy"], "same-origin", "{path}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["cache-control"], "no-store", "{path}");
    }
    assert!(ORIGIN.starts_with("http://127.0.0.1"));
}
