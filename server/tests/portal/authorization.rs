//! One table of every page, server function and route with who may use it. A row that is missing fails, and so does one
//! for what is not there any more.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use domain::caller::{Role, Side};
use leptos::server_fn::axum::server_fn_paths;

use crate::{
    people::Hospital,
    visitor::{Visitor, portal},
};

/// Who gets past the door; what they may do behind it is asked act by act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Anyone,
    /// Whoever has a session, of either side.
    SignedIn,
    Patient,
    Staff,
}
use Who::{Anyone, Patient, SignedIn, Staff};

/// Method, address, who. Addresses are as leptos and axum list them.
const TABLE: &[(&str, &str, Who)] = &[
    ("GET", "/", Anyone),
    ("GET", "/sign-in", Anyone),
    ("GET", "/staff/sign-in", Anyone),
    ("GET", "/signed-out", Anyone),
    ("GET", "/register", Anyone),
    ("GET", "/register/sent", Anyone),
    ("GET", "/account/open", Anyone),
    ("GET", "/account/opened", Anyone),
    ("GET", "/account/link-over", Anyone),
    ("GET", "/gallery", Anyone),
    ("GET", "/gallery/status", Anyone),
    ("GET", "/gallery/question", Anyone),
    ("GET", "/requests", Patient),
    ("GET", "/requests/new", Patient),
    ("GET", "/requests/{request}", Patient),
    ("GET", "/requests/{request}/ask/check", Patient),
    ("GET", "/requests/{request}/ask/{step}", Patient),
    ("GET", "/requests/{request}/sent", Patient),
    ("GET", "/requests/{request}/answer", Patient),
    ("GET", "/requests/{request}/evidence", Patient),
    ("GET", "/requests/{request}/withdraw", Patient),
    ("POST", "/api/requests/answer", Patient),
    ("POST", "/api/requests/ask-page", Patient),
    ("POST", "/api/requests/check-page", Patient),
    ("POST", "/api/requests/confirm-complete", Patient),
    ("POST", "/api/requests/mine", Patient),
    ("POST", "/api/requests/one", Patient),
    ("POST", "/api/requests/open-copy", Patient),
    ("POST", "/api/requests/save-birth-date", Patient),
    ("POST", "/api/requests/save-contact", Patient),
    ("POST", "/api/requests/save-dates", Patient),
    ("POST", "/api/requests/save-delivery", Patient),
    ("POST", "/api/requests/save-help", Patient),
    ("POST", "/api/requests/save-name", Patient),
    ("POST", "/api/requests/save-records", Patient),
    ("POST", "/api/requests/start", Patient),
    ("POST", "/api/requests/start-page", Patient),
    ("POST", "/api/requests/submit", Patient),
    ("POST", "/api/requests/undo-withdrawal", Patient),
    ("POST", "/api/requests/withdraw", Patient),
    ("POST", "/api/worklist/approve", Staff),
    ("POST", "/api/worklist/ask", Staff),
    ("POST", "/api/worklist/build-package", Staff),
    ("POST", "/api/worklist/case", Staff),
    ("POST", "/api/worklist/charts", Staff),
    ("POST", "/api/worklist/check", Staff),
    ("POST", "/api/worklist/claim", Staff),
    ("POST", "/api/worklist/claim-next", Staff),
    ("POST", "/api/worklist/copy", Staff),
    ("POST", "/api/worklist/expand", Staff),
    ("POST", "/api/worklist/hand-over", Staff),
    ("POST", "/api/worklist/held-elsewhere", Staff),
    ("POST", "/api/worklist/history", Staff),
    ("POST", "/api/worklist/identity", Staff),
    ("POST", "/api/worklist/item", Staff),
    ("POST", "/api/worklist/locate", Staff),
    ("POST", "/api/worklist/match-chart", Staff),
    ("POST", "/api/worklist/not-found", Staff),
    ("POST", "/api/worklist/open-document", Staff),
    ("POST", "/api/worklist/open-package-file", Staff),
    ("POST", "/api/worklist/override-findings", Staff),
    ("POST", "/api/worklist/print-copy", Staff),
    ("POST", "/api/worklist/put-back", Staff),
    ("POST", "/api/worklist/question", Staff),
    ("POST", "/api/worklist/queue", Staff),
    ("POST", "/api/worklist/record-answer", Staff),
    ("POST", "/api/worklist/records", Staff),
    ("POST", "/api/worklist/release", Staff),
    ("POST", "/api/worklist/release-package", Staff),
    ("POST", "/api/worklist/reopen", Staff),
    ("POST", "/api/worklist/leave-out", Staff),
    ("POST", "/api/worklist/take-in", Staff),
    ("POST", "/api/worklist/return-package", Staff),
    ("POST", "/api/worklist/see-page", Staff),
    ("POST", "/api/worklist/set-aside-package", Staff),
    ("POST", "/api/worklist/take-over", Staff),
    ("POST", "/api/worklist/unmatch-chart", Staff),
    ("POST", "/api/worklist/verify-identity", Staff),
    ("POST", "/api/worklist/withdraw-identity", Staff),
    ("GET", "/front-desk", Staff),
    ("GET", "/front-desk/found", Staff),
    ("GET", "/front-desk/caller", Staff),
    ("GET", "/front-desk/collect/{request}", Staff),
    ("GET", "/front-desk/told", Staff),
    ("GET", "/front-desk/enter", Staff),
    ("GET", "/front-desk/entered/{request}", Staff),
    ("GET", "/front-desk/notices/{notice}", Staff),
    ("GET", "/oversight", Staff),
    ("GET", "/oversight/trail", Staff),
    ("GET", "/oversight/verify", Staff),
    ("POST", "/api/front-desk/page", Staff),
    ("POST", "/api/front-desk/look-up", Staff),
    ("POST", "/api/front-desk/found", Staff),
    ("POST", "/api/front-desk/caller", Staff),
    ("POST", "/api/front-desk/check-caller", Staff),
    ("POST", "/api/front-desk/collect", Staff),
    ("POST", "/api/front-desk/collect-page", Staff),
    ("POST", "/api/front-desk/told", Staff),
    ("POST", "/api/front-desk/enter-page", Staff),
    ("POST", "/api/front-desk/enter", Staff),
    ("POST", "/api/front-desk/entered", Staff),
    ("POST", "/api/front-desk/notice", Staff),
    ("POST", "/api/front-desk/mail-notice", Staff),
    ("POST", "/api/oversight/board", Staff),
    ("POST", "/api/oversight/trail", Staff),
    ("POST", "/api/oversight/verify-trail", Staff),
    ("POST", "/api/oversight/verification", Staff),
    ("POST", "/requests/{request}/evidence", Patient),
    ("POST", "/front-desk/forms", Staff),
    ("POST", "/sign-in", Anyone),
    ("POST", "/sign-out", Anyone),
    ("POST", "/register", Anyone),
    ("POST", "/account/open", Anyone),
    ("POST", "/language", Anyone),
    ("POST", "/stay", SignedIn),
    ("GET", "/live/{request}", SignedIn),
    ("GET", "/health", Anyone),
    ("GET", "/worklist", Staff),
    ("GET", "/worklist/{request}", Staff),
    ("GET", "/worklist/{request}/identity", Staff),
    ("GET", "/worklist/{request}/chart", Staff),
    ("GET", "/worklist/{request}/question", Staff),
    ("GET", "/worklist/{request}/records", Staff),
    ("GET", "/worklist/{request}/records/{item}", Staff),
    ("GET", "/worklist/{request}/copy", Staff),
    ("GET", "/worklist/{request}/check", Staff),
    ("GET", "/worklist/{request}/release", Staff),
    ("GET", "/worklist/{request}/history", Staff),
    ("GET", "/evidence/{facility}/{opening}", Staff),
    ("GET", "/page-images/{facility}/{copy}/{index}/{page}", Staff),
    ("GET", "/copies/{facility}/{opening}", Patient),
];

