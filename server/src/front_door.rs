//! The front door: one layer around every page, form and stream. It takes the seat from the cookie and decides nothing
//! about who that is; it reads a form once and keeps its raw pairs, checks the form's token, and sees to it that
//! nothing typed is lost and nothing is cached. What comes from another site was refused by a layer before it; a form
//! with a file is read, and its token checked, where files are taken.

mod answers;
mod cookies;
mod headers;
pub(crate) mod token;

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use app::{
    around::Side,
    desk::{ANSWERED, LOST, UNREACHABLE, Visit},
};
use axum::{
    body::{Body, to_bytes},
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::language::Language;
use office::{Desk, Seat};

use crate::uploads;

pub use cookies::Names;
pub use headers::{policy, seal};

/// What a form may be: more than any of ours, less than would hurt.
pub(crate) const FORM_LIMIT: usize = 64 * 1024;
/// What is read of a larger one, so that what was typed comes back to be shortened; of one beyond that nothing is kept.
const READ_LIMIT: usize = 512 * 1024;
/// How long a form may take to arrive: a slow line's time, not a quiet one's.
const FORM_WITHIN: Duration = Duration::from_mins(1);

/// What the front door needs to know.
#[derive(Clone)]
pub struct Door {
    pub desk: Arc<Desk>,
    pub names: Names,
    /// How many reverse proxies of ours stand before the program.
    pub proxies: usize,
}

pub async fn front_door(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    let cookies = door.names.read(request.headers(), &door.desk);
    let path = request.uri().path().to_owned();
    let plain = accepts_pages(&request);
    let page = referring_page(&request).unwrap_or_else(|| "/".to_owned());
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let language = match Side::of(if reads { &path } else { &page }) {
        // there is no other catalogue yet, and half a page in another language is worse than none
        Side::Staff => Language::English,
        Side::Patient => cookies.language.unwrap_or_else(|| preferred(request.headers())),
    };
    // before sign-in a form is bound to a short-lived cookie instead of a session
    let bound = cookies.session.as_deref().or(cookies.pre.as_deref()).unwrap_or_default().to_owned();
    let mut pairs = None;
    if !reads {
        if is_form(&request) {
            let (parts, body) = request.into_parts();
            let Ok(arrived) = tokio::time::timeout(FORM_WITHIN, to_bytes(body, READ_LIMIT)).await else {
                return answers::sentence(StatusCode::REQUEST_TIMEOUT, language, answers::Sentence::Unreadable);
            };
            let Ok(bytes) = arrived else {
                return answers::too_long(&door, &cookies, &page, Vec::new(), plain, language).await;
            };
            let mut read: Vec<(String, String)> = form_urlencoded::parse(&bytes).into_owned().collect();
            let right = read
                .iter()
                .find(|(name, _)| name == "token")
                .is_some_and(|(_, given)| token::is_right(&door.desk, &bound, given));
            read.retain(|(name, _)| name != "token");
            if !right {
                return answers::wrong_token(&door, &cookies, &page, read, plain, language).await;
            }
            if bytes.len() > FORM_LIMIT {
                return answers::too_long(&door, &cookies, &page, read, plain, language).await;
            }
            request = Request::from_parts(parts, Body::from(bytes));
            pairs = Some(read);
        } else if !is_upload(&request) {
            return answers::sentence(StatusCode::UNSUPPORTED_MEDIA_TYPE, language, answers::Sentence::Unreadable);
        }
    }
    let (pre, fresh_pre) = match (&cookies.session, cookies.pre.clone()) {
        // anew with every page, so that a form lives as long after its own as after the first
        (None, pre) if plain && request.method() == Method::GET => {
            (Some(pre.unwrap_or_else(|| token::new_pre(&door.desk))), true)
        }
        (_, pre) => (pre, false),
    };
    let bound = cookies.session.clone().or_else(|| pre.clone()).unwrap_or_default();
    let origin = network(&request, door.proxies);
    let refetch = request.headers().contains_key("x-live");
    request.extensions_mut().insert(Visit {
        seat: cookies.session.as_deref().map(Seat::of_cookie),
        token: token::masked(&door.desk, &bound),
        pairs: pairs.clone().unwrap_or_default(),
        said: cookies.said.clone(),
        origin,
        plain,
        refetch,
        path,
        page: page.clone(),
        language,
        bound,
        places: cookies.places.clone(),
        idle_seconds: cookies.idle_seconds,
    });
    let mut response = next.run(request).await;
    // an argument that did not decode never reached its function: what was typed is kept here
    let answered = response.headers_mut().remove(ANSWERED);
    if plain && answered.as_ref().is_some_and(|said| said == UNREACHABLE) {
        return answers::sentence(StatusCode::SERVICE_UNAVAILABLE, language, answers::Sentence::Unreachable);
    }
    if plain && answered.as_ref().is_some_and(|said| said == LOST) {
        answers::say_lost(&door, &mut response);
    }
    if let Some(pairs) = pairs
        && answered.is_none()
        && (response.status().is_client_error() || response.status().is_server_error() || has_wire_error(&response))
    {
        response = answers::unanswered(&door, &cookies, &page, pairs, plain, language).await;
    }
    if fresh_pre && let Some(pre) = &pre {
        door.names.set_pre(response.headers_mut(), pre);
    }
    if cookies.said.is_some() && !door.names.sets_said(response.headers()) {
        door.names.drop_said(response.headers_mut());
    }
    response
}

/// A short page for an address that leads to nothing, where no page of ours can be drawn.
pub(crate) fn not_found(language: Language) -> Response {
    answers::sentence(StatusCode::NOT_FOUND, language, answers::Sentence::NotFound)
}

/// The database is away, and an address that is only read cannot be answered.
pub(crate) fn away(language: Language) -> Response {
    answers::sentence(StatusCode::SERVICE_UNAVAILABLE, language, answers::Sentence::Away)
}

/// The database is away, and nobody but the browser has what was sent: the layer tells the person so.
pub(crate) fn unreachable() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(ANSWERED, UNREACHABLE)]).into_response()
}

