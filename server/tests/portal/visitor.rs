//! A person with a browser: a jar of cookies, forms that carry the page's token.

use std::{collections::BTreeMap, path::PathBuf};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use domain::caller::Side;
use server::{config, facilities::Facilities, live::Live, router};
use tower::ServiceExt as _;

use crate::people::{Hospital, PASSWORD};

pub(crate) const ORIGIN: &str = "http://127.0.0.1:3000";

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    /// Led to a sign-in page, or told to sign in again.
    pub(crate) fn wants_a_sign_in(&self) -> bool {
        self.status == StatusCode::UNAUTHORIZED || self.location.as_deref().is_some_and(|to| to.contains("sign-in"))
    }
}

/// The program's router over a hospital's database; the browser's files are empty ones.
pub(crate) async fn portal(hospital: &Hospital) -> Router {
    let site = std::env::temp_dir().join(format!("portal-test-site-{}", std::process::id()));
    std::fs::create_dir_all(site.join("pkg")).unwrap();
    for file in ["frontend_bg.wasm", "frontend.js", "frontend.css"] {
        std::fs::write(site.join("pkg").join(file), "").unwrap();
    }
    let facilities = Facilities::default();
    facilities.read(hospital.desk()).await.unwrap();
    let serving = config::Serving {
        proxies: 0,
        address: "127.0.0.1:3000".parse().unwrap(),
        origin: ORIGIN.into(),
        site,
        checkpoints: PathBuf::new(),
        mail: config::Mail { smtp: None, mail_dir: Some(std::env::temp_dir()) },
    };
    let (_, closed) = tokio::sync::watch::channel(false);
    router::router(hospital.desk().clone(), facilities, Live::new(closed), &serving).unwrap()
}

pub(crate) struct Visitor {
    portal: Router,
    cookies: BTreeMap<String, String>,
    token: String,
}

impl Visitor {
    /// Somebody who has looked at the front page.
    pub(crate) async fn new(portal: &Router) -> Self {
        let mut visitor = Self { portal: portal.clone(), cookies: BTreeMap::new(), token: String::new() };
        visitor.get("/sign-in").await;
        visitor
    }

    pub(crate) async fn signed_in(portal: &Router, email: &str, side: Side) -> Self {
        let mut visitor = Self::new(portal).await;
        let answer = visitor
            .post("/sign-in", &[("side", side.code()), ("email", email), ("password", PASSWORD), ("next", "/")])
            .await;
        assert_eq!(answer.location.as_deref(), Some("/"), "{email} signs in");
        visitor.get("/").await;
        visitor
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.ask(Request::get(path), Body::empty()).await
    }

    /// A plain form, as a browser without a script posts it.
    pub(crate) async fn post(&mut self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let token = self.token.clone();
        self.post_with(path, &token, pairs).await
    }

    pub(crate) async fn post_with(&mut self, path: &str, token: &str, pairs: &[(&str, &str)]) -> Answer {
        self.send(if path.starts_with("/api") { "/" } else { "/sign-in" }, path, token, pairs).await
    }

    /// A form that stands on this page.
    pub(crate) async fn post_from(&mut self, page: &str, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let token = self.token.clone();
        self.send(page, path, &token, pairs).await
    }

    async fn send(&mut self, page: &str, path: &str, token: &str, pairs: &[(&str, &str)]) -> Answer {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("token", token);
        for (name, value) in pairs {
            form.append_pair(name, value);
        }
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::REFERER, format!("{ORIGIN}{page}"));
        self.ask(request, Body::from(form.finish())).await
    }

    pub(crate) async fn ask(&mut self, request: axum::http::request::Builder, body: Body) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request
            .header(header::HOST, "127.0.0.1:3000")
            .header(header::ORIGIN, ORIGIN)
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT, "text/html")
            .header(header::COOKIE, cookies.join("; "))
            .body(body)
            .unwrap();
        let response = self.portal.clone().oneshot(request).await.unwrap();
        for set in response.headers().get_all(header::SET_COOKIE) {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name)
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned())
            };
        }
        let (parts, body) = response.into_parts();
        let location = parts.headers.get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        let body = String::from_utf8_lossy(&to_bytes(body, 4 << 20).await.unwrap()).into_owned();
        if let Some((_, rest)) = body.split_once("name=\"token\" value=\"") {
            rest.split('"').next().unwrap().clone_into(&mut self.token);
        }
        Answer { status: parts.status, location, headers: parts.headers, body }
    }
}
