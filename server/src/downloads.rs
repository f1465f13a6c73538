//! GET /copies/{facility}/{opening}, and how all sealed bytes go out: under an opening that an act recorded, step by
//! step, each step asked for again, so that a sign-out or a recall stops them; from any place on, so that a download of
//! an hour is not begun anew. One step is in memory at a time.

mod range;

use std::{fmt::Write as _, io, ops::Range, str::FromStr as _};

use app::desk::Visit;
use axum::{
    Extension,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{caller::Side, ids::FacilityId};
use futures::stream;
use office::{Error, bytes::Opened};
use uuid::Uuid;

use self::range::{Asked, asked};
use crate::{front_door, router::Served};

/// As much as one transaction reads, whole chunks from the first step on.
const STEP: u64 = 256 * 1024;
/// Nothing in it runs, loads or is sent anywhere.
const SANDBOX: HeaderValue = HeaderValue::from_static(
    "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; object-src 'self'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'",
);

/// What the browser is to do with it.
pub(crate) enum As {
    /// Shown as this kind.
    Shown(&'static str),
    /// Saved under the file's own name.
    Saved,
}

pub(crate) async fn copy(
    State(served): State<Served>,
    Extension(visit): Extension<Visit>,
    Path((facility, opening)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    match open(&served, &visit, Side::Patient, &facility, &opening).await {
        Ok(opened) => sent(opened, &As::Saved, &headers),
        Err(error) => not_sent(&error, &visit, Side::Patient),
    }
}

/// What an opening in an address leads to, for whoever asks. What is no id names no opening.
pub(crate) async fn open(
    served: &Served,
    visit: &Visit,
    side: Side,
    facility: &str,
    opening: &str,
) -> office::Result<Opened> {
    let seat = visit.seat.as_ref().ok_or(Error::SignInAgain)?;
    let facility = FacilityId::from_str(facility).unwrap_or(FacilityId(Uuid::nil()));
    served.desk.opened(seat, side, facility, Uuid::try_parse(opening).unwrap_or_default()).await
}

/// A person is told, or led to sign in; a page that fetches a picture hears a status. After signing in an opening is
/// over, so the way leads to where a new one is made.
pub(crate) fn not_sent(error: &Error, visit: &Visit, side: Side) -> Response {
    match error {
        Error::Refused(_) if visit.plain => front_door::not_found(visit.language),
        Error::Refused(_) => StatusCode::NOT_FOUND.into_response(),
        Error::SignInAgain if visit.plain => {
            let next = match side {
                Side::Patient => "/requests",
                Side::Staff => "/worklist",
            };
            Redirect::to(&app::desk::sign_in(side, next)).into_response()
        }
        Error::SignInAgain => StatusCode::UNAUTHORIZED.into_response(),
        Error::Away(_) if visit.plain => front_door::away(visit.language),
        Error::Away(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        fault => {
            tracing::error!(?fault, "an opening that cannot be read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The bytes, or the part that is asked for. A request for the headers alone reads none.
pub(crate) fn sent(opened: Opened, how: &As, wanted: &HeaderMap) -> Response {
    let length = opened.length();
    let tag = format!("\"{}\"", opened.blob());
    let mut headers = HeaderMap::new();
    let mut set = |name: HeaderName, value: String| {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(name, value);
        }
    };
    let (kind, disposition) = match how {
        As::Shown(kind) => ((*kind).to_owned(), "inline".to_owned()),
        As::Saved => (opened.media_type().to_owned(), attachment(opened.name())),
    };
    set(header::CONTENT_TYPE, kind);
    set(header::CONTENT_DISPOSITION, disposition);
    set(header::ETAG, tag.clone());
    set(header::ACCEPT_RANGES, "bytes".to_owned());
    set(header::CACHE_CONTROL, "no-store".to_owned());
    let (status, range) = match wanted_range(wanted, &tag, length) {
        Asked::Whole => (StatusCode::OK, 0..length),
        Asked::Part(range) => {
            set(header::CONTENT_RANGE, format!("bytes {}-{}/{length}", range.start, range.end - 1));
            (StatusCode::PARTIAL_CONTENT, range)
        }
        Asked::Outside => {
            set(header::CONTENT_RANGE, format!("bytes */{length}"));
            (StatusCode::RANGE_NOT_SATISFIABLE, 0..0)
        }
    };
    set(header::CONTENT_LENGTH, (range.end - range.start).to_string());
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, SANDBOX);
    headers.entry(header::CONTENT_TYPE).or_insert(HeaderValue::from_static("application/octet-stream"));
    (status, headers, body(opened, range)).into_response()
}

/// A part of what has changed meanwhile would not fit the part that is there; what is under one tag never changes.
fn wanted_range(wanted: &HeaderMap, tag: &str, length: u64) -> Asked {
    let text = |name: HeaderName| {
        let mut given = wanted.get_all(name).iter();
        let first = given.next()?.to_str().ok()?;
        given.next().is_none().then_some(first)
    };
    let same = !wanted.contains_key(header::IF_RANGE) || text(header::IF_RANGE) == Some(tag);
    text(header::RANGE).filter(|_| same).map_or(Asked::Whole, |given| asked(given, length))
}

fn body(opened: Opened, range: Range<u64>) -> Body {
    Body::from_stream(stream::unfold(range.start, move |at| {
        let (opened, end) = (opened.clone(), range.end);
        async move {
            if at >= end {
                return None;
            }
            // steps end where chunks do
            let next = (at - at % STEP + STEP).min(end);
            match opened.range(at..next).await {
                Ok(bytes) => Some((Ok(bytes), next)),
                Err(error) => {
                    if !matches!(error, Error::Refused(_) | Error::SignInAgain) {
                        tracing::error!(?error, "a download ends before its end");
                    }
                    Some((Err(io::Error::other(error)), end))
                }
            }
        }
    }))
}

/// The name twice (RFC 6266): as plain ASCII for what reads no more, and as it is.
fn attachment(name: Option<&str>) -> String {
    let Some(name) = name else { return "attachment".to_owned() };
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' })
        .collect();
    let exact = name.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b".-_".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    });
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_end_its_header_or_name_a_folder() {
        assert_eq!(attachment(Some("copy.pdf")), "attachment; filename=\"copy.pdf\"; filename*=UTF-8''copy.pdf");
        let hostile = attachment(Some("a\"; x=\r\n../é.pdf"));
        assert_eq!(
            hostile,
            "attachment; filename=\"a__ x___..__.pdf\"; filename*=UTF-8''a%22%3B%20x%3D%0D%0A..%2F%C3%A9.pdf"
        );
        assert!(HeaderValue::try_from(hostile).is_ok());
    }

    #[test]
    fn a_part_is_given_of_the_very_same_bytes_only() {
        let asks = |pairs: &[(HeaderName, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.append(name.clone(), HeaderValue::from_static(value));
            }
            wanted_range(&headers, "\"a\"", 10)
        };
        let range = (header::RANGE, "bytes=1-2");
        assert_eq!(asks(&[]), Asked::Whole);
        assert_eq!(asks(std::slice::from_ref(&range)), Asked::Part(1..3));
        assert_eq!(asks(&[range.clone(), (header::IF_RANGE, "\"a\"")]), Asked::Part(1..3));
        for other in ["\"b\"", "W/\"a\"", "Wed, 25 Nov 2026 11:00:00 GMT", ""] {
            assert_eq!(asks(&[range.clone(), (header::IF_RANGE, other)]), Asked::Whole, "{other}");
        }
        assert_eq!(asks(&[range.clone(), range.clone()]), Asked::Whole, "two headers are no range");
    }
}