/// What was typed waits nowhere: the layer has the page that `to` leads to say so.
pub(crate) fn lost(to: &str) -> Response {
    ([(ANSWERED, LOST)], Redirect::to(to)).into_response()
}

fn accepts_pages(request: &Request) -> bool {
    request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("text/html"))
}

fn content_type(request: &Request) -> &str {
    request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn is_form(request: &Request) -> bool {
    content_type(request).starts_with("application/x-www-form-urlencoded")
}

/// Comes in parts, and leads to where parts are read and the token is looked for among them. A server function looks
/// at no content type: it would take such a form without a token.
fn is_upload(request: &Request) -> bool {
    content_type(request).starts_with("multipart/form-data")
        && request.extensions().get::<MatchedPath>().is_some_and(|path| uploads::PATHS.contains(&path.as_str()))
}

/// The page a form stood on, path and query, never another site's. The layer before this one has compared the origin.
fn referring_page(request: &Request) -> Option<String> {
    let referer = request.headers().get(header::REFERER)?.to_str().ok()?;
    let host = request.headers().get(header::HOST)?.to_str().ok()?;
    let (_, rest) = referer.split_once("://")?;
    let path = rest.strip_prefix(host)?;
    (path.starts_with('/') && !path.starts_with("//")).then(|| path.to_owned())
}

/// The network's prefix, for limits: /24 of IPv4, /56 of IPv6. Behind proxies the address that the outermost of ours saw
/// counts; what stands before it in the header anybody may have written.
fn network(request: &Request, proxies: usize) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let said = proxies.checked_sub(1).and_then(|from_the_end| {
        let all = request.headers().get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let addresses: Vec<&str> = all.flat_map(|value| value.split(',')).map(str::trim).collect();
        addresses.iter().rev().nth(from_the_end)?.parse::<IpAddr>().ok()
    });
    match said.or(peer) {
        Some(IpAddr::V4(ip)) => {
            let [a, b, c, _] = ip.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        Some(IpAddr::V6(ip)) => {
            let [a, b, c, d, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}:{:x}::/56", d & 0xff00)
        }
        None => "unknown".to_owned(),
    }
}

fn preferred(headers: &axum::http::HeaderMap) -> Language {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = wanted.split(',').next().unwrap_or_default().trim().get(..2).unwrap_or_default();
    Language::from_code(first).unwrap_or_default()
}

/// A framework's own error in an address: never shown, so never sent.
fn has_wire_error(response: &Response) -> bool {
    response
        .headers()
        .get(header::LOCATION)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|to| to.contains("__err="))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(forwarded: &[&str], proxies: usize) -> String {
        let mut request = Request::new(Body::empty());
        let peer: SocketAddr = ([10, 0, 0, 7], 443).into();
        request.extensions_mut().insert(ConnectInfo(peer));
        for value in forwarded {
            request.headers_mut().append("x-forwarded-for", header::HeaderValue::from_str(value).expect("a header"));
        }
        network(&request, proxies)
    }

    #[test]
    fn what_a_visitor_writes_about_themselves_moves_no_limit() {
        let forged = ["203.0.113.9, 198.51.100.4"];
        assert_eq!(seen(&forged, 0), "10.0.0.0/24", "without a proxy nobody is believed");
        assert_eq!(seen(&forged, 1), "198.51.100.0/24");
        assert_eq!(seen(&["203.0.113.9", "198.51.100.4, 192.0.2.1"], 2), "198.51.100.0/24");
        assert_eq!(seen(&["198.51.100.4"], 2), "10.0.0.0/24", "fewer than there are proxies");
        assert_eq!(seen(&["nonsense"], 1), "10.0.0.0/24");
        assert_eq!(seen(&["2001:db8:1:2ff::1"], 1), "2001:db8:1:200::/56");
    }
}
