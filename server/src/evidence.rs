//! GET /evidence/{facility}/{opening}: bytes that staff look at: pictures of identity documents, documents of a chart,
//! files of a copy. Only kinds that a browser shows are shown in it, in a sandbox where nothing runs; anything else is
//! saved.

use app::desk::Visit;
use axum::{
    Extension,
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use domain::caller::Side;

use crate::{
    downloads::{As, not_sent, open, sent},
    router::Served,
};

pub(crate) async fn evidence(
    State(served): State<Served>,
    Extension(visit): Extension<Visit>,
    Path((facility, opening)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    match open(&served, &visit, Side::Staff, &facility, &opening).await {
        Ok(opened) => {
            let how = shown(opened.media_type()).map_or(As::Saved, As::Shown);
            sent(opened, &how, &headers)
        }
        Err(error) => not_sent(&error, &visit, Side::Staff),
    }
}

/// The kinds that are shown as they are; a type is what the intake found in the bytes, never what somebody named it.
fn shown(media_type: &str) -> Option<&'static str> {
    ["application/pdf", "image/jpeg", "image/png", "text/plain"].into_iter().find(|kind| *kind == media_type)
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
