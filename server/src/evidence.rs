//! Bytes that staff look at: pictures of identity documents, documents of a chart. They go out under an opening that a
//! page's act recorded, piece by piece, each piece asked for again: a sign-out stops them. Only kinds that a browser
//! shows are shown in it, in a sandbox where nothing runs; anything else is saved.

use std::str::FromStr as _;

use app::desk::Visit;
use axum::{
    Extension,
    body::Body,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{caller::Side, ids::FacilityId};
use futures::{StreamExt as _, stream};
use office::{Error, bytes::Opened};
use uuid::Uuid;

use crate::router::Served;

/// Nothing in it runs, loads or is sent anywhere.
const SANDBOX: &str = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; object-src 'self'; \
                       base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// GET /evidence/{facility}/{opening}
pub(crate) async fn evidence(
    State(served): State<Served>,
    Extension(visit): Extension<Visit>,
    Path((facility, opening)): Path<(String, String)>,
) -> Response {
    let Some(seat) = visit.seat else { return StatusCode::UNAUTHORIZED.into_response() };
    // what is no id names no opening
    let facility = FacilityId::from_str(&facility).unwrap_or(FacilityId(Uuid::nil()));
    let opening = Uuid::try_parse(&opening).unwrap_or_default();
    match served.desk.opened(&seat, Side::Staff, facility, opening).await {
        Ok(opened) => sent(opened),
        Err(Error::Refused(_)) => StatusCode::NOT_FOUND.into_response(),
        Err(Error::SignInAgain) => StatusCode::UNAUTHORIZED.into_response(),
        Err(Error::Away(_)) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Err(error) => {
            tracing::error!(?error, "an opening that cannot be read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The kinds that are shown as they are; a type is what the intake found in the bytes, never what somebody named it.
fn shown(media_type: &str) -> Option<&'static str> {
    ["application/pdf", "image/jpeg", "image/png", "text/plain"].into_iter().find(|kind| *kind == media_type)
}

fn sent(opened: Opened) -> Response {
    let length = opened.length();
    let Ok(pieces) = opened.pieces(0..length) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let (kind, how) = match shown(opened.media_type()) {
        Some(kind) => (kind, "inline"),
        None => ("application/octet-stream", "attachment"),
    };
    let body = stream::iter(pieces).then(move |piece| {
        let opened = opened.clone();
        async move { opened.piece(&piece).await.map_err(std::io::Error::other) }
    });
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_LENGTH, length.to_string()),
        (header::CONTENT_DISPOSITION, how.to_owned()),
        (header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
    ];
    (headers, Body::from_stream(body)).into_response()
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn what_could_run_is_never_shown_in_the_browser() {
        assert_eq!(shown("image/jpeg"), Some("image/jpeg"));
        for kind in ["text/html", "image/svg+xml", "application/xml", "image/jpeg; x", ""] {
            assert_eq!(shown(kind), None, "{kind}");
        }
    }
}