/// What the program itself lists.
fn listed() -> BTreeSet<(String, String)> {
    let pages =
        leptos_axum::generate_route_list(app::App).into_iter().map(|page| ("GET".to_owned(), page.path().to_owned()));
    let functions = server_fn_paths().map(|(path, method)| (method.to_string(), path.to_owned()));
    let own = server::router::OWN_ROUTES.iter().map(|(method, path)| (method.to_uppercase(), (*path).to_owned()));
    pages.chain(functions).chain(own).collect()
}

#[test]
fn every_address_has_its_row_and_every_row_its_address() {
    let listed = listed();
    let table: BTreeSet<(String, String)> =
        TABLE.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())).collect();
    assert_eq!(table.len(), TABLE.len(), "a row stands once");
    let missing: Vec<_> = listed.difference(&table).collect();
    let gone: Vec<_> = table.difference(&listed).collect();
    assert!(missing.is_empty(), "without a row: {missing:#?}");
    assert!(gone.is_empty(), "without an address: {gone:#?}");
}

/// What the router registers beside `own_routes!` and what leptos lists is in no list, so it would need no row.
#[test]
fn no_address_is_registered_beside_those_that_are_listed() {
    let source = include_str!("../../src/router.rs");
    for (call, times) in [(".route(", 1), (".merge(", 2), (".nest(", 1), ("_service(", 1), (".fallback(", 1)] {
        assert_eq!(
            source.matches(call).count(),
            times,
            "server/src/router.rs says {call} so often: a new address goes into own_routes!, so that it needs a row here; \
             what only puts together what is listed changes the number"
        );
    }
}

