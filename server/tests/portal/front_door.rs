use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use domain::caller::{Role, Side};
use leptos::server_fn::axum::server_fn_paths;

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
    assert_eq!(answer.headers()["cache-control"], "no-store", "what a layer answers itself is an answer too");
    assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
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
async fn a_form_that_is_too_long_leads_back_to_its_page_with_what_was_typed() {
    let hospital = Hospital::new().await;
    hospital.staff("Dora Desk", Role::FrontDesk).await;
    let portal = portal(&hospital).await;
    let mut desk = Visitor::signed_in(&portal, "dora.desk@riverside.example", Side::Staff).await;
    let long = "Ruiz ".repeat(14_000);
    let pairs = [("words", long.as_str()), ("reason", "caller")];
    let answer = desk.post_from("/front-desk", "/api/front-desk/look-up", &pairs).await;
    let back = answer.location.unwrap();
    assert!(back.starts_with("/front-desk?form="), "{back}");
    let page = desk.get(&back).await.body;
    assert!(page.contains("href=\"#words\"") && page.contains("This is too long"), "the field to shorten is named");
    assert!(page.contains(&long), "what was typed is still here");

    let mut visitor = Visitor::new(&portal).await;
    let email = "ana@mail.example";
    let answer = visitor.post("/register", &[("name", &long), ("email", email)]).await;
    assert_eq!(answer.location.as_deref(), Some("/sign-in"), "the page that it stood on");
    let page = visitor.get("/sign-in").await.body;
    assert!(page.contains("This is too long") && page.contains(email), "a cookie holds what is short");

    let endless = "Ruiz ".repeat(120_000);
    let answer = visitor.post("/sign-in", &[("email", &endless)]).await;
    assert_eq!(answer.location.as_deref(), Some("/sign-in"));
    assert!(visitor.get("/sign-in").await.body.contains("far too much text"));
}

#[tokio::test]
async fn a_body_that_is_no_form_gets_a_sentence() {
    let hospital = Hospital::new().await;
    let portal = portal(&hospital).await;
    let mut visitor = Visitor::new(&portal).await;
    let odd = Request::post("/sign-in").header(header::CONTENT_TYPE, "application/json");
    assert_eq!(visitor.ask(odd, Body::from("{}")).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn no_address_takes_a_form_of_another_kind_and_those_for_files_alone_one_in_parts() {
    const FILES: [&str; 2] = ["/requests/{request}/evidence", "/front-desk/forms"];
    let hospital = Hospital::new().await;
    hospital.patient("Ana Ruiz").await;
    let portal = portal(&hospital).await;
    let mut ana = Visitor::signed_in(&portal, "ana.ruiz@mail.example", Side::Patient).await;
    let functions = server_fn_paths().filter(|(_, method)| *method == Method::POST).map(|(path, _)| path);
    let own = server::router::OWN_ROUTES.iter().filter(|(method, _)| *method == "post").map(|(_, path)| *path);
    let paths: Vec<&str> = functions.chain(own).filter(|path| !FILES.contains(path)).collect();
    assert!(paths.len() > 40 && paths.contains(&"/sign-out") && paths.contains(&"/stay"), "{paths:?}");
    for path in paths {
        for kind in ["multipart/form-data; boundary=x", "text/plain", "application/json", ""] {
            let request = Request::post(path).header(header::CONTENT_TYPE, kind);
            let answer = ana.ask(request, Body::from("request=x&language=es")).await;
            assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{path} as {kind:?}");
            assert!(answer.body.contains("We could not read this form"), "{path} as {kind:?}");
        }
    }
    for path in ["/requests/none/evidence", "/front-desk/forms"] {
        let request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
        assert_eq!(ana.ask(request, Body::from("--x--")).await.status, StatusCode::SEE_OTHER, "{path}");
    }
    assert_eq!(ana.post("/stay", &[]).await.status, StatusCode::NO_CONTENT, "nobody signed her out");
}

#[tokio::test]
async fn staffs_pages_are_in_english_whatever_the_browser_asks_for() {
    let hospital = Hospital::new().await;
    hospital.staff("Carla Clerk", Role::Clerk).await;
    let portal = portal(&hospital).await;
    let mut clerk = Visitor::signed_in(&portal, "carla.clerk@riverside.example", Side::Staff).await;
    clerk.post("/language", &[("language", "es"), ("return", "/")]).await;
    for (path, code) in
        [("/worklist", "en"), ("/front-desk/enter", "en"), ("/staff/sign-in", "en"), ("/sign-in", "es"), ("/", "es")]
    {
        let request = Request::get(path).header(header::ACCEPT_LANGUAGE, "es-MX,es;q=0.9");
        let page = clerk.ask(request, Body::empty()).await.body;
        assert!(page.contains(&format!("<html lang=\"{code}\"")), "{path}");
        assert_eq!(page.contains("action=\"/language\""), code == "es", "{path}: a switch where there is a choice");
        assert_eq!(page.contains("Cerrar sesión"), code == "es", "{path}");
    }
}

#[tokio::test]
async fn a_page_warns_when_the_session_of_whoever_looks_at_it_ends() {
    let hospital = Hospital::new().await;
    hospital.patient("Ana Ruiz").await;
    hospital.staff("Sam Super", Role::Supervisor).await;
    let portal = portal(&hospital).await;
    // an act within a minute of the one before does not lengthen the session
    for (email, side, path, seconds) in [
        ("ana.ruiz@mail.example", Side::Patient, "/requests", ":840"),
        ("sam.super@riverside.example", Side::Staff, "/oversight", ":540"),
    ] {
        let page = Visitor::signed_in(&portal, email, side).await.get(path).await.body;
        let (_, island) = page.split_once("data-component=\"IdleWatch").unwrap();
        let (_, props) = island.split_once("data-props=").unwrap();
        assert!(props.split('>').next().unwrap().contains(seconds), "{email}");
    }
}

#[tokio::test]
async fn a_page_says_whether_it_came_with_an_act_that_keeps_the_session_from_ending() {
    let hospital = Hospital::new().await;
    hospital.patient("Ana Ruiz").await;
    let portal = portal(&hospital).await;
    let mut ana = Visitor::signed_in(&portal, "ana.ruiz@mail.example", Side::Patient).await;
    for (path, acted) in
        [("/requests", true), ("/", false), ("/register", false), ("/sign-in", false), ("/no-such-page", false)]
    {
        assert_eq!(ana.get(path).await.body.contains("data-part=\"acted\""), acted, "{path}");
    }
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
    let page = visitor.get("/").await.body;
    let hashed = page.split('"').find(|address| address.ends_with("/pkg/frontend.css")).unwrap().to_owned();
    let unchanged = Request::get(&hashed).header(header::IF_MODIFIED_SINCE, "Fri, 01 Jan 2100 00:00:00 GMT");
    let unchanged = visitor.ask(unchanged, Body::empty()).await;
    assert_eq!(unchanged.status, StatusCode::NOT_MODIFIED);
    assert_eq!(unchanged.headers["cache-control"], "public, max-age=31536000, immutable");
    let none = format!("{hashed}.none");
    for (path, kept) in [(hashed, "public, max-age=31536000, immutable"), (none, "no-store")] {
        let headers = visitor.get(&path).await.headers;
        assert_eq!(headers["cache-control"], kept, "{path}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
    }
}