/// An address with something in the place of its parameters: 43 characters that name no request.
fn filled(path: &str) -> String {
    let none = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    path.split('/').map(|part| if part.starts_with([':', '{']) { none } else { part }).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn who_is_not_in_the_row_is_led_to_the_sign_in() {
    let hospital = Hospital::new().await;
    hospital.patient("Ana Ruiz").await;
    hospital.staff("Carla Clerk", Role::Clerk).await;
    let portal = portal(&hospital).await;
    let mut nobody = Visitor::new(&portal).await;
    let mut patient = Visitor::signed_in(&portal, "ana.ruiz@mail.example", Side::Patient).await;
    let mut clerk = Visitor::signed_in(&portal, "carla.clerk@riverside.example", Side::Staff).await;
    // signing out comes last: it is what ends being admitted
    for (method, path, who) in TABLE.iter().filter(|(_, path, _)| *path != "/sign-out") {
        let address = filled(path);
        let visitors = [
            ("nobody", &mut nobody, *who == Anyone),
            ("a patient", &mut patient, matches!(who, Anyone | SignedIn | Patient)),
            ("a clerk", &mut clerk, matches!(who, Anyone | SignedIn | Staff)),
        ];
        for (name, visitor, admitted) in visitors {
            let answer = match *method {
                "GET" => visitor.get(&address).await,
                // a form that stands on the sign-in page is led back to it when it fails, which would read as a refusal
                _ if *who == Anyone => visitor.post_from("/", &address, &[]).await,
                _ => visitor.post(&address, &[]).await,
            };
            let forbidden = *who == Anyone && answer.status == StatusCode::FORBIDDEN;
            let refused = answer.wants_a_sign_in() || forbidden;
            assert_eq!(!refused, admitted, "{method} {path} as {name}: {} {:?}", answer.status, answer.location);
            assert!(!answer.status.is_server_error(), "{method} {path} as {name}: {}", answer.status);
        }
    }
    for (name, mut visitor) in [("nobody", nobody), ("a patient", patient), ("a clerk", clerk)] {
        let answer = visitor.post_from("/", "/sign-out", &[]).await;
        assert_eq!(answer.location.as_deref(), Some("/signed-out"), "{name}: {}", answer.status);
        for path in ["/requests", "/worklist"] {
            assert!(visitor.get(path).await.wants_a_sign_in(), "{name} at {path}, signed out");
        }
    }
}
